"""The library is made again from the originals: the same archive, whatever became of the old library."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from unittest import mock

import pytest

from archiver.archive import Archive
from archiver.cli import main
from archiver.errors import ArchiveDamaged, ArchiveMissing, ArchiveTooOld, Cancelled
from archiver.ingest import rebuild
from archiver.library_file import OLD_LIBRARY
from tests import builders
from tests.archives import archive_of, dump, dump_of, imported

SOUP = builders.conversation("Soup", [("user", "A recipe?"), ("assistant", "Leeks and potatoes.")])
RIVERS = builders.conversation("Rivers", [("user", "Name one."), ("assistant", "The Danube.")], created=1_720_000_000.0)
FORKED = builders.branching()


def make_old(library: Path) -> None:
    """Let a library look like one of an older version of this program."""
    connection = sqlite3.connect(library)
    connection.execute("DROP TABLE message")
    connection.execute("PRAGMA user_version = 0")
    connection.close()


def test_rebuilding_gives_back_the_same_archive(tmp_path: Path) -> None:
    """Library and index are derived: removing them loses nothing, annotations included."""
    archive = archive_of(tmp_path, [SOUP, FORKED])
    imported(tmp_path / "archive", builders.write_zip(tmp_path / "slim.zip", [FORKED, RIVERS], "slim"))
    archive.annotations.set_favourite(SOUP["id"])
    before, hits = dump(archive), archive.search("leeks").total
    archive.close()
    (tmp_path / "archive" / "library.sqlite").unlink()
    shutil.rmtree(tmp_path / "archive" / "index")
    with Archive.open(tmp_path / "archive", rebuild=True, create=True) as archive:
        rebuild(archive)
        assert dump(archive) == before
        assert archive.search("leeks").total == hits == 1
        assert archive.find(SOUP["id"]).is_favourite
        assert archive.verify().is_whole


def test_a_library_that_cannot_be_read_is_made_again(tmp_path: Path) -> None:
    """It is what the sentence about it tells people to do."""
    archive_of(tmp_path, [SOUP, FORKED]).close()
    before = dump_of(tmp_path / "archive")
    (tmp_path / "archive" / "library.sqlite").write_bytes(b"scratched")
    with pytest.raises(ArchiveDamaged, match="archiver rebuild"):
        Archive.open(tmp_path / "archive")
    with Archive.open(tmp_path / "archive", rebuild=True) as archive:
        assert not rebuild(archive).has_losses
    assert dump_of(tmp_path / "archive") == before
    assert not list((tmp_path / "archive").glob(".*"))


def test_stopping_leaves_everything_as_it_was(tmp_path: Path) -> None:
    """Also a library that is missing: half of one must never look like all there is."""
    archive_of(tmp_path, [SOUP, FORKED]).close()
    (tmp_path / "archive" / "library.sqlite").unlink()
    with Archive.open(tmp_path / "archive", rebuild=True) as archive, pytest.raises(Cancelled):
        rebuild(archive, cancelled=lambda: True)
    with pytest.raises(ArchiveDamaged):
        Archive.open(tmp_path / "archive")


def test_a_missing_original_keeps_the_library_that_still_has_its_words(tmp_path: Path) -> None:
    """Somebody removed a large zip to make room."""
    archive_of(tmp_path, [SOUP]).close()
    original = next((tmp_path / "archive" / "originals" / "data").iterdir())
    original.unlink()
    before = dump_of(tmp_path / "archive")
    with (
        Archive.open(tmp_path / "archive", rebuild=True) as archive,
        pytest.raises(ArchiveDamaged, match=original.name),
    ):
        rebuild(archive)
    assert dump_of(tmp_path / "archive") == before


def test_originals_that_fell_out_of_the_list_are_read_too(tmp_path: Path) -> None:
    """A list is a file like others: it can be lost without what it lists."""
    archive_of(tmp_path, [SOUP, FORKED]).close()
    imported(tmp_path / "archive", builders.write_zip(tmp_path / "slim.zip", [FORKED, RIVERS], "slim"))
    before = dump_of(tmp_path / "archive")
    listed = tmp_path / "archive" / "originals" / "manifest-sha256.txt"
    for is_library_there in (True, False):
        listed.unlink()
        if not is_library_there:
            (tmp_path / "archive" / "library.sqlite").unlink()
            with pytest.raises(ArchiveDamaged):
                Archive.open(tmp_path / "archive", create=True)
        with Archive.open(tmp_path / "archive", rebuild=True) as archive:
            assert rebuild(archive).found == 4
            assert archive.verify().is_whole
        assert dump_of(tmp_path / "archive") == before


def test_an_import_takes_originals_back_into_the_list(tmp_path: Path) -> None:
    """Else the new list would name the new original alone."""
    archive_of(tmp_path, [SOUP]).close()
    (tmp_path / "archive" / "originals" / "manifest-sha256.txt").unlink()
    imported(tmp_path / "archive", builders.write_zip(tmp_path / "more.zip", [RIVERS]))
    with Archive.open(tmp_path / "archive") as archive:
        assert len(archive.vault.originals()) == 2
        assert archive.verify().is_whole


def garble(original: Path) -> None:
    """Let the disk change letters of an unpacked export, which then still is one."""
    file = original / "conversations.json"
    file.chmod(0o600)
    file.write_bytes(file.read_bytes().replace(b"Leeks", b"Lee\\u2"))


def folder_of(tmp_path: Path) -> Path:
    """An archive of one unpacked export, which holds ``SOUP``; the kept original."""
    imported(tmp_path / "archive", builders.write_folder(tmp_path / "export", [SOUP, FORKED]))
    return next((tmp_path / "archive" / "originals" / "data").iterdir())


def test_a_damaged_original_keeps_the_library_that_still_has_its_words(tmp_path: Path) -> None:
    """The same export heals the original; then the library can be made again."""
    original = folder_of(tmp_path)
    before = dump_of(tmp_path / "archive")
    garble(original)
    with (
        Archive.open(tmp_path / "archive", rebuild=True) as archive,
        pytest.raises(ArchiveDamaged, match=original.name),
    ):
        rebuild(archive)
    assert dump_of(tmp_path / "archive") == before
    (problem,) = imported(tmp_path / "archive", tmp_path / "export").problems
    assert "whole again" in problem.what
    with Archive.open(tmp_path / "archive", rebuild=True) as archive:
        assert not rebuild(archive).has_losses
        assert archive.verify().is_whole
    assert dump_of(tmp_path / "archive") == before


def test_a_damaged_original_without_a_library_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    """Nothing better is there, until somebody finds another copy; a library that cannot be read is kept beside."""
    original = folder_of(tmp_path)
    before = dump_of(tmp_path / "archive")
    garble(original)
    (tmp_path / "archive" / "library.sqlite").write_bytes(b"scratched")
    with Archive.open(tmp_path / "archive", rebuild=True) as archive:
        assert rebuild(archive).has_losses
        assert archive.find(FORKED["id"])
    assert (tmp_path / "archive" / OLD_LIBRARY).read_bytes() == b"scratched"
    (problem,) = imported(tmp_path / "archive", tmp_path / "export").problems
    assert "archiver rebuild" in problem.what
    with Archive.open(tmp_path / "archive", rebuild=True) as archive:
        assert [each.what for each in archive.verify().damaged if "archiver rebuild" in each.what]
        assert not rebuild(archive).has_losses
        assert archive.verify().is_whole
    assert dump_of(tmp_path / "archive") == before


def test_a_library_is_not_replaced_by_one_with_fewer_conversations(tmp_path: Path) -> None:
    """Whatever the reason may be."""
    archive_of(tmp_path, [SOUP, RIVERS]).close()
    connection = sqlite3.connect(tmp_path / "archive" / "library.sqlite")
    connection.execute("UPDATE conversation SET id = 'another' WHERE id = ?", (SOUP["id"],))
    connection.commit()
    connection.close()
    with Archive.open(tmp_path / "archive", rebuild=True) as archive:
        with pytest.raises(ArchiveDamaged, match="“Soup”"):
            rebuild(archive)
        assert archive.find("another").title == "Soup"


def test_originals_are_checked_without_a_library_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is called safe that nobody has looked at."""
    original = folder_of(tmp_path)
    garble(original)
    (tmp_path / "archive" / "library.sqlite").unlink()
    monkeypatch.setenv("ARCHIVER_DIR", str(tmp_path / "archive"))
    assert main(["list"]) != 0
    assert " safe" not in capsys.readouterr().err
    assert main(["verify"]) == 1
    said = capsys.readouterr().out
    assert f"{original.name}/conversations.json: This original is not what was kept" in said
    assert "The library is missing" in said


