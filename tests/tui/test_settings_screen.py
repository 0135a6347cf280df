"""Settings: shown while one chooses, taken back with Esc, kept in the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from archiver import clock, i18n
from archiver.config import Config, load
from archiver.tui import terminal
from archiver.tui.themes import CHOICES
from tests.tui.driving import Driver, driving


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """Settings with a file of their own."""
    return Config(file=tmp_path / "config.toml", last_with=False)


async def choose(driver: Driver, setting: str) -> None:
    """Open a setting."""
    await driver.sees("12 conversations")
    await driver.press("f9")
    await driver.sees("▌ Colours")
    await driver.go_to(setting)
    await driver.press("enter")


async def test_colours_are_shown_while_choosing_and_kept_with_enter(archive: Path, config: Config) -> None:
    """Esc takes them back."""
    async with driving(archive, config=config) as driver:
        await choose(driver, "Colours")
        await driver.press("end")
        await driver.until(lambda: driver.app.theme == "contrast")
        await driver.press("escape")
        await driver.until(lambda: driver.app.theme == "ansi-any")
        await driver.press("enter", "end", "enter")
        await driver.until(lambda: driver.app.theme == "contrast")
        await driver.sees(CHOICES["contrast"])
    assert config.file is not None
    assert load(config.file).theme == "contrast"


async def test_the_names_of_the_speakers_are_ones_own(archive: Path, config: Config) -> None:
    """What somebody called the other side is what the reader and the search call it."""
    async with driving(archive, config=config, size=(120, 30)) as driver:
        await choose(driver, "What the other side is called here")
        await driver.type("Sol")
        await driver.press("enter")
        await driver.sees("Sol")
        await driver.press("escape")
        await driver.sees("Sol", "Noted.")
    assert config.file is not None
    assert load(config.file).names == {"it": "Sol"}


async def test_the_way_arabic_is_written_is_chosen_by_looking_at_it(archive: Path, config: Config) -> None:
    """The sample changes while the cursor moves; Esc leaves everything as it was."""
    before = terminal.current()
    try:
        async with driving(archive, config=config) as driver:
            await choose(driver, "Arabic and Hebrew")
            await driver.sees("With which of these")
            seen = set()
            for _mode in terminal.BIDI_MODES:
                await driver.press("down")
                seen.add(
                    driver.text.splitlines()[
                        [n for n, line in enumerate(driver.text.splitlines()) if "2024" in line][-1]
                    ]
                )
            assert len(seen) > 2
            await driver.press("escape")
            await driver.until(lambda: terminal.current().bidi == before.bidi)
    finally:
        terminal.use(before)


async def test_another_language_is_spoken_at_once(archive: Path, config: Config) -> None:
    """Without leaving; a language without a catalogue is named as not translated."""
    try:
        async with driving(archive, config=config, size=(100, 40)) as driver:
            await choose(driver, "Language")
            await driver.sees("日本語", "Deutsch")
            await driver.go_to("Deutsch")
            await driver.press("enter")
            await driver.until(lambda: driver.app.session.config.language == "de")
    finally:
        i18n.use("en")


async def test_a_settings_file_with_a_mistake_is_named_at_the_start(archive: Path, tmp_path: Path) -> None:
    """And everything works with the usual settings."""
    file = tmp_path / "config.toml"
    file.write_text("theme = 3\nlast_with = false\n")
    async with driving(archive, config=load(file)) as driver:
        await driver.sees("12 conversations", "“theme”")


@pytest.mark.skipif(
    not (clock.can_choose() and clock.is_known("Asia/Tokyo")), reason="this system knows no time zones to choose from"
)
async def test_dates_and_times_are_those_of_the_zone_that_was_chosen(archive: Path, config: Config) -> None:
    """A name that is none is said to be none."""
    try:
        async with driving(archive, config=config) as driver:
            await choose(driver, "Dates and times")
            await driver.sees("In which time zone?")
            await driver.type("Atlantis")
            await driver.press("enter")
            await driver.sees("No time zone is called “Atlantis”")
            await driver.press("enter")
            await driver.sees("In which time zone?")
            await driver.type("Asia/Tokyo")
            await driver.press("enter")
            await driver.sees_no("In which time zone?")
            await driver.sees("Asia/Tokyo")
            await driver.until(lambda: clock.present() == "JST (UTC+09:00)")
        assert config.file is not None
        assert load(config.file).time_zone == "Asia/Tokyo"
    finally:
        clock.use("")
