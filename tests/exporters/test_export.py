"""Exporting into a folder: what is written, what is left alone, and what the report says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from unittest import mock

import pytest

from archiver.errors import ArchiveDamaged, ArchiverError, CannotWrite
from archiver.exporters import ExportOptions, export
from archiver.records import AssetReference, Document
from tests.exporters.talks import START, all_ids, archive_of, message, reply_text, talk

MARKDOWN = ExportOptions(index=False)


def test_one_file_a_conversation_with_a_readable_name(tmp_path: Path) -> None:
    """The file is named by date and title, in any script."""
    archive = archive_of(talk("はい", "やあ", title="GPT-4oへの手紙"))
    report = export(archive, all_ids(archive), tmp_path, MARKDOWN)
    assert report.written == ("2026-02-13 GPT-4oへの手紙.md",)
    assert "やあ" in (tmp_path / "2026-02-13 GPT-4oへの手紙.md").read_text("utf-8")


def test_a_second_export_writes_nothing(tmp_path: Path) -> None:
    """Nothing has changed, so nothing is touched."""
    archive = archive_of(talk("a", "b"), talk("c", "d", id_="other"))
    export(archive, all_ids(archive), tmp_path, MARKDOWN)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    report = export(archive, all_ids(archive), tmp_path, MARKDOWN)
    assert (report.written, report.updated, report.unchanged) == ((), (), 2)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before


def test_only_what_changed_is_written_again(tmp_path: Path) -> None:
    """A longer conversation replaces its own file; the name stays although the title changed."""
    first = talk("a", "b")
    export(archive_of(first), [first.id], tmp_path, MARKDOWN)
    changed = replace(reply_text(first, "a new answer"), title="Renamed at the provider")
    report = export(archive_of(changed), [first.id], tmp_path, MARKDOWN)
    assert report.updated == ("2026-02-13 A talk.md",)
    assert "a new answer" in (tmp_path / "2026-02-13 A talk.md").read_text()


def test_an_edited_file_is_left_alone(tmp_path: Path) -> None:
    """The archive's version goes beside it and the report names both."""
    first = talk("a", "b")
    export(archive_of(first), [first.id], tmp_path, MARKDOWN)
    mine = tmp_path / "2026-02-13 A talk.md"
    mine.write_text(mine.read_text() + "\nmy own words\n")
    edited = mine.read_bytes()
    report = export(archive_of(reply_text(first, "newer")), [first.id], tmp_path, MARKDOWN)
    assert mine.read_bytes() == edited
    [kept] = report.kept
    assert kept.path == mine.name
    assert "newer" in (tmp_path / kept.beside).read_text()
    again = export(archive_of(reply_text(first, "newest")), [first.id], tmp_path, MARKDOWN)
    assert again.updated == (kept.beside,)
    assert mine.read_bytes() == edited


def test_a_renamed_file_is_found_by_its_conversation(tmp_path: Path) -> None:
    """Whatever it is called now, it is updated where it is."""
    first = talk("a", "b")
    export(archive_of(first), [first.id], tmp_path, MARKDOWN)
    (tmp_path / "kept").mkdir()
    (tmp_path / "2026-02-13 A talk.md").rename(tmp_path / "kept" / "my favourite.md")
    report = export(archive_of(reply_text(first, "newer")), [first.id], tmp_path, MARKDOWN)
    assert report.updated == ("kept/my favourite.md",)
    assert not (tmp_path / "2026-02-13 A talk.md").exists()


def test_a_file_of_somebody_else_is_never_overwritten(tmp_path: Path) -> None:
    """A name that is taken by a file this program did not write is left to it."""
    (tmp_path / "2026-02-13 A talk.md").write_text("mine")
    report = export(archive_of(talk("a", "b")), [talk("a").id], tmp_path, MARKDOWN)
    assert (tmp_path / "2026-02-13 A talk.md").read_text() == "mine"
    assert len(report.written) == 1


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    """It says what it would do, and the folder is not even made."""
    folder = tmp_path / "out"
    report = export(archive_of(talk("a", "b")), [talk("a").id], folder, replace(MARKDOWN, dry_run=True))
    assert report.written == ("2026-02-13 A talk.md",)
    assert not folder.exists()