def test_rebuilding_makes_everything_findable_where_no_other_process_may_be_begun(tmp_path: Path) -> None:
    """The system allows only so many of them."""
    talks = [builders.conversation(f"Talk {number}", created=1_700_000_000.0 + number * 10) for number in range(250)]
    with (
        mock.patch("multiprocessing.context.SpawnProcess.start", side_effect=BlockingIOError("no more processes")),
        archive_of(tmp_path, talks) as archive,
    ):
        assert archive.index_waiting() == 0
        rebuild(archive)
        assert archive.index_waiting() == 0
        assert archive.search("talk").conversations == 250


def test_an_older_library_is_kept_beside_one_made_from_damaged_originals(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It may have the words that the originals lost, and it is said which of them did."""
    original = folder_of(tmp_path)
    make_old(tmp_path / "archive" / "library.sqlite")
    garble(original)
    monkeypatch.setenv("ARCHIVER_DIR", str(tmp_path / "archive"))
    assert main(["list"]) == 0
    assert f"{original.name}/conversations.json: This original is not what was kept" in capsys.readouterr().err
    assert (tmp_path / "archive" / OLD_LIBRARY).exists()


def test_where_there_is_no_archive_none_is_made(tmp_path: Path) -> None:
    """A path with a typing mistake."""
    with pytest.raises(ArchiveMissing):
        Archive.open(tmp_path / "archvie", rebuild=True)
    assert not (tmp_path / "archvie").exists()


def test_days_and_reports_of_imports_stay(tmp_path: Path) -> None:
    """They tell when something was kept, not when it was read last."""
    archive = archive_of(tmp_path, [SOUP])
    (before,), (report,) = archive.sources(), archive.reports()
    rebuild(archive)
    (after,) = archive.sources()
    assert abs(after.imported_at - before.imported_at) < 5
    assert archive.reports()[0] == report
    archive.close()


def test_an_archive_of_an_older_version_is_brought_up_to_date_by_any_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody has to know what a library is; marks and notes are kept apart from it."""
    archive = archive_of(tmp_path, [SOUP, RIVERS])
    archive.annotations.set_favourite(SOUP["id"])
    archive.put_away(RIVERS["id"])
    archive.close()
    make_old(tmp_path / "archive" / "library.sqlite")
    with pytest.raises(ArchiveTooOld):
        Archive.open(tmp_path / "archive")
    monkeypatch.setenv("ARCHIVER_DIR", str(tmp_path / "archive"))
    assert main(["list"]) == 0
    said = capsys.readouterr()
    assert "brought up to date" in said.err
    assert "Soup" in said.out
    assert "Rivers" not in said.out
    with Archive.open(tmp_path / "archive") as archive:
        assert archive.find(SOUP["id"]).is_favourite
        assert archive.verify().is_whole
