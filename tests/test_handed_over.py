"""A path means a source, or the originals of another archive; never the archive that it is added to."""

from __future__ import annotations

from pathlib import Path

import pytest

from archiver.archive import Archive
from archiver.errors import NotAnExport
from tests import builders
from tests.archives import dump_of, imported

SOUP = builders.conversation("Soup", [("user", "A recipe?"), ("assistant", "Leeks and potatoes.")])
RIVERS = builders.conversation("Rivers", [("user", "Name one."), ("assistant", "The Danube.")], created=1_720_000_000.0)


@pytest.fixture
def old_archive(tmp_path: Path) -> Path:
    """An archive with a zip and a folder in it, as on an old computer."""
    zip_file = builders.write_zip(tmp_path / "export.zip", [SOUP])
    folder = builders.write_folder(tmp_path / "unpacked", [RIVERS])
    imported(tmp_path / "old", zip_file, folder)
    return tmp_path / "old"


@pytest.mark.parametrize("inside", ["", "originals", "originals/data"])
def test_another_archive_gives_its_originals(old_archive: Path, inside: str, tmp_path: Path) -> None:
    """Under their own names, each kept byte for byte."""
    report = imported(tmp_path / "new", old_archive / inside)
    assert report.added == 2
    assert dump_of(tmp_path / "new") == dump_of(old_archive)
    with Archive.open(tmp_path / "new") as new, Archive.open(old_archive) as old:
        assert [info.name for info in new.sources()] == ["export.zip", "unpacked"]
        assert {(info.sha256, info.size) for info in new.sources()} == {(i.sha256, i.size) for i in old.sources()}
        assert [each.path for each in new.vault.originals()] == [each.path for each in old.vault.originals()]
    assert imported(tmp_path / "new", old_archive).unchanged == 2


def test_marks_that_stay_behind_are_told(old_archive: Path, tmp_path: Path) -> None:
    """They are moved by copying the whole folder."""
    with Archive.open(old_archive) as archive:
        archive.annotations.set_favourite(SOUP["id"])
    report = imported(tmp_path / "new", old_archive)
    assert "favourites and notes" in report.problems[0].what
    assert not report.has_losses


@pytest.mark.parametrize("inside", ["", "originals", "originals/data", ".."])
def test_the_archive_itself_is_refused_kindly(old_archive: Path, inside: str) -> None:
    """Also a folder around it: nothing is copied into itself."""
    before = sorted(old_archive.rglob("*"))
    with pytest.raises(NotAnExport, match="your archive itself"):
        imported(old_archive, old_archive / inside)
    assert [path for path in sorted(old_archive.rglob("*")) if path.parent.name != "index"] == [
        path for path in before if path.parent.name != "index"
    ]


def test_an_original_of_the_archive_is_known_already(old_archive: Path) -> None:
    """Somebody drags a file out of the archive's folder onto the program."""
    original = next((old_archive / "originals" / "data").glob("*.zip"))
    report = imported(old_archive, original)
    assert (report.unchanged, report.sources[0].is_new) == (1, False)


def test_an_empty_archive_is_named_as_one(tmp_path: Path) -> None:
    """It would look like a folder without conversations."""
    Archive.open(tmp_path / "old", create=True).close()
    with pytest.raises(NotAnExport, match="nothing in it"):
        imported(tmp_path / "new", tmp_path / "old")


def test_originals_of_another_archive_are_found_without_their_list(old_archive: Path, tmp_path: Path) -> None:
    """It may have been lost on the old computer."""
    (old_archive / "originals" / "manifest-sha256.txt").unlink()
    assert imported(tmp_path / "new", old_archive).added == 2
