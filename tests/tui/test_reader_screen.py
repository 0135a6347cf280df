"""The reader: versions, finding, hiding, notes, raw JSON, and the position where reading stopped."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
from textual.css.query import NoMatches

from archiver.annotations import Annotations
from archiver.archive import Archive
from archiver.config import Config
from archiver.errors import CannotWrite
from archiver.tui.screens.reader import ReaderScreen
from tests import builders
from tests.archives import archive_of
from tests.tui.driving import driving

QUIET = Config(last_with=False)


async def test_versions_of_an_edited_message_are_an_arrow_away(archive: Path) -> None:
    """Each arrow shows what followed that version; the footer says so."""
    async with driving(archive, config=QUIET, size=(100, 40)) as driver:
        await driver.read("Rivers")
        await driver.sees("Name a river in Japan.", "The Ishikari.", "←→ Versions")
        await driver.press("left")
        await driver.sees("▌ Name a river.", "The Danube.")
        await driver.press("right", "right_square_bracket")
        await driver.sees("▌ The Ishikari.")
        await driver.press("left")
        await driver.sees("▌ The Tone.")


async def test_keys_pressed_twice_close_a_sheet_once(archive: Path) -> None:
    """Nothing behind it goes along, and leaving the program twice is no error."""
    async with driving(archive, config=QUIET) as driver:
        await driver.read("Grandma’s soup")
        await driver.press("enter")
        await driver.at("ChoiceDialog")
        sheet = driver.screen
        sheet.dismiss()
        sheet.dismiss()
        await driver.at("ReaderScreen")
        await driver.press("escape")
        await driver.at("LibraryScreen")
        await driver.press("escape")
        await driver.sees("Leave Archiver?")
        await driver.hurry("enter", "enter", "enter")
        await driver.until(lambda: not driver.app.is_running)
    assert driver.app.return_value == 0


async def test_a_signal_ends_the_program_whatever_a_screen_says(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It may come while a conversation is being opened, which has no lines yet."""

    def has_no_lines(_screen: ReaderScreen) -> None:
        raise NoMatches

    monkeypatch.setattr(ReaderScreen, "leaving", has_no_lines)
    async with driving(archive, config=QUIET) as driver:
        await driver.read("Rivers")
        with pytest.raises(NoMatches):
            driver.app._signalled(signal.SIGTERM)
        await driver.until(lambda: not driver.app.is_running)
        assert driver.app.return_code == 128 + signal.SIGTERM


async def test_function_keys_lead_elsewhere_while_reading(archive: Path) -> None:
    """And Esc back to the conversation."""
    async with driving(archive, config=QUIET) as driver:
        await driver.read("Rivers")
        for key, screen in (("f4", "RatedScreen"), ("f5", "WelcomeScreen"), ("f7", "NumbersScreen")):
            await driver.press(key)
            await driver.at(screen)
            await driver.press("escape")
            await driver.at("ReaderScreen")


async def test_what_is_said_in_passing_does_not_pile_up(archive: Path) -> None:
    """The next sentence takes its place, and another screen begins without it; warnings stay."""
    async with driving(archive, config=QUIET) as driver:
        await driver.read("Rivers")
        driver.screen.tell_if("This is serious.")
        await driver.press("1")
        await driver.sees("Thoughts are shown.")
        await driver.press("1")
        await driver.sees("Thoughts are hidden.", "This is serious.")
        await driver.sees_no("Thoughts are shown.")
        await driver.press("i")
        await driver.at("DetailsScreen")
        await driver.sees("This is serious.")
        await driver.sees_no("Thoughts are hidden.")


async def test_what_is_hidden_can_be_shown_and_stays_so(archive: Path, tmp_path: Path) -> None:
    """The choice is kept in the settings."""
    config = Config(last_with=False, file=tmp_path / "config.toml")
    async with driving(archive, config=config) as driver:
        await driver.read("Thinking aloud")
        assert "I count the days." not in driver.text
        await driver.press("1")
        await driver.sees("Thoughts are shown.")
        await driver.press("z")
        await driver.sees("Nothing is folded in this message.")
        await driver.press("right")
        await driver.sees("This message has only one version.")
        await driver.press("right_square_bracket", "z")
        await driver.sees("▾ Counting", "I count the days.")
        await driver.press("3")
        await driver.sees("System messages are shown.")
    assert 'hide = ["tools"]' in (tmp_path / "config.toml").read_text()


