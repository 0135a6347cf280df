"""The sources that were imported: what each held, what was said of it, and what it no longer holds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from archiver.records import UNDATED
from archiver.store.reading import Reader

if TYPE_CHECKING:
    # Making the classes of all reports takes 10 ms, which the list of conversations need not wait for.
    from archiver.reports import SourceInfo


class SourceCounts(NamedTuple):
    """How many conversations a source held, by what becomes of them when it is imported again."""

    unchanged: int
    empty: int
    failed: int


def all_sources(reader: Reader) -> list[SourceInfo]:
    """Every source, the first imported first."""
    from archiver.reports import SourceInfo

    rows = reader.select(
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


def complete_source(reader: Reader, sha256: str) -> SourceCounts | None:
    """What a source held, when it was read to its end before."""
    row = reader.select(
        "SELECT (SELECT count(*) FROM observation o WHERE o.source = s.key AND o.conversation > 0) - s.empty,"
        " s.empty, s.failed"
        " FROM source s WHERE s.sha256 = ? AND s.is_complete",
        (sha256,),
    ).fetchone()
    return SourceCounts(*row) if row else None


def not_observed_by(reader: Reader, source: int) -> list[tuple[str, str]]:
    """(id, title) of conversations that an export does not hold, though another one did."""
    return reader.select(
        "SELECT id, title FROM conversation c WHERE NOT EXISTS"
        " (SELECT 1 FROM observation o WHERE o.conversation = c.key AND o.source = ?) AND EXISTS"
        " (SELECT 1 FROM observation o JOIN source s ON s.key = o.source"
        "  WHERE o.conversation = c.key AND s.is_export) ORDER BY updated DESC, id",
        (source,),
    ).fetchall()


def all_reports(reader: Reader) -> list[dict[str, Any]]:
    """Every kept import report, oldest first."""
    return [orjson.loads(report) for (report,) in reader.select("SELECT report FROM report ORDER BY key")]
