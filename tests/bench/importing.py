"""What an import costs, beside the least that any program could pay for the same bytes.

    python -m tests.bench.importing [EXPORT.zip] [--conversations 2000] [--messages 20] [--json]

The floor is unpacking the zip and parsing its JSON with orjson, and nothing else. Everything runs in a child process of
its own, so that memory and processor time are its own; time is what it used in all its processes. Reported are

    stored       kept, merged and readable in the library, not yet searchable
    searchable   every word can be found as well
    again        importing the same zip a second time
    cold, warm   a search in a new process, and the same search once more
"""

from __future__ import annotations

import argparse
import json
import platform
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from unittest import mock

from tests.bench import generate

QUERIES = (
    "garden",
    "river window letter",
    '"of the"',
    "gard*",
    "京都",
    "学校",
    "기억",
    "model:gpt-4o bread",
    "in:all from:me tea",
    "zzzz",
)
_LARGEST_FLOOR = 700_000_000
"""Bytes of JSON beyond which the floor is left out: orjson holds the whole array, several times that size."""


def main() -> None:
    """Measure what the command line asks for."""
    asked = _arguments()
    if asked.step:
        print(json.dumps(_STEPS[asked.step](Path(asked.export), Path(asked.archive))))
        return
    with tempfile.TemporaryDirectory(prefix="archiver-bench-") as folder:
        export = Path(asked.export) if asked.export else Path(folder) / "export.zip"
        if not asked.export:
            generate.write(export, asked.conversations, asked.messages, asked.seed)
        measured = _measure(export, Path(folder))
    print(json.dumps(measured) if asked.json else "\n".join(_lines(measured)))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.importing", description="Measure what an import costs."
    )
    parser.add_argument("export", nargs="?", help="an export; without one, a generated one is measured")
    parser.add_argument("--conversations", type=int, default=2_000, metavar="N")
    parser.add_argument("--messages", type=int, default=20, metavar="M")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--step", choices=sorted(_STEPS), help=argparse.SUPPRESS)
    parser.add_argument("--archive", default="", help=argparse.SUPPRESS)
    return parser.parse_args()


def _measure(export: Path, folder: Path) -> dict[str, Any]:
    """Every step in a process of its own; the floor twice, since other work on the machine comes and goes."""
    size = _json_size(export)
    measured: dict[str, Any] = {"machine": _machine(), "json_bytes": size, "zip_bytes": export.stat().st_size}
    floors = [_child("floor", export, folder / "none")] if size <= _LARGEST_FLOOR else []
    measured["stored"] = _child("stored", export, folder / "stored")
    measured["searchable"] = _child("searchable", export, folder / "archive")
    if floors:
        floors.append(_child("floor", export, folder / "none"))
        measured["floor"] = min(floors, key=lambda floor: float(floor["cpu"]))
    measured["again"] = _child("searchable", export, folder / "archive")
    measured["search"] = _child("search", export, folder / "archive")
    measured["disk"] = {name: _size(folder / "archive" / name) for name in ("originals", "library.sqlite", "index")}
    return measured