async def test_an_empty_conversation_says_that_it_is_empty(tmp_path: Path) -> None:
    """In the preview as well, however narrow it is; what is only hidden is said to be hidden."""
    talks = [builders.conversation("Quiet", []), builders.conversation("Unseen", [builders.system("Be kind.")])]
    archive_of(tmp_path, talks).close()
    async with driving(tmp_path / "archive", config=QUIET, size=(100, 30)) as driver:
        await driver.mark("Quiet")
        await driver.sees("This conversation holds no", "messages.")
        await driver.press("enter")
        await driver.at("ReaderScreen")
        await driver.sees("This conversation holds no messages.")
        await driver.press("escape")
        await driver.mark("Unseen")
        await driver.sees("Thoughts, tools and system")
        await driver.press("enter")
        await driver.at("ReaderScreen")
        await driver.sees("Thoughts, tools and system messages are hidden")
        await driver.press("3")
        await driver.sees("Be kind.")


async def test_the_replies_of_one_model_alone(archive: Path) -> None:
    """Chosen from the models of this conversation; asked again, the question begins there."""
    async with driving(archive, config=QUIET) as driver:
        await driver.read("Grandma’s soup")
        await driver.press("f")
        await driver.sees("Only the replies of")
        await driver.press("end", "enter")
        await driver.sees("only GPT-4")
        await driver.sees_no("Leeks, potatoes")
        await driver.press("slash", *"soup", "enter")
        await driver.sees("only GPT-4o · 1 of 2 ‹soup›")
        await driver.press("f")
        await driver.sees("Everything", "▌ GPT-4o\n")


async def test_notes_and_marks_are_listed_and_undone(archive: Path) -> None:
    """A note beside a message, a mark on it, both in the list of favourites."""
    async with driving(archive, config=QUIET) as driver:
        await driver.read("Grandma’s soup")
        await driver.press("m")
        await driver.until(lambda: _marks(archive) == 1)
        await driver.press("a")
        await driver.sees("Your note beside this message", "Ctrl+S Keep")
        assert "▌ Keep this note" not in driver.text
        assert "Enter Choose" not in driver.text
        await driver.type("Her kitchen,")
        await driver.press("enter")
        await driver.type("the small one")
        await driver.press("down")
        await driver.sees("▌ Keep this note")
        await driver.press("up", "down", "enter")
        await driver.sees("Her kitchen,", "the small one")
        await driver.press("escape", "f8")
        await driver.at("FavouritesScreen")
        await driver.sees("Notes", "Do you remember the soup", "Her kitchen", "Favourites", "Grandma’s soup")
        await driver.press("u")
        await driver.sees_no("Her kitchen")


async def test_a_note_is_kept_with_one_key(archive: Path) -> None:
    """From the field itself."""
    async with driving(archive, config=QUIET) as driver:
        await driver.read("Rivers")
        await driver.press("a")
        await driver.type("Ask again")
        await driver.press("ctrl+s")
        await driver.at("ReaderScreen")
        await driver.sees("Your note: Ask again")


def _marks(archive: Path) -> int:
    with Archive.open(archive) as opened_archive:
        return len(opened_archive.annotations.favourites())


async def test_reading_goes_on_where_it_stopped(archive: Path) -> None:
    """Also when the program was left while reading."""
    async with driving(archive, config=QUIET, size=(80, 12)) as driver:
        await driver.read("Grandma’s soup")
        await driver.press("end", "ctrl+q")
        await driver.sees("Leave Archiver?")
        await driver.press("enter")
        await driver.until(lambda: not driver.app.is_running)
    async with driving(archive, config=QUIET, size=(80, 12)) as driver:
        await driver.read("Grandma’s soup")
        await driver.sees("▌ Then it was a leek soup.")


async def test_raw_json_and_details_are_a_key_away(archive: Path) -> None:
    """What the export says of this message, and from which field each model was read."""
    async with driving(archive, config=QUIET, size=(110, 60)) as driver:
        await driver.read("Grandma’s soup")
        await driver.press("right_square_bracket", "r")
        await driver.at("RawScreen")
        await driver.sees('"id": "soup-answer"', "export.zip", '"model_slug": "gpt-4"')
        await driver.press("escape", "i")
        await driver.at("DetailsScreen")
        await driver.sees("Model answered", "GPT-4 (gpt-4), from", "SHA-256 of the file")


async def test_the_menu_of_a_message_needs_no_letters(archive: Path) -> None:
    """Enter, arrows, Enter."""
    async with driving(archive, config=QUIET) as driver:
        await driver.read("Grandma’s soup")
        await driver.press("enter")
        await driver.sees("This message", "Copy message", "Raw JSON")
        await driver.go_to("Raw JSON")
        await driver.press("enter")
        await driver.at("RawScreen")


