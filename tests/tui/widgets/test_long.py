"""What is enormous opens as fast as what is small, and is all there."""

from archiver.records import ToolResult

from .apps import running, screen_text, transcript
from .paths import Path, answered, said
from .test_transcript import press, reader

MEGABYTE = 1_000_000


async def shown_ends(text: str) -> tuple[str, str]:
    """The screen at the beginning and at the end of a message between two others."""
    app = reader(Path([said("before"), answered(text), said("after")]))
    async with running(app) as pilot:
        first = screen_text(app)
        await press(pilot, "G", "pageup")
        await press(pilot, "pagedown")
        return first, screen_text(app)


async def test_a_word_of_five_megabytes() -> None:
    """Is cut for laying out only."""
    first, last = await shown_ends("x" * 5 * MEGABYTE + "END")
    assert "xxxxxxxx" in first
    assert "END" in last
    assert "after" in last


async def test_a_message_of_fifty_megabytes() -> None:
    """Only the stretches near the screen are ever looked at closely."""
    first, last = await shown_ends("a line of words\n" * (50 * MEGABYTE // 16) + "END")
    assert "a line of words" in first
    assert "END" in last


async def test_an_enormous_table_is_shown_whole() -> None:
    """As plain text where it is too large to be laid out as columns."""
    rows = "".join(f"| row {n} | value {n} |\n" for n in range(20_000))
    first, last = await shown_ends("| a | b |\n|---|---|\n" + rows)
    assert "row 0" in first
    assert "row 19999" in last


async def test_a_long_markdown_message_is_markdown_to_its_end() -> None:
    """Read paragraph by paragraph."""
    _first, last = await shown_ends("Some *words* here.\n\n" * 20_000 + "The **END**.")
    assert "Some words here." in last
    assert "The END." in last


async def test_an_enormous_result_of_a_tool_stays_folded() -> None:
    """And opens when asked."""
    message = answered("look", parts=[ToolResult("python", "line of output\n" * 100_000)])
    app = reader(Path([message, said("after")]))
    async with running(app) as pilot:
        widget = transcript(app)
        widget.choose(widget.choice.__class__(frozenset()))
        await pilot.pause()
        assert "after" in screen_text(app)
        await press(pilot, "z")
        assert "after" not in screen_text(app)
        assert widget.total_lines > 100_000
        await press(pilot, "z")
        assert "after" in screen_text(app)
