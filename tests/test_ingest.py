"""An import keeps the source, stores every conversation, and gives a report that adds up."""

from __future__ import annotations

import itertools
import os
import sys
from pathlib import Path

import pytest

from tests import builders
from tests.archives import dump_of, imported, said

SOUP = builders.conversation("Soup", [("user", "A recipe?"), ("assistant", "Leeks and potatoes.")])
RIVERS = builders.conversation("Rivers", [("user", "Name one."), ("assistant", "The Danube.")], created=1_720_000_000.0)


@pytest.mark.parametrize("layout", builders.LAYOUTS)
def test_every_layout_gives_every_text(tmp_path: Path, layout: builders.Layout) -> None:
    """What was in the zip is in the archive, however it was packed."""
    path = builders.write_zip(tmp_path / "export.zip", [SOUP, RIVERS], layout)
    report = imported(tmp_path / "archive", path)
    assert (report.found, report.added, report.failed) == (2, 2, 0)
    texts = itertools.chain.from_iterable(map(said, dump_of(tmp_path / "archive").values()))
    assert {"A recipe?", "Leeks and potatoes.", "Name one.", "The Danube."} <= set(texts)


def test_a_folder_and_a_lone_file_are_sources_too(tmp_path: Path) -> None:
    """Somebody unpacked the zip and kept only the JSON."""
    folder = builders.write_folder(tmp_path / "unpacked", [SOUP])
    file = builders.write_json(tmp_path / "conversations.json", [RIVERS])
    assert imported(tmp_path / "archive", folder, file).added == 2


def test_a_folder_of_other_things_is_not_copied_with_the_export(tmp_path: Path) -> None:
    """Somebody unpacked the export into their downloads: films and letters there are none of our business."""
    folder = builders.write_folder(tmp_path / "Downloads", [SOUP], files=[builders.picture("a cat")])
    (folder / "holiday.mp4").write_bytes(b"film" * (5 << 20))
    report = imported(tmp_path / "archive", folder)
    kept = tmp_path / "archive" / report.sources[0].original
    assert report.added == 1
    assert not (kept / "holiday.mp4").exists()
    assert {path.name for path in folder.iterdir()} - {path.name for path in kept.iterdir()} == {"holiday.mp4"}
    assert "1 other file" in report.problems[0].what


def test_the_original_is_kept_byte_for_byte(tmp_path: Path) -> None:
    """With the SHA-256 that the report names."""
    path = builders.write_zip(tmp_path / "export.zip", [SOUP])
    report = imported(tmp_path / "archive", path)
    assert (tmp_path / "archive" / report.sources[0].original).read_bytes() == path.read_bytes()


def test_importing_the_same_zip_again_changes_nothing(tmp_path: Path) -> None:
    """Everything is counted as unchanged, and only one original is kept."""
    path = builders.write_zip(tmp_path / "export.zip", [SOUP, {"id": "shell", "title": "Empty", "mapping": {}}])
    first = imported(tmp_path / "archive", path)
    before = dump_of(tmp_path / "archive")
    again = imported(tmp_path / "archive", path)
    assert (first.added, first.empty) == (1, 1)
    assert (again.found, again.unchanged, again.empty) == (2, 1, 1)
    assert again.sources[0].is_new is False
    assert dump_of(tmp_path / "archive") == before


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_file_name_in_no_encoding_is_imported(tmp_path: Path) -> None:
    """Names are bytes; what cannot be written as text is replaced."""
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/bad\xff.zip"))
    builders.write_zip(path, [SOUP])
    assert imported(tmp_path / "archive", path).added == 1