def _child(step: str, export: Path, archive: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.bench.importing", str(export), "--step", step, "--archive", str(archive)]
    finished = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    measured: dict[str, Any] = json.loads(finished.stdout.splitlines()[-1])
    return measured


def _floor(export: Path, archive: Path) -> dict[str, Any]:
    import orjson

    def unpack_and_parse() -> None:
        with zipfile.ZipFile(export) as unpacked:
            for name in _conversation_members(unpacked):
                orjson.loads(unpacked.read(name))

    return _cost(unpack_and_parse)


def _stored(export: Path, archive: Path) -> dict[str, Any]:
    from archiver.archive import Archive
    from archiver.ingest import import_sources

    never = mock.patch.multiple(Archive, update_index=mock.DEFAULT, following=mock.MagicMock())
    with Archive.open(archive, create=True) as opened, never:
        return _cost(lambda: import_sources(opened, [export]))


def _searchable(export: Path, archive: Path) -> dict[str, Any]:
    from archiver.archive import Archive
    from archiver.ingest import import_sources

    with Archive.open(archive, create=True) as opened:
        return _cost(lambda: import_sources(opened, [export]))


def _search(export: Path, archive: Path) -> dict[str, Any]:
    """Milliseconds of every query: the first time (the very first opens the index, too), then the best of three."""
    from archiver.archive import Archive

    times: dict[str, Any] = {}
    with Archive.open(archive) as opened:
        for query in QUERIES:
            first, *more = (_milliseconds(partial(opened.search, query)) for _ in range(4))
            times[query] = {"cold": first, "warm": min(more), "found": opened.search(query).total}
    return times


_STEPS: dict[str, Callable[[Path, Path], dict[str, Any]]] = {
    "floor": _floor,
    "stored": _stored,
    "searchable": _searchable,
    "search": _search,
}


def _cost(work: Callable[[], object]) -> dict[str, Any]:
    """Seconds on the clock and on the processors (also those of finished child processes), and the peak of memory."""
    before, started = _processor_seconds(), time.perf_counter()
    work()
    wall, cpu = time.perf_counter() - started, _processor_seconds() - before
    unit = 1 if sys.platform == "darwin" else 1024
    own, children = (
        resource.getrusage(who).ru_maxrss * unit for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return {"wall": wall, "cpu": cpu, "peak_bytes": own, "peak_bytes_of_a_child": children}


def _processor_seconds() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def _milliseconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def _json_size(export: Path) -> int:
    with zipfile.ZipFile(export) as opened:
        return sum(opened.getinfo(name).file_size for name in _conversation_members(opened))


def _conversation_members(opened: zipfile.ZipFile) -> list[str]:
    return [
        name
        for name in opened.namelist()
        if (base := name.rpartition("/")[2]).startswith("conversations") and base.endswith(".json")
    ]


def _size(path: Path) -> int:
    files = [path, *path.rglob("*")] if path.exists() else []
    return sum(file.stat().st_size for file in files if file.is_file())


def _machine() -> str:
    return f"{platform.machine()}, Python {platform.python_version()}, {platform.system()}"


def _lines(measured: dict[str, Any]) -> list[str]:
    """The figures for people."""
    floor = measured.get("floor")
    lines = [
        measured["machine"],
        f"{measured['json_bytes'] / 1e6:,.1f} MB of JSON in a zip of {measured['zip_bytes'] / 1e6:,.1f} MB",
        "",
        f"{'':12} {'CPU s':>8} {'wall s':>8} {'peak MB':>8} {'child MB':>8} {'CPU ×floor':>11} {'wall ×floor':>12}",
    ]
    for step in ("floor", "stored", "searchable", "again"):
        if cost := measured.get(step):
            ratios = (cost["cpu"] / floor["cpu"], cost["wall"] / floor["wall"]) if floor else (0.0, 0.0)
            lines.append(
                f"{step:12} {cost['cpu']:8.2f} {cost['wall']:8.2f} {cost['peak_bytes'] / 1e6:8.0f} "
                f"{cost['peak_bytes_of_a_child'] / 1e6:8.0f} {ratios[0]:11.2f} {ratios[1]:12.2f}"
            )
    again, first = measured["again"]["cpu"], measured["searchable"]["cpu"]
    lines += ["", f"importing again takes {again / first:.1%} of the first time's CPU", ""]
    lines += [f"{name:16} {size / 1e6:8.1f} MB" for name, size in measured["disk"].items()]
    lines += ["", f"{'search':24} {'found':>8} {'cold ms':>9} {'warm ms':>9}"]
    for query, times in measured["search"].items():
        lines.append(f"{query:24} {times['found']:8,} {times['cold']:9.1f} {times['warm']:9.1f}")
    return lines


if __name__ == "__main__":
    main()
