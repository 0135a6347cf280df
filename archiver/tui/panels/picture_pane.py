"""A picture beside a list, in half blocks; read and drawn in a thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.segment import Segment
from textual import work
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from archiver.tui.threads import hand_over
from archiver.tui.widgets import pictures

_DELAY = 0.1


class PicturePane(Widget):
    """Shows one picture."""

    DEFAULT_CSS = """
    PicturePane { width: 2fr; height: 1fr; padding: 1 2; display: none; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._read: Callable[[], bytes | None] | None = None
        self._rows: Sequence[Sequence[Segment]] = ()
        self._waiting: Timer | None = None

    def look_at(self, read: Callable[[], bytes | None] | None) -> None:
        """Show another picture soon: ``read`` gives its bytes, in a thread."""
        self._read = read
        self._rows = ()
        self.refresh()
        if self._waiting is not None:
            self._waiting.stop()
        if read is not None and pictures.can_show():
            self._waiting = self.set_timer(_DELAY, self._draw)

    def on_resize(self) -> None:
        """Draw in the new size."""
        self.look_at(self._read)

    @work(thread=True, exclusive=True, group="picture")
    def _draw(self) -> None:
        read, room = self._read, self.content_size.width
        data = read() if read is not None and room > 0 else None
        picture = pictures.half_blocks(data, room) if data else None
        if picture is not None:
            hand_over(self, self._show, read, picture.rows)

    def _show(self, read: object, rows: Sequence[Sequence[Segment]]) -> None:
        if read is self._read:
            self._rows = rows
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """A row of the picture."""
        width = self.size.width
        if y >= len(self._rows):
            return Strip.blank(width, self.rich_style)
        return Strip(self._rows[y]).adjust_cell_length(width, self.rich_style)
