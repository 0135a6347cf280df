"""The tables of ``library.sqlite``, and how a file becomes one.

The file is derived: ``archiver rebuild`` makes it again from the originals. It is documented so that it can be read
without this program; the archive's README.txt names the tables people will look for.

Keys of the messages of one conversation follow each other (``conversation.first`` and the ``conversation.messages`` - 1
after it), so that a conversation is read in one sweep of the file without an index of its own.
"""

from __future__ import annotations

import os
import re
import sqlite3
import uuid
from pathlib import Path

from archiver.errors import ArchiveDamaged, ArchiveTooNew, ArchiveTooOld
from archiver.files import sync_folder
from archiver.i18n import _

APPLICATION_ID = 0x41524356
VERSION = 1

_TABLES = """
CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE source (
    key INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    original TEXT NOT NULL,
    size INTEGER NOT NULL,
    provider TEXT NOT NULL,
    imported_at REAL NOT NULL,
    is_complete INTEGER NOT NULL DEFAULT 0,
    failed INTEGER NOT NULL DEFAULT 0,
    empty INTEGER NOT NULL DEFAULT 0,
    newest REAL,
    is_export INTEGER NOT NULL
);

CREATE TABLE conversation (
    key INTEGER PRIMARY KEY,
    provider TEXT NOT NULL,
    id TEXT NOT NULL,
    title TEXT NOT NULL,
    created REAL,
    updated REAL,
    default_model TEXT NOT NULL,
    project TEXT NOT NULL,
    is_archived INTEGER NOT NULL,
    is_starred INTEGER NOT NULL,
    facts TEXT NOT NULL,
    first INTEGER NOT NULL,
    messages INTEGER NOT NULL,
    current INTEGER NOT NULL,
    visible INTEGER NOT NULL,
    branches INTEGER NOT NULL,
    images INTEGER NOT NULL,
    characters INTEGER NOT NULL,
    models TEXT NOT NULL,
    damaged INTEGER NOT NULL,
    replies INTEGER NOT NULL,
    unrecorded INTEGER NOT NULL,
    left_out TEXT,
    digest BLOB NOT NULL,
    UNIQUE (provider, id)
);
CREATE INDEX conversation_date ON conversation (ifnull(updated, created) DESC, id);

CREATE TABLE message (
    key INTEGER PRIMARY KEY,
    conversation INTEGER NOT NULL,
    id TEXT NOT NULL,
    parent INTEGER NOT NULL,
    role TEXT NOT NULL,
    created REAL,
    answered TEXT NOT NULL,
    asked TEXT NOT NULL,
    hidden TEXT NOT NULL,
    characters INTEGER NOT NULL,
    newlines INTEGER NOT NULL,
    is_wide INTEGER NOT NULL,
    text TEXT,
    rest TEXT
);

CREATE TABLE observation (
    key INTEGER PRIMARY KEY,
    conversation INTEGER NOT NULL,
    source INTEGER NOT NULL,
    member TEXT NOT NULL,
    position INTEGER NOT NULL,
    sha256 BLOB NOT NULL
);
CREATE INDEX observation_conversation ON observation (conversation);
CREATE INDEX observation_source ON observation (source, conversation);

CREATE TABLE slice (
    key INTEGER PRIMARY KEY,
    sha256 BLOB NOT NULL UNIQUE,
    updated REAL,
    data BLOB NOT NULL
);

CREATE TABLE feedback (
    conversation_id TEXT NOT NULL,
    message_id TEXT NOT NULL,
    rating TEXT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (conversation_id, message_id, rating, note)
) WITHOUT ROWID;

CREATE TABLE asset (
    key INTEGER PRIMARY KEY,
    source INTEGER NOT NULL,
    pointer TEXT NOT NULL,
    member TEXT NOT NULL,
    name TEXT NOT NULL,
    mime TEXT NOT NULL,
    size INTEGER NOT NULL
);
CREATE INDEX asset_pointer ON asset (pointer);

CREATE TABLE asset_use (
    conversation INTEGER NOT NULL,
    message INTEGER NOT NULL,
    reference TEXT NOT NULL
);
CREATE INDEX asset_use_conversation ON asset_use (conversation);

CREATE TABLE report (
    key INTEGER PRIMARY KEY,
    report TEXT NOT NULL
);

CREATE TABLE change (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation INTEGER NOT NULL UNIQUE
);
"""

