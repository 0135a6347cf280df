"""Lines break where readers of each language expect it, and nothing but spaces is lost."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from archiver.tui.widgets.wrap import chop, wrap

ANY = st.text(st.sampled_from("ab é-/ (「漢字。、）」ー한국 🙂👍🏽\u0301की\n"), max_size=80)


def lines(text: str, width: int) -> list[str]:
    """The wrapped lines as text."""
    return [text[start:end] for start, end in wrap(text, width)]


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("the quick brown fox", 10, ["the quick", "brown fox"]),
        ("私は昨日、東京へ行きました。", 10, ["私は昨日、", "東京へ行き", "ました。"]),
        ("言った「行こう」と", 8, ["言った", "「行こ", "う」と"]),
        ("word（漢字）です。", 12, ["word（漢字）", "です。"]),
        ("word（漢字）です。", 10, ["word（漢", "字）です。"]),
        ("Python 和 pandas", 11, ["Python 和", "pandas"]),
        ("한국어 문장은 단어", 10, ["한국어", "문장은", "단어"]),
        ("see https://example.org/soup", 16, ["see https://", "example.org/soup"]),
        ("a well-known thing", 8, ["a well-", "known", "thing"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("one/another/further", 14, ["one/another/", "further"]),
        ("one/abcdefghijkl", 10, ["one/abcdef", "ghijkl"]),
        ("  indented text here", 12, ["  indented", "text here"]),
        (" " * 90 + "far to the right", 12, ["    far to", "the right"]),
        ("\u3000" * 20 + "漢字漢字漢字漢字", 12, ["\u3000\u3000漢字漢字", "漢字漢字"]),
        ("    a indented", 9, ["   a", "indented"]),
        ("   indented", 9, [" indented"]),
        ("  abcdefghij", 9, ["  abcdefg", "hij"]),
        (" " * 90, 9, ["   "]),
        ("", 10, [""]),
        ("a\n\nb", 10, ["a", "", "b"]),
    ],
)
def test_lines_break_in_the_right_places(text: str, width: int, expected: list[str]) -> None:
    """At spaces, between Han characters but not before 。 or after 「, after a hyphen or slash."""
    assert lines(text, width) == expected


@given(ANY, st.integers(4, 40))
def test_no_line_is_too_wide_and_no_word_is_lost(text: str, width: int) -> None:
    """For any mixture of scripts."""
    broken = lines(text, width)
    assert "".join(broken).replace(" ", "") == re.sub("[ \n]", "", text)
    assert all(cell_len(line) <= width for line in broken)


@given(ANY, st.integers(4, 40))
def test_code_keeps_every_character(text: str, width: int) -> None:
    """Also spaces at the ends of lines."""
    pieces = [text[start:end] for start, end in chop(text, width)]
    assert "".join(pieces) == text.replace("\n", "")
    assert all(cell_len(piece) <= width for piece in pieces)


def test_an_indent_of_code_makes_no_empty_lines() -> None:
    """Words stand where they would after lines of spaces, which are left out; a line of spaces is one line."""
    text = " " * 25 + "if x:\n" + " " * 7
    assert [text[start:end] for start, end in chop(text, 10)] == ["     if x:", "       "]


@pytest.mark.parametrize("text", ["x" * 16_000, "漢" * 16_000, "(" * 16_000, "。" * 16_000, "x(" * 8000, "🙂" * 16_000])
def test_a_section_of_one_word_is_wrapped(text: str) -> None:
    """The longest stretch the reader ever hands over at once."""
    assert "".join(lines(text, 80)) == text
