"""The library: every conversation in one SQLite file, made from the originals and rebuilt from them at any time.

The only package that knows SQLite. One ``Store`` serves all threads: each gets a connection of its own, readers see the
last committed batch while an import goes on.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archiver.errors import ArchiveDamaged, ArchiverError, Busy, Cancelled, CannotWrite, DiskFull
from archiver.files import archive_gone
from archiver.i18n import _
from archiver.store import schema
from archiver.store.encoding import part_from_json, part_to_json
from archiver.store.reading import IndexedConversation, IndexRow, Reader, StoredObservation
from archiver.store.writing import NO_CONVERSATION, Saved, Writer

__all__ = [
    "NO_CONVERSATION",
    "IndexRow",
    "IndexedConversation",
    "Reader",
    "Saved",
    "Store",
    "StoredObservation",
    "Writer",
    "part_from_json",
    "part_to_json",
]


_PATIENCE = 5.0


class Store:
    """One ``library.sqlite``."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        """Open the library at ``path``, made empty when it is missing and may be written.

        Raises ``ArchiveDamaged`` for a file that is no library, ``ArchiveTooNew`` for one of a later version.
        """
        self.path = path
        self._read_only = read_only
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []
        self._state = threading.Condition()
        self._users = 0
        self._is_closed = False
        with _translated(path):
            if not read_only and not (path.exists() and path.stat().st_size):
                schema.create(path)
            connection = self._connection()
            schema.check_version(connection)
            if not read_only:
                schema.complete(connection)
            else:
                schema.check_complete(connection)
            self._file = _file_at(path)
            (self.archive_id,) = connection.execute("SELECT value FROM meta WHERE name = 'archive_id'").fetchone()

    @property
    def is_replaced(self) -> bool:
        """Whether another library has taken the place of this one, which is still readable here."""
        present = _file_at(self.path)
        return present is not None and present != self._file

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = schema.connect(self.path, read_only=self._read_only)
            self._local.connection = connection
            with self._state:
                self._connections.append(connection)
        return connection

    @contextmanager
    def _used(self) -> Iterator[sqlite3.Connection]:
        """The calling thread's connection, which ``close`` waits for."""
        with self._state:
            if self._is_closed:
                raise Cancelled(_("The archive has been closed."))
            self._users += 1
        try:
            with _translated(self.path):
                yield self._connection()
        finally:
            with self._state:
                self._users -= 1
                self._state.notify_all()

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """A reader of the last committed state, for the calling thread. Raises ``Cancelled`` after ``close``."""
        with self._used() as connection:
            yield Reader(connection)

    @contextmanager
    def transaction(self) -> Iterator[Writer]:
        """A writer whose work is kept as a whole, or not at all when the block raises."""
        with self._used() as connection:
            schema.expect_writing(connection)
            connection.execute("BEGIN IMMEDIATE")
            try:
                writer = Writer(connection)
                yield writer
                writer.finish()
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    def settle(self) -> None:
        """Bring everything into the one file and close it, so that the file can be moved."""
        with self._used() as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.execute("PRAGMA journal_mode = DELETE")
        self.close()

    def close(self) -> None:
        """Close the connections of all threads, after those that are at work: closing under them would crash.

        A thread that stays at work longer than ``_PATIENCE`` keeps its connection until the process ends.
        """
        with self._state:
            self._is_closed = True
            if self._state.wait_for(lambda: self._users == 0, _PATIENCE):
                for connection in self._connections:
                    connection.close()
            self._connections.clear()


def _file_at(path: Path) -> tuple[int, int] | None:
    """What tells one file from another that has its name; None when there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    """SQLite's errors about the library at ``path`` as ours."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        is_full = code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)
        # A disk that is full from the first byte on has no library either, but it is there.
        if not path.exists() and not (is_full and path.parent.exists()):
            raise archive_gone(path.parent) from error
        raise _ours(code) from error


def _ours(code: int) -> ArchiverError:
    """The error of this program for a primary result code of SQLite."""
    match code:
        case sqlite3.SQLITE_FULL | sqlite3.SQLITE_IOERR:
            return DiskFull(
                _(
                    "The library could not be written; the disk may be full. What was imported before is safe. "
                    "Please make room and start again."
                )
            )
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return CannotWrite(
                _(
                    "The archive cannot be written here. "
                    "Please change the permissions of its folder or copy it elsewhere."
                )
            )
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return Busy(_("Another program is using the library right now. Please try again in a moment."))
        case _:
            return ArchiveDamaged(
                _(
                    "The file library.sqlite cannot be read. “archiver rebuild” makes it again from the originals; "
                    "“archiver verify” checks those."
                )
            )
