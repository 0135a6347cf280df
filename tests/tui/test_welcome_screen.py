"""Choosing an export: from Downloads, from other folders, by a path that is typed, pasted or dropped."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from textual.events import Paste
from textual.widgets import Input

from archiver.records import Progress
from archiver.tui.panels.rows import RowList
from archiver.tui.screens import welcome
from tests import builders
from tests.tui import sample
from tests.tui.driving import Driver, driving

OnProgress: TypeAlias = Callable[[Progress], None]
Cancelled: TypeAlias = Callable[[], bool]


async def paste(driver: Driver, text: str) -> None:
    """What a terminal sends for a dropped file."""
    driver.app.screen.post_message(Paste(text))
    await driver.settle()


async def test_a_path_can_be_dropped_anywhere(tmp_path: Path, downloads: Path) -> None:
    """In quotes or with backslashes, as terminals write it; a wrong path is said to be wrong."""
    path = sample.write(tmp_path / "my export.zip")
    async with driving(tmp_path / "archive", downloads=downloads) as driver:
        await driver.sees("▌ Open a zip")
        await paste(driver, f"'{path}x'\n")
        await driver.press("enter")
        await driver.sees("There is no file or folder")
        await driver.press("escape")
        driver.app.screen.query_one(Input).value = ""
        await paste(driver, str(path).replace(" ", "\\ "))
        await driver.press("enter")
        await driver.at("ImportReportScreen")


async def test_a_path_can_be_typed_from_anywhere_however_quickly(tmp_path: Path, downloads: Path) -> None:
    """Some terminals write the path of a dropped file as if somebody typed it."""
    path = sample.write(tmp_path / "export.zip")
    async with driving(tmp_path / "archive", downloads=downloads) as driver:
        await driver.sees("▌ Open a zip")
        await driver.hurry(*f"'{path}'", "enter")
        await driver.at("ImportReportScreen")


async def test_what_is_no_path_at_all_is_not_there(tmp_path: Path, downloads: Path) -> None:
    """However long it is."""
    async with driving(tmp_path / "archive", downloads=downloads) as driver:
        await driver.sees("▌ Open a zip")
        await paste(driver, "x" * 5000)
        await driver.press("enter")
        await driver.sees("There is no file or folder")


async def test_what_was_moved_to_stays_chosen_when_exports_are_found(
    tmp_path: Path, downloads: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Looking into files may take a while; nobody's next key opens something else than what they see."""
    may_look = threading.Event()
    monkeypatch.setattr(welcome, "judged", lambda found: (may_look.wait(10), found)[1])
    sample.write(downloads / "my export.zip")
    async with driving(tmp_path / "archive", downloads=downloads) as driver:
        await driver.sees("Looking into Downloads…")
        await driver.press("down")
        may_look.set()
        await driver.sees("my export.zip", "▌ I don’t have one yet")


async def test_a_path_dropped_onto_the_library_is_offered_to_be_added(archive: Path, downloads: Path) -> None:
    """Into the line that searches or beside it; other words are searched for."""
    path = sample.write(downloads / "other export.zip")
    async with driving(archive, downloads=downloads) as driver:
        await driver.sees("12 conversations")
        for key in ("down", "up"):
            focused = driver.app.screen.focused
            assert focused is not None
            focused.post_message(Paste(f"'{path}'"))
            await driver.at("WelcomeScreen")
            await driver.sees("Add an export")
            await driver.until(lambda: driver.app.screen.query_one(Input).value == f"'{path}'")
            await driver.press("escape", "escape")
            await driver.at("LibraryScreen")
            await driver.press(key)
        assert driver.app.screen.query_one(Input).value == ""
        driver.app.screen.query_one(Input).post_message(Paste("nutmeg"))
        await driver.sees("1 place in 1 conversation")


async def test_the_last_line_says_what_esc_does(archive: Path, downloads: Path, tmp_path: Path) -> None:
    """Out of the program at first, back into the list from the line for paths, back where there is a library."""
    async with driving(tmp_path / "none", downloads=downloads) as driver:
        await driver.sees("▌ Open a zip", "Esc Leave")
        await driver.press("end", "down")
        await driver.sees("Esc Back")
        await driver.press("escape")
        await driver.sees("Esc Leave")
        await driver.press("escape")
        await driver.sees("Leave Archiver?")
    async with driving(archive, downloads=downloads) as driver:
        await driver.sees("12 conversations", "Esc Leave")
        await driver.press("f5")
        await driver.sees("▌ Open a zip", "Esc Back")


async def test_how_to_get_an_export_is_explained(tmp_path: Path, downloads: Path) -> None:
    """Step by step."""
    async with driving(tmp_path / "archive", downloads=downloads) as driver:
        await driver.sees("▌ Open a zip")
        await driver.press("down", "enter")
        await driver.at("HowToScreen")
        await driver.sees("Data controls", "within 24 hours")
        await driver.press("escape", "escape")
        await driver.sees("Leave Archiver?")


