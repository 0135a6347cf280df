"""What is read from the library: lists, outlines, whole conversations, single messages, observations, assets."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from archiver.records import UNDATED, AssetReference, Conversation, Message, Outline, OutlineRow, Summary, asset_id
from archiver.store import zstandard
from archiver.store.encoding import message_from_row, part_from_json
from archiver.store.writing import FEEDBACK, HEAD_COLUMNS, ROW_COLUMNS, digest_of

if TYPE_CHECKING:
    # Making the classes of all reports takes 10 ms, which the list of conversations need not wait for.
    from archiver.reports import SourceInfo, StoredAsset, UnusedFile

_MESSAGE_COLUMNS = "id, parent, role, created, answered, asked, hidden, text, rest"
_SUMMARY_COLUMNS = (
    "key, id, provider, title, created, updated, messages, visible, models, project, images, characters, is_archived"
)


class StoredMessage(NamedTuple):
    """A message with its place in the library."""

    key: int
    conversation: int
    message: Message


class StoredObservation(NamedTuple):
    """Where one source spoke of a conversation."""

    source: int
    member: str
    position: int
    sha256: bytes


class SourceCounts(NamedTuple):
    """How many conversations a source held, by what becomes of them when it is imported again."""

    unchanged: int
    empty: int
    failed: int


class Reader:
    """Reads from one library through one connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def select(self, statement: str, values: Sequence[object] = ()) -> sqlite3.Cursor:
        """The rows of a statement, for the overviews beside this module."""
        return self._connection.execute(statement, values)

    def summaries(self) -> list[Summary]:
        """All conversations, the most recently changed first."""
        rows = self._connection.execute(
            f"SELECT {_SUMMARY_COLUMNS} FROM conversation ORDER BY ifnull(updated, created) DESC, id"
        )
        return [_summary(row) for row in rows]

    def latest(self, number: int, away: Iterable[str]) -> tuple[list[Summary], int]:
        """The first ``number`` of ``summaries`` without the ids ``away``, and how many there are in all."""
        without = "FROM conversation WHERE id NOT IN (SELECT value FROM json_each(?1))"
        ids = orjson.dumps(list(away)).decode()
        rows = self._connection.execute(
            f"SELECT {_SUMMARY_COLUMNS} {without} ORDER BY ifnull(updated, created) DESC, id LIMIT ?2", (ids, number)
        )
        latest = [_summary(row) for row in rows]
        (count,) = self._connection.execute(f"SELECT count(*) {without}", (ids,)).fetchone()
        return latest, count

    def matching_ids(self, beginning: str) -> list[str]:
        """Ids that are ``beginning`` or start with it (at most three: one is an answer, two a question)."""
        rows = self._connection.execute(
            "SELECT id FROM conversation WHERE id = ?1 OR substr(id, 1, length(?1)) = ?1 ORDER BY id <> ?1, id LIMIT 3",
            (beginning,),
        )
        return [id_ for (id_,) in rows]

    def summary(self, *, id_: str = "", key: int = 0) -> Summary | None:
        """One conversation's line by id or key."""
        row = self._connection.execute(
            f"SELECT {_SUMMARY_COLUMNS} FROM conversation WHERE id = ? OR key = ?", (id_, key)
        ).fetchone()
        return _summary(row) if row else None

    def summary_id(self, key: int) -> str:
        """The id of the conversation with this key; empty when there is none."""
        row = self._connection.execute("SELECT id FROM conversation WHERE key = ?", (key,)).fetchone()
        return row[0] if row else ""

    def conversation(self, id_: str) -> Conversation | None:
        """A whole conversation."""
        row = self._connection.execute(
            f"SELECT first, messages, {HEAD_COLUMNS} FROM conversation WHERE id = ?", (id_,)
        ).fetchone()
        if row is None:
            return None
        first, count, provider, id_, title, created, updated, default_model, project, archived, starred, facts, at = row
        messages = tuple(stored.message for stored in self._messages(first, count))
        return Conversation(
            provider,
            id_,
            title,
            messages,
            created=created,
            updated=updated,
            current=messages[at].id if 0 <= at < len(messages) else None,
            default_model=default_model,
            project=project,
            is_archived=bool(archived),
            is_starred=bool(starred),
            facts=tuple((name, value) for name, value in orjson.loads(facts)),
        )

    def stored_messages(self, conversation: int) -> tuple[str, list[StoredMessage]]:
        """A conversation's title and all its messages, for the index; an unknown key has none."""
        row = self._connection.execute(
            "SELECT title, first, messages FROM conversation WHERE key = ?", (conversation,)
        ).fetchone()
        if row is None:
            return "", []
        return row[0], self._messages(row[1], row[2])

    def facts(self, conversation: int) -> list[tuple[str, str]]:
        """What a source says of a conversation besides, for the index; an unknown key has none."""
        row = self._connection.execute("SELECT facts FROM conversation WHERE key = ?", (conversation,)).fetchone()
        return [(name, fact) for name, fact in orjson.loads(row[0])] if row else []

    def _messages(self, first: int, count: int) -> list[StoredMessage]:
        rows = self._connection.execute(
            f"SELECT key, conversation, {_MESSAGE_COLUMNS} FROM message WHERE key >= ? AND key < ? ORDER BY key",
            (first, first + count),
        ).fetchall()
        return [
            StoredMessage(row[0], row[1], message_from_row(row[2], rows[row[3]][2] if row[3] >= 0 else None, *row[4:]))
            for row in rows
        ]

    def messages(self, keys: Sequence[int]) -> list[Message]:
        """The messages with these keys, in their order; unknown keys are left out."""
        found: dict[int, Message] = {}
        for key in keys:
            row = self._connection.execute(
                f"SELECT {_MESSAGE_COLUMNS}, conversation FROM message WHERE key = ?", (key,)
            ).fetchone()
            if row is None:
                continue
            parent = None
            if row[1] >= 0:
                (parent,) = self._connection.execute(
                    "SELECT id FROM message WHERE key = (SELECT first FROM conversation WHERE key = ?) + ?",
                    (row[9], row[1]),
                ).fetchone()
            found[key] = message_from_row(row[0], parent, *row[2:9])
        return [found[key] for key in keys if key in found]

    def outline(self, id_: str) -> Outline | None:
        """A conversation without its texts."""
        row = self._connection.execute(
            f"SELECT {_SUMMARY_COLUMNS}, first, current FROM conversation WHERE id = ?", (id_,)
        ).fetchone()
        if row is None:
            return None
        summary, first, current = _summary(row[:-2]), row[-2], row[-1]
        rows = self._connection.execute(
            "SELECT key, id, parent, role, created, answered, hidden, characters, newlines, is_wide"
            " FROM message WHERE key >= ? AND key < ? ORDER BY key",
            (first, first + summary.messages),
        )
        return Outline(summary, tuple(map(OutlineRow._make, rows)), current)

    def observations(self, id_: str) -> list[StoredObservation]:
        """Where every source spoke of a conversation, in the order of import."""
        rows = self._connection.execute(
            "SELECT source, member, position, sha256 FROM observation"
            " WHERE conversation = (SELECT key FROM conversation WHERE id = ?) ORDER BY source, key",
            (id_,),
        )
        return [StoredObservation(*row) for row in rows]

    def feedback(self, conversation_id: str) -> list[tuple[str, str, str, float]]:
        """(message id, rating, note, time of its last change) of every rating in a conversation."""
        return self._connection.execute(FEEDBACK, (conversation_id,)).fetchall()

    def count_strays(self, rated: Iterable[tuple[str, str]]) -> int:
        """How many of these ratings, by conversation and message id, are of messages that are not stored."""
        ratings = list(rated)
        rows = self._connection.execute(
            "SELECT id, first, first + messages FROM conversation WHERE id IN (SELECT value FROM json_each(?))",
            (orjson.dumps(sorted({conversation for conversation, _message in ratings})).decode(),),
        )
        places = {id_: (first, end) for id_, first, end in rows}
        return sum(not self._holds(*places.get(conversation, (0, 0)), message) for conversation, message in ratings)

    def _holds(self, first: int, end: int, message: str) -> bool:
        """Whether a message is among these; one whose own id differs from its node's has that in a note."""
        found = self._connection.execute(
            "SELECT 1 FROM message WHERE key >= ?1 AND key < ?2 AND (id = ?3 OR instr(ifnull(rest, ''), ?3)) LIMIT 1",
            (first, end, message),
        ).fetchone()
        return found is not None

    def slice_names(self, beginning: str) -> list[bytes]:
        """SHA-256 sums of kept slices whose hexadecimal form begins so (at most two)."""
        rows = self._connection.execute(
            "SELECT sha256 FROM slice WHERE substr(lower(hex(sha256)), 1, length(?1)) = lower(?1) LIMIT 2", (beginning,)
        )
        return [sha256 for (sha256,) in rows]

    def slice(self, sha256: bytes) -> bytes:
        """The raw bytes that a source held for a conversation."""
        (data,) = self._connection.execute("SELECT data FROM slice WHERE sha256 = ?", (sha256,)).fetchone()
        return zstandard.decompress(data)

    def complete_source(self, sha256: str) -> SourceCounts | None:
        """What a source held, when it was read to its end before."""
        row = self._connection.execute(
            "SELECT (SELECT count(*) FROM observation o WHERE o.source = s.key AND o.conversation > 0) - s.empty,"
            " s.empty, s.failed"
            " FROM source s WHERE s.sha256 = ? AND s.is_complete",
            (sha256,),
        ).fetchone()
        return SourceCounts(*row) if row else None

    def sources(self) -> list[SourceInfo]:
        """Every source, the first imported first."""
        from archiver.reports import SourceInfo

        rows = self._connection.execute(
            "SELECT s.key, s.name, s.sha256, s.original, s.size, s.imported_at, s.provider,"
            " (SELECT count(DISTINCT conversation) FROM observation WHERE source = s.key AND conversation > 0),"
            " s.newest, s.is_complete, s.is_export, m.made"
            " FROM source s LEFT JOIN source_made m ON m.source = s.key ORDER BY s.key"
        )
        return [
            replace(
                SourceInfo(*row[:9]),
                is_complete=bool(row[9]),
                is_export=bool(row[10]),
                made=UNDATED if row[11] is None else row[11],
            )
            for row in rows
        ]

    def find_assets(self, pointers: Iterable[str]) -> dict[str, StoredAsset]:
        """Stored bytes by pointer; of several sources the largest copy, then the one imported first."""
        from archiver.reports import StoredAsset

        found: dict[str, StoredAsset] = {}
        for pointer in pointers:
            if pointer.startswith("/") and self._means_several_files(pointer):
                continue
            row = self._connection.execute(
                "SELECT key, source, pointer, member, name, mime, size FROM asset WHERE pointer = ?"
                " ORDER BY size DESC, key LIMIT 1",
                (asset_id(pointer),),
            ).fetchone()
            if row:
                asset = StoredAsset(*row)
                found[pointer] = replace(asset, name=self._own_name(asset) or asset.name)
        return found

    def _own_name(self, asset: StoredAsset) -> str:
        """The name of a file that is called by its id only, where another source tells it."""
        if not asset.name.startswith(asset.pointer):
            return ""
        name, _size = self.listed_file(asset.pointer)
        ending = asset.name.rpartition(".")[2]
        return name if "." in name or not name else f"{name}.{ending}"

    def listed_file(self, pointer: str) -> tuple[str, int | None]:
        """The name and size that a list tells of the file which a pointer means; an empty name where none does."""
        row = self._connection.execute(
            "SELECT name, size FROM file_origin WHERE pointer = ? AND name != ''"
            " ORDER BY size < 0, name, size DESC LIMIT 1",
            (asset_id(pointer),),
        ).fetchone()
        if row is None:
            return "", None
        return row[0].replace("\\", "/").rpartition("/")[2], row[1] if row[1] >= 0 else None

    def _means_several_files(self, path: str) -> bool:
        """Whether conversations that share no message name this path of a workspace: each has a file of its own."""
        rows = self._connection.execute(
            "SELECT u.conversation, m.id FROM asset_use u JOIN message m ON m.key = u.message"
            " WHERE instr(u.reference, ?)",
            (f'"pointer":{orjson.dumps(path).decode()}',),
        )
        messages: dict[int, set[str]] = {}
        for conversation, message in rows:
            messages.setdefault(conversation, set()).add(message)
        return len(messages) > 1 and not set.intersection(*messages.values())

    def unused_assets(self) -> list[UnusedFile]:
        """Files of the sources that no message names, each once, in the order of their paths."""
        from archiver.reports import UnusedFile

        named = self.find_assets({reference.pointer for *_place, reference in self.asset_uses()})
        used = {asset_id(pointer) for pointer in named}
        rows = self._connection.execute(
            "SELECT a.pointer, a.name, a.member, s.name, a.size FROM asset a JOIN source s ON s.key = a.source"
            " ORDER BY a.member, s.key"
        )
        found = {pointer: UnusedFile(*file) for pointer, *file in reversed(rows.fetchall()) if pointer not in used}
        return sorted(found.values(), key=lambda file: (file.member, file.source))

    def asset_uses(self) -> Iterator[tuple[str, str, str, float | None, AssetReference]]:
        """(conversation id, title, message id, time, reference) for every use of an asset, oldest first."""
        rows = self._connection.execute(
            "SELECT c.id, c.title, m.id, ifnull(m.created, c.created) AS at, u.reference"
            " FROM asset_use u JOIN message m ON m.key = u.message JOIN conversation c ON c.key = u.conversation"
            " ORDER BY at, u.rowid"
        )
        for conversation_id, title, message_id, created, reference in rows:
            part = part_from_json(orjson.loads(reference))
            assert isinstance(part, AssetReference)
            yield conversation_id, title, message_id, created, part

    def damaged_texts(self) -> list[tuple[str, str, int]]:
        """(id, title, number of U+FFFD) of conversations whose source held replacement characters."""
        return self._connection.execute(
            "SELECT id, title, damaged FROM conversation WHERE damaged > 0 ORDER BY damaged DESC, id"
        ).fetchall()

    def left_out(self) -> list[tuple[str, str, dict[str, int]]]:
        """(id, title, counts by name) of conversations whose newest observation lacks what older ones have."""
        rows = self._connection.execute(
            "SELECT id, title, left_out FROM conversation WHERE left_out IS NOT NULL ORDER BY updated DESC, id"
        )
        return [(id_, title, orjson.loads(counts)) for id_, title, counts in rows]

    def reply_counts(self) -> tuple[int, int]:
        """Replies in the archive, and how many have no recorded model."""
        row = self._connection.execute(
            "SELECT ifnull(sum(replies), 0), ifnull(sum(unrecorded), 0) FROM conversation"
        ).fetchone()
        return row[0], row[1]

    def not_observed_by(self, source: int) -> list[tuple[str, str]]:
        """(id, title) of conversations that an export does not hold, though another one did."""
        return self._connection.execute(
            "SELECT id, title FROM conversation c WHERE NOT EXISTS"
            " (SELECT 1 FROM observation o WHERE o.conversation = c.key AND o.source = ?) AND EXISTS"
            " (SELECT 1 FROM observation o JOIN source s ON s.key = o.source"
            "  WHERE o.conversation = c.key AND s.is_export) ORDER BY updated DESC, id",
            (source,),
        ).fetchall()

    def reports(self) -> list[dict[str, Any]]:
        """Every kept import report, oldest first."""
        return [
            orjson.loads(report) for (report,) in self._connection.execute("SELECT report FROM report ORDER BY key")
        ]

    def changes(self, after: int) -> list[tuple[int, int]]:
        """(sequence, conversation) of what changed after a place in the change list, oldest first."""
        return self._connection.execute(
            "SELECT sequence, conversation FROM change WHERE sequence > ? ORDER BY sequence", (after,)
        ).fetchall()

    def count_changes(self, after: int) -> int:
        """How many conversations changed after a place in the change list."""
        (count,) = self._connection.execute("SELECT count(*) FROM change WHERE sequence > ?", (after,)).fetchone()
        return int(count)

    def integrity(self) -> list[str]:
        """What SQLite itself finds wrong with the file, in its own words."""
        found = [sentence for (sentence,) in self._connection.execute("PRAGMA integrity_check(20)")]
        return [] if found == ["ok"] else found

    def check(self) -> Iterator[tuple[str, bool]]:
        """Every conversation id, and whether its stored content still has the digest it was saved with."""
        heads = self._connection.execute(
            f"SELECT key, first, messages, digest, {HEAD_COLUMNS} FROM conversation ORDER BY key"
        )
        for row in heads:
            first, count, digest, head = row[1], row[2], row[3], row[4:]
            rows: list[Any] = self._connection.execute(
                f"SELECT {ROW_COLUMNS} FROM message WHERE key >= ? AND key < ? ORDER BY key", (first, first + count)
            ).fetchall()
            yield head[1], len(rows) == count and digest_of(head, rows) == digest


def _summary(row: Sequence[Any]) -> Summary:
    key, id_, provider, title, created, updated, messages, visible, models, project, images, characters, archived = row
    return Summary(
        key,
        id_,
        provider,
        title,
        created,
        updated,
        messages,
        visible,
        tuple(orjson.loads(models)),
        project,
        images,
        characters,
        bool(archived),
    )