_LATER_TABLES = """
CREATE TABLE IF NOT EXISTS file_origin (
    conversation_id TEXT NOT NULL,
    message_id TEXT NOT NULL,
    pointer TEXT NOT NULL,
    name TEXT NOT NULL,
    mime TEXT NOT NULL,
    size INTEGER NOT NULL,
    created REAL NOT NULL,
    alias TEXT NOT NULL,
    PRIMARY KEY (conversation_id, message_id, pointer, name, mime, size, created, alias)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS file_origin_message ON file_origin (message_id);
CREATE INDEX IF NOT EXISTS file_origin_pointer ON file_origin (pointer);

CREATE TABLE IF NOT EXISTS change_end (
    sequence INTEGER PRIMARY KEY
);

CREATE TABLE IF NOT EXISTS source_made (
    source INTEGER PRIMARY KEY,
    made REAL NOT NULL
);

CREATE TABLE IF NOT EXISTS feedback_time (
    conversation_id TEXT NOT NULL,
    message_id TEXT NOT NULL,
    rating TEXT NOT NULL,
    note TEXT NOT NULL,
    updated REAL NOT NULL,
    PRIMARY KEY (conversation_id, message_id, rating, note)
) WITHOUT ROWID;
"""
"""Tables that libraries of the first versions of this program do not have."""


def connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    """A connection with the settings that survive a power cut (WAL, every commit synced).

    On a medium that cannot be written, SQLite could not make the files beside the library that it shares with writers;
    there are none to share with, so it is told that nothing changes.
    """
    mode = "ro" if read_only else "rw"
    if read_only and not os.access(path.parent, os.W_OK):
        mode += "&immutable=1"
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None, timeout=10, check_same_thread=False
    )
    if not read_only:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA temp_store = MEMORY")
    return connection


def expect_writing(connection: sqlite3.Connection) -> None:
    """Keep more pages in memory for a thread that writes; the many that only read are as quick without."""
    connection.execute("PRAGMA cache_size = -16384")


def create(path: Path) -> None:
    """Make an empty library at ``path``, readable by its owner only (its side files inherit that).

    It is made under another name first: a process that ends in the middle leaves no half of a library.
    """
    new = path.with_name(f".{path.name}.new")
    new.unlink(missing_ok=True)
    os.close(os.open(new, os.O_CREAT | os.O_RDWR, 0o600))
    connection = sqlite3.connect(new, isolation_level=None)
    try:
        # Texts are long: with larger pages, an import spends a third less on writing them.
        connection.execute("PRAGMA page_size = 16384")
        connection.execute("BEGIN IMMEDIATE")
        for statement in _TABLES.split(";\n"):
            connection.execute(statement)
        complete(connection)
        connection.execute("INSERT INTO meta VALUES ('archive_id', ?)", (uuid.uuid4().hex,))
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        connection.close()
        new.unlink(missing_ok=True)
        raise
    connection.close()
    os.replace(new, path)
    sync_folder(path.parent)


def complete(connection: sqlite3.Connection) -> None:
    """Add what a library made by an earlier version of this program lacks."""
    for statement in _LATER_TABLES.split(";\n"):
        connection.execute(statement)


def check_complete(connection: sqlite3.Connection) -> None:
    """Refuse a library that lacks something which ``complete`` would add (``ArchiveTooOld``)."""
    names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not names.issuperset(re.findall(r"TABLE IF NOT EXISTS (\w+)", _LATER_TABLES)):
        raise _too_old()


def _too_old() -> ArchiveTooOld:
    return ArchiveTooOld(
        _(
            "An older version of this program made this archive. “archiver rebuild” brings it up to date from your "
            "originals; marks and notes stay. Where it lies on a disk that cannot be written, copy it first."
        )
    )


def check_version(connection: sqlite3.Connection) -> None:
    """Refuse what is no library of ours (``ArchiveDamaged``) or of another version (``ArchiveTooNew``, ``-TooOld``)."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION_ID:
        raise ArchiveDamaged(
            _(
                "The file library.sqlite is not one that this program made. “archiver rebuild” makes the library again "
                "from the originals; “archiver verify” checks those."
            )
        )
    if version > VERSION:
        raise ArchiveTooNew(
            _("A newer version of this program made this archive. Nothing was changed; please update the program.")
        )
    if version < VERSION:
        raise _too_old()