async def test_an_export_is_found_in_other_folders_with_the_arrows(tmp_path: Path, downloads: Path) -> None:
    """Up from Downloads, down into another folder, Enter; nothing is typed."""
    (tmp_path / "Old things").mkdir()
    builders.write_zip(tmp_path / "Old things" / "history.zip", [builders.conversation("Soup")])
    async with driving(tmp_path / "archive", downloads=downloads) as driver:
        await driver.sees("▌ Open a zip")
        await driver.press("enter")
        await driver.at("BrowseScreen")
        await driver.sees("▌ One folder up")
        await driver.press("enter")
        await driver.sees("Old things/")
        await driver.go_to("Old things/")
        await driver.press("enter")
        await driver.sees("▌ history.zip")
        await driver.press("enter")
        await driver.at("ImportReportScreen")
        await driver.sees("1 conversation found")
        await driver.press("escape")
        await driver.at("LibraryScreen")


async def test_what_is_downloaded_meanwhile_is_offered(
    tmp_path: Path, downloads: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody has to start again to see it."""
    monkeypatch.setattr(welcome, "_LOOK_AGAIN", 0.02)
    async with driving(tmp_path / "archive", downloads=downloads) as driver:
        await driver.sees("No export is in Downloads yet")
        sample.write(downloads / "arrived.zip")
        await driver.sees("Found in Downloads", "▌ arrived.zip")


async def test_a_folder_with_nothing_to_open_says_so(tmp_path: Path, downloads: Path) -> None:
    """And Enter on that row stays there."""
    async with driving(tmp_path / "archive", downloads=downloads) as driver:
        await driver.sees("▌ Open a zip")
        await driver.press("enter")
        await driver.at("BrowseScreen")
        await driver.sees("▌ One folder up", "There is no zip and no folder here.")
        await driver.press("down", "enter")
        await driver.sees("▌ There is no zip and no folder here.")


async def test_a_click_on_a_row_that_is_not_marked_only_marks_it(archive: Path, downloads: Path) -> None:
    """Coming from the line for paths; the second click chooses."""
    async with driving(archive, downloads=downloads) as driver:
        await driver.sees("12 conversations")
        await driver.press("f5")
        await driver.sees("▌ Open a zip")
        await driver.type("~/")
        await driver.sees_no("▌")
        row = next(number for number, line in enumerate(driver.text.splitlines()) if "Open a zip" in line)
        await driver.pilot.click(offset=(8, row))
        await driver.sees("▌ Open a zip")
        await driver.at("WelcomeScreen")
        await driver.pilot.click(offset=(8, row))
        await driver.at("BrowseScreen")


async def test_the_line_for_paths_is_under_the_list(tmp_path: Path, downloads: Path) -> None:
    """Down from the last row, and up again; Enter with nothing typed leads back too."""
    async with driving(tmp_path / "archive", downloads=downloads) as driver:
        await driver.sees("▌ Open a zip")
        for way_back in ("up", "enter"):
            await driver.press("end", "down")
            assert isinstance(driver.screen.focused, Input)
            await driver.press(way_back)
            assert isinstance(driver.screen.focused, RowList)
            await driver.sees("▌ Language and colours")


async def test_enter_means_what_is_marked(archive: Path, downloads: Path) -> None:
    """A row of the list, or, as long as no row is marked, the path that is typed."""
    async with driving(archive, downloads=downloads) as driver:
        await driver.sees("12 conversations")
        await driver.press("f5")
        await driver.sees("▌ Open a zip")
        await driver.type("~/nothing.zip")
        await driver.sees_no("▌")
        await driver.press("enter")
        await driver.sees("There is no file or folder", "nothing.zip")
        await driver.press("escape")
        await driver.sees("▌ Open a zip")
        await driver.press("down", "down")
        assert isinstance(driver.screen.focused, Input)
        await driver.sees_no("▌")
        await driver.press("up")
        await driver.sees("▌ I don’t have one yet")
        await driver.press("enter")
        await driver.at("HowToScreen")


async def test_in_a_narrow_window_names_have_the_room_of_dates(tmp_path: Path, downloads: Path) -> None:
    """And the other way round when it grows."""
    sample.write(downloads / "chatgpt-export-2026-02.zip")
    async with driving(tmp_path / "archive", downloads=downloads, size=(40, 20)) as driver:
        await driver.sees("▌ chatgpt-export-2026-02.zip")
        await driver.pilot.resize_terminal(100, 30)
        await driver.sees("▌ chatgpt-export-2026-02.zip", " kB   ", "20")
