"""The straight line of an import: check a source, keep it, read it, store what it says, let the index catch up.

    path -> open_source -> importer -> vault.keep -> read -> observe -> merge -> understand -> save -> index

One conversation is in memory at a time. They are committed in batches, each wholly or not at all, so that a stopped
import leaves an archive that opens; the same command carries on where it ended, since known slices are only counted.
"""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import Any

from archiver import merge
from archiver.archive import Archive, OnProgress, never
from archiver.errors import ArchiverError, Cancelled
from archiver.i18n import _
from archiver.importers import Feedback, Importer, RawConversation, Source, importer_for, open_source
from archiver.records import Asset, AssetReference, Conversation, Problem, Progress
from archiver.reports import ImportReport, SourceReport, report_to_json
from archiver.store import Store, Writer
from archiver.vault import Original

# How much is read between two commits: small enough that little is lost, large enough that syncing costs little.
_BATCH_BYTES = 24 << 20
_BATCH_CONVERSATIONS = 500


def import_sources(
    archive: Archive,
    paths: Sequence[Path],
    *,
    on_progress: OnProgress | None = None,
    cancelled: Callable[[], bool] = never,
) -> ImportReport:
    """Import every source of ``paths``; what was imported is on the disk when this returns.

    Raises an ``ArchiverError`` when a source cannot be imported at all (earlier ones stay imported), ``Busy`` when
    another import is running. A person stopping the work is no error: the report says ``was_stopped``.
    """
    report = on_progress or _ignore
    tally = Tally()
    with archive.writing():
        try:
            for path in paths:
                _import_one(archive, path, tally, report, cancelled)
        except Cancelled:
            tally.was_stopped = True
        finished = _finish(archive, tally)
        if not tally.was_stopped:
            with suppress(Cancelled):
                archive.update_index(on_progress, cancelled, processes=2)
    return finished


def rebuild(
    archive: Archive, *, on_progress: OnProgress | None = None, cancelled: Callable[[], bool] = never
) -> ImportReport:
    """Make library and index again from the originals. The old library stays until the new one is whole."""
    report = on_progress or _ignore
    tally = Tally()
    with archive.writing():
        folder = archive.path / "tmp"
        folder.mkdir(mode=0o700, exist_ok=True)
        store = Store(folder / "library.sqlite")
        for original in archive.vault.originals():
            try:
                with open_source(archive.path / original.path) as source:
                    importer = importer_for(source)
                    _read(store, importer, source, original, _name_of(original), tally, report, cancelled)
            except Cancelled:
                raise
            except ArchiverError as error:
                tally.problems.append(Problem(original.path, str(error)))
        store.settle()
        archive.replace_library(folder / "library.sqlite")
        finished = _finish(archive, tally)
        archive.update_index(on_progress, cancelled, processes=2)
    return finished


@dataclass
class Tally:
    """The numbers of an import while it goes on."""

    sources: list[SourceReport] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)
    messages: int = 0
    branches: int = 0
    content_types: Counter[str] = field(default_factory=Counter)
    models: Counter[str] = field(default_factory=Counter)
    unknown_keys: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    references: set[str] = field(default_factory=set)
    was_stopped: bool = False


def _import_one(archive: Archive, path: Path, tally: Tally, report: OnProgress, cancelled: Callable[[], bool]) -> None:
    with open_source(path) as source:
        importer_for(source)
    original = archive.vault.keep(
        path, lambda done, total, name: report(Progress("keeping", done, total, name)), cancelled
    )
    if not original.is_new and _count_known(archive.store, original, path, tally):
        return
    with open_source(archive.path / original.path) as source:
        _read(archive.store, importer_for(source), source, original, str(path), tally, report, cancelled)


def _count_known(store: Store, original: Original, path: Path, tally: Tally) -> bool:
    """Count a source that was read to its end before, without reading it again; whether it was."""
    with store.reading() as reader:
        known = reader.complete_source(original.sha256)
    if known is None:
        return False
    tally.outcomes.update(unchanged=known.unchanged, empty=known.empty, failed=known.failed)
    tally.sources.append(SourceReport(str(path), original.sha256, original.path, original.size, is_new=False))
    return True


