"""Every word of a message stands in its lines, however deep it is set in and however narrow the window is."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from archiver.tui.widgets.lines import block_lines
from archiver.tui.widgets.markdown_blocks import markdown_blocks, typed_blocks
from archiver.tui.widgets.runs import Run

MARKERS = st.sampled_from(
    ["", " ", "  ", "    ", "\t", " " * 30, " " * 90, "> ", "- ", "  - ", "* ", "7. ", "123456789) "]
)
WORDS = st.lists(
    st.sampled_from(["a", "far", "indented", "漢字漢字", "x" * 70, "https://example.org/soup"]), max_size=6
)
LINES = st.lists(st.tuples(st.lists(MARKERS, max_size=8).map("".join), WORDS.map(" ".join)).map("".join), max_size=5)


def drawn(text: str, width: int, *, typed: bool = False) -> list[str]:
    """The lines of a text, without the words above code."""
    lines = []
    for block in typed_blocks(text) if typed else markdown_blocks(text):
        for line in block_lines(block, 0, width):
            pieces = (each.text if isinstance(each, Run) else block.text[slice(*each)] for each in line.pieces)
            lines.append("".join(pieces))
    return [re.sub("│ text +copy$", "│", line) for line in lines]


def test_code_that_goes_on_says_so() -> None:
    """At the edge of the window, and nowhere else."""
    shown = drawn("```\nabcdefghijklmnop\nqr\n```", 12)
    assert shown[1:] == ["│ abcdefghi↵", "│ jklmnop", "│ qr"]


@given(LINES, st.integers(6, 120), st.booleans())
def test_every_word_is_on_the_screen(lines: list[str], width: int, typed: bool) -> None:
    """Spaces, bullets and bars give way to words; a line is never wider than the window."""
    shown = drawn("\n".join(lines), width, typed=typed)
    words = re.sub(r"[\s>*-]", "", "".join(lines))
    assert words in re.sub(r"[\s>*▎•│─↵-]", "", "".join(shown))
    assert all(cell_len(line) <= width for line in shown)


QUOTES = "> " * 20 + "words"
LIST = "\n".join("  " * level + "- words" for level in range(20))
NUMBERS = "\n".join("   " * level + "1. words" for level in range(20))


@pytest.mark.parametrize("width", [17, 40, 120])
@pytest.mark.parametrize(("text", "count"), [(QUOTES, 1), (LIST, 20), (NUMBERS, 20)])
def test_twenty_levels_leave_room_for_words(text: str, count: int, width: int) -> None:
    """Quotes in quotes, lists in lists."""
    shown = drawn(text, width)
    places = [line.index("words") for line in shown if "words" in line]
    assert len(places) == count
    assert max(places) <= width // 3
    assert all(cell_len(line) <= width for line in shown)


def test_a_bullet_is_never_cut() -> None:
    """Where a number is too long for its place it stands above the words."""
    assert drawn("123456789. words", 10) == ["123456789.", "   words"]
