"""Exports in Downloads are found, and paths are understood however they arrive."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from archiver.tui.finding import candidates, judged, path_from
from tests import builders


def test_zips_and_exports_are_found_newest_first(tmp_path: Path) -> None:
    """Other files and folders are not offered."""
    for age, name in enumerate(["old.zip", "New.ZIP", "conversations-003.json", "song.mp3", "conversations.json.txt"]):
        (tmp_path / name).write_bytes(b"x" * 10)
        os.utime(tmp_path / name, (1000 + age, 1000 + age))
    (tmp_path / "unpacked").mkdir()
    (tmp_path / "unpacked" / "conversations.json").write_text("[]")
    (tmp_path / "holiday").mkdir()
    os.utime(tmp_path / "unpacked", (1, 1))
    found = candidates(tmp_path)
    assert [each.path.name for each in found] == ["conversations-003.json", "New.ZIP", "old.zip", "unpacked"]
    assert [each.size for each in found] == [10, 10, 10, 0]


def test_a_folder_that_is_not_there_offers_nothing(tmp_path: Path) -> None:
    """Not everybody has a Downloads folder."""
    assert candidates(tmp_path / "missing") == []


@pytest.mark.parametrize(
    "words",
    [
        "/tmp/my export.zip",
        "'/tmp/my export.zip'",
        '"/tmp/my export.zip"\n',
        "/tmp/my\\ export.zip ",
        "file:///tmp/my%20export.zip",
    ],
)
def test_a_dropped_path_is_understood(words: str) -> None:
    """As different terminals write it."""
    assert path_from(words) == Path("/tmp/my export.zip")


def test_the_home_folder_and_nothing_are_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    """~ is home; an empty line is no path to anything."""
    monkeypatch.setenv("HOME", "/home/somebody")
    assert path_from("~/export.zip") == Path("/home/somebody/export.zip")
    assert path_from("  \n ") == Path()


def test_a_real_name_with_a_backslash_stays(tmp_path: Path) -> None:
    """Where the file exists as it is written, nothing is taken away."""
    path = tmp_path / "a\\b.zip"
    path.write_bytes(b"")
    assert path_from(str(path)) == path


def test_exports_come_before_other_zips(tmp_path: Path) -> None:
    """A newer zip of something else comes after; what is damaged may still be one."""
    builders.write_zip(tmp_path / "export.zip", [builders.conversation("Soup")])
    with zipfile.ZipFile(tmp_path / "photos.zip", "w") as photos:
        photos.writestr("beach.jpg", b"x")
    whole = (tmp_path / "export.zip").read_bytes()
    (tmp_path / "cut.zip").write_bytes(whole[: len(whole) // 2])
    for age, name in enumerate(["export.zip", "cut.zip", "photos.zip"]):
        os.utime(tmp_path / name, (1000 + age, 1000 + age))
    found = judged(candidates(tmp_path))
    assert [(each.path.name, each.is_likely) for each in found] == [
        ("cut.zip", True),
        ("export.zip", True),
        ("photos.zip", False),
    ]
