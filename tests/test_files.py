"""Files are written whole or not at all."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from archiver.errors import CannotWrite, DiskFull
from archiver.files import atomic_file, make_private_folder, writing_errors


def write(path: Path, content: bytes, *, fail: bool = False) -> None:
    """Write a file, or break off in the middle."""
    with atomic_file(path) as file:
        file.write(content)
        if fail:
            raise RuntimeError


def test_a_file_appears_with_its_whole_content(tmp_path: Path) -> None:
    """And nothing else appears beside it."""
    write(tmp_path / "a.txt", b"whole")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.txt", b"whole")]


def test_breaking_off_leaves_the_old_file(tmp_path: Path) -> None:
    """Half a file never takes the place of a whole one."""
    write(tmp_path / "a.txt", b"old")
    with pytest.raises(RuntimeError):
        write(tmp_path / "a.txt", b"ne", fail=True)
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.txt", b"old")]


def test_a_place_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    """Naming the place."""
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(CannotWrite, match="file"):
        write(tmp_path / "file" / "a.txt", b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_says_that_nothing_is_lost() -> None:
    """And what to do next."""

    def fill() -> None:
        with writing_errors(Path("/dev/full")), open("/dev/full", "wb", buffering=0) as file:
            file.write(b"x")

    with pytest.raises(DiskFull, match="make room"):
        fill()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")
def test_new_folders_and_files_are_private(tmp_path: Path) -> None:
    """All the way down from the first new folder."""
    make_private_folder(tmp_path / "a" / "b")
    write(tmp_path / "a" / "b" / "c", b"")
    modes = [path.stat().st_mode & 0o077 for path in (tmp_path / "a", tmp_path / "a" / "b", tmp_path / "a" / "b" / "c")]
    assert modes == [0, 0, 0]
