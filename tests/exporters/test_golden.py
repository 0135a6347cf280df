"""What every format writes, compared with files that people have looked at."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from archiver.exporters import FORMATS, ExportOptions, export, preview
from archiver.exporters.manifest import NAME
from tests.exporters import golden
from tests.exporters.pictures import PNG
from tests.exporters.talks import archive_of, sample, talk

EVERYTHING = ExportOptions(include_thoughts=True, include_tools=True, include_system=True)
CASES = {
    "markdown": ExportOptions(),
    "markdown-everything": replace(EVERYTHING, branches="all", citations="footnotes", latex="dollar"),
    "markdown-obsidian": replace(EVERYTHING, style="obsidian", by="month"),
    "text": ExportOptions(format="text", branches="all"),
    "jsonl": ExportOptions(format="jsonl"),
    "csv": ExportOptions(format="csv"),
    "sillytavern": ExportOptions(format="sillytavern"),
    "sharegpt": ExportOptions(format="sharegpt"),
    "sharegpt-one-model": ExportOptions(format="sharegpt", only_model="gpt-5", only_replies=True),
    "openai": ExportOptions(format="openai", split_characters=60),
    "memory": ExportOptions(format="memory"),
    "html": replace(EVERYTHING, format="html"),
    "letter-html": ExportOptions(format="letter", messages=("q1", "a1"), model_name="River"),
    "letter-markdown": ExportOptions(format="letter", letter="markdown", messages=("q2", "a3")),
    "letter-text": ExportOptions(format="letter", letter="text"),
}


@pytest.mark.parametrize("name", CASES)
def test_the_files_are_as_they_were(name: str, tmp_path: Path) -> None:
    """Byte for byte, but for scripts, styles and pictures."""
    one = sample()
    export(archive_of(one, **{"file-cat": PNG}), [one.id], tmp_path, CASES[name])
    written = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    for path in sorted(written):
        if not path.startswith(("code/", "assets/")) and path != NAME:
            golden.check(f"{name}/{path}", (tmp_path / path).read_bytes())


def test_the_book_is_as_it_was(tmp_path: Path) -> None:
    """Every text inside it; and the same bytes twice."""
    one = sample()
    options = ExportOptions(format="epub", branches="all")
    archive = archive_of(one, talk("Hello", "Good evening"), **{"file-cat": PNG})
    ids = [one.id, talk("x").id]
    export(archive, ids, tmp_path / "one", options)
    export(archive, ids, tmp_path / "two", options)
    [book], [again] = (tmp_path / "one").glob("*.epub"), (tmp_path / "two").glob("*.epub")
    assert book.read_bytes() == again.read_bytes()
    with zipfile.ZipFile(book) as opened:
        assert opened.namelist()[0] == "mimetype"
        for name in opened.namelist():
            if not name.endswith(".png"):
                golden.check(f"epub/{name}", opened.read(name))


def test_the_manifest_is_as_it_was(tmp_path: Path) -> None:
    """Readable without this program: path, hash and size of every file."""
    one = sample()
    export(archive_of(one, **{"file-cat": PNG}), [one.id], tmp_path, CASES["markdown"])
    golden.check(f"markdown/{NAME}", (tmp_path / NAME).read_bytes())


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_has_a_preview(name: str) -> None:
    """For the screen, before anything is written."""
    one = sample()
    text = preview(archive_of(one), one.id, ExportOptions(format=name))  # type: ignore[arg-type]
    assert "river" in text


def test_the_preview_names_a_picture_without_calling_it_missing() -> None:
    """Nothing was copied yet; the picture is in the archive."""
    one = sample()
    text = preview(archive_of(one, **{"file-cat": PNG}), one.id, ExportOptions(format="markdown"))
    assert "Picture: " in text
    assert "not in the export: cat" not in text
