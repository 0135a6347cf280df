"""Every screen in every size: nothing breaks at 1×1, and 20×5 can still be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from archiver.config import Config
from archiver.tui import commands
from archiver.tui.panels.conversation_list import ConversationList
from tests.tui.driving import driving

PLACES = ("f5", "f6", "f7", "f8", "f9", "f1", "f2", "ctrl+q", "E", "i", "r", "s", "f", "enter")


@pytest.mark.parametrize("size", [(1, 1), (9, 3), (200, 60)], ids=str)
async def test_every_screen_opens_and_closes(archive: Path, size: tuple[int, int]) -> None:
    """Keys work also where there is no room to show anything."""
    async with driving(archive, size=size) as driver:
        await driver.until(lambda: driver.app.session.archive is not None)
        await driver.press("down")
        for key in PLACES:
            await driver.press(key)
            await driver.until(lambda: type(driver.app.screen).__name__ != "LibraryScreen")
            await driver.press("pagedown", "up")
            await driver.press("escape")
            await driver.at("LibraryScreen")


async def test_the_terminal_may_change_its_size_at_any_time(archive: Path) -> None:
    """While reading, with a sheet open, to nothing and back."""
    async with driving(archive) as driver:
        await driver.read("Grandma’s soup")
        for width, height in ((1, 1), (200, 60), (20, 5), (0, 0), (80, 24)):
            await driver.pilot.resize_terminal(width, height)
            await driver.settle()
        await driver.press("enter")
        for width, height in ((20, 5), (1, 1), (80, 24)):
            await driver.pilot.resize_terminal(width, height)
            await driver.settle()
        await driver.sees("This message", "Copy message")


async def test_twenty_by_five_can_be_used(archive: Path) -> None:
    """A word is found and read."""
    async with driving(archive, size=(20, 5)) as driver:
        await driver.sees("Esc Leave")
        await driver.type("nutmeg")
        await driver.sees("Grandma’s sou…", "nutmeg.")
        await driver.press("enter")
        await driver.at("ReaderScreen")
        await driver.sees("nutmeg")


@pytest.mark.parametrize("size", [(1, 1), (20, 5), (200, 60)], ids=str)
async def test_every_place_of_the_menu_opens_and_closes(archive: Path, size: tuple[int, int]) -> None:
    """Also those without a key, and what they lead to."""
    async with driving(archive, size=size) as driver:
        await driver.until(lambda: driver.app.session.archive is not None)
        for command in commands.PLACES:
            if command is commands.GoThisDay:
                continue
            await driver.screen.action_perform(command.name)
            await driver.until(lambda: type(driver.app.screen).__name__ != "LibraryScreen")
            await driver.press("pagedown", "enter", "up", "home")
            while type(driver.app.screen).__name__ != "LibraryScreen":
                await driver.press("escape")


@pytest.mark.parametrize("size", [(1, 1), (20, 5), (200, 60)], ids=str)
async def test_sheets_of_the_reader_and_of_keys_open_in_every_size(archive: Path, size: tuple[int, int]) -> None:
    """Notes, what can be opened, other keys."""
    async with driving(archive, size=size) as driver:
        conversations = driver.app.screen.query_one(ConversationList)
        await driver.until(lambda: conversations.is_loaded)
        await driver.press("down", "enter")
        await driver.at("ReaderScreen")
        for key in ("a", "enter", "f", "slash", "E", "i", "r"):
            # A note that was begun is asked about.
            await driver.press(key, "x", "down", "escape", "enter" if key == "a" else "escape")
            if type(driver.app.screen).__name__ != "ReaderScreen":
                await driver.until(lambda: type(driver.app.screen).__name__ == "LibraryScreen")
                await driver.press("down", "enter")
                await driver.at("ReaderScreen")
        await driver.screen.action_perform("go_settings")
        await driver.screen.action_perform("go_keys")
        await driver.at("KeysScreen")
        await driver.press("enter", "enter")
        await driver.at("KeyDialog")
        await driver.press("escape")
        await driver.at("KeysScreen")


@pytest.mark.parametrize("size", [(80, 24), (40, 12), (20, 5)])
async def test_what_is_longer_than_its_line_is_still_seen(archive: Path, size: tuple[int, int]) -> None:
    """The end of it, where one types."""
    async with driving(archive, size=size) as driver:
        await driver.type("x" * size[0] + "the end")
        await driver.sees("xxthe end")


async def test_the_first_conversation_is_seen_where_there_is_little_room(archive: Path) -> None:
    """Although the models that are gone stand before it."""
    async with driving(archive, size=(30, 5)) as driver:
        conversations = driver.app.screen.query_one(ConversationList)
        await driver.until(lambda: conversations.is_whole and "last:" in str(conversations.items[0]))
        await driver.sees("▌ Short note 4")


@pytest.mark.parametrize("size", [(20, 5), (30, 6), (80, 8)])
async def test_the_answers_to_a_question_are_seen_where_there_is_little_room(
    archive: Path, size: tuple[int, int]
) -> None:
    """Nobody should have to guess what Enter does."""
    async with driving(archive, size=size, config=Config(last_with=False)) as driver:
        await driver.sees("▌ Short note 4")
        await driver.press("escape")
        await driver.sees("Leave Archiver?", "▌ Leave", "Stay")
        await driver.press("escape", "down", "s")
        await driver.sees("In which order?", "▌ Newest first")
        await driver.press("down", "down")
        await driver.sees("▌ Longest first")


async def test_settings_are_read_whole_in_a_narrow_window(archive: Path) -> None:
    """What is set stands nearer to its name there."""
    async with driving(archive, config=Config(last_with=False), size=(60, 30)) as driver:
        await driver.sees("12 conversations")
        await driver.press("f9")
        await driver.sees("The terminal’s own colours", "as the system says", "Find out from the terminal")
        await driver.pilot.resize_terminal(100, 30)
        await driver.sees("Language                               as the system says")
