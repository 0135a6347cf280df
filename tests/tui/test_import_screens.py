"""The first run: an export is found or named, read while one looks on or reads, and reported on."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from textual.events import Paste

from archiver import ingest
from archiver.archive import Archive
from archiver.records import Progress
from archiver.reports import ImportReport
from tests import builders
from tests.archives import archive_of
from tests.tui import sample
from tests.tui.driving import Driver, driving

OnProgress: TypeAlias = Callable[[Progress], None]
Cancelled: TypeAlias = Callable[[], bool]


async def paste(driver: Driver, text: str) -> None:
    """What a terminal sends for a dropped file."""
    driver.app.screen.post_message(Paste(text))
    await driver.settle()


async def test_the_first_run_leads_from_a_zip_in_downloads_to_reading(tmp_path: Path, downloads: Path) -> None:
    """Enter, Enter, and the library is there."""
    sample.write(downloads / "my export.zip")
    async with driving(tmp_path / "archive", downloads=downloads) as driver:
        await driver.sees("Nothing is sent anywhere", "Found in Downloads", "▌ my export.zip")
        await driver.press("enter")
        await driver.at("ImportReportScreen")
        await driver.sees("12 conversations found", "12  added", "Replies by model", "▌ Open the library")
        await driver.press("enter")
        await driver.at("LibraryScreen")
        await driver.sees("12 conversations", "Short note 4")


async def test_searching_where_all_is_put_away_says_so(tmp_path: Path) -> None:
    """And how to bring it back."""
    archive_of(tmp_path, [builders.conversation("Soup")]).close()
    async with driving(tmp_path / "archive") as driver:
        await driver.mark("Soup")
        await driver.press("x")
        await driver.sees("0 conversations")
        await driver.press("slash")
        await driver.type("soup")
        await driver.sees("0 places", "All your conversations are put away. F2 leads to them")


@pytest.mark.parametrize("key", ["enter", "escape"])
async def test_a_file_that_is_no_export_is_said_to_be_none(tmp_path: Path, downloads: Path, key: str) -> None:
    """One sentence, and another try, whichever way one leaves the question: there is nothing else to see yet."""
    (downloads / "holiday.zip").write_bytes(b"no zip!")
    async with driving(tmp_path / "archive", downloads=downloads) as driver:
        await driver.sees("▌ holiday.zip")
        await driver.press("enter")
        await driver.sees("neither a zip nor JSON", "Choose another file")
        await driver.press(key)
        await driver.at("WelcomeScreen")
        await driver.sees("▌ holiday.zip", "Look at an example")


async def test_after_a_file_that_is_no_export_one_is_back_in_the_library(archive: Path, downloads: Path) -> None:
    """Where there is one."""
    (downloads / "holiday.zip").write_bytes(b"no zip!")
    async with driving(archive, downloads=downloads) as driver:
        await driver.sees("12 conversations")
        await driver.press("f5")
        await driver.sees("▌ holiday.zip")
        await driver.press("enter")
        await driver.sees("neither a zip nor JSON")
        await driver.press("escape")
        await driver.at("LibraryScreen")
        await driver.sees("12 conversations")


async def test_problems_are_listed_and_their_json_is_a_key_away(tmp_path: Path, downloads: Path) -> None:
    """A conversation that is not understood wholly is named."""
    talk = builders.conversation("Odd", [("user", "Hello")], id="odd-1")
    talk["create_time"] = "yesterday"
    builders.write_zip(downloads / "export.zip", [talk])
    async with driving(tmp_path / "archive", downloads=downloads) as driver:
        await driver.sees("▌ export.zip")
        await driver.press("enter")
        await driver.at("ImportReportScreen")
        await driver.sees("1 problem", "Open the library")
        await driver.press("end", "up", "enter")
        await driver.at("RawScreen")
        await driver.sees('"create_time": "yesterday"')


async def test_only_the_last_row_of_a_report_leads_away(tmp_path: Path, downloads: Path) -> None:
    """A number stays where it is, and what is missing is named."""
    sample.write(downloads / "export.zip")
    async with driving(tmp_path / "archive", downloads=downloads, size=(100, 40)) as driver:
        await driver.sees("▌ export.zip")
        await driver.press("enter")
        await driver.at("ImportReportScreen")
        await driver.sees("▌ Open the library")
        await driver.press("home", "enter")
        await driver.sees("There is nothing to open on this row. Esc leads to the library.")
        await driver.at("ImportReportScreen")
        await driver.go_to("        1  pictures, sounds and files that are named but not in the export")
        await driver.press("enter")
        await driver.at("GapsScreen")
        await driver.sees("lost.png")
        await driver.press("escape")
        await driver.at("ImportReportScreen")
        await driver.press("end", "enter")
        await driver.at("LibraryScreen")


async def test_a_problem_without_json_says_that_there_is_none(tmp_path: Path, downloads: Path) -> None:
    """And stays on the screen; so does a report that is looked at again later."""
    whole = builders.write_zip(tmp_path / "whole.zip", [builders.conversation(f"Talk {n}") for n in range(30)])
    (downloads / "cut.zip").write_bytes(whole.read_bytes()[: whole.stat().st_size * 2 // 3])
    async with driving(tmp_path / "archive", downloads=downloads, size=(100, 40)) as driver:
        await driver.sees("cut.zip")
        await driver.go_to("cut.zip")
        await driver.press("enter")
        await driver.at("ImportReportScreen")
        await driver.sees("1 problem", "Open the library")
        await driver.press("end", "up", "enter")
        await driver.sees("There is no raw JSON for this problem")
        await driver.press("escape")
        await driver.at("LibraryScreen")
        await driver.menu("what", "is", "missing")
        await driver.sees("▌ cut.zip")
        await driver.press("enter")
        await driver.at("ImportReportScreen")
        await driver.sees("▌        30  added")
        await driver.press("enter")
        await driver.sees("There is nothing to open on this row. Esc leads back.")
        assert "Open the library" not in driver.text


async def test_one_can_read_while_an_import_goes_on(
    archive: Path, downloads: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The library shows how far it is; leaving says what becomes of the rest; putting away works meanwhile."""
    builders.write_zip(downloads / "later.zip", [builders.conversation("Later")])
    is_reading, may_go_on = threading.Event(), threading.Event()

    real = ingest.import_sources

    def slowly(opened: Archive, paths: list[Path], *, on_progress: OnProgress, cancelled: Cancelled) -> ImportReport:
        on_progress(Progress("reading", 30, 100, "Later"))
        is_reading.set()
        may_go_on.wait()
        return real(opened, paths, on_progress=on_progress, cancelled=cancelled)

    monkeypatch.setattr(ingest, "import_sources", slowly)
    async with driving(archive, downloads=downloads) as driver:
        await driver.sees("12 conversations")
        await driver.press("f5")
        await driver.sees("Add an export", "▌ later.zip")
        await driver.press("enter")
        await driver.at("ImportScreen")
        await driver.until(is_reading.is_set)
        await driver.sees("Reading conversations", "30 %", "Later", "Read while it works")
        await driver.press("enter")
        await driver.at("LibraryScreen")
        await driver.sees("Reading conversations · 30 %", "12 conversations")
        await driver.type("zebra")
        await driver.sees("Nothing found yet; the archive is still being read.")
        await driver.press("escape")
        await driver.sees("12 conversations")
        await driver.press("ctrl+q")
        await driver.sees("The import stops here")
        await driver.press("escape")
        await driver.mark("Grandma’s soup")
        await driver.press("x")
        await driver.sees("11 conversations", "is put away")
        may_go_on.set()
        await driver.sees("The import is done", "12 conversations")
        await driver.press("slash")
        await driver.type("nutmeg")
        await driver.sees("Nothing found")


