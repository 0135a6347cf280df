"""One line above the list while an import goes on."""

from __future__ import annotations

from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget

from archiver.tui.panels import progress
from archiver.tui.session import Session


class ImportStrip(Widget):
    """How far the import is; nothing when there is none."""

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
        self.watch_import()

    def watch_import(self) -> None:
        """Begin to show an import that goes on; called when the screen comes back into view."""
        if self._session.is_importing and self._timer is not None:
            self._timer.resume()
        self._move_on()

    def _move_on(self) -> None:
        self.set_class(self._session.is_importing, "-importing")
        self.refresh()
        if not self._session.is_importing and self._timer is not None:
            self._timer.pause()

    def render(self) -> Content:
        """Stage, share and time left."""
        job = self._session.job
        now = job.progress if job else None
        return Content(progress.sentence(now, self._estimate.left(now) if now else ""))
