"""Text of strangers as Markdown: nothing acts, no word is lost, nothing behind it is drawn in."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from archiver.exporters.commonmark import is_harmless
from archiver.exporters.inert import fenced, inert, plain
from tests.exporters.hostile import TEXTS, TITLES

PIECES = st.lists(
    st.sampled_from([
        "<b>", "</b>", "<script>", "<br>", "`", "``", "```", "~~~", "\n", "\n\n", "\r\n", "\r", "    ", "\t", "- ",
        "> ", "1. ", "a b", "\\", "![", "](", "](javascript:x)", "](https://a.b)", "[x]", ": ", "]: data:x", "<!--",
        "-->", "<?", "<![CDATA[", "<a href=\"`\">", "<http://a`b>", "<http:", "<div", "\n<div\n", "\"",
        "'", "*", "_", "#",
        "===\n", "---\n", "| ", "|-|-|\n", "&lt;", "&#60;", "&colon;", "%%", "$$",
    ]),
    max_size=14,
).map("".join)  # fmt: skip

HARMLESS = [
    "“curly” — ‘quotes’", "a < b", "x <- y", "`<b>`", "```html\n<b>\n```", "[a](https://b.c)", "x<sup>2</sup>",
    "\\( x < y \\)", "<https://a.b>", "dict['key']: value", "- a\n\n  ```html\n  <div>\n  ```",
]  # fmt: skip

ENDLESS = [
    "<a " + "x " * 50_000, "<br>" * 50_000, "`" * 50_000 + "<b>", "[" * 20_000 + "](", "> " * 20_000 + "```",
    "\\" * 50_000 + "<b>", "<!" * 50_000, "`a" * 30_000 + "<b>", "``a`" * 20_000 + "<b>", "<a b='" * 20_000,
]  # fmt: skip


def without_backslashes(written: str, original: str) -> bool:
    """Whether taking some backslashes out of ``written`` gives ``original``."""
    place = 0
    for character in written:
        if place < len(original) and character == original[place]:
            place += 1
        elif character != "\\":
            return False
    return place == len(original)


def holds_every_word(written: str, original: str) -> bool:
    """The original with backslashes put in, with a fence closed behind it, or whole inside a fence."""
    closed = re.sub(r"\n(?:`{3,}|~{3,})\Z", "", written)
    return written == fenced(original) or any(without_backslashes(each, original) for each in (written, closed))


@pytest.mark.parametrize("text", TEXTS)
def test_hostile_text_cannot_act(text: str) -> None:
    """And loses no word."""
    written = inert(text)
    assert is_harmless(written)
    assert holds_every_word(written, text)


@settings(max_examples=400)
@given(PIECES)
def test_no_mixture_acts(text: str) -> None:
    """Code, quotes, lists and tags in any order."""
    written = inert(text)
    assert is_harmless(written), written
    assert holds_every_word(written, text), written


@given(st.text(st.characters(), max_size=60))
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    """Every letter of every script."""
    if not re.search(r"[<\[\]!`~]", text):
        assert inert(text) == text


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_harmless_is_not_touched(text: str) -> None:
    """Not one character."""
    assert inert(text) == text


def test_code_is_never_changed() -> None:
    """A backslash inside code would be seen."""
    text = "Use `<b>`:\n\n```html\n<script>x</script>\n```\n\nbut not <script> here."
    assert inert(text) == text.replace("<script> here", "\\<script> here")


def test_a_fence_left_open_is_closed() -> None:
    """Else the next message would be code."""
    assert inert("```py\nprint(1)") == "```py\nprint(1)\n```"
    assert inert("- a\n\n  ~~~~\n  b").startswith("- a\n\n  ~~~~\n  b")


def test_comments_of_obsidian_would_hide_words() -> None:
    """Only there, so only there they are taken apart."""
    assert inert("a %%b%% c", obsidian=True) == "a \\%%b\\%% c"
    assert inert("a %%b%% c") == "a %%b%% c"


def test_fences_that_plugins_of_obsidian_run_get_another_name() -> None:
    """One backslash before the name; elsewhere it means nothing and stays."""
    text = "x\n\n```dataviewjs\nalert(1)\n```\n\n- y\n\n  ~~~ js-engine\n  z\n  ~~~"
    assert inert(text) == text
    assert inert(text, obsidian=True) == text.replace("dataviewjs", "\\dataviewjs").replace("js-engine", "\\js-engine")


@pytest.mark.parametrize("text", ENDLESS)
def test_endless_text_does_not_take_endless_time(text: str) -> None:
    """Each is done in moments; the suite would hang otherwise."""
    assert inert(text)


@given(st.one_of(st.sampled_from(TITLES), st.text(max_size=40)))
def test_a_title_shows_exactly_its_characters(title: str) -> None:
    """As one line, whatever Markdown it holds."""
    words = " ".join(title.split())
    if words and not re.search("[\x00\ud800-\udfff]", words):
        [_opened, inline, _closed] = MarkdownIt("js-default").parse(f"# x {plain(title)} x")
        assert "".join(child.content for child in inline.children or ()) == f"x {words} x"