def test_pictures_are_copied_once_and_linked(tmp_path: Path) -> None:
    """Two conversations in different folders share one copy."""
    picture = AssetReference("file-1", "image", name="cat.png")
    talks = [
        replace(talk("a"), id=id_, messages=(message("m", None, "user", picture),), created=at)
        for id_, at in (("one", START), ("two", START + 90 * 86400))
    ]
    archive = archive_of(*talks, **{"file-1": b"\x89PNG"})
    report = export(archive, all_ids(archive), tmp_path, replace(MARKDOWN, by="month"))
    assert report.assets_copied == 1
    [copy] = (tmp_path / "assets").iterdir()
    for path in tmp_path.glob("2026-*/*.md"):
        assert f"](../assets/{copy.name})" in path.read_text()


def test_a_missing_picture_is_named_in_place(tmp_path: Path) -> None:
    """Nothing is lost without a trace."""
    lost = replace(talk("a"), messages=(message("m", None, "user", AssetReference("file-9", "image", name="cat.png")),))
    report = export(archive_of(lost), [lost.id], tmp_path, MARKDOWN)
    assert report.assets_missing == 1
    assert "Picture not in the export: cat.png" in (tmp_path / "2026-02-13 A talk.md").read_text()


def test_a_picture_that_cannot_be_read_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    """The report holds the sentence."""
    picture = AssetReference("file-1", "image", name="cat.png")
    one = replace(talk("a"), messages=(message("m", None, "user", picture, "and words"),))
    archive = archive_of(one, **{"file-1": b"x"})
    with mock.patch.object(archive, "copy_asset", side_effect=ArchiveDamaged("The original is missing.")):
        report = export(archive, [one.id], tmp_path, MARKDOWN)
    assert [problem.what for problem in report.problems] == ["The original is missing."]
    assert "and words" in (tmp_path / "2026-02-13 A talk.md").read_text()
    assert not list(tmp_path.glob("assets/*"))


def test_a_canvas_of_code_becomes_a_program_file(tmp_path: Path) -> None:
    """As it was written; one that a double click would run gets another ending."""
    documents = (
        Document("1", "print('<b>')", "tool.py", "code/python"),
        Document("2", "<b>x</b>", "page", "code/html"),
        Document("3", "<b>words</b>", "words", "document"),
    )
    one = replace(talk("a"), messages=(message("m", None, "assistant", *documents),))
    export(archive_of(one), [one.id], tmp_path, MARKDOWN)
    written = {path.name: path.read_text() for path in (tmp_path / "documents").iterdir()}
    assert written == {"tool.py": "print('<b>')", "page.html.txt": "<b>x</b>", "words.md": "\\<b>words\\</b>\n"}


def test_one_conversation_that_cannot_be_read_does_not_stop_the_rest(tmp_path: Path) -> None:
    """It is named in the report."""
    archive = archive_of(talk("a", "b"))
    report = export(archive, ["gone", *all_ids(archive)], tmp_path, MARKDOWN)
    assert report.conversations == 1
    assert [problem.conversation_id for problem in report.problems] == ["gone"]


def test_stopping_keeps_what_is_finished(tmp_path: Path) -> None:
    """Half an export is a smaller export: its manifest is right."""
    archive = archive_of(talk("a", "b"), talk("c", "d", id_="two"), talk("e", "f", id_="three"))
    answers = iter([False, True])
    report = export(archive, all_ids(archive), tmp_path, MARKDOWN, cancelled=lambda: next(answers))
    assert report.was_stopped
    assert report.conversations == 1
    assert export(archive, all_ids(archive), tmp_path, MARKDOWN).unchanged == 1


def test_an_unknown_field_of_a_name_is_said_in_a_sentence(tmp_path: Path) -> None:
    """And the fields that exist are named."""
    with pytest.raises(ArchiverError, match=r"\{nme\} is no part of a file name.*\{title\}"):
        export(archive_of(talk("a")), [talk("a").id], tmp_path, replace(MARKDOWN, name_template="{nme}"))


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    """One sentence instead of a system error."""
    (tmp_path / "out").write_text("")
    with pytest.raises(CannotWrite, match="is a file"):
        export(archive_of(talk("a")), [talk("a").id], tmp_path / "out", MARKDOWN)
