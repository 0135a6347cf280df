"""Searches that find more than is listed at once: the rest comes when somebody comes near the end."""

from __future__ import annotations

from pathlib import Path

import pytest

from archiver.config import Config
from archiver.tui.panels.hit_list import HitList
from tests import builders
from tests.archives import archive_of
from tests.tui.driving import Driver, driving

PLAIN = Config(last_with=False, preview=False)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive that speaks of soup 1,200 times, in four conversations; the oldest one is named after it too."""
    folder = tmp_path_factory.mktemp("many")
    talks = [
        builders.conversation(
            f"Talk {number}" if number else "Old soup",
            [("user", f"Soup, line {line} of talk {number}.") for line in range(300)],
            created=1_600_000_000 + number * 40_000_000,
        )
        for number in range(4)
    ]
    archive_of(folder, talks).close()
    return folder / "archive"


def hits(driver: Driver) -> HitList:
    """The list of what was found."""
    return driver.app.screen.query_one(HitList)


async def search(driver: Driver) -> None:
    """Find all of them, of which the first are listed."""
    await driver.sees("4 conversations")
    await driver.type("soup")
    await driver.sees("1,201 places in 4 conversations · the first 200 shown")


async def test_the_rest_is_listed_when_one_comes_near_the_end(many: Path) -> None:
    """Under what is there: neither the cursor nor what one looks at moves. The heading says when all is there."""
    async with driving(many, config=PLAIN) as driver:
        await search(driver)
        await driver.press("down", "end")
        await driver.sees("the first 1,000 shown")
        assert (len(hits(driver).items), hits(driver).cursor) == (1000, 199)
        assert "▌ You  Soup, line 101 of talk 3." in driver.text.splitlines()[-2]
        await driver.press("down")
        await driver.sees("▌ You  Soup, line 100 of talk 3.")
        await driver.press("end")
        await driver.sees_no("shown")
        await driver.sees("1,201 places in 4 conversations")
        await driver.press("end")
        await driver.sees("▌ You  Soup, line 0 of talk 0.")


async def test_a_conversation_whose_places_come_in_two_parts_is_named_twice(many: Path) -> None:
    """What comes later changes nothing above."""
    async with driving(many, config=PLAIN) as driver:
        await search(driver)
        await driver.sees("Old soup · 301 places")
        await driver.press("down", "end")
        await driver.sees("the first 1,000 shown")
        await driver.press("end")
        await driver.sees_no("shown")
        await driver.press("end", "{")
        await driver.sees("▌ You  Soup", "Old soup · further places")
        await driver.press("home")
        await driver.sees("Old soup · 301 places")


async def test_the_wheel_leads_to_the_rest_too(many: Path) -> None:
    """Whoever scrolls moves no cursor."""
    async with driving(many, config=PLAIN) as driver:
        await search(driver)
        await driver.settle()
        hits(driver).show_from(150)
        await driver.sees("the first 1,000 shown")
        assert (hits(driver).cursor, hits(driver).top) == (0, 150)


async def test_a_refresh_keeps_what_was_asked_for(many: Path) -> None:
    """While an import goes on, everything is searched for again and again."""
    async with driving(many, config=PLAIN) as driver:
        await search(driver)
        await driver.press("down", "end")
        await driver.sees("the first 1,000 shown")
        driver.screen.more_is_findable()
        await driver.press("end")
        await driver.sees_no("shown")
        assert len(hits(driver).items) == 1201


async def test_a_part_of_the_library_may_be_found_later_than_the_first_hits(many: Path) -> None:
    """Then the rest is asked for although nobody came near the end."""
    async with driving(many, config=PLAIN) as driver:
        await driver.sees("4 conversations")
        await driver.press("down", "f")
        await driver.sees("Show only…")
        await driver.go_to("2020")
        await driver.press("enter")
        await driver.sees("2020 · 1 conversation")
        await driver.press("slash")
        await driver.type("soup")
        await driver.sees("Soup, line 299 of talk 0.")