async def test_an_import_can_be_stopped(archive: Path, downloads: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Esc and "Read while it works" leave it alone; "Stop" stops it, and the report says so."""
    builders.write_zip(downloads / "later.zip", [builders.conversation("Later")])
    real = ingest.import_sources

    def until_stopped(
        opened: Archive, paths: list[Path], *, on_progress: OnProgress, cancelled: Cancelled
    ) -> ImportReport:
        on_progress(Progress("reading", 30, 100, "Later"))
        while not cancelled():
            threading.Event().wait(0.005)
        return real(opened, paths, on_progress=on_progress, cancelled=cancelled)

    monkeypatch.setattr(ingest, "import_sources", until_stopped)
    async with driving(archive, downloads=downloads) as driver:
        await driver.sees("12 conversations")
        await driver.press("f5")
        await driver.sees("▌ later.zip")
        await driver.press("enter")
        await driver.sees("30 %")
        await driver.press("down", "enter")
        await driver.at("ImportReportScreen")
        await driver.sees("The import was stopped", "carries on")


async def test_the_example_opens_beside_ones_own_and_is_left_without_a_trace(tmp_path: Path, downloads: Path) -> None:
    """Nothing is imported into the person's own archive."""
    async with driving(tmp_path / "archive", downloads=downloads) as driver:
        await driver.sees("Look at an example")
        await driver.go_to("Look at an example")
        await driver.press("enter")
        await driver.sees("Archiver: an example", "Esc Back")
        await driver.press("escape")
        await driver.at("WelcomeScreen")
    assert not (tmp_path / "archive").exists()


async def test_an_index_that_is_behind_catches_up_by_itself(archive: Path) -> None:
    """After a crash, a cut-off import or a lost folder, words are found again without a command."""
    shutil.rmtree(archive / "index")
    async with driving(archive) as driver:
        await driver.type("nutmeg")
        await driver.sees("1 place in 1 conversation")
        await driver.until(lambda: driver.app.session.catching_up is None)


async def test_an_export_that_was_not_read_to_its_end_is_offered_again(archive: Path, downloads: Path) -> None:
    """Half an archive does not look whole: it is said at the start, and carrying on is the first choice."""
    with Archive.open(archive) as opened:
        (info,) = opened.sources()
        with opened.store.transaction() as writer:
            writer.add_source("0" * 64, "cut.zip", info.original, 10, info.provider, info.imported_at)
    async with driving(archive, downloads=downloads) as driver:
        await driver.sees("cut.zip was not read to its end", "F5")
        await driver.press("f5")
        await driver.sees("Not read to its end", "▌ cut.zip", "carry on")


async def test_a_first_import_that_brought_nothing_leads_back_to_choosing(tmp_path: Path, downloads: Path) -> None:
    """There is no library to read in."""
    builders.write_zip(downloads / "export.zip", [])
    async with driving(tmp_path / "archive", downloads=downloads) as driver:
        await driver.sees("▌ export.zip")
        await driver.press("enter")
        await driver.at("ImportReportScreen")
        await driver.press("escape")
        await driver.at("WelcomeScreen")
        await driver.sees("▌ export.zip", "Look at an example")


async def test_an_archive_of_which_all_is_put_away_opens_its_library(tmp_path: Path) -> None:
    """Nobody is asked for a first export who has one."""
    archive = archive_of(tmp_path, [builders.conversation("Soup", id="soup")])
    archive.put_away("soup")
    archive.close()
    async with driving(tmp_path / "archive") as driver:
        await driver.at("LibraryScreen")
        await driver.sees("All your conversations are put away. F2 leads to them")
