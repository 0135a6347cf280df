"""A text to scroll through: help, reports, raw JSON. Broken into lines for the width there is, drawn when seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.strip import Strip

from archiver.text.sanitize import one_line
from archiver.tui import terminal
from archiver.tui.widgets import runs
from archiver.tui.widgets.line_view import LineView
from archiver.tui.widgets.runs import Run
from archiver.tui.widgets.wrap import chop, wrap

_MARGIN = 2
_WIDEST = 96
"""Longer lines of prose are hard to read."""


_AS_IT_IS = ("code", "bar")
"""Styles whose lines are cut, not wrapped."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, or a piece of code."""

    text: str
    """May be stored text; lines stay apart."""
    style: str = ""
    """``heading``, ``dim``, ``code``, ``bar`` or nothing."""
    label: str = ""
    """Stands before the first line, with the other lines set in under it; may be stored text too."""
    column: int = 0
    """Cells that the label takes at least, so that texts stand under each other."""
    bar: str = ""
    """Stands after the text, for a picture of a number."""
    gap: bool = False
    """Whether an empty line comes before it."""


def with_labels(pairs: Iterable[tuple[str, str]]) -> list[Passage]:
    """(label, text) pairs with the texts in a column."""
    pairs = list(pairs)
    column = max((cell_len(one_line(label)) for label, _text in pairs), default=0)
    return [Passage(text, label=label, column=column) for label, text in pairs]


class TextPage(LineView):
    """Passages one under the other."""

    DEFAULT_CSS = """
    TextPage > .page--heading { text-style: bold; color: $text-primary; }
    TextPage > .page--dim { color: $text-muted; }
    TextPage:ansi > .page--dim { text-style: dim; }
    TextPage > .page--label { text-style: bold; }
    TextPage > .page--code { color: $foreground; }
    TextPage > .page--bar { color: $primary; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"page--heading", "page--dim", "page--label", "page--code", "page--bar"}

    def __init__(self) -> None:
        super().__init__()
        self._passages: Sequence[Passage] = ()
        self._lines: list[tuple[Run, ...]] = []
        self._laid_out_for = -1

    @property
    def text(self) -> str:
        """Everything as plain text."""
        return "\n".join(
            ("\n" if passage.gap else "") + (f"{passage.label}  " if passage.label else "") + passage.text
            for passage in self._passages
        )

    def show(self, passages: Sequence[Passage]) -> None:
        """Show other passages, from the first one."""
        self._passages = passages
        self._laid_out_for = -1
        self._lay_out()
        self.show_from(0)

    @property
    def total_lines(self) -> int:
        """Lines at the present width."""
        self._lay_out()
        return len(self._lines)

    def draw_line(self, line: int, width: int) -> Strip:
        """A line, safe and in the terminal's order."""
        if line >= len(self._lines):
            return Strip.blank(width, self.rich_style)
        pieces = runs.arrange_each(self._lines[line])
        segments = [Segment(" " * min(_MARGIN, width), self.rich_style)]
        segments += [
            Segment(text, self.style_of(f"page--{style}") if style else self.rich_style) for text, style in pieces
        ]
        return Strip(segments).adjust_cell_length(width, self.rich_style)

    def on_resize(self, _event: events.Resize) -> None:
        """Break the lines anew, at about the same place."""
        share = self.top / max(1, len(self._lines))
        self._lay_out()
        self.show_from(round(share * len(self._lines)))

    def _lay_out(self) -> None:
        width = self.line_width - 2 * _MARGIN
        if width != self._laid_out_for:
            self._laid_out_for = width
            self._lines = [line for passage in self._passages for line in self._lines_of(passage, max(4, width))]

    def _lines_of(self, passage: Passage, width: int) -> Iterator[tuple[Run, ...]]:
        if passage.gap:
            yield ()
        text, label = terminal.shown(passage.text).expandtabs(4), terminal.shown(one_line(passage.label))
        if label:
            label += " " * (passage.column - cell_len(label))
        lead = cell_len(label) + 2 if label else 0
        if lead > width // 2:
            yield (Run(label, "label"),)
            label, lead = "", 2
        if passage.style not in _AS_IT_IS:
            width = min(width, _WIDEST)
        break_lines = chop if passage.style in _AS_IT_IS else wrap
        for number, (start, end) in enumerate(break_lines(text, width - lead)):
            before = Run(label + "  ", "label") if label and number == 0 else Run(" " * lead)
            bar = (Run(passage.bar, "bar"),) if passage.bar else ()
            yield (before, Run(text[start:end], passage.style), *bar)

    def action_move(self, step: int) -> None:
        """Scroll by lines."""
        self.show_from(self.top + step)

    def action_page(self, step: int) -> None:
        """Scroll by pages; a line stays in view."""
        self.show_from(self.top + step * max(1, self.size.height - 1))

    def action_half_page(self, step: int) -> None:
        """Scroll by half a page."""
        self.show_from(self.top + step * max(1, self.size.height // 2))

    def action_first(self) -> None:
        """Scroll to the beginning."""
        self.show_from(0)

    def action_last(self) -> None:
        """Scroll to the end."""
        self.show_from(self.total_lines)
