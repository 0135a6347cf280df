"""A library that cannot be read is made again from the originals, without a word typed into a shell."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from archiver import ingest
from archiver.archive import Archive
from archiver.errors import ArchiveDamaged
from archiver.records import Progress
from archiver.reports import ImportReport
from tests.tui.driving import driving


@pytest.fixture
def damaged(archive: Path) -> Path:
    """An archive of which only the library is spoilt."""
    (archive / "library.sqlite").write_bytes(b"no library" * 1000)
    return archive


async def test_the_library_is_made_again_on_the_screen(damaged: Path) -> None:
    """Enter, and everything is there as before."""
    async with driving(damaged) as driver:
        await driver.sees("cannot be read", "▌ Make the library again from the originals, now", "Leave")
        await driver.press("enter")
        await driver.at("ImportReportScreen")
        await driver.sees("12 conversations found")
        await driver.press("escape")
        await driver.at("LibraryScreen")
        await driver.sees("12 conversations", "Short note 4")
        await driver.type("nutmeg")
        await driver.sees("1 place in 1 conversation")


async def test_without_it_one_leaves(damaged: Path) -> None:
    """Nothing is changed then."""
    async with driving(damaged) as driver:
        await driver.sees("▌ Make the library again")
        await driver.press("down", "enter")
        await driver.until(lambda: not driver.app.is_running)
    assert (damaged / "library.sqlite").read_bytes().startswith(b"no library")


async def test_why_it_cannot_be_made_again_is_said(damaged: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And then leaving is all that is left."""

    def refused(*_arguments: object, **_options: object) -> None:
        raise ArchiveDamaged("The originals are gone.")

    monkeypatch.setattr(ingest, "rebuild", refused)
    async with driving(damaged) as driver:
        await driver.sees("▌ Make the library again")
        await driver.press("enter")
        await driver.sees("The originals are gone.", "▌ Leave")
        assert "Make the library again" not in driver.text


async def test_a_library_that_is_made_again_is_waited_for(damaged: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There is nothing to read meanwhile; Esc stops it, and the next start asks again."""
    real = ingest.rebuild

    def until_stopped(
        archive: Archive, *, on_progress: Callable[[Progress], None], cancelled: Callable[[], bool]
    ) -> ImportReport:
        while not cancelled():
            threading.Event().wait(0.005)
        return real(archive, on_progress=on_progress, cancelled=cancelled)

    monkeypatch.setattr(ingest, "rebuild", until_stopped)
    async with driving(damaged) as driver:
        await driver.sees("▌ Make the library again")
        await driver.press("enter")
        await driver.sees("Making the library again", "Stop (nothing is lost")
        assert "Read while it works" not in driver.text
        await driver.press("escape")
        await driver.sees("▌ Leave")
