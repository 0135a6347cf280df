"""The part of the app that opens the archive: the first rows of the list at once, everything else after them.

open the archive -> its latest conversations -> the first picture -> all of them -> what the index has not reached

The first of these takes a few milliseconds however large the archive is, less than a picture without a list would take
that nobody has the time to read.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from textual import on, work

from archiver.errors import ArchiveDamaged, ArchiveMissing, ArchiverError, Busy, Cancelled, CannotWrite
from archiver.i18n import _
from archiver.tui import gc_tuning
from archiver.tui.import_app import ImportApp
from archiver.tui.messages import IndexLost, LibraryChanged
from archiver.tui.screens.library import LibraryScreen
from archiver.tui.session import RebuildJob, Session, let_processes_start
from archiver.tui.threads import hand_over

if TYPE_CHECKING:
    from archiver.archive import Archive
    from archiver.records import Summary

log = logging.getLogger(__name__)

_FIRST_ROWS = 200
"""Conversations to list before the whole list is read: more than the tallest screen shows."""
_A_MOMENT = 0.03
"""Seconds until the thread that writes to the terminal has written the first screen, with nothing else in its way."""


class StartApp(ImportApp):
    """Opens the archive and keeps everything in it findable."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.trouble = ""
        """Why the archive could not be opened, to be said again once the terminal is back."""
        self._latest: tuple[list[Summary], int] = [], 0
        """The beginning of the list, and how many conversations there are."""
        self._why_closed: ArchiverError | None = None
        self._known_losses = 0

    def get_default_screen(self) -> LibraryScreen:
        """The library is where every way back ends."""
        return LibraryScreen(self.session, *self._latest)

    def on_load(self) -> None:
        """Read what the first picture shows."""
        try:
            self._latest = self.session.open().latest(_FIRST_ROWS)
        except ArchiverError as error:
            self._why_closed = error

    def begin(self) -> None:
        """Show what is in the archive, or why it cannot be opened."""
        if isinstance(self._why_closed, ArchiveMissing):
            self._nothing_to_list()
        elif self._why_closed is not None:
            log.warning("opening the archive failed", exc_info=self._why_closed)
            self._cannot_open(str(self._why_closed), is_damaged=isinstance(self._why_closed, ArchiveDamaged))
        elif not self._latest[0] and self.session.is_empty:
            self._keep_log()
            self._nothing_to_list()
        else:
            self.call_after_refresh(self.set_timer, _A_MOMENT, self._load_rest)

    def _keep_log(self) -> None:
        from archiver import logs

        logs.start(self.session.archive_path)

    def _nothing_to_list(self) -> None:
        """Let somebody choose the first export."""
        self.welcome()
        self.call_after_refresh(self._settle)

    def _load_rest(self) -> None:
        """See to everything that is not in the first picture."""
        if not self.screen_stack:
            # The app is closing.
            return
        self._keep_log()
        self._settle()
        library = self.screen_stack[0]
        assert isinstance(library, LibraryScreen)
        self._read_rest(library)

    @work(thread=True, exclusive=True, group="open")
    def _read_rest(self, library: LibraryScreen) -> None:
        archive = self.session.opened
        latest, count = self._latest
        try:
            if len(latest) == count:
                hand_over(self, library.load_more)
            else:
                hand_over(self, library.show_library, archive.summaries())
        except ArchiverError as error:
            hand_over(self, self.notify, str(error), severity="warning", markup=False)
        else:
            self._catch_up(archive)

    @on(IndexLost)
    def _index_lost(self) -> None:
        """Once for each time, so that a medium that cannot be written is not tried without end."""
        archive = self.session.opened
        if archive.index_losses > self._known_losses and not self.session.is_working:
            self._tell_of_loss(archive)
            self._make_index_again(archive)

    def _tell_of_loss(self, archive: Archive) -> None:
        if archive.index_losses > self._known_losses:
            self._known_losses = archive.index_losses
            if archive.notice:
                self.notify(archive.notice, markup=False)

    @work(thread=True, exclusive=True, group="index")
    def _make_index_again(self, archive: Archive) -> None:
        self._catch_up(archive)

    def _catch_up(self, archive: Archive) -> None:
        """Make everything findable that an interrupted import left for later."""
        from archiver.records import Progress

        try:
            waiting = archive.index_waiting()
            if not waiting:
                return
            self.session.note_catching_up(Progress("indexing", 0, waiting))
            hand_over(self, self._tell_of_loss, archive)
            hand_over(self, self.watch_work)
            let_processes_start()
            with archive.writing():
                archive.update_index(self.session.note_catching_up, self.session.closing.is_set, processes=2)
        except (Busy, Cancelled, CannotWrite):
            # Another process is at it, somebody leaves, or the archive is on a medium that cannot be written.
            pass
        except ArchiverError as error:
            hand_over(self, self.notify, str(error), severity="warning", markup=False)
        except Exception as error:
            log.error("the index could not catch up", exc_info=error)
        self.session.catching_up = None
        self.post_message(LibraryChanged())

    def _cannot_open(self, sentence: str, *, is_damaged: bool = False) -> None:
        from archiver.tui.panels.rows import Row
        from archiver.tui.screens.dialog import ChoiceDialog

        self.trouble = sentence
        self.call_after_refresh(self._settle)

        def answered(answer: str | None) -> None:
            if answer == "again":
                self.make_library_again()
            else:
                self.exit(1, return_code=1)

        rows = [Row("again", _("Make the library again from the originals, now"))] if is_damaged else []
        rows.append(Row("leave", _("Leave")))
        self.push_screen(ChoiceDialog(self.session, lambda: sentence, lambda: rows), answered)

    def library_made_again(self, job: RebuildJob) -> None:
        """Open the library that was made, or say why there is none."""
        try:
            if job.report is not None:
                self.session.open()
                self.trouble = ""
                self._keep_log()
                return
        except ArchiverError as error:
            job.report, job.trouble = None, str(error)
        self.pop_screen()
        self._cannot_open(job.trouble)

    def _settle(self) -> None:
        """See to what had to wait for the first screen."""
        gc_tuning.calm()
        self._tell_unclear_settings()

    @work(thread=True, group="settings")
    def _tell_unclear_settings(self) -> None:
        """In a thread: what knows the formats of files takes 60 ms to import, and somebody types already."""
        from archiver.tui.unclear_settings import unclear

        sentences = unclear(self.session.config)
        if sentences:
            hand_over(self, self.notify, "\n".join(sentences), severity="warning", timeout=12, markup=False)
