"""A key that somebody chose holds everywhere: on screens, in lists and texts, and wherever keys are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from archiver.config import Config, load
from archiver.tui.commands import Command, key_names, keymap
from archiver.tui.commands.command import NO_KEY
from tests.tui.driving import driving


def test_nothing_chosen_changes_nothing() -> None:
    """The built-in keys are not a keymap."""
    assert keymap({}).keys == {}


def test_a_key_is_taken_from_what_had_it_on_the_same_screens() -> None:
    """And from nothing on other screens."""
    keys = keymap({"save_as": "n,?", "sort": "f"}).keys
    assert keys["save_as"] == "n,question_mark"
    assert keys["next_match"] == NO_KEY
    assert keys["help"] == "f1"
    assert keys["filter"] == NO_KEY
    assert "only_from" not in keys


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ({"colour": "x"}, "“colour”"),
        ({"sort": "strg+x"}, "“strg+x”"),
        ({"sort": "enter"}, "Enter stays with “Choose”"),
        ({"sort": "w", "filter": "w"}, "“sort” and to “filter”"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(chosen: dict[str, str], words: str) -> None:
    """Instead of being passed over."""
    (doubt,) = keymap(chosen).doubts
    assert words in doubt


def test_needed_keys_can_be_exchanged() -> None:
    """Somebody may want another way back, when there is one."""
    assert keymap({"back": "f12", "sort": "escape"}).doubts == ()


def test_every_command_can_be_named_in_a_sentence() -> None:
    """By its key, or by its place in the menu."""
    names = key_names(keymap({"sort": "m"}).keys)
    assert names["sort"] == "m"
    assert names["favourite"] == "“Favourite” in the menu"
    assert set(names) == set(Command.known)


async def test_lists_texts_and_sheets_follow_and_show_it(archive: Path) -> None:
    """Moving, choosing, going back and the menu, with other keys than the built-in ones."""
    own = {"down": "ctrl+n", "choose": "ctrl+o", "back": "f12", "menu": "f10", "next_message": "w", "help": "f11"}
    async with driving(archive, config=Config(last_with=False, keymap=own)) as driver:
        await driver.sees("12 conversations", "↑ Ctrl+N Move", "Ctrl+O Read", "F12 Leave", "F10 Menu")
        await driver.press("tab", "ctrl+n")
        await driver.sees("▌ Short note 3")
        await driver.press("down")
        await driver.sees("▌ Short note 3")
        await driver.press("f10")
        await driver.at("MenuScreen")
        await driver.press("ctrl+n", "ctrl+n", "f12")
        await driver.at("LibraryScreen")
        await driver.press("ctrl+o")
        await driver.at("ReaderScreen")
        await driver.press("w")
        await driver.sees("▌ Noted.")
        await driver.press("f11")
        await driver.sees("Ctrl+N", "menu under F10")
        await driver.press("escape")
        await driver.at("HelpScreen")
        await driver.press("f12", "f12")
        await driver.at("LibraryScreen")


async def test_a_key_is_changed_by_pressing_it(archive: Path, tmp_path: Path) -> None:
    """Kept in the file, in force at once, and taken back as easily."""
    file = tmp_path / "config.toml"
    async with driving(archive, config=Config(last_with=False, file=file)) as driver:
        await driver.sees("12 conversations")
        await driver.menu("shortcuts")
        await driver.at("KeysScreen")
        await driver.go_to("Favourites and notes")
        await driver.press("enter", "enter")
        await driver.sees("Please press the new key")
        await driver.press("f12")
        await driver.sees("Favourites and notes                 F12")
        assert load(file).keymap == {"go_favourites": "f12"}
        await driver.press("enter", "down", "enter")
        await driver.sees("Favourites and notes                 F8")
        assert load(file).keymap == {}
        await driver.press("enter", "enter", "enter")
        await driver.sees("Enter stays with “Choose”")
        await driver.press("enter", "enter", "f7")
        await driver.sees("The key was that of “Numbers” before")
        assert load(file).keymap == {"go_favourites": "f7"}


async def test_settings_that_are_not_known_are_named_at_the_start_and_in_settings(
    archive: Path, tmp_path: Path
) -> None:
    """With what is known, so that a slip of the hand can be seen."""
    file = tmp_path / "config.toml"
    file.write_text(
        'theme = "solarised"\nsort = "newst"\nlast_wiht = false\n[keymap]\nsafe_markdown = "f4"\n', encoding="utf-8"
    )
    async with driving(archive, config=load(file), size=(120, 40)) as driver:
        await driver.sees("12 conversations")
        words = ("“solarised”", "evening", "“newst”", "“last_wiht”", "“safe_markdown”")
        await driver.sees(*words)
        driver.app.clear_notifications()
        await driver.sees_no("“solarised”")
        await driver.press("f9")
        await driver.sees(*words)
    assert "last_wiht = false" in file.read_text("utf-8")
