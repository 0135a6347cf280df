"""What is read from the library: lists, outlines, whole conversations, single messages, observations."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import orjson

from archiver.records import Conversation, Message, Outline, OutlineRow, Summary
from archiver.store import zstandard
from archiver.store.encoding import message_from_row
from archiver.store.rows import HEAD_COLUMNS, ROW_COLUMNS, digest_of
from archiver.store.writing import FEEDBACK

_MESSAGE_COLUMNS = "id, parent, role, created, answered, asked, hidden, text, rest"
_SUMMARY_COLUMNS = (
    "key, id, provider, title, created, updated, messages, visible, models, project, images, characters,"
    " is_archived, is_starred"
)


class IndexRow(NamedTuple):
    """What a message has that the index asks for."""

    key: int
    parent: int
    """Place of the message before it in the conversation; -1 for none."""
    role: str
    created: float | None
    answered: str
    asked: str
    hidden: str
    text: str
    """All words of a message that is one text and nothing else, as most are."""
    message: Message | None
    """Any other message."""


class IndexedConversation(NamedTuple):
    """A conversation as the index reads it."""

    id: str
    title: str
    facts: list[tuple[str, str]]
    """What a source says of it besides."""
    messages: list[IndexRow]


class StoredObservation(NamedTuple):
    """Where one source spoke of a conversation."""

    source: int
    member: str
    position: int
    sha256: bytes


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
        messages = tuple(self._messages(first, count))
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

    def for_index(self, conversation: int) -> IndexedConversation | None:
        """A conversation by key, for the index; None when it is no longer stored."""
        row = self._connection.execute(
            "SELECT id, title, facts, first, messages FROM conversation WHERE key = ?", (conversation,)
        ).fetchone()
        if row is None:
            return None
        id_, title, facts, first, count = row
        rows = self._rows(first, count)
        # A message is put together only where there is more to it: it costs as much as all else that is done for it.
        messages = [
            IndexRow(key, parent, role, created, answered, asked, hidden, text, None)
            if text is not None and (rest is None or ('"notes"' not in rest and '"details"' not in rest))
            else IndexRow(
                key, parent, role, created, answered, asked, hidden, "",
                message_from_row(name, None, role, created, answered, asked, hidden, text, rest),
            )
            for key, name, parent, role, created, answered, asked, hidden, text, rest in rows
        ]  # fmt: skip
        return IndexedConversation(id_, title, [(name, fact) for name, fact in orjson.loads(facts)], messages)

    def _messages(self, first: int, count: int) -> list[Message]:
        rows = self._rows(first, count)
        return [message_from_row(row[1], rows[row[2]][1] if row[2] >= 0 else None, *row[3:]) for row in rows]

    def _rows(self, first: int, count: int) -> list[Any]:
        return self._connection.execute(
            f"SELECT key, {_MESSAGE_COLUMNS} FROM message WHERE key >= ? AND key < ? ORDER BY key",
            (first, first + count),
        ).fetchall()

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

    def changes(self, after: int) -> list[tuple[int, int]]:
        """(sequence, conversation) of what changed after a place in the change list, oldest first."""
        return self._connection.execute(
            "SELECT sequence, conversation FROM change WHERE sequence > ? ORDER BY sequence", (after,)
        ).fetchall()

    def last_change(self) -> int:
        """The latest place in the change list."""
        (last,) = self._connection.execute("SELECT ifnull(max(sequence), 0) FROM change").fetchone()
        return int(last)

    def count_changes(self, after: int) -> int:
        """How many conversations changed after a place in the change list."""
        (count,) = self._connection.execute("SELECT count(*) FROM change WHERE sequence > ?", (after,)).fetchone()
        return int(count)

    def knows_change(self, sequence: int) -> bool:
        """Whether the list of changes ever went just so far, which that of no other library did."""
        found = self._connection.execute(
            "SELECT 1 FROM change_end WHERE sequence = ?1 UNION ALL SELECT 1 FROM change WHERE sequence = ?1",
            (sequence,),
        ).fetchone()
        return sequence == 0 or found is not None

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
    key, id_, provider, title, created, updated, messages, visible, models, project, images, characters, *marks = row
    archived, starred = marks
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
        bool(starred),
    )
