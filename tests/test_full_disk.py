"""A disk without room: one true sentence, nothing lost, and the same command goes on when there is room again."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import builders
from tests.archives import dump_of, imported

SOUP = builders.conversation("Soup", [("user", "A recipe?"), ("assistant", "Leeks and potatoes.")])
COMMAND = [sys.executable, "-m", "archiver", "--archive"]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk of 64 KB; ``remount`` makes it larger."""
    place = tmp_path / "disk"
    place.mkdir()
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("only root can mount")
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(place)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("this machine does not let tests mount")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_disk_too_small_for_anything_is_called_full(small_disk: Path, tmp_path: Path) -> None:
    """From the first byte on; with more room, the same command does its work."""
    path = builders.write_zip(tmp_path / "export.zip", [SOUP], sidecars={})
    command = [*COMMAND, str(small_disk / "archive"), "import", str(path)]
    for size in ("64k", "96k", "160k"):
        subprocess.run(["mount", "-o", f"remount,size={size}", str(small_disk)], check=True)
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 1
        assert "make room" in done.stderr
        assert len(done.stderr.strip().splitlines()) == 1
    subprocess.run(["mount", "-o", "remount,size=8m", str(small_disk)], check=True)
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    assert SOUP["id"] in dump_of(small_disk / "archive")


@pytest.mark.skipif(sys.platform == "win32", reason="no file size limits there")
@pytest.mark.parametrize("limit", [20_000, 60_000, 100_000, 200_000])
def test_a_full_disk_is_one_sentence_and_loses_nothing(tmp_path: Path, limit: int) -> None:
    """The system refuses to write more than some bytes to a file; afterwards there is room again."""
    earlier = builders.write_zip(tmp_path / "old.zip", [SOUP])
    imported(tmp_path / "archive", earlier)
    before = dump_of(tmp_path / "archive")
    noise = random.Random(limit)
    talks = [
        builders.conversation(f"Talk {number}", [("user", noise.randbytes(2000).hex())], created=1.7e9 + number)
        for number in range(60)
    ]
    path = builders.write_zip(tmp_path / "new.zip", talks)
    program = (
        "import resource, sys; from archiver.cli import main;"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit})); sys.exit(main(sys.argv[1:]))"
    )
    arguments = ["--archive", str(tmp_path / "archive"), "import", str(path)]
    done = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    found = dump_of(tmp_path / "archive")
    assert found[SOUP["id"]] == before[SOUP["id"]]
    assert imported(tmp_path / "archive", path).failed == 0
    assert len(dump_of(tmp_path / "archive")) == 61
