"""Archives to drive the screens with."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from archiver.archive import Archive
from archiver.ingest import import_sources
from tests.tui import sample


@pytest.fixture(scope="session")
def kept_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample export, imported once; for copying only."""
    folder = tmp_path_factory.mktemp("sample")
    with Archive.open(folder / "archive", create=True) as archive:
        import_sources(archive, [sample.write(folder / "export.zip")])
    return folder / "archive"


@pytest.fixture
def archive(kept_archive: Path, tmp_path: Path) -> Path:
    """An archive of the sample export that a test may change."""
    return Path(shutil.copytree(kept_archive, tmp_path / "archive"))


@pytest.fixture
def downloads(tmp_path: Path) -> Path:
    """A Downloads folder of its own."""
    folder = tmp_path / "Downloads"
    folder.mkdir()
    return folder
