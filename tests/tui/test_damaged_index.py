"""A search that meets a damaged index says so, and the whole answer comes by itself."""

from __future__ import annotations

from pathlib import Path

from tests.tui.driving import driving


async def test_the_whole_answer_comes_after_damage_while_the_app_is_open(archive: Path) -> None:
    """Nobody has to search again."""
    async with driving(archive) as driver:
        await driver.type("nutmeg")
        await driver.sees("1 place in 1 conversation")
        for file in (archive / "index").iterdir():
            if file.name.endswith((".words", ".postings")):
                file.write_bytes(bytes(file.stat().st_size))
        await driver.press("backspace")
        await driver.sees("The search index was damaged")
        await driver.type("g")
        await driver.sees("1 place in 1 conversation", "a little nutmeg")


async def test_damage_that_was_there_before_is_told_of_and_mended(archive: Path) -> None:
    """At the start."""
    for file in (archive / "index").glob("*.columns"):
        file.unlink()
    async with driving(archive) as driver:
        await driver.sees("The search index was damaged")
        await driver.type("nutmeg")
        await driver.sees("1 place in 1 conversation", "a little nutmeg")
