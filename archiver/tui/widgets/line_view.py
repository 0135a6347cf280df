"""LineView: what every long thing on the screen has in common.

A conversation or a list is a number of lines, of which only those on the screen are ever drawn. The position is a line
number of our own: going through Textual's virtual size would lay the whole screen out again at each change of length.
"""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from archiver.tui import commands
from archiver.tui.widgets.scrollbar import GLYPHS, Scrollbar

WHEEL_LINES = 3


class LineView(ScrollView, can_focus=True):
    """Lines drawn when they come into view, with a scrollbar and the wheel; a subclass gives the keys their actions."""

    DEFAULT_CSS = """
    LineView { height: 1fr; width: 1fr; overflow: hidden hidden; background: $background; color: $foreground; }
    LineView > .line--track { color: $text-muted; }
    LineView > .line--thumb { color: $text-muted; }
    LineView:focus > .line--thumb { color: $text-primary; }
    LineView > .line--mark { color: $text-warning; text-style: bold; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"line--track", "line--thumb", "line--mark"}
    BINDINGS: ClassVar[list[BindingType]] = [
        commands.Up.binding("move(-1)"),
        commands.Down.binding("move(1)"),
        commands.PageUp.binding("page(-1)"),
        commands.PageDown.binding("page(1)"),
        commands.HalfPageUp.binding("half_page(-1)"),
        commands.HalfPageDown.binding("half_page(1)"),
        commands.First.binding("first"),
        commands.Last.binding("last"),
    ]

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.top = 0
        """The first line shown."""
        self._bar = Scrollbar(0, 0, 0)
        self._dragging_bar = False
        self._style_cache: dict[tuple[str, ...], Style] = {}

    @property
    def total_lines(self) -> int:
        """How many lines there are, as far as known."""
        raise NotImplementedError

    def draw_line(self, line: int, width: int) -> Strip:
        """One line of exactly ``width`` cells."""
        raise NotImplementedError

    def bar_marks(self) -> frozenset[int]:
        """Rows of the scrollbar to mark."""
        return frozenset()

    @property
    def line_width(self) -> int:
        """Cells of a line beside the scrollbar."""
        return max(0, self.size.width - 1)

    def show_from(self, top: int) -> None:
        """Show the lines from ``top`` on, as far as there are any."""
        self.top = max(0, min(top, self.max_scroll_y))
        self.set_reactive(Widget.scroll_y, float(self.top))
        self.set_reactive(Widget.scroll_target_y, float(self.top))
        self.refresh()

    def style_of(self, *names: str) -> Style:
        """The styles of these component classes, one on top of the other."""
        style = self._style_cache.get(names)
        if style is None:
            style = self.rich_style
            for name in names:
                style += self._component(name)
            self._style_cache[names] = style
        return style

    def _component(self, name: str) -> Style:
        """What a component class itself asks for.

        Textual's partial style takes a colour such as "the text at 60 %" as if it were on black, so the colour comes
        from the whole style.
        """
        own = self.get_component_rich_style(name, partial=True)
        whole = self.get_component_rich_style(name)
        return own if own.color is None else own + Style(color=whole.color)

    def render_line(self, y: int) -> Strip:
        """A row of the screen: a line and its cell of the scrollbar."""
        width, height = self.size
        if width < 2:
            return Strip.blank(width, self.rich_style)
        if y == 0 or self._bar.height != height or self._bar.top != self.top:
            self._bar = Scrollbar(height, self.total_lines, self.top, self.bar_marks())
        cell = self._bar.cell(y)
        strip = self.draw_line(self.top + y, width - 1)
        return Strip([*strip, Segment(GLYPHS[cell], self.style_of(f"line--{cell}"))], width)

    # Textual scrolls a widget while a selection is dragged past its edge, and asks for these.

    @property
    def allow_vertical_scroll(self) -> bool:
        """Whether there is anything beyond the edges."""
        return True

    @property
    def max_scroll_y(self) -> int:
        """The largest first line."""
        return max(0, self.total_lines - self.size.height)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:  # noqa: ARG002 (Textual's names)
        """Follow a scroll that Textual asked for."""
        if round(new_value) != self.top:
            self.show_from(round(new_value))

    def notify_style_update(self) -> None:
        """Forget what was drawn in the old colours."""
        self._style_cache.clear()
        self.forget_drawn()
        super().notify_style_update()

    def forget_drawn(self) -> None:
        """Drop cached lines because colours, size or content changed."""

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll with the wheel."""
        event.stop()
        event.prevent_default()
        self.show_from(self.top + WHEEL_LINES)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll with the wheel."""
        event.stop()
        event.prevent_default()
        self.show_from(self.top - WHEEL_LINES)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin to drag the scrollbar."""
        if self.is_on_bar(event):
            event.stop()
            self._dragging_bar = True
            self.capture_mouse()
            self.show_from(self._bar.line_at(event.y))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Drag the scrollbar."""
        if self._dragging_bar:
            event.stop()
            self.show_from(self._bar.line_at(event.y))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let the scrollbar go."""
        if self._dragging_bar:
            event.stop()
            self._dragging_bar = False
            self.release_mouse()

    def is_on_bar(self, event: events.MouseEvent) -> bool:
        """Whether the pointer is on the scrollbar."""
        return event.x >= self.size.width - 1 and self.total_lines > self.size.height
