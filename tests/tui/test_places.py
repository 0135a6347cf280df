"""Every other screen: what it shows of the sample archive, and where Enter leads from it."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.events import AppBlur, AppFocus

from archiver.archive import Archive
from archiver.config import Config
from archiver.ingest import import_sources
from archiver.tui.panels.picture_pane import PicturePane
from archiver.tui.widgets import pictures
from archiver.tui.widgets.transcript import Transcript
from tests import builders
from tests.archives import archive_of
from tests.tui.driving import driving

QUIET = Config(last_with=False)


FUNCTION_KEYS = {
    "f6": ("MediaScreen", ["1 here, 1 missing", "balcony.png", "not in the export"]),
    "f7": ("NumbersScreen", ["Messages by year", "2024", "Replies by model", "GPT-4o mini"]),
    "f8": ("FavouritesScreen", ["Nothing is marked yet"]),
    "f9": ("SettingsScreen", ["Colours", "Language", "Arabic and Hebrew"]),
    "f1": ("HelpScreen", ["All your conversations", "Keys here", "menu under F2"]),
}
IN_THE_MENU = {
    "you rated": ("RatedScreen", ["Thumbs up", "Tell me about the soup.", "Thumbs down", "The Tone."]),
    "wrote down": ("MemoryScreen", ["I live by the sea.", "Answer briefly."]),
    "last with": ("LastWithScreen", ["No longer in ChatGPT", "GPT-4o", "27 May 2025"]),
    "missing": ("GapsScreen", ["1 picture, sound or file is in none", "lost.png"]),
    "check": ("CheckScreen", ["Everything is here and readable.", "12 conversations"]),
    "came from": ("SourcesScreen", ["export.zip", "SHA-256", "12 added"]),
    "put away bring": ("PutAwayScreen", ["Nothing is put away"]),
    "first": ("ReaderScreen", ["Grandma’s soup"]),
    "longest": ("ReaderScreen", ["Balcony"]),
}


async def test_function_keys_lead_there_and_escape_back(archive: Path) -> None:
    """Function keys work on every keyboard, whatever the script."""
    async with driving(archive, config=QUIET, size=(100, 60)) as driver:
        await driver.sees("12 conversations")
        for key, (screen, words) in FUNCTION_KEYS.items():
            await driver.press(key)
            await driver.at(screen)
            await driver.sees(*words)
            await driver.press("escape")
            await driver.at("LibraryScreen")


async def test_the_menu_leads_everywhere(archive: Path) -> None:
    """By typing a word of what one wants; commands that are called so come before those that only mention it."""
    async with driving(archive, config=QUIET, size=(100, 40)) as driver:
        await driver.sees("12 conversations")
        for typed, (screen, words) in IN_THE_MENU.items():
            await driver.menu(*typed.split())
            await driver.at(screen)
            await driver.sees(*words)
            await driver.press("escape")
            await driver.at("LibraryScreen")


async def test_a_picture_leads_to_its_conversation(archive: Path) -> None:
    """And the missing one is named where it was sent."""
    async with driving(archive, config=QUIET) as driver:
        await driver.sees("12 conversations")
        await driver.press("f6")
        await driver.sees("▌ Picture")
        await driver.press("t")
        await driver.at("ReaderScreen")
        await driver.sees("And here?", "not in the export")


async def test_a_gap_leads_to_its_conversation(archive: Path) -> None:
    """Enter on what is missing."""
    async with driving(archive, config=QUIET) as driver:
        await driver.sees("12 conversations")
        await driver.menu("what", "missing")
        await driver.sees("▌ Picture  lost.png")
        await driver.press("enter")
        await driver.at("ReaderScreen")
        await driver.sees("▌ And here?")


async def test_this_day_in_other_years_is_only_shown_when_asked_for(archive: Path) -> None:
    """With nothing of that day, the list says how to come back."""
    async with driving(archive, config=QUIET) as driver:
        await driver.sees("12 conversations")
        driver.screen.session.now = lambda: 1_763_121_600.0  # type: ignore[method-assign]
        await driver.menu("this", "day")
        await driver.sees("This day in other years", "Grandma’s soup", "1 conversation")
        await driver.press("escape")
        await driver.sees("12 conversations")


async def test_help_names_every_key_of_the_screen_below(archive: Path) -> None:
    """In words, from the commands themselves."""
    async with driving(archive, config=QUIET, size=(100, 90)) as driver:
        await driver.read("Rivers")
        await driver.press("f1")
        await driver.at("HelpScreen")
        words = [command.help for command in driver.app.archiver_screens[-2].offers()]
        assert len(words) > 15
        await driver.sees(*(help.split(";")[0].split(",")[0][:40] for help in words))


async def test_a_key_can_be_changed_in_the_settings_file(archive: Path) -> None:
    """The footer, the menu and the help show the new key, and the old one does nothing."""
    config = Config(last_with=False, keymap={"help": "f12", "sort": "o"})
    async with driving(archive, config=config) as driver:
        await driver.sees("12 conversations", "F12 Help")
        await driver.press("down", "s")
        await driver.at("LibraryScreen")
        await driver.press("o")
        await driver.sees("In which order?")
        await driver.press("escape", "f12")
        await driver.at("HelpScreen")
        await driver.sees("Order: Sort by")


async def test_damage_is_named_with_what_to_do(archive: Path) -> None:
    """A changed original does not go unnoticed, and nothing else is said to be affected."""
    original = next((archive / "originals" / "data").iterdir())
    original.chmod(0o600)
    original.write_bytes(original.read_bytes()[:-1])
    async with driving(archive, config=QUIET) as driver:
        await driver.sees("12 conversations")
        await driver.menu("check")
        await driver.sees("1 thing is not as it was stored", original.name, "copy it back from a backup")


@pytest.mark.skipif(not pictures.can_show(), reason="Pillow is not installed.")
async def test_a_picture_is_drawn_whole_beside_the_list(archive: Path) -> None:
    """In half blocks, from edge to edge; a missing one leaves the place empty."""
    async with driving(archive, config=QUIET, size=(120, 30)) as driver:
        await driver.sees("12 conversations")
        await driver.press("f6")
        await driver.sees("▌ Picture  lost.png")
        await driver.press("down")
        await driver.sees("▀▀▀▀")
        pane = driver.app.screen.query_one(PicturePane)
        assert max(line.count("▀") for line in driver.text.splitlines()) == len(pane._rows[0])
        await driver.press("up")
        await driver.sees_no("▀▀▀▀")


async def test_the_first_conversation_is_opened_at_its_beginning(tmp_path: Path) -> None:
    """Wherever reading stopped the last time."""
    archive_of(tmp_path, [builders.chain(60, title="Long ago")]).close()
    async with driving(tmp_path / "archive", config=QUIET) as driver:
        await driver.read("Long ago")
        await driver.press("end", "escape")
        await driver.at("LibraryScreen")
        await driver.menu("first")
        await driver.at("ReaderScreen")
        transcript = driver.screen.query_one(Transcript)
        await driver.until(lambda: transcript.shown)
        assert transcript.position == transcript.shown[0]


async def test_what_another_window_added_is_listed_when_one_comes_back(archive: Path, tmp_path: Path) -> None:
    """Without a key."""
    async with driving(archive, config=QUIET) as driver:
        await driver.sees("12 conversations")
        driver.app.post_message(AppBlur())
        await driver.settle()
        with Archive.open(archive) as other:
            import_sources(other, [builders.write_zip(tmp_path / "more.zip", [builders.conversation("From there")])])
        driver.app.post_message(AppFocus())
        await driver.sees("13 conversations")


async def test_after_a_damaged_import_what_is_missing_says_so(tmp_path: Path) -> None:
    """An export that was not understood to the last word is a gap too; Enter opens the report that names it."""
    whole = builders.write_zip(tmp_path / "whole.zip", [builders.conversation(f"Talk {n}") for n in range(30)])
    (tmp_path / "cut.zip").write_bytes(whole.read_bytes()[: whole.stat().st_size * 2 // 3])
    with Archive.open(tmp_path / "archive", create=True) as archive:
        import_sources(archive, [tmp_path / "cut.zip"])
    async with driving(tmp_path / "archive", config=Config(last_with=False)) as driver:
        await driver.sees("conversation")
        await driver.menu("what", "is", "missing")
        await driver.sees("could not be read whole", "cut.zip  1 thing could not be read")
        await driver.press("enter")
        await driver.at("ImportReportScreen")
        await driver.sees("Not everything could be read")


async def test_a_problem_that_has_no_room_is_said_whole(tmp_path: Path) -> None:
    """Under the list, when the cursor is on it."""
    whole = builders.write_zip(tmp_path / "whole.zip", [builders.conversation(f"Talk {n}") for n in range(30)])
    (tmp_path / "cut.zip").write_bytes(whole.read_bytes()[: whole.stat().st_size * 2 // 3])
    with Archive.open(tmp_path / "archive", create=True) as archive:
        import_sources(archive, [tmp_path / "cut.zip"])
    async with driving(tmp_path / "archive", config=Config(last_with=False), size=(80, 30)) as driver:
        await driver.sees("conversation")
        await driver.menu("missing")
        await driver.sees("▌ cut.zip")
        await driver.press("enter")
        await driver.at("ImportReportScreen")
        await driver.sees("Not everything could be read", "1 problem")
        assert "import that file too" not in " ".join(driver.text.splitlines()[-4:])
        await driver.press("end")
        await driver.until(lambda: "import that file too" in " ".join(driver.text.split("\n")[-5:]))
