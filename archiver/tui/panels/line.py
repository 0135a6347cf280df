"""A line to type into. Nothing blinks, and a click into it marks nothing."""

from __future__ import annotations

from collections.abc import Callable

from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.strip import Strip
from textual.widgets import Input

from archiver.text.sanitize import one_line
from archiver.tui import bidi, terminal
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
        # It is the program's own sentence, also where it begins with a word in quotes that runs the other way.
        line = one_line(terminal.shown(words))
        self.border_subtitle = Content(terminal.arranged(line, right_to_left=False, is_cell=True).text)

    def render_line(self, y: int) -> Strip:
        """What is typed; words that run from right to left are written as they are everywhere else."""
        if y or not bidi.has_right_to_left(self.value):
            return super().render_line(y)
        text = self.value + " "
        arranged = terminal.arranged(text, right_to_left=bidi.is_right_to_left(text), is_cell=True)
        # Two letters may be drawn as one, which stands for the first of them.
        cursor = max((origin for origin in arranged.origins if origin <= self.cursor_position), default=0)
        segments = [
            Segment(character, self._style_at(origin, cursor))
            for character, origin in zip(arranged.text, arranged.origins, strict=True)
        ]
        before = next((n for n, origin in enumerate(arranged.origins) if origin == cursor), 0)
        column = sum(segment.cell_length for segment in segments[:before])
        room = self.scrollable_content_region.width + 1
        strip = Strip(segments)
        start = max(0, min(column - room // 2, strip.cell_length - room))
        return strip.crop_extend(start, start + room, None).apply_style(self.rich_style)

    def _style_at(self, place: int, cursor: int) -> Style:
        if not self.has_focus:
            return Style()
        if place == cursor:
            return self.get_component_rich_style("input--cursor")
        first, last = sorted(self.selection)
        return self.get_component_rich_style("input--selection") if first <= place < last else Style()

    def action_copy(self) -> None:
        """Ctrl+C copies what is marked; with nothing marked it means what it means everywhere else."""
        if self.selected_text:
            super().action_copy()
        else:
            self.post_message(LeaveWanted())

    def relabel(self) -> None:
        """Say the hint again."""
        self.placeholder = self._hint()
