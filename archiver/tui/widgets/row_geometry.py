"""Which line of a list belongs to which row, with headings in between. Pure arithmetic, whatever the length."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

HEADING = 2
"""Lines of a heading: an empty one, so that groups stand apart, and its own."""


class RowLinePlace(NamedTuple):
    """A line of a row; ``line`` is -2 or -1 on the heading before the row."""

    position: int
    line: int


class RowGeometry:
    """Rows of equal height, some of which begin a group."""

    def __init__(self, count: int, height: int, group_starts: Sequence[int] = ()) -> None:
        """
        Args:
            count: Number of rows.
            height: Lines of a row.
            group_starts: Positions of the rows that have a heading before them, in order.
        """
        self.count = count
        self.height = height
        self.group_starts = group_starts

    @property
    def total_lines(self) -> int:
        """All lines."""
        return self.count * self.height + HEADING * len(self.group_starts)

    def group_of(self, position: int) -> int:
        """The group a row belongs to; -1 for rows before the first heading."""
        return bisect_right(self.group_starts, position) - 1

    def line_of(self, position: int) -> int:
        """The first line of a row, after its heading."""
        return position * self.height + HEADING * bisect_right(self.group_starts, position)

    def place_at(self, line: int) -> RowLinePlace:
        """What stands on a line."""
        group = bisect_right(range(len(self.group_starts)), line, key=self._heading_line) - 1
        if group >= 0 and line < self._heading_line(group) + HEADING:
            return RowLinePlace(self.group_starts[group], line - self._heading_line(group) - HEADING)
        return RowLinePlace(*divmod(line - HEADING * (group + 1), self.height))

    def _heading_line(self, group: int) -> int:
        return self.group_starts[group] * self.height + HEADING * group
