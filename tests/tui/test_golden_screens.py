"""What screens look like, character by character."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from archiver import demo
from archiver.archive import Archive
from archiver.config import Config
from archiver.ingest import import_sources
from archiver.tui import terminal
from archiver.tui.widgets import pictures
from tests.tui import golden
from tests.tui.driving import driving

QUIET = Config(last_with=False, bidi="app", widths="full")


@pytest.fixture(autouse=True)
def known_surroundings(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The same time zone and the same kind of terminal everywhere, with or without Pillow."""
    before = terminal.current()
    monkeypatch.setattr(pictures, "can_show", lambda: False)
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()
    terminal.use(before)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built-in example, imported."""
    folder = tmp_path_factory.mktemp("example")
    demo.build(folder / "example.zip")
    with Archive.open(folder / "archive", create=True) as archive:
        import_sources(archive, [folder / "example.zip"])
    return folder / "archive"


async def test_the_first_screen(tmp_path: Path) -> None:
    """Nothing imported, nothing in Downloads."""
    (tmp_path / "Downloads").mkdir()
    async with driving(tmp_path / "archive", config=QUIET, size=(80, 24), downloads=tmp_path / "Downloads") as driver:
        await driver.sees("▌ Open a zip", "No export is in Downloads yet")
        golden.check("welcome", driver.text)


async def test_the_screens_of_the_sample_archive(archive: Path) -> None:
    """Library, search, reader, sheets and places."""
    async with driving(archive, config=Config(bidi="app", widths="full"), size=(100, 30)) as driver:
        await driver.sees("12 conversations", "Last with", "Note 4: water the plants.")
        golden.check("library", driver.text)
        await driver.type("soup")
        await driver.sees("4 places in 1 conversation", "Leeks, potatoes, and a little")
        golden.check("search", driver.text)
        await driver.press("enter")
        await driver.at("ReaderScreen")
        await driver.sees("1 of 4 ‹soup›")
        golden.check("reader", driver.text)
        await driver.press("enter")
        await driver.sees("This message")
        golden.check("message-menu", driver.text)
        await driver.press("escape", "escape")
        await driver.at("LibraryScreen")
        await driver.press("escape")
        await driver.sees("12 conversations")
        await driver.press("f2")
        await driver.sees("Type to look for something to do", "Type words; the list follows.", "12 conversations")
        golden.check("menu", driver.text)
        await driver.press("escape", "f1")
        await driver.sees("Keys here")
        golden.check("help", driver.text)
        for key, name, words in (("f6", "media", "balcony.png"), ("f7", "numbers", "Messages by year")):
            await driver.press("escape", key)
            await driver.sees(words)
            golden.check(name, driver.text)


async def test_titles_in_eleven_languages(example: Path, tmp_path: Path) -> None:
    """Every script in one list, and nothing touches its neighbour."""
    archive = Path(shutil.copytree(example, tmp_path / "archive"))
    async with driving(archive, config=QUIET, size=(80, 64)) as driver:
        await driver.sees("conversations", "2023")
        golden.check("eleven-languages", driver.text)
