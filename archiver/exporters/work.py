"""One running export: the archive it reads, the folder it writes, what it counts, and where copied things lie."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from archiver.errors import ArchiverError, Cancelled
from archiver.exporters.copies import Copies, mark_of
from archiver.exporters.files import ExportFolder
from archiver.exporters.markdown_blocks import Places
from archiver.exporters.moments import moment
from archiver.exporters.names import fill, safe_name
from archiver.exporters.options import ExportOptions, ExportReport
from archiver.exporters.shown import models, parts_shown, title_of
from archiver.i18n import _
from archiver.records import AssetReference, Conversation, Document, Problem, Progress, Text
from archiver.reports import SourceInfo

if TYPE_CHECKING:
    from archiver.archive import Archive


class Work:
    """What every format needs while it runs."""

    def __init__(
        self,
        archive: Archive,
        selection: Sequence[str],
        folder: Path,
        options: ExportOptions,
        on_progress: Callable[[Progress], None] | None,
        cancelled: Callable[[], bool] | None,
    ) -> None:
        self.archive = archive
        self.options = options
        self.folder = ExportFolder(folder, dry_run=options.dry_run)
        self.was_stopped = False
        summaries = (*archive.summaries(), *archive.summaries(put_away=True))
        dates = {summary.id: summary.created or 0.0 for summary in summaries}
        self.ids = sorted(dict.fromkeys(selection), key=lambda id_: (dates.get(id_, 0.0), id_))
        """The selection, oldest first."""
        self._on_progress = on_progress
        self._cancelled = cancelled
        self._problems: list[Problem] = []
        self._done = 0
        self._left_out = 0
        self._copies = Copies(archive, self.folder)
        self._kept = archive.sources()
        """Where there is only one, every conversation comes from it."""

    def conversations(self) -> Iterator[Conversation]:
        """The conversations of the selection, oldest first; one that cannot be read becomes a problem."""
        for number, id_ in enumerate(self.ids):
            if self._cancelled is not None and self._cancelled():
                self.was_stopped = True
                return
            try:
                conversation = self.archive.conversation(id_)
            except ArchiverError as error:
                self.note(str(error), id_)
                continue
            yield conversation
            self._done += 1
            if self._on_progress is not None:
                self._on_progress(Progress("writing", number + 1, len(self.ids), conversation.title))

    def all_conversations(self) -> Iterator[Conversation]:
        """The same for a file that needs them all: raises ``Cancelled`` rather than let half of it look whole."""
        yield from self.conversations()
        if self.was_stopped:
            raise Cancelled

    def note(self, what: str, conversation_id: str = "") -> None:
        """Something that could not be written as it should; named in the report."""
        self._problems.append(Problem(_("export"), what, conversation_id))

    def leave_out(self) -> None:
        """The conversation at hand has nothing for this format."""
        self._left_out += 1
        self._done -= 1

    def write_conversation(self, conversation: Conversation, path: str, data: bytes) -> None:
        """Write the file of one conversation."""
        self.folder.write(
            f"{self.options.format}:{conversation.id}",
            path,
            data,
            title=title_of(conversation),
            created=conversation.created,
            messages=sum(1 for message in conversation.messages if not message.hidden),
        )

    def place(self, conversation: Conversation, extension: str, subfolder: str = "", key: str = "") -> str:
        """Where the file of a conversation stands, by the name template and ``by``."""
        options = self.options
        local = moment(conversation.created)
        date = local.date if local else ""
        values = {
            "date": date,
            "time": local.clock.replace(":", "-") if local else "",
            "year": date[:4],
            "month": date[:7],
            "title": title_of(conversation),
            "id": conversation.id,
            "short_id": mark_of(conversation.id),
            "model": next(iter(models(conversation)), "") if "{model}" in options.name_template else "",
            "project": conversation.project,
        }
        match options.by:
            case "year":
                inner = values["year"] or _("undated")
            case "month":
                inner = values["month"] or _("undated")
            case "project":
                inner = safe_name(conversation.project, fallback=_("No project"))
            case _:
                inner = ""
        stem = fill(options.name_template, values)
        key = key or f"{options.format}:{conversation.id}"
        return self.folder.place(key, "/".join(filter(None, (subfolder, inner))), stem, extension, mark_of(key))

    def places(self, conversation: Conversation, path: str, *, with_documents: bool = True) -> Places:
        """Copy what a conversation names, and say where it lies as seen from the file at ``path``."""
        references: list[AssetReference] = []
        documents: dict[str, Document] = {}
        for message in conversation.messages:
            if len(message.parts) == 1 and type(message.parts[0]) is Text:
                continue
            for part in parts_shown(message, self.options):
                if isinstance(part, AssetReference) and self.options.pictures:
                    references.append(part)
                elif isinstance(part, Document) and with_documents:
                    documents[part.id] = part
        up = partial(posixpath.relpath, start=posixpath.dirname(path) or ".")
        assets = self._copies.of_assets(references)
        return Places(
            assets={pointer: up(target) for pointer, target in assets.items()},
            documents={id_: up(self._copies.of_document(conversation.id, each)) for id_, each in documents.items()},
            sources=self._sources(conversation.id),
        )

    def _sources(self, id_: str) -> tuple[tuple[str, str], ...]:
        """Names and hashes of the exports that hold a conversation, in an order that is the same after any import."""
        if len(self._kept) == 1:
            return _named(self._kept)
        return _named(observation.source for observation in self.archive.observations(id_))

    def report(self) -> ExportReport:
        """What was done."""
        folder = self.folder
        return ExportReport(
            format=self.options.format,
            folder=str(folder.folder),
            conversations=self._done,
            written=tuple(folder.written),
            updated=tuple(folder.updated),
            unchanged=folder.unchanged,
            kept=tuple(folder.kept),
            assets_copied=self._copies.copied,
            assets_missing=self._copies.missing,
            left_out=self._left_out,
            problems=(*self._problems, *(Problem(pointer, what) for pointer, what in self._copies.unreadable)),
            dry_run=self.options.dry_run,
            was_stopped=self.was_stopped,
        )


def _named(sources: Iterable[SourceInfo]) -> tuple[tuple[str, str], ...]:
    found = sorted({(source.sha256, source.name) for source in sources})
    return tuple((PurePath(name.replace("\\", "/")).name, digest) for digest, name in found)
