"""The folder that is written into: nothing half, nothing outside, nothing of a person's overwritten."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from archiver.errors import CannotWrite
from archiver.exporters import FORMATS, ExportOptions, export
from archiver.exporters.files import ExportFolder
from archiver.exporters.manifest import NAME, Entry, Manifest
from tests.exporters.pictures import PNG
from tests.exporters.talks import all_ids, archive_of, reply_text, sample, talk


def everything(folder: Path) -> dict[str, bytes]:
    """All files by name."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_can_be_tried_without_writing(name: str, tmp_path: Path) -> None:
    """A dry run names what the real one then writes, and a second real one writes nothing."""
    archive = archive_of(sample(), talk("Hello", "Good evening"), **{"file-cat": PNG})
    options = ExportOptions(format=name)  # type: ignore[arg-type]
    tried = export(archive, all_ids(archive), tmp_path / "out", replace(options, dry_run=True))
    assert not (tmp_path / "out").exists()
    done = export(archive, all_ids(archive), tmp_path / "out", options)
    assert sorted(tried.written) == sorted(done.written)
    assert {NAME, *done.written} == set(everything(tmp_path / "out"))
    before = everything(tmp_path / "out")
    again = export(archive, all_ids(archive), tmp_path / "out", options)
    assert (again.written, again.updated, again.kept) == ((), (), ())
    assert everything(tmp_path / "out") == before


@pytest.mark.parametrize("name", ["jsonl", "csv", "sharegpt", "html-file", "epub", "memory"])
def test_a_stopped_export_leaves_no_half_file(name: str, tmp_path: Path) -> None:
    """One file for all conversations is there whole or as it was before."""
    archive = archive_of(sample(), talk("Hello", "Good evening"))
    answers = iter([False, True])
    options = ExportOptions(format=name)  # type: ignore[arg-type]
    report = export(archive, all_ids(archive), tmp_path, options, cancelled=lambda: next(answers))
    assert report.was_stopped
    left = {path for path in everything(tmp_path) if path not in {NAME, "messages.fields.txt", "messages.columns.txt"}}
    assert left == set()


def test_a_link_in_the_way_is_not_followed(tmp_path: Path) -> None:
    """It could lead anywhere; the file goes beside it."""
    outside = tmp_path / "precious"
    outside.write_text("mine")
    folder = tmp_path / "out"
    first = talk("a", "b")
    export(archive_of(first), [first.id], folder, ExportOptions(index=False))
    written = next(folder.glob("*.md"))
    written.unlink()
    written.symlink_to(outside)
    report = export(archive_of(reply_text(first, "new")), [first.id], folder, ExportOptions(index=False))
    assert outside.read_text() == "mine"
    assert written.is_symlink()
    assert [kept.path for kept in report.kept] == [written.name]


def test_a_manifest_cannot_lead_outside(tmp_path: Path) -> None:
    """Absolute paths, steps upwards and drives are ignored, as is anything that is no list of files."""
    rows = [
        {"key": "markdown:1", "path": path, "sha256": ""}
        for path in ("/etc/x", "../x", "a/../../x", "C:/x", "\\\\h\\x")
    ]
    (tmp_path / NAME).write_text(
        json.dumps({"files": [*rows, "odd", {"key": 1}, {"key": "k", "path": "ok.md", "sha256": "0"}]})
    )
    assert list(Manifest.read(tmp_path).entries) == ["k"]
    for text in (
        "",
        "[]",
        "{",
        '{"files": 1}',
        "[" * 100_000,
        "\ud83d".encode("utf-8", "surrogatepass").decode("latin-1"),
    ):
        (tmp_path / NAME).write_text(text)
        assert Manifest.read(tmp_path).entries == {}


def test_the_manifest_comes_back(tmp_path: Path) -> None:
    """As it was written."""
    entry = Entry("markdown:1", "a/b “c”.md", "0" * 64, 12, "A title", 1.5, 3, ("a/b.md",))
    (tmp_path / NAME).write_bytes(Manifest({entry.key: entry}).to_bytes())
    assert Manifest.read(tmp_path).entries == {entry.key: entry}


def test_a_lost_manifest_makes_no_second_copy(tmp_path: Path) -> None:
    """Files that are as they would be written are known again by the id in them."""
    archive = archive_of(talk("a", "b"))
    options = ExportOptions(index=False)
    export(archive, all_ids(archive), tmp_path, options)
    (tmp_path / NAME).unlink()
    report = export(archive, all_ids(archive), tmp_path, options)
    assert (report.written, report.unchanged) == ((), 1)
    mine = next(tmp_path.glob("*.md"))
    mine.write_text(mine.read_text() + "mine")
    for _time in range(3):
        (tmp_path / NAME).unlink()
        export(archive, all_ids(archive), tmp_path, options)
    assert len(list(tmp_path.glob("*.md"))) == 2


def test_a_picture_that_was_changed_stays(tmp_path: Path) -> None:
    """The archive's own goes beside it."""
    archive = archive_of(sample(), **{"file-cat": PNG})
    options = ExportOptions(index=False)
    export(archive, all_ids(archive), tmp_path, options)
    [picture] = (tmp_path / "assets").iterdir()
    picture.write_bytes(b"my own drawing")
    report = export(archive, all_ids(archive), tmp_path, options)
    assert picture.read_bytes() == b"my own drawing"
    assert f"assets/{picture.name}" in [kept.path for kept in report.kept]


def test_a_folder_that_cannot_be_written_is_said_in_a_sentence(tmp_path: Path) -> None:
    """With what to do next."""
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotWrite, match=r"cannot be written.*Please choose another place"):
        ExportFolder(tmp_path / "file" / "below").write("k", "a.md", b"x")


def test_nothing_is_left_when_writing_fails(tmp_path: Path) -> None:
    """Neither a temporary file nor an empty one."""
    folder = ExportFolder(tmp_path)

    def fill(_file: object) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(Exception, match="There is no room left"):
        folder.write_with("k", "a.bin", fill)
    assert os.listdir(tmp_path) == []


def test_folders_by_year_month_and_project(tmp_path: Path) -> None:
    """Conversations without a date or project have a folder of their own."""
    archive = archive_of(talk("a"), talk("b", id_="undated", at=None), replace(talk("c", id_="p"), project="g-p-1"))
    for by, folders in (
        ("year", {"2026", "undated"}),
        ("month", {"2026-02", "undated"}),
        ("project", {"g-p-1", "No project"}),
    ):
        export(archive, all_ids(archive), tmp_path / by, ExportOptions(by=by, index=False))  # type: ignore[arg-type]
        assert {path.name for path in (tmp_path / by).iterdir() if path.is_dir()} == folders
