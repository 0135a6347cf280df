"""One line above the list while an import goes on, or the index catches up."""

from __future__ import annotations

from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget

from archiver.tui.panels import progress
from archiver.tui.session import Session


class ImportStrip(Widget):
    """How far the work is; nothing when there is none."""

    DEFAULT_CSS = """
    ImportStrip { height: 1; padding: 0 2; color: $text-accent; display: none; text-wrap: nowrap; }
    ImportStrip.-importing { display: block; }
    """

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._estimate = progress.Estimate()
        self._timer: Timer | None = None

    def on_mount(self) -> None:
        """Look at it twice a second while there is something to see."""
        self._timer = self.set_interval(0.5, self._move_on, pause=True)
        self.watch_work()

    def watch_work(self) -> None:
        """Begin to show work that goes on; called when it begins and when the screen comes back into view."""
        if self._session.is_working and self._timer is not None:
            self._timer.resume()
        self._move_on()

    def _move_on(self) -> None:
        self.set_class(self._session.is_working, "-importing")
        self.refresh()
        if not self._session.is_working and self._timer is not None:
            self._timer.pause()

    def render(self) -> Content:
        """Stage, share and time left."""
        now = self._session.progress
        return Content(progress.sentence(now, self._estimate.left(now) if now else ""))
