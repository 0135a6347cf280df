"""A line to type into. Nothing blinks, and a click into it marks nothing."""

from __future__ import annotations

from collections.abc import Callable

from textual.content import Content
from textual.widgets import Input

from archiver.text.sanitize import one_line
from archiver.tui import terminal
from archiver.tui.messages import LeaveWanted


class Line(Input):
    """An input whose hint follows the chosen language."""

    DEFAULT_CSS = """
    Line { border-subtitle-color: $text-muted; border-subtitle-align: left; }
    Line:focus { border-subtitle-color: $text-muted; }
    """

    def __init__(self, hint: Callable[[], str] = str, text: str = "") -> None:
        super().__init__(text, placeholder=hint(), select_on_focus=False)
        self.cursor_blink = False
        self._hint = hint

    def explain(self, words: str) -> None:
        """Say under the line how it was understood."""
        self.border_subtitle = Content(one_line(terminal.shown(words)))

    def action_copy(self) -> None:
        """Ctrl+C copies what is marked; with nothing marked it means what it means everywhere else."""
        if self.selected_text:
            super().action_copy()
        else:
            self.post_message(LeaveWanted())

    def relabel(self) -> None:
        """Say the hint again."""
        self.placeholder = self._hint()
