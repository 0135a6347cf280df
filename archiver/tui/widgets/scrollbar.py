"""A scrollbar one cell wide, drawn as part of the lines beside it.

Textual's own bar is a widget of its own and costs a seventh of every frame. This one is a character at the end of each
line, and can show where the matches of a search lie.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple, TypeAlias

Cell: TypeAlias = Literal["track", "thumb", "mark"]

GLYPHS: dict[Cell, str] = {"track": " ", "thumb": "▐", "mark": "◂"}


class Scrollbar(NamedTuple):
    """Which part of ``total`` lines is shown in ``height`` rows from line ``top``."""

    height: int
    total: int
    top: int
    marks: frozenset[int] = frozenset()
    """Rows of the bar that hold a match."""

    def cell(self, row: int) -> Cell:
        """What the bar shows beside a row."""
        if row in self.marks:
            return "mark"
        start, length = self._thumb
        return "thumb" if start <= row < start + length else "track"

    def line_at(self, row: int) -> int:
        """The first line to show when the bar is clicked at ``row``."""
        room = max(1, self.height - self._thumb[1])
        return round((self.total - self.height) * max(0, row - self._thumb[1] // 2) / room)

    @property
    def _thumb(self) -> tuple[int, int]:
        if self.total <= self.height or self.height < 1:
            return 0, 0
        length = max(1, self.height * self.height // self.total)
        start = round((self.height - length) * self.top / (self.total - self.height))
        return min(start, self.height - length), length


def mark_rows(lines: Iterable[int], total: int, height: int) -> frozenset[int]:
    """The rows of the bar that stand for ``lines``."""
    return frozenset(min(height - 1, line * height // max(1, total)) for line in lines) if height > 0 else frozenset()
