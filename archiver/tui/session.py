"""What all screens share: the open archive, the settings, and the import that may be going on."""

from __future__ import annotations

import logging
import sys
import threading
import time
from contextlib import redirect_stderr, suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archiver import config as settings
from archiver.config import Config
from archiver.errors import ArchiverError
from archiver.i18n import _
from archiver.text import when
from archiver.text.sanitize import one_line

if TYPE_CHECKING:
    # What the first picture need not wait for: reaching the archive alone takes 60 ms.
    from archiver.archive import Archive
    from archiver.model_table import ModelTable
    from archiver.records import Progress
    from archiver.reports import ImportReport
    from archiver.tui.opening import PrivateFolder


log = logging.getLogger(__name__)


@dataclass(eq=False)
class ImportJob:
    """An import that is going on, or how it ended."""

    paths: tuple[Path, ...]
    started: float = field(default_factory=time.monotonic)
    stop: threading.Event = field(default_factory=threading.Event)
    progress: Progress | None = None
    report: ImportReport | None = None
    trouble: str = ""
    """Why it could not be done, as a sentence."""

    @property
    def is_over(self) -> bool:
        """Whether there is a report or a reason."""
        return self.report is not None or bool(self.trouble)

    def open_archive(self, session: Session) -> Archive:
        """The archive to read into."""
        return session.open(create=True)

    def run(self, session: Session) -> None:
        """Read the sources; the outcome is in ``report`` or ``trouble``. For a thread of its own."""
        from archiver import logs

        try:
            archive = self.open_archive(session)
            logs.start(session.archive_path)
            let_processes_start()
            self.report = self.read(archive)
        except ArchiverError as error:
            self.trouble = str(error)
        except Exception as error:
            log.error("the import failed", exc_info=error)
            self.trouble = _("The import met an error it did not expect. What was read before stays in the archive.")

    def read(self, archive: Archive) -> ImportReport:
        """Read everything into the archive."""
        from archiver.ingest import import_sources

        return import_sources(archive, self.paths, on_progress=self._move_on, cancelled=self.stop.is_set)

    def _move_on(self, progress: Progress) -> None:
        self.progress = progress


@dataclass(eq=False)
class RebuildJob(ImportJob):
    """The library being made again from the originals, because it cannot be read."""

    paths: tuple[Path, ...] = ()

    def open_archive(self, session: Session) -> Archive:
        """The archive without its library: nobody can look at it meanwhile."""
        from archiver.archive import Archive

        return Archive.open(session.archive_path, rebuild=True)

    def read(self, archive: Archive) -> ImportReport:
        """Read the originals."""
        from archiver.ingest import rebuild

        with archive:
            return rebuild(archive, on_progress=self._move_on, cancelled=self.stop.is_set)


def let_processes_start() -> None:
    """Get ready for the helping processes of the index while Textual holds the terminal.

    The first one starts a tracker that is handed ``sys.stderr``; Textual's stand-in for it has no file behind it.
    """
    from multiprocessing import resource_tracker

    with redirect_stderr(sys.__stderr__):
        resource_tracker.ensure_running()


@dataclass(eq=False)
class Session:
    """An archive being looked at."""

    archive_path: Path
    config: Config
    downloads: Path
    """Where browsers save files."""
    documents: Path
    """Where people keep what they write."""
    is_example: bool = False
    archive: Archive | None = None
    """None while there is none yet."""
    job: ImportJob | None = None
    catching_up: Progress | None = None
    """How far the index is with what an interrupted import left for later; None when there is nothing."""
    listing_took: float = 0.0
    """Seconds that reading the whole list took the last time."""
    _beginnings: dict[str, str] = field(default_factory=dict)
    """Of conversations without a title, by id."""
    closing: threading.Event = field(default_factory=threading.Event)
    """Set when somebody leaves, for work that can be carried on another time."""

    def open(self, *, create: bool = False) -> Archive:
        """The archive, opened or made; raises ``ArchiveMissing`` when there is none and none is to be made."""
        from archiver.archive import Archive

        if self.archive is None:
            self.archive = Archive.open(self.archive_path, create=create)
        return self.archive

    @property
    def opened(self) -> Archive:
        """The archive, on screens that exist only when there is one."""
        assert self.archive is not None
        return self.archive

    @property
    def is_empty(self) -> bool:
        """Whether there is no conversation at all, not even one that is put away."""
        archive = self.archive
        return archive is None or not (archive.latest(1)[1] or archive.summaries(put_away=True))

    @property
    def is_importing(self) -> bool:
        """Whether an import is going on."""
        return self.job is not None and not self.job.is_over

    @property
    def is_working(self) -> bool:
        """Whether the library still grows or becomes findable."""
        return self.is_importing or self.catching_up is not None

    @property
    def progress(self) -> Progress | None:
        """How far the work is."""
        return self.job.progress if self.job is not None and self.is_importing else self.catching_up

    def note_catching_up(self, progress: Progress) -> None:
        """Remember how far the index is."""
        self.catching_up = progress

    def change(self, **values: Any) -> str:
        """Change settings; a sentence when they could not be saved and hold until one leaves."""
        self.config = replace(self.config, **values)
        try:
            settings.save(self.config)
        except ArchiverError as error:
            return str(error)
        return ""

    @cached_property
    def models(self) -> ModelTable:
        """Names and dates of models; the person's own table beside the settings adds to it."""
        from archiver import model_table

        own = self.config.file.with_name("models.toml") if self.config.file else None
        return model_table.load(own)

    @cached_property
    def private_folder(self) -> PrivateFolder:
        """Where copies for other programs lie until one leaves."""
        from archiver.tui.opening import PrivateFolder

        return PrivateFolder()

    def model_name(self, slug: str) -> str:
        """The name people know a model by; the slug where none is known."""
        return self.models.name(slug)

    def title(self, conversation_id: str, title: str) -> str:
        """A title fit for one line; of a conversation without one, how it begins."""
        if shown := one_line(title):
            return shown
        if conversation_id not in self._beginnings:
            from archiver.overview import beginning

            # Titles are asked for while rows are drawn, where nothing may go wrong.
            with suppress(ArchiverError):
                self._beginnings[conversation_id] = beginning(self.opened, conversation_id)
        begins = self._beginnings.get(conversation_id, "")
        return _("Untitled: {beginning}").format(beginning=begins) if begins else _("Untitled")

    def is_retired(self, slug: str) -> bool:
        """Whether ChatGPT no longer offers the model to anybody."""
        row = self.models.find(slug)
        return row is not None and bool(row.retired) and row.retired <= when.iso(self.now())[: len(row.retired)]

    def speaker(self, role: str, model: str) -> str:
        """Who wrote a message, in a word or two; the person may have given their own words for it."""
        match role:
            case "user":
                return self.config.names.get("me") or _("You")
            case "assistant":
                return self.config.names.get("it") or (self.model_name(model) if model else _("Assistant"))
            case "tool":
                return _("Tool")
            case "system":
                return _("System")
        return role

    @property
    def export_folder(self) -> Path:
        """Where things are written that somebody takes out of the archive."""
        chosen = self.config.export_folder
        return Path(chosen).expanduser() if chosen else self.documents / _("Archiver export")

    def now(self) -> float:
        """The present moment."""
        return time.time()

    def stop(self) -> None:
        """Ask all work to stop; what is finished stays."""
        self.closing.set()
        if self.job is not None:
            self.job.stop.set()

    def close(self) -> None:
        """Let the archive go, once no thread looks at it any more."""
        self.stop()
        if "private_folder" in vars(self):
            self.private_folder.close()
        if self.archive is not None:
            self.archive.close()
            self.archive = None
