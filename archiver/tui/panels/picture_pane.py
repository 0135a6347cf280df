"""A picture beside a list, in half blocks; read and drawn in a thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.segment import Segment
from textual import work
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget
from textual.worker import get_current_worker

from archiver.tui.widgets import pictures

_DELAY = 0.1


class PicturePane(Widget):
    """Shows one picture as large as there is room."""

    DEFAULT_CSS = """
    PicturePane { width: 2fr; height: 1fr; padding: 1 2; display: none; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._read: Callable[[], bytes | None] | None = None
        self._shape = (4, 3)
        self._rows: Sequence[Sequence[Segment]] = ()
        self._waiting: Timer | None = None

    def look_at(self, read: Callable[[], bytes | None] | None, width: int, height: int) -> None:
        """Show another picture soon: ``read`` gives its bytes; its size in pixels may be unknown (0)."""
        self._read = read
        self._shape = (width, height) if width > 0 and height > 0 else (4, 3)
        self._rows = ()
        self.refresh()
        if self._waiting is not None:
            self._waiting.stop()
        if read is not None and pictures.can_show():
            self._waiting = self.set_timer(_DELAY, self._draw)

    def on_resize(self) -> None:
        """Draw in the new size."""
        self.look_at(self._read, *self._shape)

    @work(thread=True, exclusive=True, group="picture")
    def _draw(self) -> None:
        read, room = self._read, self.content_size
        if read is None or room.width < 4 or room.height < 2:
            return
        data = read()
        scale = min(room.width / self._shape[0], room.height * 2 / self._shape[1])
        columns = max(1, round(self._shape[0] * scale))
        lines = max(1, round(self._shape[1] * scale / 2))
        rows = pictures.half_blocks(data, columns, lines) if data else None
        if not get_current_worker().is_cancelled:
            self.app.call_from_thread(self._show, read, rows or ())

    def _show(self, read: object, rows: Sequence[Sequence[Segment]]) -> None:
        if read is self._read:
            self._rows = rows
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """A row of the picture."""
        width = self.size.width
        row = y - 1
        if not 0 <= row < len(self._rows):
            return Strip.blank(width, self.rich_style)
        return Strip([Segment("  ", self.rich_style), *self._rows[row]]).adjust_cell_length(width, self.rich_style)
