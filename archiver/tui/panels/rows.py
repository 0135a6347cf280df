"""A list of things to choose from: what screens and dialogs have in common when they show one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from rich.cells import cell_len
from textual.geometry import Size

from archiver.tui.widgets import runs
from archiver.tui.widgets.runs import Run
from archiver.tui.widgets.virtual_list import ItemId, RowLine, VirtualList


class Row(NamedTuple):
    """One thing to choose."""

    value: Any
    """What the screen does something with when the row is chosen."""
    text: str | Sequence[Run]
    note: str = ""
    """Stands at the right edge: dates, sizes and numbers only."""
    second: str | Sequence[Run] = ""
    """The second line, where rows have two."""
    group: str = ""
    """The heading above the row; rows of one group stand together."""
    keeps_end: bool = False
    """Whether its last line is cut at the beginning of its last words where there is no room, as paths are."""


class RowList(VirtualList):
    """A list of rows that say themselves what they look like."""

    def __init__(self, *, height: int = 1, empty: str = "", id: str | None = None, classes: str | None = None) -> None:
        super().__init__(self._lines, height=height, empty=empty, id=id, classes=classes)
        self.rows: Sequence[Row] = ()

    def show_rows(self, rows: Sequence[Row], *, from_start: bool = False) -> None:
        """Show these rows; the cursor stays at its place in the list."""
        self.rows = rows
        headings = [
            (position, row.group)
            for position, row in enumerate(rows)
            if row.group and (not position or rows[position - 1].group != row.group)
        ]
        self.show(range(len(rows)), headings, from_start=from_start)
        if self.styles.height is not None and self.styles.height.is_auto:
            self.refresh(layout=True)

    @property
    def current_row(self) -> Row | None:
        """The row under the cursor."""
        return self.rows[self.cursor] if self.rows else None

    def row(self, item: ItemId) -> Row:
        """The row that a message of this list speaks of."""
        return self.rows[int(item)]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many lines as there are, for sheets that are as high as their list."""
        return self.total_lines if self.rows else self.empty_height(width)

    def _lines(self, item: ItemId, width: int) -> Sequence[RowLine]:
        row = self.row(item)
        lines = [RowLine(runs_of(row.text), [Run(row.note, "dim")] if row.note else ())]
        if row.second:
            # Set in, because not every terminal shows what is dim, and rows would run into each other.
            lines.append(RowLine([Run("  "), *runs_of(row.second, "dim")]))
        if row.keeps_end:
            lines[-1] = lines[-1]._replace(left=runs.fit_end(runs.safe(lines[-1].left), width))
        return lines


def in_columns(name: str, about: str, width: int, style: str = "dim") -> list[Run]:
    """Two columns, the first of them ``width`` cells wide; for words of the program, whose width is certain."""
    return [Run(name), Run(" " * max(2, width - cell_len(name) + 3)), Run(about, style)]


def runs_of(text: str | Sequence[Run], style: str = "") -> Sequence[Run]:
    """The words of a row as runs, whichever way they were given."""
    return [Run(text, style)] if isinstance(text, str) else text
