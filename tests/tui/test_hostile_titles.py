"""Stored text is shown and nothing else: it styles nothing, moves nothing, runs nothing, and ends nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from archiver.archive import Archive
from archiver.ingest import import_sources
from archiver.tui.panels.conversation_list import ConversationList
from archiver.tui.screens.library import LibraryScreen
from tests import builders
from tests.tui import hostile
from tests.tui.driving import Driver, driving

PLACES = ("f6", "f7", "f8", "f9", "f1", "f2")
IN_THE_MENU = (
    "missing",
    "came from",
    "last with",
    "you rated",
    "wrote down",
    "put away bring",
    "show only",
    "save as…",
)


@pytest.fixture(scope="module")
def hostile_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of titles that try something."""
    folder = tmp_path_factory.mktemp("hostile")
    path = builders.write_zip(folder / "[b]export[@click=app.leave].zip", hostile.conversations())
    with Archive.open(folder / "archive", create=True) as archive:
        import_sources(archive, [path])
        for summary in archive.summaries():
            archive.annotations.write_note(summary.id, "", summary.title or "note")
    return folder / "archive"


def look(driver: Driver) -> None:
    """Nothing that a terminal obeys is on the screen."""
    text = driver.text
    assert [line for line in text.split("\n") if any(each in line for each in hostile.FORBIDDEN)] == []
    assert driver.app.is_running


async def test_every_screen_survives_them(hostile_archive: Path) -> None:
    """By function keys and by the menu, at three sizes."""
    async with driving(hostile_archive, size=(120, 40)) as driver:
        await driver.sees("[@click=app.leave]x[/]", "[/b]")
        for key in PLACES:
            await driver.press(key)
            look(driver)
            await driver.press("escape")
            await driver.at("LibraryScreen")
        for typed in IN_THE_MENU:
            await driver.menu(*typed.split())
            await driver.until(lambda: not isinstance(driver.app.screen, LibraryScreen))
            await driver.settle()
            look(driver)
            await driver.press("escape")
            await driver.at("LibraryScreen")
            await driver.press("escape")
            if not isinstance(driver.app.screen, LibraryScreen):
                await driver.press("escape")


async def test_every_conversation_can_be_read(hostile_archive: Path) -> None:
    """With its details, its raw JSON and the menu of a message."""
    async with driving(hostile_archive, size=(90, 30)) as driver:
        conversations = driver.app.screen.query_one(ConversationList)
        await driver.until(lambda: conversations.is_loaded)
        for summary in conversations.shown:
            conversations.focus()
            conversations.move_to_item(summary.key)
            look(driver)
            await driver.press("enter")
            await driver.at("ReaderScreen")
            look(driver)
            await driver.press("escape")
        await driver.press("enter")
        for key in ("i", "r", "enter"):
            await driver.press(key)
            await driver.settle()
            look(driver)
            await driver.press("escape")
            await driver.at("ReaderScreen")


async def test_a_click_on_a_title_runs_nothing(hostile_archive: Path) -> None:
    """Not even when the title says so."""
    async with driving(hostile_archive, size=(90, 60)) as driver:
        await driver.sees("[@click=app.leave]x[/]")
        row = next(number for number, line in enumerate(driver.text.splitlines()) if "[@click" in line)
        await driver.pilot.click(offset=(5, row))
        await driver.settle()
        await driver.at("LibraryScreen")
