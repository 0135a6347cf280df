"""The library: everything listed, searched while typing, narrowed, put in order, opened."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest

from archiver.config import Config
from archiver.records import Progress
from archiver.tui.panels.command_bar import CommandBar
from archiver.tui.panels.conversation_list import ConversationList
from archiver.tui.screens.library import LibraryScreen
from tests import builders
from tests.archives import archive_of
from tests.tui.driving import driving

PLAIN = Config(last_with=False, preview=False)


async def test_everything_is_listed_by_month(archive: Path) -> None:
    """The newest first, under the names of months."""
    async with driving(archive) as driver:
        await driver.sees("12 conversations", "Short note 4", "Short note 3")
        assert driver.text.index("Short note 4") < driver.text.index("Short note 3")


async def test_what_has_no_date_says_so_once(tmp_path: Path) -> None:
    """In the heading, as long as there is one; in another order, in the row."""
    talk = builders.conversation("Undated", [], id="undated") | {"create_time": None, "update_time": None}
    archive_of(tmp_path, [talk]).close()
    async with driving(tmp_path / "archive", config=PLAIN) as driver:
        await driver.sees("Undated", "Date not recorded")
        assert "date not recorded" not in driver.text
        await driver.press("down", "s")
        await driver.sees("In which order?")
        await driver.press("end", "enter")
        await driver.sees("date not recorded")
        await driver.sees_no("Date not recorded")


async def test_escape_takes_one_thing_back_at_a_time(archive: Path) -> None:
    """The search first; leaving is asked about, and staying is possible."""
    async with driving(archive) as driver:
        await driver.type("soup")
        await driver.sees("Grandma’s soup", "place")
        await driver.press("escape")
        await driver.sees("12 conversations")
        await driver.press("escape")
        await driver.sees("Leave Archiver?")
        await driver.press("escape")
        await driver.at("LibraryScreen")
        assert driver.app.is_running


async def test_leaving_is_asked_about(archive: Path) -> None:
    """Enter on the question leaves."""
    async with driving(archive) as driver:
        await driver.press("ctrl+q")
        await driver.sees("Leave Archiver?")
        await driver.press("enter")
        await driver.until(lambda: not driver.app.is_running)
        assert driver.app.return_value == 0


async def test_the_arrow_up_goes_on_from_the_marked_row(archive: Path) -> None:
    """After reading, with the search line waiting for words."""
    async with driving(archive, config=PLAIN) as driver:
        await driver.sees("12 conversations")
        await driver.press("down", "down", "down", "enter")
        await driver.at("ReaderScreen")
        await driver.press("escape")
        await driver.at("LibraryScreen")
        await driver.press("up")
        await driver.sees("▌ Short note 3")


async def test_a_narrowed_list_says_so_and_can_be_widened(archive: Path) -> None:
    """Only what was written with one model, then everything again."""
    async with driving(archive) as driver:
        await driver.sees("12 conversations")
        await driver.press("down", "f")
        await driver.sees("Show only…", "With replies of")
        await driver.go_to("o3")
        await driver.press("enter")
        await driver.sees("o3 · 1 conversation", "東京旅行の計画")
        await driver.press("f", "home")
        await driver.go_to("With pictures")
        await driver.press("enter")
        await driver.sees("o3 · With pictures · ")
        await driver.press("escape")
        await driver.sees("12 conversations")


async def test_the_order_can_be_chosen_and_is_kept(archive: Path, tmp_path: Path) -> None:
    """By title: the shortest way to something one knows the name of."""
    config = Config(file=tmp_path / "config.toml")
    async with driving(archive, config=config) as driver:
        await driver.sees("12 conversations")
        await driver.press("down", "s")
        await driver.sees("In which order?")
        await driver.press("end", "enter")
        await driver.sees("About me")
        await driver.until(lambda: driver.text.index("About me") < driver.text.index("Balcony"))
    assert 'sort = "title"' in (tmp_path / "config.toml").read_text()


async def test_questions_begin_at_the_answer_that_is_in_force(archive: Path) -> None:
    """The order of the list, the order of what was found, and the part that is shown."""
    async with driving(archive, config=Config(sort="longest")) as driver:
        await driver.sees("12 conversations")
        await driver.press("down", "s")
        await driver.sees("In which order?", "▌ Longest first")
        await driver.press("escape", "f")
        await driver.sees("Show only…", "▌ Everything")
        await driver.go_to("o3")
        await driver.press("enter")
        await driver.sees("o3 · 1 conversation")
        await driver.press("f")
        await driver.sees("Show only…", "▌ o3")
        await driver.press("escape", "escape", "slash")
        await driver.type("nutmeg")
        await driver.sees("1 place in 1 conversation")
        await driver.press("down", "s")
        await driver.sees("In which order?", "▌ Best match first")
        await driver.press("end", "enter", "s")
        await driver.sees("In which order?", "▌ Oldest first")


async def test_the_preview_needs_room(archive: Path) -> None:
    """Narrow screens show the list alone."""
    async with driving(archive, size=(120, 24)) as driver:
        await driver.sees("Note 4: water the plants.")
        await driver.pilot.resize_terminal(80, 24)
        await driver.sees_no("Note 4: water the plants.")


async def test_models_that_are_gone_have_an_entry(archive: Path) -> None:
    """With date and time; it opens only when it is chosen, at that reply."""
    async with driving(archive, size=(100, 20)) as driver:
        await driver.sees("Last with", "Other models")
        await driver.press("down", "home")
        await driver.sees("▌ GPT-4o  ", "27 May 2025, ")
        await driver.press("enter")
        await driver.at("ReaderScreen")
        await driver.sees("Short note 4", "▌ Noted.")


@pytest.mark.parametrize("order", ["oldest", "longest", "title"])
async def test_models_that_are_gone_have_an_entry_in_every_order(archive: Path, order: str) -> None:
    """Before the conversations, whichever of them comes first."""
    async with driving(archive, config=Config(sort=order), size=(100, 20)) as driver:
        await driver.sees("Last with", "GPT-4o  ", "Other models")
        first = driver.screen.query_one(ConversationList).shown[0].title
        await driver.sees(f"▌ {first}")
        assert driver.text.index("Other models") < driver.text.index(first)


async def test_every_model_that_is_gone_can_be_found(archive: Path) -> None:
    """A low list names three of them, and the others are one step away; a high one has room for all."""
    async with driving(archive, size=(100, 20)) as driver:
        await driver.sees("Other models")
        await driver.press("down", "home", "down", "down", "down", "enter")
        await driver.at("LastWithScreen")
        await driver.sees("No longer in ChatGPT", "GPT-4  Grandma’s soup")
        await driver.go_to("GPT-4  ")
        await driver.press("enter")
        await driver.at("ReaderScreen")
        await driver.sees("▌ Tell me about the soup.")
    async with driving(archive, size=(100, 40)) as driver:
        await driver.sees("Last with", "GPT-4  ", "Short note 4")
        assert "Other models" not in driver.text
        await driver.pilot.resize_terminal(100, 20)
        await driver.sees("Other models")


async def test_the_entries_can_be_switched_off(archive: Path) -> None:
    """Remembering is never pushed at anybody."""
    async with driving(archive, config=Config(last_with=False)) as driver:
        await driver.sees("12 conversations", "Short note 4")
        assert "Last with" not in driver.text


async def test_putting_away_hides_everywhere_and_comes_back(archive: Path) -> None:
    """Out of the list and out of search, then undone."""
    async with driving(archive) as driver:
        await driver.sees("12 conversations")
        await driver.press("down")
        assert "▌ Short note 4" in driver.text
        await driver.press("x")
        await driver.sees("11 conversations")
        await driver.menu("put", "away", "bring")
        await driver.at("PutAwayScreen")
        # The row itself: the notice of before still names the conversation too.
        await driver.sees("▌ Short note 4")
        await driver.press("x")
        await driver.sees("Nothing is put away")
        await driver.press("escape")
        await driver.sees("12 conversations")


async def test_the_arrows_and_tab_go_between_search_and_list(archive: Path) -> None:
    """Down into the list, up from its first row back again."""
    async with driving(archive, config=Config(last_with=False)) as driver:
        await driver.sees("12 conversations")
        await driver.press("down")
        assert driver.app.focused is not None
        assert driver.app.focused.__class__.__name__ == "ConversationList"
        await driver.press("up")
        assert driver.app.focused.__class__.__name__ == "SearchLine"
        await driver.press("tab")
        assert driver.app.focused.__class__.__name__ == "ConversationList"
        await driver.press("slash")
        assert driver.app.focused.__class__.__name__ == "SearchLine"


async def test_the_keys_in_the_last_line_can_be_clicked(archive: Path) -> None:
    """And say what they do while the pointer is on them."""
    async with driving(archive) as driver:
        await driver.sees("12 conversations")
        column = driver.text.splitlines()[-1].index("F2 Menu")
        await driver.pilot.hover(offset=(column, 29))
        bar = driver.app.screen.query_one(CommandBar)
        await driver.until(lambda: "Everything that can be done here" in str(bar.tooltip))
        await driver.pilot.click(offset=(column, 29))
        await driver.at("MenuScreen")
        await driver.press("escape")
        await driver.mark("Rivers")
        await driver.pilot.click(offset=(driver.text.splitlines()[-1].index("Enter Read"), 29))
        await driver.at("ReaderScreen")


async def test_a_second_click_opens(archive: Path) -> None:
    """The first one chooses; everything works with the mouse alone."""
    async with driving(archive, config=Config(last_with=False)) as driver:
        await driver.sees("12 conversations")
        row = next(number for number, line in enumerate(driver.text.splitlines()) if "Short note 3" in line)
        await driver.pilot.click(offset=(5, row))
        await driver.sees("▌ Short note 3")
        await driver.pilot.click(offset=(5, row))
        await driver.at("ReaderScreen")


async def test_ctrl_c_asks_about_leaving(archive: Path) -> None:
    """What people press who have never seen the program; also from the search box."""
    async with driving(archive) as driver:
        await driver.sees("12 conversations")
        await driver.press("ctrl+c")
        await driver.sees("Leave Archiver?")
        await driver.press("escape", "down", "ctrl+c")
        await driver.sees("Leave Archiver?")


async def test_whoever_comes_back_from_reading_and_types_searches(archive: Path) -> None:
    """Letters are no commands then; after a question about the list they still are."""
    async with driving(archive, config=Config(last_with=False)) as driver:
        await driver.read("Rivers")
        await driver.press("escape")
        await driver.at("LibraryScreen")
        await driver.type("nutmeg")
        await driver.sees("1 place in 1 conversation")
        await driver.press("down", "s")
        await driver.sees("In which order?")
        await driver.press("enter")
        await driver.at("LibraryScreen")
        await driver.press("s")
        await driver.sees("In which order?")


async def test_whoever_moves_in_the_list_by_letters_goes_on_so_after_reading(archive: Path) -> None:
    """Until they search again: then letters are words once more."""
    async with driving(archive, config=Config(last_with=False)) as driver:
        await driver.sees("12 conversations")
        await driver.press("down", "j", "j", "enter")
        await driver.at("ReaderScreen")
        await driver.press("escape")
        await driver.at("LibraryScreen")
        await driver.press("k")
        await driver.sees("▌ Short note 3")
        await driver.press("slash")
        await driver.type("nutmeg")
        await driver.press("enter")
        await driver.at("ReaderScreen")
        await driver.press("escape")
        await driver.at("LibraryScreen")
        await driver.press("k")
        await driver.sees("nutmegk")


async def test_a_conversation_without_a_title_is_told_by_its_first_words(tmp_path: Path) -> None:
    """In the list, over what is found and in the reader; one without words has only the word for it."""
    spoken = [("user", "Where do herons\nsleep?"), ("assistant", "Standing.")]
    silent = [("assistant", "Good morning.")]
    archive_of(tmp_path, [builders.conversation("", spoken), builders.conversation("\u200b", silent, id="b")]).close()
    async with driving(tmp_path / "archive", config=PLAIN) as driver:
        await driver.sees("Untitled: Where do herons sleep?  ", "Untitled   ")
        await driver.type("standing")
        await driver.sees("Untitled: Where do herons sleep? · 1 place")
        await driver.press("enter")
        await driver.at("ReaderScreen")
        await driver.sees("Untitled: Where do herons sleep?")


async def test_the_list_is_read_again_only_while_there_is_something_new_to_list(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once everything is read, only more words are found; a long list that is read again would make keys wait."""
    told: list[str] = []
    stages: tuple[Literal["reading", "indexing"], ...] = ("reading", "indexing", "indexing")
    async with driving(archive) as driver:
        await driver.sees("12 conversations")
        monkeypatch.setattr(LibraryScreen, "library_changed", lambda _screen: told.append("list"))
        monkeypatch.setattr(LibraryScreen, "more_is_findable", lambda _screen: told.append("words"))
        for stage in stages:
            driver.app.session.note_catching_up(Progress(stage, 1, 2))
            driver.app._work_moved()
        driver.app.session.catching_up = None
    assert told == ["list", "list", "words"]


async def test_drawing_the_mouse_over_the_list_copies_nothing(archive: Path) -> None:
    """What is beside it was not meant."""
    async with driving(archive, config=Config(last_with=False), size=(120, 30)) as driver:
        await driver.sees("▌ Short note 4", "Noted.")
        await driver.pilot.mouse_down(offset=(10, 6))
        await driver.pilot.hover(offset=(100, 12))
        await driver.pilot.mouse_up(offset=(100, 12))
        await driver.settle()
        assert driver.app.clipboard == ""
        assert not driver.screen.selections
