"""Measure search side by side with SQLite FTS5 fed the same tokens.

    python -m tests.bench.search --messages 100000

Both engines are built and asked in one run on the same library, alternately, so that a busy machine slows both. Every
answer is the first twenty hits with snippets of the original text and the exact number of all. All queries of a kind
are asked one after the other, four times, and the quickest time of each counts: other work on the machine disturbs
one asking more than the engines differ. Ratios below 1 are better than FTS5; the last line names what is furthest
behind.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from math import inf
from pathlib import Path
from statistics import quantiles
from typing import NamedTuple

from archiver.index import Index, parse
from tests.bench import search_corpus, search_fts5
from tests.bench.search_queries import Asked, queries

LIMIT = 20
_ROUNDS = 4
_COLD_GOAL = 350.0
"""Milliseconds; a process of Python cannot begin as quickly as one of C."""
_COLD = """
import sys
from archiver.index import Index, parse
index = Index.open(__import__("pathlib").Path(sys.argv[1]), "bench")
index.search(parse(sys.argv[2]), limit=20)
"""
_COLD_FTS5 = """
import sqlite3, sys
index = sqlite3.connect(sys.argv[1])
index.execute("SELECT rowid FROM f WHERE f MATCH ? ORDER BY rank LIMIT 20", (sys.argv[2],)).fetchall()
index.execute("SELECT count(*) FROM f WHERE f MATCH ?", (sys.argv[2],)).fetchall()
"""


class Row(NamedTuple):
    """A line of the table."""

    what: str
    ours: float
    theirs: float

    @property
    def ratio(self) -> float:
        return self.ours / self.theirs if self.theirs else 0.0


def main() -> None:
    """Build, ask, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.search", description="Measure search beside FTS5.")
    parser.add_argument("--messages", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=60, help="of each kind")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), asked.messages, asked.queries)


def measure(folder: Path, messages: int, each: int) -> None:
    """All measurements with files in ``folder``."""
    library, index_path, fts5_path = folder / "library.sqlite", folder / "index", folder / "fts5.sqlite"
    size = search_corpus.write(library, messages)
    print(f"{messages:,} messages, {size / 1e6:.1f} MB of text")
    rows = list(_building(folder, library, index_path, fts5_path))
    _print(rows, "s or MB")
    asked = list(_asking(library, index_path, fts5_path, each))
    _print(asked, "CPU ms")
    worst = max([*rows, *asked], key=lambda row: row.ratio)
    print(f"furthest from the goal: {worst.what}, {worst.ratio:.2f} of FTS5")


def _building(folder: Path, library: Path, index_path: Path, fts5_path: Path) -> list[Row]:
    """Everything twice and in turn; the quicker time counts."""
    theirs, ours, two = [], [], []
    for attempt in range(2):
        shutil.rmtree(index_path, ignore_errors=True)
        fts5_path.unlink(missing_ok=True)
        theirs.append(_timed(lambda: search_fts5.build(library, fts5_path)))
        ours.append(_timed(lambda: _build(library, index_path, 1)))
        two.append(_timed(partial(_build, library, folder / f"index-2-{attempt}", 2)))
    raw = fts5_path.stat().st_size
    size = sum(file.stat().st_size for file in index_path.iterdir())
    rows = [
        Row(f"build{by}, {clock}", min(time[place] for time in times), min(time[place] for time in theirs))
        for by, times in (("", ours), (" by two processes", two))
        for place, clock in enumerate(("CPU", "wall"))
    ]
    return [
        *rows,
        Row("size", size / 1e6, raw / 1e6),
        Row("size, FTS5 optimized", size / 1e6, search_fts5.optimized_size(fts5_path) / 1e6),
    ]


def _build(library: Path, index_path: Path, processes: int) -> None:
    index = Index.open(index_path, "bench")
    (last,) = sqlite3.connect(library).execute("SELECT max(conversation) FROM message").fetchone()
    index.update(range(1, last + 1), 1, partial(search_corpus.read, library), processes=processes)
    index.close()


def _asking(library: Path, index_path: Path, fts5_path: Path, each: int) -> list[Row]:
    index, fts5 = Index.open(index_path, "bench"), search_fts5.Fts5(library, fts5_path)
    texts = sqlite3.connect(library)
    rows = []
    for kind, asked in queries(library, each).items():
        ours, theirs = [inf] * len(asked), [inf] * len(asked)
        engines = [(ours, partial(_ask, index, texts)), (theirs, partial(_ask_fts5, fts5, texts))]
        for turn in range(_ROUNDS):
            for number, query in enumerate(asked, turn):
                # Who is first reads the texts for the other too.
                for times, ask in engines[:: 1 if number % 2 else -1]:
                    times[number - turn] = min(times[number - turn], _milliseconds(ask, query))
        for name, place in (("p50", 49), ("p95", 94)):
            rows.append(Row(f"{kind}, {name}", quantiles(ours, n=100)[place], quantiles(theirs, n=100)[place]))
    word = queries(library, 2)["middling word"][0]
    print(f"\ncold process: FTS5 {_cold(_COLD_FTS5, fts5_path, word.match):.0f} ms, of which Python most")
    return [*rows, Row("cold process, beside the goal", _cold(_COLD, index_path, word.typed), _COLD_GOAL)]


def _ask(index: Index, texts: sqlite3.Connection, asked: Asked) -> int:
    query = parse(asked.typed)
    found = index.search(query, limit=LIMIT, sort=asked.sort)
    for hit in found.hits:
        query.snippet(_text(texts, hit.message))
    return found.total


def _ask_fts5(fts5: search_fts5.Fts5, texts: sqlite3.Connection, asked: Asked) -> int:
    total, keys = fts5.ask(asked, LIMIT)
    query = parse(asked.typed)
    for key in keys:
        query.snippet(_text(texts, key))
    return total


def _text(texts: sqlite3.Connection, key: int) -> str:
    (text,) = texts.execute("SELECT text FROM message WHERE key = ?", (key,)).fetchone()
    return str(text)


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    """CPU seconds, children included, and seconds on the wall."""
    wall, before = time.perf_counter(), _cpu()
    work()
    return _cpu() - before, time.perf_counter() - wall


def _cpu() -> float:
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def _milliseconds(work: Callable[[Asked], object], query: Asked) -> float:
    """CPU time, which other programs on the machine disturb least."""
    start = time.thread_time()
    work(query)
    return 1e3 * (time.thread_time() - start)


def _cold(program: str, path: Path, typed: str) -> float:
    """CPU milliseconds of a new process, the best of five."""
    times = [
        _timed(lambda: subprocess.run([sys.executable, "-c", program, path, typed], check=True))[0] for _ in "12345"
    ]
    return 1e3 * min(times)


def _print(rows: Sequence[Row], unit: str) -> None:
    print(f"\n{'':32}{'archiver':>10}{'FTS5':>10}{'ratio':>8}   {unit}")
    for row in rows:
        print(f"{row.what:32}{row.ours:10.2f}{row.theirs:10.2f}{row.ratio:8.2f}")


if __name__ == "__main__":
    main()
