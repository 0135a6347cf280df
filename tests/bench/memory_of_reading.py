"""How much memory reading takes, for exports of any size.

    python -m tests.bench.memory_of_reading --megabytes 300 2000

Each size is read in a process of its own. The peak must not grow with the size: only the largest conversation counts.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from archiver.importers import RawConversation, importer_for, open_source
from tests import builders

_TALK = builders.chain(100, title="A talk of usual length")


def write(path: Path, megabytes: int) -> int:
    """Write an export of so many megabytes of JSON, stored without compression; how many conversations it has."""
    data = builders.json_bytes(_TALK)
    own = _TALK["id"].encode()
    count = megabytes * 1_000_000 // len(data)
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive,
        archive.open("conversations.json", "w", force_zip64=True) as member,
    ):
        for number in range(count):
            member.write((b", " if number else b"[") + data.replace(own, b"%08x" % number + own[8:]))
        member.write(b"]")
    return count


def read(path: Path) -> int:
    """Read an export to its end; how many conversations it has."""
    with open_source(path) as source:
        importer = importer_for(source)
        found = importer.read(source, lambda done, total, member: None, lambda: False)
        return sum(isinstance(item, RawConversation) and bool(importer.parse(item.data, item.value)) for item in found)


def peak(path: Path) -> int:
    """Peak memory in bytes of a process that reads ``path``."""
    code = f"from tests.bench.memory_of_reading import report; report({str(path)!r})"
    finished = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return int(finished.stdout)


def report(path: str) -> None:
    """Read ``path`` and print this process's own peak, which, unlike ``ru_maxrss``, its parent has no part in."""
    read(Path(path))
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    print(next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM")))


def main() -> None:
    """Print the peak for each size."""
    parser = argparse.ArgumentParser(description="Measure the memory that reading an export takes.")
    parser.add_argument("--megabytes", type=int, nargs="+", default=[300, 2000], help="sizes of conversations.json")
    for megabytes in parser.parse_args().megabytes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "export.zip"
            count = write(path, megabytes)
            print(f"{megabytes:,} MB of JSON, {count:,} conversations: {peak(path) / (1 << 20):.0f} MiB at most")


if __name__ == "__main__":
    main()
