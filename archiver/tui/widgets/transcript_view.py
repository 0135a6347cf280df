"""TranscriptView: a conversation drawn by lines, with a current message.

It opens at once however long the conversation is: heights are estimated from the outline, and only what comes near
the screen is read, parsed and drawn.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.cache import LRUCache
from textual.selection import Selection
from textual.strip import Strip

from archiver.records import AssetReference, OutlineRow
from archiver.tui.widgets.blocks import Block, Mark
from archiver.tui.widgets.choice import Choice, why_nothing_is_shown
from archiver.tui.widgets.flow import Flow, Key, Place
from archiver.tui.widgets.flow_view import FlowView
from archiver.tui.widgets.highlight import colours
from archiver.tui.widgets.line_painter import GUTTER, LinePainter
from archiver.tui.widgets.lines import OUTSIDE, Line
from archiver.tui.widgets.message_layout import MEASURE, MessageLayout
from archiver.tui.widgets.picture_loader import PictureLoader
from archiver.tui.widgets.selected_text import selected_text, to_y
from archiver.tui.widgets.transcript_messages import CursorMoved
from archiver.tui.widgets.transcript_source import TranscriptSource
from archiver.tui.widgets.transcript_styles import CSS, NAMES
from archiver.tui.widgets.wrap import wrap


class TranscriptView(FlowView):
    """Shows the messages of one path of a conversation."""

    ALLOW_SELECT = True
    DEFAULT_CSS = CSS
    COMPONENT_CLASSES: ClassVar[set[str]] = NAMES

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.choice = Choice()
        self.position = -1
        """The current message, as its place in the source's rows; -1 when nothing is shown."""
        self.path: MessageLayout | None = None
        self._painter = LinePainter(self.style_of)
        self._pictures: PictureLoader | None = None
        self._strips: LRUCache[tuple[Key, int, bool], Strip] = LRUCache(2000)
        self._marks: LRUCache[tuple[Key, int], Sequence[Mark]] = LRUCache(1000)

    def load(self, source: TranscriptSource, at: str | None = None, *, keep_place: bool = False) -> None:
        """Show a path of a conversation.

        Args:
            source: The path.
            at: Id of the message to begin at; the first one otherwise.
            keep_place: Put that message in the row of the screen where the current one stands now, as for another
                version of a reply.
        """
        row = self.row_of_current() if keep_place else 1
        self.path = MessageLayout(source, self.choice, self._text_width, self._picture_size)
        self._pictures = PictureLoader(self, source.picture, self.refresh_message)
        self._pour()
        self.position = -1
        if at is None or not self.goto_message(at, above=row):
            self.show_from(0)
            self.move_cursor(self.path.shown[0] if self.path.shown else -1)

    def choose(self, choice: Choice) -> None:
        """Show only what this choice leaves in, with the current message, or the one before it, in its place."""
        self.choice = choice
        if self.path is None:
            return
        row, position, opened = self.row_of_current(), self.position, self.path.opened
        self.path = MessageLayout(self.path.source, choice, self._text_width, self._picture_size)
        self.path.opened = opened
        self._pour()
        self.position = -1
        nearest = bisect_left(self.path.shown, position)
        if self.path.shown:
            self.goto_position(self.path.shown[min(nearest, len(self.path.shown) - 1)], above=row)
        else:
            self.show_from(0)

    def refresh_message(self, position: int) -> None:
        """Draw a message anew because its note, its mark or a picture in it changed."""
        if self.path is not None:
            self.path.forget(position)
            self.forget_marks(position)
            self.flow.forget(position)
            self.show_again()

    @property
    def current_row(self) -> OutlineRow | None:
        """The outline of the current message."""
        if self.path is None or self.position < 0:
            return None
        return self.path.rows[self.position]

    @property
    def shown(self) -> Sequence[int]:
        """The places of the shown messages in the source's rows."""
        return self.path.shown if self.path is not None else ()

    def _pour(self) -> None:
        """Begin with estimated heights."""
        layout = self.path
        assert layout is not None
        self._strips.clear()
        self._marks.clear()
        self.flow = Flow([Key(message, 0) for message in layout.shown], [layout.estimate(m) for m in layout.shown])
        self.in_view = []
        self.top = 0

    def goto_message(self, id: str, *, above: int = 1) -> bool:
        """Go to a message by its id; False when it is not shown here."""
        position = next((p for p in self.shown if self.path is not None and self.path.rows[p].id == id), -1)
        if position >= 0:
            self.goto_position(position, above=above)
        return position >= 0

    def goto_position(self, position: int, *, above: int = 1) -> None:
        """Go to a message by its place, with its first line in row ``above`` of the screen."""
        self.jump(partial(self._show_message, position, above))
        self.move_cursor(position)

    def _show_message(self, position: int, above: int) -> None:
        self.show_place(Key(position, 0), 0, min(above, max(0, self.size.height - 2)))

    def show_from(self, top: int) -> None:
        """Show the lines from ``top`` on; the cursor comes along when its message is left behind."""
        super().show_from(top)
        visible = [self.flow.keys[place.entry].message for place in self.in_view]
        if visible and self.position >= 0 and self.position not in visible:
            self.move_cursor(visible[min(2, len(visible) - 1)] if self.position < visible[0] else visible[-1])

    def move_cursor(self, position: int) -> None:
        """Make another message the current one."""
        if position != self.position:
            self.position = position
            self.refresh()
            if self.path is not None and position >= 0:
                self.post_message(CursorMoved(self, position, self.path.rows[position]))

    def row_of_current(self) -> int:
        """The row of the screen where the current message begins; above the screen it is negative."""
        for row, place in enumerate(self.in_view):
            key = self.flow.keys[place.entry]
            if key.message == self.position:
                return row - place.line if key.section == 0 else 0
        return 1

    @property
    def _text_width(self) -> int:
        return max(1, self.line_width - GUTTER - 1)

    @property
    def _margin(self) -> int:
        """Cells that bring the text into the middle of a wide window."""
        return max(0, (self.line_width - GUTTER - MEASURE) // 2)

    def lay_out(self, entry: int) -> bool:
        """Make the height of a section exact; False when its message turned out to have more sections."""
        assert self.path is not None
        key = self.flow.keys[entry]
        if key.section == 0 and self.flow.split(key.message, self.path.heights(key.message)):
            return False
        self.flow.set_height(entry, len(self.path.lines(key)))
        return True

    def on_resize(self) -> None:
        """Lay out for the new width, with the same line at the top."""
        if self.path is None:
            return
        before, was_drawn = self.flow, bool(self.in_view)
        self.path.resize(self._text_width)
        self._pour()
        if was_drawn and self._jump is not None:
            self.show_again()
        elif was_drawn and self.first_line is not None:
            key, line = self.first_line
            part = line / max(1, before.height(before.index(key)))
            entry = self.make_exact(key, 0)
            self.show_place(key, int(part * self.flow.height(entry)), 0)
        elif self.position >= 0:
            self.goto_position(self.position)
        else:
            self.show_from(0)

    def draw_line(self, line: int, width: int) -> Strip:
        """A line; or one of the sentence that says why there is none."""
        if self.path is None or self.path.shown:
            return super().draw_line(line, width)
        words = why_nothing_is_shown(self.path.rows, self.choice)
        lines = wrap(words, self.path.width)
        if not 1 <= line <= len(lines):
            return Strip.blank(width, self.rich_style)
        start, end = lines[line - 1]
        segment = Segment(" " * (self._margin + GUTTER) + words[start:end], self.style_of("text--dim"))
        return Strip([segment]).adjust_cell_length(width, self.rich_style)

    def draw_place(self, place: Place, width: int) -> Strip:
        """One line of a section, with the selection on it."""
        key = self.flow.keys[place.entry]
        is_current = key.message == self.position
        slot = (key, place.line, is_current)
        strip = self._strips.get(slot)
        if strip is None or strip.cell_length != width:
            strip = self._strips[slot] = self._paint(key, place.line, width, is_current=is_current)
        y = to_y(key, place.line)
        selection = self.text_selection
        span = selection.get_span(y) if selection is not None else None
        # The offsets come last: they count the characters of each segment, and a selection cuts segments.
        return (self._selected(strip, *span) if span is not None else strip).apply_offsets(0, y)

    def _paint(self, key: Key, number: int, width: int, *, is_current: bool) -> Strip:
        layout = self.path
        assert layout is not None
        lines = layout.lines(key)
        line = lines[number] if number < len(lines) else Line(block=OUTSIDE)
        plain = self.style_of()
        has_bar = is_current and line.block != OUTSIDE
        bar = Segment("▌ ", self.style_of("text--cursor")) if has_bar else Segment(" " * GUTTER, plain)
        block = layout.blocks(key)[line.block] if line.block >= 0 else None
        if line.picture >= 0 and block is not None and block.picture is not None:
            body = self._picture_row(key.message, block.picture, line.picture)
        else:
            marks = self._marks_of(key, line.block, block) if block is not None else ()
            body = list(self._painter.strip(line, block, marks, key, layout.width))
        return Strip([Segment(" " * self._margin, plain), bar, *body]).adjust_cell_length(width, plain)

    def _marks_of(self, key: Key, number: int, block: Block) -> Sequence[Mark]:
        marks = self._marks.get((key, number))
        if marks is None:
            coloured = colours(block.text, block.language) if block.kind == "code" else ()
            marks = [*block.marks, *coloured, *self.match_marks(key, number, block)]
            self._marks[(key, number)] = marks
        return marks

    def match_marks(self, key: Key, number: int, block: Block) -> Sequence[Mark]:  # noqa: ARG002
        """Marks for the words looked for."""
        return ()

    def forget_marks(self, message: int | None = None) -> None:
        """Draw a message, or all of them, anew."""
        for slot in [slot for slot in self._strips.keys() if message in (None, slot[0].message)]:  # noqa: SIM118
            self._strips.discard(slot)
        for marked in [slot for slot in self._marks.keys() if message in (None, slot[0].message)]:  # noqa: SIM118
            self._marks.discard(marked)

    def forget_drawn(self) -> None:
        """Drop drawn lines because the colours changed."""
        self._strips.clear()
        self._painter.forget()

    def _picture_size(self, reference: AssetReference, room: int) -> tuple[int, int]:
        return self._pictures.size(reference, room) if self._pictures is not None else (0, 0)

    def _picture_row(self, message: int, reference: AssetReference, row: int) -> list[Segment]:
        assert self.path is not None
        return self._pictures.row(message, reference, self.path.width, row) if self._pictures is not None else []

    def selection_updated(self, selection: Selection | None) -> None:  # noqa: ARG002
        """Draw the selection."""
        self.refresh()

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The selected words, for Textual to copy."""
        if self.path is None or not len(self.flow):
            return None
        return selected_text(self.path, self.flow.keys, selection, self._margin), "\n"

    def _selected(self, strip: Strip, start: int, end: int) -> Strip:
        text = strip.text
        first = cell_len(text[:start])
        last = strip.cell_length if end == -1 else cell_len(text[:end])
        if last <= first:
            return strip
        marked = self.screen.get_component_rich_style("screen--selection")
        # Where a theme names a colour for marked words, others could not be read on its ground.
        has_colour = "screen-selection-foreground" in self.app.current_theme.variables
        colour = Style(bgcolor=marked.bgcolor)
        if has_colour:
            colour += Style(color=marked.color, bold=False, dim=False)
        middle = Strip([Segment(text, (style or Style.null()) + colour) for text, style, _ in strip.crop(first, last)])
        return Strip.join([strip.crop(0, first), middle, strip.crop(last)])