def _read(
    store: Store,
    importer: Importer,
    source: Source,
    original: Original,
    shown: str,
    tally: Tally,
    report: OnProgress,
    cancelled: Callable[[], bool],
) -> None:
    """Read one kept source into the store."""
    with store.transaction() as writer:
        key = writer.add_source(
            original.sha256, Path(shown).name, original.path, original.size, importer.name, time.time()
        )
        fresh = _keep_sidecars(writer, importer, source, key, tally)
        known, seen = writer.known_slices(), writer.positions_of(key)
    reading = _Reading(store, importer, key, known, seen, fresh, tally, report)
    failed_before, empty_before = tally.outcomes["failed"], tally.outcomes["empty"]
    with reading:
        for item in importer.read(source, reading.on_bytes, cancelled):
            if isinstance(item, Problem):
                tally.problems.append(item)
            else:
                reading.take(item)
            if cancelled():
                break
        reading.refresh_rated()
    tally.problems.extend(source.problems)
    tally.sources.append(
        SourceReport(
            shown,
            original.sha256,
            original.path,
            original.size,
            original.is_new,
            files_read=len(reading.members),
            sidecars=tuple(importer.sidecars(source)),
        )
    )
    if cancelled():
        raise Cancelled(_("Stopped. What was read is kept; the same command carries on."))
    with store.transaction() as writer:
        writer.complete_source(
            key,
            reading.newest,
            failed=tally.outcomes["failed"] - failed_before,
            empty=tally.outcomes["empty"] - empty_before,
        )


def _keep_sidecars(writer: Writer, importer: Importer, source: Source, key: int, tally: Tally) -> set[str]:
    """Note assets and ratings of a source; ids of conversations that have ratings not known before."""
    assets: list[Asset] = []
    for asset in importer.assets(source):
        if isinstance(asset, Problem):
            tally.problems.append(asset)
        else:
            assets.append(asset)
    writer.replace_assets(key, assets)
    fresh = set()
    for item in importer.feedback(source):
        if isinstance(item, Problem):
            tally.problems.append(item)
        elif writer.add_feedback(item.conversation_id, item.message_id, item.rating, item.note):
            fresh.add(item.conversation_id)
    return fresh


class _Reading:
    """The conversations of one source on their way into the store, a batch at a time."""

    def __init__(
        self,
        store: Store,
        importer: Importer,
        source: int,
        known: dict[bytes, int],
        seen: set[tuple[str, int]],
        rated: set[str],
        tally: Tally,
        report: OnProgress,
    ) -> None:
        self._store = store
        self._importer = importer
        self._source = source
        self._known = known
        self._seen = seen
        self._rated = rated
        self._tally = tally
        self._report = report
        self._open = ExitStack()
        self._writer: Writer | None = None
        self._batch_bytes = self._batch_conversations = 0
        self._title = ""
        self.members: set[str] = set()
        self.newest: float | None = None

    def on_bytes(self, done: int, total: int, _member: str) -> None:
        """Tell how far the reading is."""
        self._report(Progress("reading", done, total, self._title))

    def __enter__(self) -> _Reading:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Commit what was read, also when the person stopped or the source ended early; take it back on a fault."""
        if error is None or isinstance(error, ArchiverError):
            self._open.close()
        else:
            self._open.__exit__(kind, error, trace)

    def take(self, raw: RawConversation) -> None:
        """Save a conversation; every so often what was saved is committed."""
        self._tally.outcomes[self._save(self._begun(), raw)] += 1
        self.members.add(raw.member)
        self._batch_bytes += len(raw.data)
        self._batch_conversations += 1
        if self._batch_bytes >= _BATCH_BYTES or self._batch_conversations >= _BATCH_CONVERSATIONS:
            self._open.close()
            self._writer = None

    def _begun(self) -> Writer:
        """The writer of the open transaction, begun when there is none."""
        if self._writer is None:
            self._writer = self._open.enter_context(self._store.transaction())
            self._batch_bytes = self._batch_conversations = 0
        return self._writer

    def _save(self, writer: Writer, raw: RawConversation) -> str:
        """Save one conversation; what became of it, as a name of the report's outcomes."""
        sha256 = hashlib.sha256(raw.data).digest()
        known = self._known.get(sha256)
        if known is not None:
            if (raw.member, raw.offset) not in self._seen:
                writer.observe(known, self._source, raw.member, raw.offset, sha256, None)
            messages, updated = writer.size_of(known)
            self._look_at_time(updated)
            return "unchanged" if messages else "empty"
        where = _("{member}, conversation {number}").format(member=raw.member, number=raw.number + 1)
        try:
            value, problems = self._importer.parse(raw.data, raw.value)
        except ValueError as error:
            self._tally.problems.append(Problem(where, str(error), is_loss=True))
            return "failed"
        id_ = self._importer.conversation_id(value)
        key = writer.conversation_key(self._importer.name, id_)
        outcome = self._understand(writer, key, id_, value, raw.data)
        self._tally.problems.extend(_placed(problems, where, id_))
        key = key or writer.conversation_key(self._importer.name, id_)
        assert key is not None
        writer.observe(key, self._source, raw.member, raw.offset, sha256, raw.data)
        self._known[sha256] = key
        return "empty" if self._importer.is_empty(value) else outcome

    def _understand(self, writer: Writer, key: int | None, id_: str, value: dict[str, Any], data: bytes | None) -> str:
        """Save what all sources together say of a conversation; ``data`` is what this source adds to it."""
        newest = None
        if key is not None:
            earlier = (self._importer.parse(slice_)[0] for slice_ in writer.observed(key))
            values = [*earlier, value] if data is not None else list(earlier)
            value, _disagreements = merge.union(values, self._importer.newest_wins)
            newest = merge.newest(values) if len(values) > 1 else None
        feedback = {
            message_id: Feedback(id_, message_id, rating, note) for message_id, rating, note in writer.feedback(id_)
        }
        understood = self._importer.understand(value, feedback)
        conversation = understood.conversation
        saved = writer.save(conversation)
        if newest is not None:
            writer.note_left_out(saved.key, _left_out(conversation, self._importer.understand(newest, {}).conversation))
        self._title = conversation.title or self._title
        self._look_at_time(conversation.updated or conversation.created)
        if not saved.has_changed:
            return "unchanged"
        tally = self._tally
        tally.messages += len(conversation.messages)
        tally.branches += saved.branches
        tally.content_types.update(understood.content_types)
        tally.unknown_keys.update(understood.unknown_keys)
        tally.problems.extend(_placed(understood.problems, "", id_))
        for message in conversation.messages:
            if message.role == "assistant" and not message.hidden:
                tally.models[message.answered] += 1
            for part in message.parts:
                if isinstance(part, AssetReference):
                    tally.references.add(part.pointer)
        return "updated" if saved.was_known else "added"

    def _look_at_time(self, time_: float | None) -> None:
        if time_ is not None and (self.newest is None or time_ > self.newest):
            self.newest = time_

    def refresh_rated(self) -> None:
        """Save again the conversations of earlier sources that this one has new ratings for."""
        writer = self._begun()
        for id_ in sorted(self._rated):
            key = writer.conversation_key(self._importer.name, id_)
            if key is not None:
                self._understand(writer, key, id_, {}, None)


