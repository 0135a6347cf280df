"""Flow: where everything stands in a text whose heights are mostly estimates.

A transcript is a column of sections. A section that was never seen has an estimated height; when it is laid out its
exact height takes the estimate's place. All questions of the kind "which section is line 4,711" are answered here,
without a screen.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple


class Key(NamedTuple):
    """A section of a message."""

    message: int
    """The message's place on its path."""
    section: int


class Place(NamedTuple):
    """A line of a section."""

    entry: int
    """The section's place in the flow."""
    line: int


class Flow:
    """Sections in order, with their heights."""

    def __init__(self, keys: Sequence[Key] = (), heights: Sequence[int] = ()) -> None:
        self.keys: list[Key] = list(keys)
        self._heights = array("l", heights)
        self._is_exact = bytearray(len(self.keys))
        self._sums: list[int] | None = None

    def __len__(self) -> int:
        return len(self.keys)

    @property
    def total(self) -> int:
        """All lines."""
        return self._starts[-1]

    @property
    def _starts(self) -> list[int]:
        if self._sums is None:
            self._sums = [0, *accumulate(self._heights)]
        return self._sums

    def start(self, index: int) -> int:
        """The first line of a section."""
        return self._starts[index]

    def height(self, index: int) -> int:
        """How many lines a section has, or is thought to have."""
        return self._heights[index]

    def is_exact(self, index: int) -> bool:
        """Whether the height is known."""
        return bool(self._is_exact[index])

    def at(self, line: int) -> Place:
        """The section that holds a line; the last one for lines beyond the end."""
        index = max(0, min(len(self.keys), bisect_right(self._starts, line)) - 1)
        return Place(index, max(0, line - self._starts[index]))

    def index(self, key: Key) -> int:
        """The place of a section; of the nearest one when it is not there."""
        return min(bisect_left(self.keys, key), max(0, len(self.keys) - 1))

    def set_height(self, index: int, height: int) -> int:
        """Note a height as exact; returns by how much it differs from before."""
        difference = height - self._heights[index]
        self._is_exact[index] = 1
        if difference:
            self._heights[index] = height
            self._sums = None
        return difference

    def split(self, message: int, heights: Sequence[int]) -> bool:
        """Give a message as many sections as there are heights; False when it has that many already."""
        first, end = self._range(message)
        if end - first == len(heights):
            return False
        self.estimate(message, heights)
        return True

    def estimate(self, message: int, heights: Sequence[int]) -> None:
        """Estimate the sections of a message anew, for example because something in it opened or closed."""
        first, end = self._range(message)
        if first == end:
            return
        self.keys[first:end] = [Key(message, section) for section in range(len(heights))]
        self._heights[first:end] = array("l", heights)
        self._is_exact[first:end] = bytes(len(heights))
        self._sums = None

    def forget(self, message: int) -> None:
        """The heights of a message are no longer certain."""
        first, end = self._range(message)
        self._is_exact[first:end] = bytes(end - first)

    def _range(self, message: int) -> tuple[int, int]:
        return bisect_left(self.keys, Key(message, 0)), bisect_left(self.keys, Key(message + 1, 0))

    def rows(self, top: int, count: int) -> list[Place]:
        """The places of ``count`` lines from ``top``, as many as there are."""
        places: list[Place] = []
        index, line = self.at(top)
        while index < len(self.keys) and len(places) < count:
            end = min(self._heights[index], line + count - len(places))
            places += [Place(index, number) for number in range(line, end)]
            index, line = index + 1, 0
        return places
