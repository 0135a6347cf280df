"""Saving to files: chosen with the arrows, looked at before, written while one waits, never over what one changed."""

from __future__ import annotations

from pathlib import Path

from archiver.config import Config, load
from tests.tui.driving import Driver, driving


async def to_the_form(driver: Driver, title: str) -> None:
    """Open the form for a conversation."""
    await driver.mark(title)
    await driver.press("E")
    await driver.at("ExportScreen")
    await driver.sees("▌ Save", title)


async def go_to(driver: Driver, words: str) -> None:
    """Put the cursor on a row and choose it."""
    await driver.go_to(words)
    await driver.press("enter")


async def test_the_file_is_shown_before_it_is_written(archive: Path, tmp_path: Path) -> None:
    """And changes with the choices."""
    async with driving(archive, config=Config(last_with=False), size=(130, 40)) as driver:
        await to_the_form(driver, "Grandma’s soup")
        await driver.sees("a little nutmeg", "conversation_id:")
        await go_to(driver, "Made for")
        await driver.sees("Obsidian")
        await driver.press("home", "enter")
        await driver.at("LibraryScreen")
        await driver.sees("Saved as")
    (file,) = (tmp_path / "documents" / "Archiver export").rglob("*soup*.md")
    assert "a little nutmeg" in file.read_text("utf-8")


async def test_another_format_and_folder_are_remembered(archive: Path, tmp_path: Path) -> None:
    """For the next time."""
    config = Config(last_with=False, file=tmp_path / "config.toml")
    async with driving(archive, config=config, size=(90, 40)) as driver:
        await to_the_form(driver, "Rivers")
        await go_to(driver, "As")
        await driver.sees("In which format?")
        await go_to(driver, "Plain text")
        await driver.sees("As · Plain text", "nothing but words")
        await go_to(driver, "Where")
        await driver.sees("Into which folder?")
        await driver.press("ctrl+u")
        await driver.type(str(tmp_path / "texts"))
        await driver.press("enter")
        await driver.sees(str(tmp_path / "texts")[-20:])
        await driver.press("home", "enter")
        await driver.at("LibraryScreen")
    assert load(tmp_path / "config.toml").export_format == "text"
    assert [path.suffix for path in (tmp_path / "texts").rglob("*Rivers*")] == [".txt"]


async def test_all_that_was_found_can_be_saved_together(archive: Path, tmp_path: Path) -> None:
    """Search, then save what the search found."""
    async with driving(archive, config=Config(last_with=False), size=(90, 40)) as driver:
        await driver.type("plants")
        await driver.sees("5 places in 5 conversations")
        await driver.press("down", "E")
        await driver.at("ExportScreen")
        await go_to(driver, "What")
        await driver.sees("what was found: 5 conversations")
        await driver.press("down", "enter")
        await driver.sees("▌ What", "what was found: 5 conversations")
        await driver.press("home", "enter")
        await driver.at("LibraryScreen")
        await driver.sees("written to")
    assert len(list((tmp_path / "documents" / "Archiver export").rglob("*Short note*.md"))) == 5


async def test_a_place_that_cannot_be_written_is_said_and_the_form_stays(archive: Path, tmp_path: Path) -> None:
    """So that another one can be chosen."""
    (tmp_path / "file").write_text("")
    config = Config(last_with=False, export_folder=str(tmp_path / "file"))
    async with driving(archive, config=config, size=(90, 40)) as driver:
        await to_the_form(driver, "Rivers")
        await driver.press("home", "enter")
        # One word, because where the line breaks depends on how long the path is.
        await driver.sees("Please")
        await driver.at("ExportScreen")


async def test_a_folder_is_remembered_once_something_was_written_there(archive: Path, tmp_path: Path) -> None:
    """A place that does not work is not offered again the next time."""
    (tmp_path / "file").write_text("")
    config = Config(last_with=False, file=tmp_path / "config.toml")
    async with driving(archive, config=config, size=(90, 40)) as driver:
        await to_the_form(driver, "Rivers")
        await go_to(driver, "Where")
        await driver.sees("Into which folder?")
        await driver.press("ctrl+u")
        await driver.type(str(tmp_path / "file"))
        await driver.press("enter")
        await driver.press("home", "enter")
        await driver.sees("Please")
        assert not driver.screen.session.config.export_folder


async def test_only_what_the_format_has_is_offered(archive: Path) -> None:
    """And of a long path the end is seen."""
    config = Config(last_with=False, export_format="csv", export_folder="/a/very/long/path/" + "x" * 80 + "/tables")
    async with driving(archive, config=config, size=(70, 40)) as driver:
        await to_the_form(driver, "Rivers")
        await driver.sees("Table (CSV)", "xxx/tables")
        assert "Versions" not in driver.text
        assert "Thoughts" not in driver.text
        await go_to(driver, "As")
        await driver.sees("In which format?", "▌ Table (CSV)")
        await driver.press("home")
        await go_to(driver, "Book (EPUB)")
        await driver.sees("Versions", "Thoughts, tools")
        assert "Made for" not in driver.text