async def test_copying_says_that_it_copied(archive: Path) -> None:
    """The message as it was written, with its Markdown; then only the code in it."""
    async with driving(archive, config=QUIET) as driver:
        await driver.read("Grandma’s soup")
        await driver.press("end", "c")
        await driver.sees("Copied.")
        assert "**leek soup**" in driver.app.clipboard
        await driver.press("y")
        await driver.until(lambda: driver.app.clipboard.strip() == "print('soup')")


async def test_a_link_is_shown_whole_and_opened_only_after_asking(archive: Path) -> None:
    """Without a desktop the address can still be copied."""
    async with driving(archive, config=QUIET) as driver:
        await driver.read("Balcony")
        await driver.press("right_square_bracket", "o")
        await driver.sees("https://example.org/tomatoes", "Copy the address", "Back")
        await driver.press("enter")
        await driver.until(lambda: driver.app.clipboard == "https://example.org/tomatoes")


async def test_a_picture_is_saved_or_named_as_missing(archive: Path, tmp_path: Path) -> None:
    """A copy in the folder for exports; where no export has the bytes, the way to find them."""
    async with driving(archive, config=QUIET) as driver:
        await driver.read("Balcony")
        await driver.press("o")
        await driver.sees("balcony.png", "Save a copy in")
        await driver.press("enter")
        await driver.sees("Saved as")
        assert (tmp_path / "documents" / "Archiver export" / "balcony.png").read_bytes().startswith(b"\x89PNG")
        await driver.press("right_curly_bracket", "o")
        await driver.sees("in none of your exports")


async def test_enter_on_a_picture_leads_to_the_viewer(archive: Path) -> None:
    """It is the first thing that the menu of its message offers."""
    async with driving(archive, config=QUIET) as driver:
        await driver.read("Balcony")
        await driver.press("enter")
        await driver.sees("This message", "▌ Open picture, file or link")
        await driver.press("enter")
        await driver.sees("Picture balcony.png", "Save a copy in")


async def test_e_saves_the_conversation_as_markdown(archive: Path, tmp_path: Path) -> None:
    """One key, one file, and a sentence that says where it is."""
    async with driving(archive, config=QUIET) as driver:
        await driver.read("Grandma’s soup")
        await driver.press("e")
        await driver.sees("Saved as")
    (file,) = (tmp_path / "documents" / "Archiver export").rglob("*.md")
    assert "a little nutmeg" in file.read_text("utf-8")


async def test_an_archive_that_cannot_be_written_can_be_read(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From a read-only stick: reading works, and marking says plainly why it does not."""

    def refuse(*_arguments: object, **_named: object) -> None:
        raise CannotWrite("This medium cannot be written.")

    monkeypatch.setattr(Annotations, "_append", refuse)
    async with driving(archive, config=QUIET, size=(80, 12)) as driver:
        await driver.read("Grandma’s soup")
        await driver.press("end", "m")
        await driver.sees("This medium cannot be written.")
        await driver.press("escape")
        await driver.at("LibraryScreen")


async def test_a_note_is_never_thrown_away_without_asking(archive: Path) -> None:
    """Esc leaves at once only when nothing was written."""
    async with driving(archive, config=QUIET) as driver:
        await driver.read("Grandma’s soup")
        await driver.press("a", "escape")
        await driver.at("ReaderScreen")
        await driver.press("a")
        await driver.sees("Your note beside this message")
        await driver.type("Her kitchen")
        await driver.press("escape")
        await driver.sees("Keep what you wrote?", "▌ Keep it")
        await driver.press("escape")
        await driver.sees_no("Keep what you wrote?")
        await driver.sees("Her kitchen")
        await driver.press("escape")
        await driver.sees("Keep what you wrote?")
        await driver.press("enter")
        await driver.at("ReaderScreen")
        await driver.sees("Her kitchen")


async def test_what_was_copied_is_said(tmp_path: Path) -> None:
    """Which of several pieces of code, or that there is none."""
    blocks = "".join(f"```python\nprint({number})\n```\n\nThen:\n\n" for number in range(3))
    archive_of(tmp_path, [builders.conversation("Code", [("user", "Write."), ("assistant", blocks)])]).close()
    async with driving(tmp_path / "archive", config=QUIET) as driver:
        await driver.read("Code")
        await driver.press("g", "y")
        await driver.sees("This message holds no code.")
        await driver.press("right_square_bracket", "y")
        await driver.sees("Block 1 of 3 copied.")
        await driver.press("y")
        await driver.sees("Block 2 of 3 copied.")
        await driver.press("c")
        await driver.sees("Copied.")
