"""An index that was made from another state of the library is noticed.

Nothing is found that is not there, and nothing is left out.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from archiver.archive import Archive
from archiver.errors import ArchiveReplaced
from archiver.ingest import import_sources
from archiver.rebuilding import rebuild
from tests import builders


def export(folder: Path, name: str, *words: str) -> Path:
    """An export with a conversation for each word."""
    talks = [builders.conversation(word, [("user", f"say {word}"), ("assistant", f"{word}!")]) for word in words]
    return builders.write_zip(folder / f"{name}.zip", talks)


def add(archive: Path, *paths: Path) -> None:
    """Import into the archive at a path."""
    with Archive.open(archive, create=True) as opened:
        import_sources(opened, paths)


def found(archive: Path, *words: str) -> list[int]:
    """How many places have each of the words, by a new process."""
    with Archive.open(archive) as opened:
        return [opened.search_whole(word).total for word in words]


def test_an_older_library_that_was_copied_back_is_noticed(tmp_path: Path) -> None:
    """The index knows words that the library no longer has."""
    add(tmp_path / "archive", export(tmp_path, "first", "apple"))
    shutil.copytree(tmp_path / "archive", tmp_path / "copy")
    add(tmp_path / "archive", export(tmp_path, "second", "banana"))
    assert found(tmp_path / "archive", "apple", "banana") == [3, 3]
    shutil.copy(tmp_path / "copy" / "library.sqlite", tmp_path / "archive" / "library.sqlite")
    assert found(tmp_path / "archive", "apple", "banana") == [3, 0]


def test_a_library_that_went_another_way_is_noticed(tmp_path: Path) -> None:
    """Two computers have a copy of one archive, and each imports something else; then one file is taken over."""
    add(tmp_path / "one", export(tmp_path, "first", "apple"))
    shutil.copytree(tmp_path / "one", tmp_path / "other")
    add(tmp_path / "one", export(tmp_path, "second", "banana"))
    add(tmp_path / "other", export(tmp_path, "third", "cherry"))
    shutil.copy(tmp_path / "other" / "library.sqlite", tmp_path / "one" / "library.sqlite")
    assert found(tmp_path / "one", "apple", "banana", "cherry") == [3, 0, 3]


def test_the_index_that_belongs_to_the_library_is_kept(tmp_path: Path) -> None:
    """A whole archive that is copied is not indexed again."""
    add(tmp_path / "archive", export(tmp_path, "first", "apple"))
    add(tmp_path / "archive", export(tmp_path, "second", "banana"))
    shutil.copytree(tmp_path / "archive", tmp_path / "copy")
    with Archive.open(tmp_path / "copy") as copy:
        results = copy.search("apple")
        assert (results.total, results.waiting, copy.index_losses) == (3, 0, 0)


def test_who_has_an_archive_open_that_is_made_again_leaves_the_new_index_alone(tmp_path: Path) -> None:
    """The old library can still be read; searching says what to do, and nobody has to index everything again."""
    add(tmp_path / "archive", export(tmp_path, "first", "apple"))
    with Archive.open(tmp_path / "archive") as opened:
        assert opened.search("apple").total == 3
        with Archive.open(tmp_path / "archive", rebuild=True) as other:
            rebuild(other)
        with pytest.raises(ArchiveReplaced, match="open it again"):
            opened.search("apple")
        assert [summary.title for summary in opened.summaries()] == ["apple"]
    with Archive.open(tmp_path / "archive") as again:
        assert (again.search("apple").total, again.index_losses) == (3, 0)
