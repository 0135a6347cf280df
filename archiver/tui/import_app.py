"""The part of the app that imports: in a thread, while everything else goes on; and that makes the example."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual import on, work
from textual.app import App
from textual.timer import Timer

from archiver.errors import ArchiverError
from archiver.i18n import _
from archiver.tui import amounts
from archiver.tui.messages import ExampleWanted, ImportEnded, ImportStopWanted, ImportWanted, LibraryChanged
from archiver.tui.screens.base import ArchiverScreen
from archiver.tui.screens.library import LibraryScreen
from archiver.tui.session import ImportJob, RebuildJob, Session
from archiver.tui.threads import hand_over

if TYPE_CHECKING:
    from archiver.reports import ImportReport

_SECONDS_BETWEEN_UPDATES = 3.0
_PAUSES_FOR_A_LIST = 20
"""How much longer than reading the whole list the time is until it is read again, so that keys seldom meet it."""


class ImportApp(App[int]):
    """Answers what screens want to be imported."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._updates: Timer | None = None
        self._known_change = 0
        """The last change of the library when somebody left this window."""
        self._has_all = False
        """Whether everything that is being read has been listed, and only becomes findable yet."""
        self.examples = ExitStack()
        """Leaves no example behind, when it is closed after the app has run."""

    def library_made_again(self, job: RebuildJob) -> None:
        """Open the library that was made, if one was."""
        raise NotImplementedError

    @property
    def archiver_screens(self) -> list[ArchiverScreen[Any]]:
        """The screens on top of each other, the one in front last."""
        return [screen for screen in self.screen_stack if isinstance(screen, ArchiverScreen)]

    def welcome(self) -> None:
        """Let somebody choose an export."""
        from archiver.tui.screens.welcome import WelcomeScreen

        if not isinstance(self.screen, WelcomeScreen):
            self.push_screen(WelcomeScreen(self.session))

    @on(LibraryChanged)
    def _library_changed(self) -> None:
        self._tell_screens()

    def on_app_blur(self) -> None:
        """Keep in mind what is here: somebody may add an export in another window."""
        if self.session.archive is not None:
            with suppress(ArchiverError):
                self._known_change = self.session.archive.last_change

    def on_app_focus(self) -> None:
        """List what was added in another window meanwhile."""
        archive = self.session.archive
        with suppress(ArchiverError):
            if archive is not None and not self.session.is_working and archive.last_change != self._known_change:
                self._tell_screens()

    def watch_work(self) -> None:
        """Show every few seconds what is new, as long as there is work going on."""
        if self._updates is None:
            pause = max(_SECONDS_BETWEEN_UPDATES, _PAUSES_FOR_A_LIST * self.session.listing_took)
            self._updates = self.set_timer(pause, self._work_moved)

    def _work_moved(self) -> None:
        self._updates = None
        progress = self.session.progress
        had_all, self._has_all = self._has_all, progress is not None and progress.stage == "indexing"
        if had_all and self._has_all:
            # There is nothing new to list, and reading a long list again makes keys wait.
            self._tell_screens_of_words()
        else:
            self._tell_screens()
        if self.session.is_working:
            self.watch_work()

    def _tell_screens(self) -> None:
        if self.session.archive is not None:
            for screen in self.archiver_screens:
                screen.library_changed()

    def _tell_screens_of_words(self) -> None:
        for screen in self.archiver_screens:
            screen.more_is_findable()

    @on(ImportWanted)
    def _start_import(self, message: ImportWanted) -> None:
        from archiver.tui.screens.importing import ImportScreen

        if self.session.is_importing:
            self.notify(_("One export is being read already. Please add the next one when it is done."), markup=False)
            return
        self.session.job = ImportJob(message.paths)
        self.switch_screen(ImportScreen(self.session))
        self.watch_work()
        self._import(self.session.job)

    def make_library_again(self) -> None:
        """Read the originals again, because the library cannot be read."""
        from archiver.tui.screens.importing import ImportScreen

        self.session.job = RebuildJob()
        self.push_screen(ImportScreen(self.session))
        self._import(self.session.job)

    @work(thread=True, group="import")
    def _import(self, job: ImportJob) -> None:
        job.run(self.session)
        self.post_message(ImportEnded())

    @on(ImportStopWanted)
    def _stop_import(self) -> None:
        if self.session.job is not None:
            self.session.job.stop.set()

    @on(ImportEnded)
    def _import_ended(self) -> None:
        from archiver.tui.screens.import_report import ImportReportScreen
        from archiver.tui.screens.importing import ImportScreen

        job = self.session.job
        if job is None:
            return
        if isinstance(job, RebuildJob):
            self.library_made_again(job)
        self._tell_screens()
        is_watched = isinstance(self.screen, ImportScreen)
        if job.report is not None and is_watched:
            self.pop_screen()
            self.push_screen(ImportReportScreen(self.session, job.report, is_new=True), self._report_read)
        elif job.report is not None:
            self.notify(_sentence(job.report), timeout=10, markup=False)
        elif not isinstance(job, RebuildJob):
            if is_watched:
                self.pop_screen()
            self._import_failed(job.trouble)

    def _report_read(self, _nothing: object) -> None:
        """An import that brought nothing leaves nothing to read: another file can be chosen."""
        if self.session.is_empty:
            self.welcome()

    def _import_failed(self, sentence: str) -> None:
        from archiver.tui.screens.dialog import yes_or_no

        def again(is_wanted: bool | None) -> None:
            if is_wanted or self.session.is_empty:
                self.welcome()

        question = yes_or_no(self.session, lambda: sentence, _("Choose another file"), _("Back"))
        self.push_screen(question, again)

    # The example

    @on(ExampleWanted)
    def _show_example(self) -> None:
        self.notify(_("Making the example…"), markup=False)
        self._make_example()

    @work(thread=True, exclusive=True, group="example")
    def _make_example(self) -> None:
        from archiver import demo
        from archiver.ingest import import_sources

        folder = tempfile.TemporaryDirectory(prefix="archiver-example-")
        path = Path(folder.name)
        session = Session(
            path / "archive", replace(self.session.config, file=None), path, self.session.documents, is_example=True
        )
        try:
            demo.build(path / "example.zip")
            import_sources(session.open(create=True), [path / "example.zip"])
        except ArchiverError as error:
            hand_over(self, self.notify, str(error), severity="warning", markup=False)
            return
        self.examples.callback(folder.cleanup)
        self.examples.callback(session.close)
        hand_over(self, self._open_example, session)

    def _open_example(self, session: Session) -> None:
        self.push_screen(LibraryScreen(session))

    def close_example(self) -> None:
        """Go back from the example to the first screen."""
        self.pop_screen()


def _sentence(report: ImportReport) -> str:
    """What an import did, for those who are looking at something else."""
    begin = _("The import was stopped.") if report.was_stopped else _("The import is done.")
    found = _("{found} read, {added} of them new.").format(
        found=amounts.conversations(report.found), added=amounts.count(report.added)
    )
    return f"{begin} {found}"