def _finish(archive: Archive, tally: Tally) -> ImportReport:
    """The report of an import, kept in the archive."""
    with archive.store.reading() as reader:
        found_assets = len(reader.find_assets(tally.references))
    outcomes = tally.outcomes
    finished = ImportReport(
        tuple(tally.sources),
        outcomes.total(),
        outcomes["added"],
        outcomes["updated"],
        outcomes["unchanged"],
        outcomes["empty"],
        outcomes["failed"],
        tally.messages,
        tally.branches,
        found_assets,
        len(tally.references) - found_assets,
        dict(tally.content_types.most_common()),
        dict(tally.models.most_common()),
        dict(tally.unknown_keys.most_common()),
        len(archive.gaps().not_in_newest),
        tuple(tally.problems),
        time.time(),
        tally.was_stopped,
    )
    with archive.store.transaction() as writer:
        writer.add_report(report_to_json(finished))
    return finished


def _left_out(whole: Conversation, newest: Conversation) -> dict[str, int]:
    """What the newest observation lacks that the whole has: messages, files, recorded models; empty for nothing."""
    kept = {message.id: message for message in newest.messages}
    pointers = _pointers(newest)
    counts = {
        "messages": sum(message.id not in kept for message in whole.messages),
        "files": sum(pointer not in pointers for pointer in _pointers(whole)),
        "models": sum(
            bool(message.answered) and not kept[message.id].answered for message in whole.messages if message.id in kept
        ),
    }
    return {name: count for name, count in counts.items() if count}


def _pointers(conversation: Conversation) -> set[str]:
    return {
        part.pointer for message in conversation.messages for part in message.parts if isinstance(part, AssetReference)
    }


def _placed(problems: Iterable[Problem], where: str, id_: str) -> list[Problem]:
    return [
        replace(problem, where=problem.where or where, conversation_id=problem.conversation_id or id_)
        for problem in problems
    ]


def _name_of(original: Original) -> str:
    """The person's own file name, which the kept copy has behind its date and hash."""
    return Path(original.path).name[20:]


def _ignore(_progress: Progress) -> None:
    """The ``on_progress`` of work that nobody watches."""
