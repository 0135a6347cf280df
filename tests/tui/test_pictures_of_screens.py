"""Colours and type of a few screens, kept as pictures: what text alone cannot show."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from archiver.config import Config
from archiver.tui import terminal
from archiver.tui.widgets import pictures
from tests.tui import picture
from tests.tui.driving import Driver, driving

SIZE = (72, 22)


@pytest.fixture(autouse=True)
def known_surroundings(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The same time zone and the same kind of terminal everywhere, with colours."""
    before = terminal.current()
    monkeypatch.setattr(pictures, "can_show", lambda: False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()
    terminal.use(before)


def config(theme: str) -> Config:
    """Settings for a picture."""
    return Config(theme=theme, last_with=False, bidi="app", widths="full")


async def kept(driver: Driver, name: str) -> None:
    """Compare the screen in front with its picture."""
    await driver.settle()
    picture.check(name, driver.app.export_screenshot(title=name))


@pytest.mark.parametrize("theme", ["evening", "paper", "contrast"])
async def test_reading_a_place_that_was_found(archive: Path, theme: str) -> None:
    """Speakers, the match one is at, code, the bar at the current message."""
    async with driving(archive, config=config(theme), size=SIZE) as driver:
        await driver.type("nutmeg")
        await driver.sees("1 place in 1 conversation")
        await driver.press("enter")
        await driver.at("ReaderScreen")
        await driver.sees("1 of 1 ‹nutmeg›", "print('soup')")
        await kept(driver, f"reading-{theme}")


@pytest.mark.parametrize("theme", ["ansi-dark", "ansi-light"])
async def test_the_library_in_the_terminals_own_colours(archive: Path, theme: str) -> None:
    """The row under the cursor, dates, headings."""
    async with driving(archive, config=config(theme), size=SIZE) as driver:
        await driver.sees("12 conversations", "▌ Short note 4")
        await driver.press("down", "down")
        await driver.sees("▌ Short note 3")
        await kept(driver, f"library-{theme}")


async def test_a_sheet_over_a_screen(archive: Path) -> None:
    """What is behind stays to be seen, and is quieter."""
    async with driving(archive, config=config("paper"), size=SIZE) as driver:
        await driver.read("Rivers")
        await driver.press("enter")
        await driver.sees("This message", "Copy message")
        await kept(driver, "message-menu-paper")


async def test_numbers(archive: Path) -> None:
    """Bars."""
    async with driving(archive, config=config("evening"), size=SIZE) as driver:
        await driver.sees("12 conversations")
        await driver.press("f7")
        await driver.sees("Messages by year", "━━")
        await kept(driver, "numbers-evening")
