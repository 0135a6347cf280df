"""The conversations of one source on their way into the store.

    slice -> known by its SHA-256? counted : parsed -> joined with what earlier sources said -> understood -> saved

One conversation is in memory at a time; what was saved is committed every so often, so that little is lost when the
power goes, and readers see the archive grow.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from types import TracebackType
from typing import Any

from archiver import merge
from archiver.branches import further_branches, parent_positions
from archiver.errors import ArchiverError
from archiver.i18n import _
from archiver.importers import Feedback, FileOrigin, Importer, RawConversation, Source, ratings
from archiver.records import UNDATED, Asset, AssetReference, Conversation, Observation, Problem, Progress
from archiver.store import NO_CONVERSATION, Store, Writer
from archiver.tally import Tally

# How much is read between two commits: small enough that little is lost, large enough that syncing costs little.
_BATCH_BYTES = 24 << 20
_BATCH_CONVERSATIONS = 200


class Intake:
    """The conversations of one source on their way into the store, a batch at a time."""

    def __init__(
        self,
        store: Store,
        importer: Importer,
        tally: Tally,
        on_progress: Callable[[Progress], None],
        on_commit: Callable[[], None] | None = None,
    ) -> None:
        self._store = store
        self._importer = importer
        self._tally = tally
        self._report = on_progress
        self._on_commit = on_commit
        self._source = 0
        self._known: dict[bytes, int] = {}
        self._seen: set[tuple[str, int]] = set()
        self._told_of: set[str] = set()
        """Conversations that ratings or a list of files tell of, and that were not understood since."""
        self._files: list[tuple[str, str]] = []
        """Conversation and message of what a list of files tells for the first time."""
        self._understood: set[str] = set()
        self._has_origins = False
        self._made = UNDATED
        self._is_newest = True
        """Whether no earlier source was made later than this one."""
        self._open = ExitStack()
        self._writer: Writer | None = None
        self._batch_bytes = self._batch_conversations = 0
        self._title = ""
        self.members: set[str] = set()
        self.newest: float | None = None

    def begin(self, source: Source, key: int) -> None:
        """Note the assets and ratings of a source, and learn what earlier imports observed."""
        writer = self._begun()
        assets: list[Asset] = []
        for asset in self._importer.assets(source):
            if isinstance(asset, Problem):
                self._tally.problems.append(asset)
            else:
                assets.append(asset)
        writer.replace_assets(key, assets)
        made = self._importer.made(source)
        if made is not None:
            self._made = made
            writer.note_made(key, made)
        self._is_newest = self._made >= writer.last_made()
        for item in self._importer.feedback(source):
            if isinstance(item, Problem):
                self._tally.problems.append(item)
            else:
                writer.add_feedback(item.conversation_id, item.message_id, item.rating, item.note, item.updated)
                self._told_of.add(item.conversation_id)
                self._tally.rated.add((item.conversation_id, item.message_id))
        self._source = key
        self._known, self._seen = writer.known_slices(), writer.positions_of(key)
        for origin in self._importer.origins(source):
            is_new = _add_origin(writer, origin)
            if not (origin.conversation_id or origin.message_id):
                continue
            # An import that was stopped noted them without looking at the conversations of earlier sources.
            if is_new or self._seen:
                self._told_of.add(origin.conversation_id)
                self._files.append((origin.conversation_id, origin.message_id))
        self._has_origins = writer.has_origins()

    def on_bytes(self, done: int, total: int, _member: str) -> None:
        """Tell how far the reading is."""
        self._report(Progress("reading", done, total, self._title))

    def __enter__(self) -> Intake:
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
            if self._on_commit:
                self._on_commit()

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
        if known:
            if (raw.member, raw.offset) not in self._seen:
                if not self._is_newest:
                    self._look_at_age(writer, known, sha256)
                writer.observe(known, self._source, raw.member, raw.offset, sha256, None)
            messages, updated = writer.known(known, sha256)
            self._look_at_time(updated)
            return "unchanged" if messages else "empty"
        where = _("{member}, conversation {number}").format(member=raw.member, number=raw.number + 1)
        try:
            with writer.undoable():
                return self._save_new(writer, raw, sha256, where)
        except ArchiverError:
            raise
        except ValueError as error:
            what = str(error)
        except Exception as error:  # noqa: BLE001 -- whatever is wrong with one conversation must not cost the others
            what = _("This program does not understand it ({reason}).").format(reason=type(error).__name__)
        self._tally.problems.append(Problem(where, what, is_loss=True, slice=sha256.hex()))
        if (raw.member, raw.offset) not in self._seen:
            writer.observe(NO_CONVERSATION, self._source, raw.member, raw.offset, sha256, raw.data)
        return "failed"

    def _look_at_age(self, writer: Writer, key: int, sha256: bytes) -> None:
        """Join a conversation again where these bytes turn out to be older than they seemed beside others."""
        made = writer.slices_made(key)
        if len(made) > 1 and self._made < made.get(sha256, UNDATED):
            self._told_of.add(writer.conversation_id(key))

    def _save_new(self, writer: Writer, raw: RawConversation, sha256: bytes, where: str) -> str:
        """Save what was not observed before. Raises ``ValueError`` with a sentence when it is no conversation."""
        value, problems = self._importer.parse(raw.data, raw.value)
        updated, is_empty = merge.time_of(value), self._importer.is_empty(value)
        id_ = self._importer.conversation_id(value)
        key = writer.conversation_key(self._importer.name, id_)
        outcome = self._understand(writer, key, id_, value, where)
        self._tally.problems.extend(_placed(problems, where, id_))
        key = key or writer.conversation_key(self._importer.name, id_)
        assert key is not None
        writer.observe(key, self._source, raw.member, raw.offset, sha256, raw.data, updated)
        self._known[sha256] = key
        self._look_at_time(updated)
        return "empty" if is_empty else outcome

    def _understand(
        self, writer: Writer, key: int | None, id_: str, value: dict[str, Any] | None, where: str = ""
    ) -> str:
        """Save what all sources together say of a conversation; ``value`` is what this source adds to it."""
        newest = None
        said = [] if value is None else [Observation(value, self._made)]
        if key is not None:
            earlier = [Observation(self._importer.parse(slice_)[0], made) for slice_, made in writer.observed(key)]
            said = self._importer.gather(earlier + said)
            newest = merge.newest(said).value if len(said) > 1 else None
        self._tally.incomplete.pop(id_, None)
        if lacks := self._importer.lacks(said):
            self._tally.incomplete[id_] = Problem(where, lacks, id_, is_loss=True, may_be_mended=True)
        whole, disagreements = merge.union(said, self._importer.rules)
        feedback = ratings.joined(Feedback(id_, *record) for record in writer.feedback(id_))
        self._told_of.discard(id_)
        self._understood.add(id_)

        def find_files(conversation: str, messages: Collection[str]) -> Sequence[FileOrigin]:
            return [_origin(*row) for row in writer.origins(conversation, messages)] if self._has_origins else ()

        understood = self._importer.understand(whole, feedback, find_files, disagreements)
        conversation = understood.conversation
        if newest is None:
            # Whoever reads the source still holds it; of a long conversation it is most of the memory.
            whole.clear()
        saved = writer.save(conversation)
        if newest is not None:
            writer.note_left_out(
                saved.key, _left_out(conversation, self._importer.understand(newest, {}, find_files).conversation)
            )
        self._title = conversation.title or self._title
        if not saved.has_changed:
            return "unchanged"
        self._tally.odd.pop(id_, None)
        if understood.problems:
            self._tally.odd[id_] = _placed(understood.problems, "", id_)
        if id_ in self._tally.counted and value is not None:
            before, disagreements = merge.union(self._importer.gather(earlier), self._importer.rules)
            counted = self._importer.understand(before, feedback, find_files, disagreements)
            branches = further_branches(parent_positions(counted.conversation))
            self._tally.count(counted, branches, -1)
        if value is not None:
            self._tally.count(understood, saved.branches)
        return "updated" if saved.was_known else "added"

    def _look_at_time(self, time_: float | None) -> None:
        if time_ is not None and (self.newest is None or time_ > self.newest):
            self.newest = time_

    def finish(self) -> None:
        """Save again the conversations of earlier sources that this one has ratings or a list of files for."""
        writer = self._begun()
        lost = {
            message for conversation, message in self._files if message and not self._is_known(writer, conversation)
        }
        if lost:
            self._told_of |= writer.conversations_of(lost) - self._understood
        for id_ in sorted(self._told_of):
            key = writer.conversation_key(self._importer.name, id_)
            if key is not None:
                self._understand(writer, key, id_, None)

    def _is_known(self, writer: Writer, id_: str) -> bool:
        return writer.conversation_key(self._importer.name, id_) is not None


def _add_origin(writer: Writer, file: FileOrigin) -> bool:
    return writer.add_origin(
        file.conversation_id,
        file.message_id,
        file.pointer,
        file.name,
        file.mime,
        -1 if file.size is None else file.size,
        file.created or 0.0,
        file.alias,
    )


def _origin(
    conversation_id: str, message_id: str, pointer: str, name: str, mime: str, size: int, created: float, alias: str
) -> FileOrigin:
    return FileOrigin(
        pointer, conversation_id, message_id, name, mime, None if size < 0 else size, created or None, alias
    )


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
