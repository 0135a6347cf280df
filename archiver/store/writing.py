"""What an import writes: sources, observations, conversations, assets, feedback, and the change list for the index.

All of it runs inside a transaction that ``Store.transaction`` holds; one batch of conversations a transaction.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import orjson

from archiver.branches import current_path, further_branches, parent_positions
from archiver.records import UNDATED, Asset, AssetReference, Conversation, Json
from archiver.store import zstandard
from archiver.store.encoding import part_to_json
from archiver.store.rows import ASSIGNMENTS, COLUMNS, MARKS, digest_of, head_of, message_row, statistics

FEEDBACK = (
    "SELECT message_id, rating, note, ifnull(updated, 0) FROM feedback"
    " LEFT JOIN feedback_time USING (conversation_id, message_id, rating, note)"
    " WHERE conversation_id = ? ORDER BY message_id, rating, note"
)
"""(message id, rating, note, time of its last change) of every rating in a conversation."""

_LARGEST_STEP = 1 << 32

NO_CONVERSATION = 0
"""Key that stands for the conversation of a slice that none could be made of."""


class Saved(NamedTuple):
    """What saving a conversation did."""

    key: int
    was_known: bool
    has_changed: bool
    branches: int
    """Branches beyond the first."""


class Writer:
    """Writes to one library through one connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._compress = zstandard.compressor()
        self._last_change = 0
        """The number of the last change that this transaction noted; 0 for none."""
        (self._next_message,) = connection.execute("SELECT ifnull(max(key), 0) + 1 FROM message").fetchone()

    def add_source(
        self,
        sha256: str,
        name: str,
        original: str,
        size: int,
        provider: str,
        imported_at: float,
        *,
        is_export: bool = True,
    ) -> int:
        """Note a source; its key. A source that an earlier, interrupted import noted keeps its key.

        ``is_export`` is false for a lone file, whose silence about a conversation means nothing.
        """
        self._connection.execute(
            "INSERT INTO source (sha256, name, original, size, provider, imported_at, is_export)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (sha256) DO NOTHING",
            (sha256, name, original, size, provider, imported_at, is_export),
        )
        (key,) = self._connection.execute("SELECT key FROM source WHERE sha256 = ?", (sha256,)).fetchone()
        return int(key)

    def note_made(self, source: int, made: float) -> None:
        """Note when a source was made, as it tells itself."""
        self._connection.execute("INSERT OR REPLACE INTO source_made VALUES (?, ?)", (source, made))

    def last_made(self) -> float:
        """When the source was made that was made last; those that do not tell count as later than all others."""
        (undated, last) = self._connection.execute(
            "SELECT count(*) > count(made), max(made) FROM source LEFT JOIN source_made ON source = source.key"
        ).fetchone()
        return UNDATED if undated else last

    def complete_source(self, source: int, newest: float | None, *, failed: int, empty: int) -> None:
        """Note that everything of a source has been read; ``newest`` is the time of its newest conversation."""
        self._connection.execute(
            "UPDATE source SET is_complete = 1, newest = ?, failed = ?, empty = ? WHERE key = ?",
            (newest, failed, empty, source),
        )

    def remove_unread_source(self, sha256: str) -> bool:
        """Forget a source of which nothing was observed; whether there was such a one, or none at all."""
        observed = self._connection.execute(
            "SELECT 1 FROM observation WHERE source = (SELECT key FROM source WHERE sha256 = ?) LIMIT 1", (sha256,)
        ).fetchone()
        if observed is None:
            self._connection.execute(
                "DELETE FROM asset WHERE source = (SELECT key FROM source WHERE sha256 = ?)", (sha256,)
            )
            self._connection.execute("DELETE FROM source WHERE sha256 = ?", (sha256,))
        return observed is None

    def known_slices(self) -> dict[bytes, int]:
        """Conversation keys by the SHA-256 of every slice that has been observed."""
        return dict(self._connection.execute("SELECT sha256, conversation FROM observation"))

    def conversation_key(self, provider: str, id_: str) -> int | None:
        """The key of a conversation; None when it is new."""
        row = self._connection.execute(
            "SELECT key FROM conversation WHERE provider = ? AND id = ?", (provider, id_)
        ).fetchone()
        return row[0] if row else None

    def observe(
        self,
        conversation: int,
        source: int,
        member: str,
        position: int,
        sha256: bytes,
        data: bytes | None,
        updated: float | None = None,
    ) -> None:
        """Keep what one source said of a conversation; ``data`` is None when the same bytes are kept already.

        ``updated`` is when the conversation last changed, as these bytes tell it. What could not be read as a
        conversation is kept under ``NO_CONVERSATION``.
        """
        self._connection.execute(
            "INSERT INTO observation (conversation, source, member, position, sha256) VALUES (?, ?, ?, ?, ?)",
            (conversation, source, member, position, sha256),
        )
        if data is not None:
            self._connection.execute(
                "INSERT OR IGNORE INTO slice (sha256, updated, data) VALUES (?, ?, ?)",
                (sha256, updated, self._compress(data)),
            )

    def positions_of(self, source: int) -> set[tuple[str, int]]:
        """(member, offset) of everything an earlier, interrupted import observed of a source."""
        return set(self._connection.execute("SELECT member, position FROM observation WHERE source = ?", (source,)))

    def known(self, conversation: int, sha256: bytes) -> tuple[int, float | None]:
        """How many messages a conversation has, and when it last changed, as one slice tells it."""
        row = self._connection.execute(
            "SELECT messages, (SELECT updated FROM slice WHERE sha256 = ?) FROM conversation WHERE key = ?",
            (sha256, conversation),
        ).fetchone()
        return row[0], row[1]

    @contextmanager
    def undoable(self) -> Iterator[None]:
        """What is written inside is taken back when the block raises; what was written before stays."""
        self._connection.execute("SAVEPOINT one")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK TO one")
            raise
        finally:
            self._connection.execute("RELEASE one")

    def feedback(self, conversation_id: str) -> list[tuple[str, str, str, float]]:
        """(message id, rating, note, time of its last change) of every rating in a conversation."""
        return self._connection.execute(FEEDBACK, (conversation_id,)).fetchall()

    def observed(self, conversation: int) -> list[tuple[bytes, float]]:
        """Everything that sources said of a conversation, each different slice once, ordered by SHA-256.

        With each slice, when the first source that holds it was made.
        """
        rows = self._connection.execute(
            "SELECT min(data), min(made) FROM observation o JOIN slice s ON s.sha256 = o.sha256"
            " LEFT JOIN source_made m ON m.source = o.source"
            " WHERE o.conversation = ? GROUP BY o.sha256 ORDER BY o.sha256",
            (conversation,),
        )
        return [(zstandard.decompress(data), UNDATED if made is None else made) for data, made in rows]

    def slices_made(self, conversation: int) -> dict[bytes, float]:
        """By SHA-256 of each slice of a conversation: when the first source that holds it was made."""
        rows = self._connection.execute(
            "SELECT o.sha256, min(made) FROM observation o LEFT JOIN source_made m ON m.source = o.source"
            " WHERE o.conversation = ? GROUP BY o.sha256",
            (conversation,),
        )
        return {sha256: UNDATED if made is None else made for sha256, made in rows}

    def conversation_id(self, key: int) -> str:
        """The id of a conversation that is stored."""
        (id_,) = self._connection.execute("SELECT id FROM conversation WHERE key = ?", (key,)).fetchone()
        return str(id_)

    def save(self, conversation: Conversation) -> Saved:
        """Write a conversation in place of what was stored of it; nothing is written when nothing changed."""
        execute = self._connection.execute
        known = execute(
            "SELECT key, first, messages, digest FROM conversation WHERE provider = ? AND id = ?",
            (conversation.provider, conversation.id),
        ).fetchone()
        path = current_path(conversation)
        parents = parent_positions(conversation)
        rows = [message_row(message, parent) for message, parent in zip(conversation.messages, parents, strict=True)]
        head = head_of(conversation, path[-1] if path else -1)
        digest = digest_of(head, rows)
        if known and known[3] == digest:
            return Saved(known[0], was_known=True, has_changed=False, branches=0)
        first = self._next_message
        self._next_message += len(rows)
        branches = further_branches(parents)
        values = (*head, first, len(rows), branches, *statistics(conversation, path, rows), digest)
        if known:
            key = known[0]
            execute("DELETE FROM message WHERE key >= ? AND key < ?", (known[1], known[1] + known[2]))
            execute("DELETE FROM asset_use WHERE conversation = ?", (key,))
            execute(f"UPDATE conversation SET {ASSIGNMENTS} WHERE key = ?", (*values, key))
        else:
            key = execute(f"INSERT INTO conversation ({COLUMNS}) VALUES ({MARKS})", values).lastrowid
        self._connection.executemany(
            "INSERT INTO message VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [(number, key, *row) for number, row in enumerate(rows, first)],
        )
        references = [
            (key, number, orjson.dumps(part_to_json(part)).decode())
            for number, message in enumerate(conversation.messages, first)
            for part in message.parts
            if isinstance(part, AssetReference)
        ]
        if references:
            self._connection.executemany("INSERT INTO asset_use VALUES (?, ?, ?)", references)
        self.note_change(key)
        return Saved(key, was_known=bool(known), has_changed=True, branches=branches)

    def note_left_out(self, conversation: int, left_out: Json) -> None:
        """Note what the newest observation of a conversation lacks that older ones have (counts by name)."""
        self._connection.execute(
            "UPDATE conversation SET left_out = ? WHERE key = ?",
            (orjson.dumps(left_out).decode() if left_out else None, conversation),
        )

    def note_change(self, conversation: int) -> None:
        """Put a conversation at the end of the list of what the index has to read again.

        The first number of a transaction is a random step above the last one: an index that was made from another copy
        of the library, which went its own way, has reached a number that this one does not know.
        """
        if not self._last_change:
            (last,) = self._connection.execute(
                "SELECT ifnull((SELECT seq FROM sqlite_sequence WHERE name = 'change'), 0)"
            ).fetchone()
            self._last_change = last + secrets.randbelow(_LARGEST_STEP)
        self._last_change += 1
        self._connection.execute("INSERT OR REPLACE INTO change VALUES (?, ?)", (self._last_change, conversation))

    def finish(self) -> None:
        """The last thing in a transaction: keep in mind how far the list of changes goes now."""
        if self._last_change:
            self._connection.execute("INSERT INTO change_end VALUES (?)", (self._last_change,))

    def add_feedback(self, conversation_id: str, message_id: str, rating: str, note: str, updated: float = 0.0) -> bool:
        """Keep a rating, with the time of its last change; whether it was new."""
        values = (conversation_id, message_id, rating, note)
        cursor = self._connection.execute("INSERT OR IGNORE INTO feedback VALUES (?, ?, ?, ?)", values)
        if updated:
            self._connection.execute(
                "INSERT INTO feedback_time VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT DO UPDATE SET updated = max(updated, excluded.updated)",
                (*values, updated),
            )
        return cursor.rowcount > 0

    def add_origin(self, *values: str | float) -> bool:
        """Keep what a list says of a file, in the order of the table's columns; whether it was new."""
        marks = ", ".join("?" * len(values))
        return self._connection.execute(f"INSERT OR IGNORE INTO file_origin VALUES ({marks})", values).rowcount > 0

    def has_origins(self) -> bool:
        """Whether any list is known that tells which message a file came from."""
        return (
            self._connection.execute(
                "SELECT 1 FROM file_origin WHERE conversation_id > '' OR message_id > '' LIMIT 1"
            ).fetchone()
            is not None
        )

    def origins(self, conversation_id: str, message_ids: Iterable[str]) -> list[tuple[Any, ...]]:
        """What lists say of the files that came from a conversation or from one of these messages."""
        return self._connection.execute(
            "SELECT * FROM file_origin WHERE conversation_id = ?"
            " UNION SELECT * FROM file_origin WHERE message_id IN (SELECT value FROM json_each(?) WHERE value != '')"
            " ORDER BY pointer, conversation_id, message_id, name, created",
            (conversation_id, orjson.dumps(list(message_ids)).decode()),
        ).fetchall()

    def conversations_of(self, message_ids: Iterable[str]) -> set[str]:
        """Ids of the conversations that hold one of these messages; looks at every message."""
        rows = self._connection.execute(
            "SELECT DISTINCT c.id FROM message m JOIN conversation c ON c.key = m.conversation"
            " WHERE m.id IN (SELECT value FROM json_each(?))",
            (orjson.dumps(list(message_ids)).decode(),),
        )
        return {id_ for (id_,) in rows}

    def replace_assets(self, source: int, assets: Iterable[Asset]) -> None:
        """Note which assets a source holds."""
        self._connection.execute("DELETE FROM asset WHERE source = ?", (source,))
        self._connection.executemany(
            "INSERT INTO asset (source, pointer, member, name, mime, size) VALUES (?, ?, ?, ?, ?, ?)",
            [(source, asset.pointer, asset.member, asset.name, asset.mime, asset.size) for asset in assets],
        )

    def add_report(self, report: Json) -> None:
        """Keep the report of an import."""
        self._connection.execute("INSERT INTO report (report) VALUES (?)", (orjson.dumps(report).decode(),))
