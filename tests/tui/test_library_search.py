"""Searching in the library: typed words, what is found, what is not, and where Enter leads."""

from __future__ import annotations

from pathlib import Path

from archiver.config import Config
from archiver.tui import terminal
from archiver.tui.panels.preview import PreviewTranscript
from archiver.tui.panels.search_line import SearchLine
from tests import builders
from tests.archives import archive_of
from tests.tui.driving import driving

PLAIN = Config(last_with=False, preview=False)


async def test_typing_searches_at_once(archive: Path) -> None:
    """No key is needed to begin; the found words stand under the title of their conversation."""
    async with driving(archive) as driver:
        await driver.sees("12 conversations")
        await driver.type("nutmeg")
        await driver.sees("1 place in 1 conversation", "Grandma’s soup", "a little nutmeg")


async def test_enter_opens_the_conversation_at_the_place_found(archive: Path) -> None:
    """And the heading says which of how many places it is."""
    async with driving(archive, size=(80, 12)) as driver:
        await driver.type("nutmeg")
        await driver.sees("1 place in 1 conversation")
        await driver.press("enter")
        await driver.at("ReaderScreen")
        await driver.sees("Leeks, potatoes, and a little nutmeg.", "nutmeg›")


async def test_enter_before_the_answer_opens_what_will_be_found(archive: Path) -> None:
    """Not what the list showed before."""
    async with driving(archive) as driver:
        await driver.sees("12 conversations")
        await driver.press(*"nutmeg", "enter")
        await driver.at("ReaderScreen")
        await driver.sees("Grandma’s soup")


async def test_what_only_tools_or_thoughts_have_is_said_and_enter_looks_there(archive: Path) -> None:
    """It is not denied that the words are there."""
    async with driving(archive, config=PLAIN) as driver:
        await driver.type("count")
        await driver.sees("Nothing in what was said. 1 message of tools or thoughts has it; Enter looks there, too.")
        await driver.press("down", "enter")
        await driver.sees("in:all count", "1 place in 1 conversation", "Thinking aloud")


async def test_an_empty_list_is_not_entered(archive: Path) -> None:
    """What one types after the arrow still goes into the line."""
    async with driving(archive, config=PLAIN) as driver:
        await driver.type("zebrafinch")
        await driver.sees("Nothing found")
        await driver.press("down")
        await driver.type("es")
        await driver.sees("zebrafinches")


async def test_nothing_found_says_what_to_do(archive: Path) -> None:
    """An empty list is never silent."""
    async with driving(archive) as driver:
        await driver.type("zebrafinch")
        await driver.sees("Nothing found")


async def test_a_word_that_is_half_typed_finds_words_that_begin_so(archive: Path) -> None:
    """The screen says so, and the place opens with the word marked; whole words that are there come first."""
    async with driving(archive) as driver:
        await driver.type("nutm")
        await driver.sees("1 place in 1 conversation", "a little nutmeg", "words beginning with “nutm”")
        await driver.press("enter")
        await driver.at("ReaderScreen")
        await driver.sees("1 of 1 ‹nutm*›")


async def test_another_spelling_is_offered_and_enter_takes_it(archive: Path) -> None:
    """When nothing is found but something close is there."""
    async with driving(archive) as driver:
        await driver.type("nutmegg")
        await driver.sees("Enter searches for “nutmeg”")
        await driver.press("enter")
        await driver.sees("1 place in 1 conversation", "a little nutmeg")


async def test_filters_are_understood_in_words(archive: Path) -> None:
    """Under the line one typed; plain words need no explanation."""
    async with driving(archive) as driver:
        await driver.type("from:me nutmeg")
        await driver.sees("1 place in 1 conversation", "written by you and “nutmeg”")
        await driver.press("escape")
        await driver.type("nutmeg")
        await driver.sees("1 place in 1 conversation")
        assert "“nutmeg”" not in driver.text


async def test_the_preview_shows_what_a_tool_said_when_the_words_stand_there(tmp_path: Path) -> None:
    """Unfolded, although tools are left out and folded otherwise."""
    turns: list[builders.Turn] = [
        ("user", "Add them."),
        builders.tool("python", builders.text("the sum is nutmeg")),
        ("assistant", "Done."),
    ]
    archive_of(tmp_path, [builders.conversation("Sums", turns)]).close()
    async with driving(tmp_path / "archive", config=Config(last_with=False), size=(120, 30)) as driver:
        await driver.sees("▌ Sums", "Done.")
        await driver.type("in:tool nutmeg")
        await driver.sees("1 place in 1 conversation", "Tool python")
        preview = driver.app.screen.query_one(PreviewTranscript)
        await driver.until(lambda: any("nutmeg" in line[80:] for line in driver.text.splitlines()))
        assert preview.display


async def test_the_preview_shows_the_place_found_inside_a_long_message(tmp_path: Path) -> None:
    """However far down in the message it stands."""
    for filler in (60, 3000):
        lines = [f"Line {number} of many." for number in range(filler)]
        text = "\n\n".join([*lines, "Here stands **nutmeg** alone.", *lines])
        folder = tmp_path / str(filler)
        folder.mkdir()
        archive_of(folder, [builders.conversation("Long", [("user", "Why?"), ("assistant", text)])]).close()
        async with driving(folder / "archive", size=(120, 30)) as driver:
            await driver.type("nutmeg")
            await driver.sees("1 place in 1 conversation", f"Line {filler - 1} of many.", "Here stands nutmeg alone.")


async def test_words_from_right_to_left_are_typed_as_they_are_read(archive: Path) -> None:
    """In the line, under it and in the headings; the cursor stands where the next letter comes."""
    terminal.choose_bidi("app")
    async with driving(archive, config=PLAIN) as driver:
        await driver.type("in:title שלום")
        await driver.sees("│ in:title םולש ", "titles")
        await driver.press("left")
        box = driver.app.screen.query_one(SearchLine)
        strip = box.render_line(0)
        cursor = box.get_component_rich_style("input--cursor")
        marked = [segment.text for segment in strip if segment.style and segment.style.bgcolor == cursor.bgcolor]
        assert "".join(marked).strip() == "ם"


async def test_the_key_that_leads_to_the_line_is_no_word_in_it(archive: Path) -> None:
    """Whoever presses it while the line waits already means to begin there; inside a word it is a sign like others."""
    async with driving(archive, config=PLAIN) as driver:
        await driver.sees("12 conversations")
        await driver.type("/a/")
        await driver.sees("│ a/ ")
