"""Matches: where the words looked for stand in the conversation that is open.

A conversation can be long, so its sections are gone through a few at a time, from the message being read onwards; the
count grows while the person reads on. What is counted is what is shown, so that every match can be gone to.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from archiver.tui.widgets.flow import Key


class Match(NamedTuple):
    """The ``number``-th match (from 0) of a section."""

    key: Key
    number: int


class Matches:
    """The matches counted so far."""

    def __init__(self, counts: Iterator[tuple[Key, int]]) -> None:
        """
        Args:
            counts: Sections and how many matches each holds, found while it is iterated over.
        """
        self._counting = counts
        self._keys: list[Key] = []
        self._counts: dict[Key, int] = {}
        self.is_complete = False
        """Whether the whole conversation was gone through."""
        self.total = 0
        self.current: Match | None = None

    @property
    def keys(self) -> Sequence[Key]:
        """The sections that hold matches, in order."""
        return self._keys

    def count_on(self) -> None:
        """Look into one more section."""
        found = next(self._counting, None)
        if found is None:
            self.is_complete = True
            return
        key, count = found
        if count and key not in self._counts:
            insort(self._keys, key)
            self._counts[key] = count
            self.total += count

    @property
    def number(self) -> int:
        """The current match counted from 1; 0 when there is none."""
        if self.current is None:
            return 0
        before = self._keys[: bisect_left(self._keys, self.current.key)]
        return sum(self._counts[key] for key in before) + self.current.number + 1

    def step(self, step: int, start: Key) -> Match | None:
        """Go to the next (1) or previous (-1) match: from the current one, at first from ``start``; round the end.

        None means that there is none, or that it is not known yet because the count has not come so far.
        """
        match = self._neighbour(self.current, step) if self.current else self._nearest(step, start)
        if match is not None:
            self.current = match
        return match

    def _nearest(self, step: int, start: Key) -> Match | None:
        place = bisect_left(self._keys, start)
        if step < 0:
            return self._end_of(place - 1, step)
        return self._end_of(place, step)

    def _neighbour(self, match: Match, step: int) -> Match | None:
        number = match.number + step
        if 0 <= number < self._counts[match.key]:
            return Match(match.key, number)
        return self._end_of(bisect_left(self._keys, match.key) + step, step)

    def _end_of(self, place: int, step: int) -> Match | None:
        """The first match of a section, or the last one when going backwards."""
        is_round_the_end = not 0 <= place < len(self._keys)
        if not self._keys or (is_round_the_end and not self.is_complete):
            return None
        key = self._keys[place % len(self._keys)]
        return Match(key, 0 if step > 0 else self._counts[key] - 1)
