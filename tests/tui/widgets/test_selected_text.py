"""A mouse selection copies the words as they were written, not as the window broke them."""

import pytest

from archiver.records import Message

from .apps import running, screen_text
from .paths import answered, said
from .test_transcript import reader

JAPANESE = "私は昨日、東京へ行きました。とても楽しかったので、また行きたいと思っています。"


async def selected(messages: list[Message], first: str, last: str, size: tuple[int, int] = (40, 24)) -> str:
    """What is copied after dragging from the beginning of some words to the end of others."""
    app = reader(messages)
    async with running(app, size) as pilot:
        lines = screen_text(app).split("\n")
        start = next((line.index(first), row) for row, line in enumerate(lines) if first in line)
        end = next((line.index(last) + len(last) - 1, row) for row, line in enumerate(lines) if last in line)
        await pilot.mouse_down(offset=start)
        await pilot.hover(offset=end)
        await pilot.mouse_up(offset=end)
        await pilot.pause()
        return app.screen.get_selected_text() or ""


async def test_a_paragraph_over_several_lines_is_one_line() -> None:
    """Breaks of the window are not breaks of the text."""
    text = "one two three four five six seven eight nine ten eleven twelve"
    assert await selected([said(text)], "two", "twelve") == text[4:]


@pytest.mark.parametrize(
    ("text", "first", "last", "copied"),
    [
        ("1. apples\n2. pears", "apples", "pears", "apples\n\npears"),
        ("> a quote\n> of two lines", "a quote", "lines", "a quote\nof two lines"),
        ("```python\nif x:\n    y()\n```", "if x", "y()", "if x:\n    y()"),
        ("| a | b |\n|-|-|\n| one | two |", "a", "two", "a\tb\none\ttwo"),
        ("**bold** and `code`", "bold", "code", "bold and code"),
    ],
)
async def test_only_the_words_are_copied(text: str, first: str, last: str, copied: str) -> None:
    """Neither bullets, bars and paddings of the reader nor signs of Markdown."""
    assert await selected([answered(text)], first, last) == copied


async def test_messages_are_separated() -> None:
    """From the middle of one to the middle of another; headers are not words."""
    messages = [said("the question is long"), answered("the answer"), said("one more thing")]
    assert await selected(messages, "question", "one more") == "question is long\n\nthe answer\n\none more"


async def test_wide_characters_are_whole() -> None:
    """Japanese over two lines copies as one line."""
    app = reader([said(JAPANESE)])
    async with running(app, (40, 12)) as pilot:
        row = next(n for n, line in enumerate(screen_text(app).split("\n")) if "私は" in line)
        await pilot.mouse_down(offset=(2, row))
        await pilot.hover(offset=(36, row + 3))
        await pilot.mouse_up(offset=(36, row + 3))
        await pilot.pause()
        assert app.screen.get_selected_text() == JAPANESE


async def test_the_selection_is_seen() -> None:
    """In the colour of selections."""
    app = reader([said("select me please")])
    async with running(app) as pilot:
        row = next(n for n, line in enumerate(screen_text(app).split("\n")) if "select" in line)
        await pilot.mouse_down(offset=(9, row))
        await pilot.hover(offset=(10, row))
        await pilot.mouse_up(offset=(10, row))
        await pilot.pause()
        assert app.screen.get_selected_text() == "me"
        colour = app.screen.get_component_rich_style("screen--selection").bgcolor
        strip = app.screen._compositor.render_strips()[row]
        assert "".join(segment.text for segment in strip if segment.style and segment.style.bgcolor == colour) == "me"
