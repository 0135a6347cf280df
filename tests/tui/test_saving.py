"""The form offers what a format has, and nothing that means nothing to it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

from archiver.archive import Archive
from archiver.exporters import ExportOptions, Format, export
from archiver.ingest import import_sources
from archiver.tui.saving import CHOICES, FORMAT_WORDS
from tests import builders

OTHERWISE = {
    "branches": ExportOptions(branches="all"),
    "pictures": ExportOptions(pictures=False),
    "hidden": ExportOptions(include_thoughts=True, include_tools=True, include_system=True),
    "style": ExportOptions(style="obsidian"),
}


@pytest.fixture(scope="module")
def archive_of_everything(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One conversation with a regenerated reply, thoughts and a picture."""
    folder = tmp_path_factory.mktemp("everything")
    photo = builders.picture("balcony.png")
    talk = builders.conversation(
        "Everything",
        [
            ("user", "What grows here?", {"id": "question"}),
            ("assistant", "Nothing.", {"id": "first"}),
            *builders.thoughts(("Counting", "I count the pots."), model="gpt-5-thinking"),
            builders.assistant("Tomatoes.", id="second", beside="first"),
            builders.picture_sent(photo, "And here?"),
            *builders.thoughts(("Looking", "I look again."), model="gpt-5-thinking"),
            ("assistant", "Herbs."),
        ],
    )
    with Archive.open(folder / "archive", create=True) as archive:
        import_sources(archive, [builders.write_zip(folder / "export.zip", [talk], files=[photo])])
    return folder / "archive"


def _written(archive: Archive, folder: Path, options: ExportOptions) -> dict[str, bytes]:
    export(archive, [summary.id for summary in archive.summaries()], folder, options)
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "manifest" not in path.name and path.suffix != ".epub"
    } | {str(path.relative_to(folder)): path.read_bytes()[-200:] for path in folder.rglob("*.epub")}


@pytest.mark.parametrize("format_", get_args(Format))
def test_a_choice_is_offered_where_it_changes_what_is_written(
    archive_of_everything: Path, tmp_path: Path, format_: Format
) -> None:
    """And only there."""
    assert format_ in FORMAT_WORDS
    with Archive.open(archive_of_everything) as archive:
        usual = _written(archive, tmp_path / "usual", ExportOptions(format=format_))
        changing = {
            choice
            for choice, options in OTHERWISE.items()
            if _written(archive, tmp_path / choice, replace(options, format=format_)) != usual
        }
    assert changing == set(CHOICES.get(format_, ()))
