"""The rival: SQLite FTS5, without stored text, fed the same tokens."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from archiver.text.fold import light
from archiver.text.keys import identity
from archiver.text.tokens import PARTINGS, sequence
from tests.bench.search_queries import Asked


class _Identities(dict[str, str]):
    """The folded form of each different token, worked out once, as our own index does it."""

    def __missing__(self, token: str) -> str:
        folded = self[token] = "" if token in PARTINGS else identity(token)
        return folded


def build(library: Path, path: Path) -> None:
    """Index all messages of the library."""
    index = sqlite3.connect(path)
    index.execute("CREATE VIRTUAL TABLE f USING fts5(text, content='', tokenize='ascii')")
    identities = _Identities()
    rows = sqlite3.connect(library).execute("SELECT key, text FROM message ORDER BY key")
    index.executemany(
        "INSERT INTO f (rowid, text) VALUES (?, ?)",
        ((key, " ".join(map(identities.__getitem__, sequence(light(text))))) for key, text in rows),
    )
    index.commit()
    index.close()


def optimized_size(path: Path) -> int:
    """Bytes after FTS5 has merged all it can."""
    index = sqlite3.connect(path, isolation_level=None)
    index.execute("INSERT INTO f (f) VALUES ('optimize')")
    index.execute("VACUUM")
    index.close()
    return path.stat().st_size


class Fts5:
    """Asks the index, joined with the library where a query has conditions."""

    def __init__(self, library: Path, path: Path) -> None:
        self._connection = sqlite3.connect(path)
        self._connection.execute("ATTACH ? AS library", (str(library),))

    def ask(self, asked: Asked, limit: int) -> tuple[int, Sequence[int]]:
        """The exact number of hits and the keys of the first ones."""
        join, where = "", ""
        if asked.where or asked.sort == "newest":
            join = " JOIN library.message ON message.key = f.rowid"
        if asked.where:
            where = f" AND {asked.where}"
        order = "created DESC" if asked.sort == "newest" else "rank"
        (total,) = self._connection.execute(
            f"SELECT count(*) FROM f{join if asked.where else ''} WHERE f MATCH ?{where}", (asked.match,)
        ).fetchone()
        rows = self._connection.execute(
            f"SELECT f.rowid FROM f{join} WHERE f MATCH ?{where} ORDER BY {order} LIMIT {limit}", (asked.match,)
        )
        return total, [key for (key,) in rows]
