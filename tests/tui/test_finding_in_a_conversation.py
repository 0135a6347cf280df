"""Finding words in the conversation that is open, and going from one place to the next."""

from __future__ import annotations

from pathlib import Path

import pytest

from archiver.config import Config
from archiver.tui.screens.reader import ReaderScreen
from archiver.tui.widgets.transcript import Transcript
from tests import builders
from tests.archives import archive_of
from tests.tui.driving import driving

QUIET = Config(last_with=False)


async def test_great_numbers_of_matches_are_written_alike(tmp_path: Path) -> None:
    """Which match it is, and how many there are."""
    talk = builders.conversation("Leeks", [("user", "leek " * 1200)])
    archive_of(tmp_path, [talk]).close()
    async with driving(tmp_path / "archive", config=QUIET) as driver:
        await driver.read("Leeks")
        await driver.press("slash")
        await driver.type("leek")
        await driver.sees("1,200 found")
        await driver.press("enter", "N")
        await driver.sees("1,200 of 1,200 ‹leek›")


async def test_words_are_found_and_gone_through(archive: Path) -> None:
    """/ opens a line, Enter goes to the first match, n and N to the others; Esc closes the line first."""
    async with driving(archive, config=QUIET, size=(100, 16)) as driver:
        await driver.read("Grandma’s soup")
        await driver.press("slash")
        await driver.type("soup")
        await driver.sees("found ‹soup›")
        await driver.press("enter")
        await driver.sees("1 of 4 ‹soup›", "n Next match")
        await driver.press("n")
        await driver.sees("2 of 4")
        await driver.press("N")
        await driver.sees("1 of 4")
        await driver.press("N")
        await driver.sees("4 of 4", "That was the first match; this is the last.")
        await driver.press("n")
        await driver.sees("1 of 4", "That was the last match; this is the first.")
        await driver.press("slash", "escape")
        await driver.at("ReaderScreen")
        await driver.press("escape")
        await driver.at("LibraryScreen")


async def test_several_words_are_found_together(tmp_path: Path) -> None:
    """As the search of the library has it; messages with one of them alone count for nothing."""
    turns = [("user", f"subject {number} of leeks") for number in range(60)]
    archive_of(tmp_path, [builders.conversation("Subjects", turns)]).close()
    async with driving(tmp_path / "archive", config=QUIET) as driver:
        await driver.read("Subjects")
        await driver.press("slash", *"subject leeks 41", "enter")
        await driver.sees("1 of 3 ‹subject leeks 41›", "subject 41 of leeks")
        await driver.press("n", "n", "n")
        await driver.sees("That was the last match; this is the first.")


async def test_what_other_versions_hold_is_said_at_the_end(archive: Path) -> None:
    """Whoever goes through the places found here must not think that they are all."""
    async with driving(archive, config=QUIET) as driver:
        await driver.type("river")
        await driver.sees("Rivers · ")
        await driver.press("enter")
        await driver.at("ReaderScreen")
        for _place in range(9):
            await driver.press("n")
        await driver.sees("on other versions")
        reader = driver.screen
        assert isinstance(reader, ReaderScreen)
        number = reader.places_elsewhere()
        await driver.press("slash", *"river OR nutmeg", "enter")
        await driver.until(lambda: "OR nutmeg›" in driver.text)
        assert reader.places_elsewhere() == number


@pytest.mark.parametrize(("query", "title"), [("has:branch", "Rivers"), ("aloud", "Thinking aloud")])
async def test_a_filter_or_a_title_leaves_nothing_to_find_in_the_texts(archive: Path, query: str, title: str) -> None:
    """What led here was found; only words that somebody looks for in the conversation can be missing from it."""
    async with driving(archive, config=QUIET) as driver:
        await driver.type(query)
        await driver.sees(f"{title} · ", " place")
        await driver.press("enter")
        await driver.at("ReaderScreen")
        await driver.sees(title, "F1 Help")
        transcript = driver.screen.query_one(Transcript)
        await driver.until(lambda: transcript.is_counted)
        await driver.settle()
        assert "found" not in driver.text
        await driver.press("slash", *"zebra")
        await driver.sees("not found ‹zebra›")


async def test_words_found_in_hidden_output_are_shown(tmp_path: Path) -> None:
    """Where the message itself is shown because of its picture; words that are shown anyway unhide nothing."""
    chart = builders.picture("chart.png")
    turns: list[builders.Draft] = [
        builders.user("Plot the weights."),
        builders.call("python", "plot(weights)"),
        builders.tool("python", builders.multimodal("The mean is 285.0", builders.image_pointer(chart))),
        builders.assistant("Here is the chart."),
    ]
    with archive_of(tmp_path, [builders.conversation("Weights", turns)], files=[chart]):
        pass
    async with driving(tmp_path / "archive", config=QUIET) as driver:
        await driver.type("in:tool 285")
        await driver.sees("1 place")
        await driver.press("enter")
        await driver.at("ReaderScreen")
        await driver.sees("The mean is 285.0", "1 of 1 ‹in:tool 285›")
        await driver.press("escape", "escape")
        await driver.type("chart")
        await driver.sees("Here is the chart")
        await driver.press("enter")
        await driver.at("ReaderScreen")
        await driver.sees("of 1 ‹chart›")
        assert "285" not in driver.text
