"""Nothing stored may reach a terminal as something it obeys, or hide from the person who reads."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.text.sanitize import HIDDEN_MARK, one_line, visible

OBEYED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2060-\u2069\u200b\u200e\u200f\u061c\u00ad\ufeff\ud800-\udfff]"
)


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("\x1b[31mred", "␛[31mred"),
        ("\x1b]0;title\x07", "␛]0;title␇"),
        ("\x9b2J\x9d", "\\x9b2J\\x9d"),
        ("a\x7fb\x00", "a␡b␀"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("\u202eabc\u202c", "⟦U+202E⟧abc⟦U+202C⟧"),
        ("\ud800x", "\ufffdx"),
        ("pass\u200c\u200cword\u2063", f"pass{HIDDEN_MARK}word{HIDDEN_MARK}"),
        ("x\U000e0068\U000e0069", f"x{HIDDEN_MARK}"),
        ("x\ufe01\ufe02\ufe03", f"x{HIDDEN_MARK}"),
        ("tab\tand\nline", "tab\tand\nline"),
        ("[/b] [@click=app.quit]x[/]", "[/b] [@click=app.quit]x[/]"),
    ],
)
def test_what_a_terminal_would_obey_or_hide_is_shown(stored: str, shown: str) -> None:
    """Each kind of control, direction mark and invisible character."""
    assert visible(stored) == shown


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("\ufeffسعر\u200f: \u206850$\u2069\u061c.", "سعر: 50$."),
        ("שלום\u200e C++\u200f", "שלום C++"),
        ("Donau\u00addampf\u200bschiff\u2060fahrt", "Donaudampfschifffahrt"),
        ("\u2066\u202eabc\u2069", "⟦U+202E⟧abc"),
        ("one\r\u200e\ntwo", "one\ntwo"),
        ("🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f wins", "🏴 wins"),
        ("x\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "x␣"),
    ],
)
def test_harmless_marks_are_left_out(stored: str, shown: str) -> None:
    """They can move nothing and are everywhere in Arabic, Hebrew and pasted text; overrides stay signs."""
    assert visible(stored) == shown


@pytest.mark.parametrize("text", ["نمی‌خواهم", "क्‍ष", "👩‍👩‍👧", "葛󠄀城", "❤️", "한국어", "Zoë — “ok”…"])
def test_what_languages_need_stays(text: str) -> None:
    """Joiners of Persian and Hindi, families of emoji, a variant of a Japanese name."""
    assert visible(text) == text


def test_a_pile_of_marks_is_cut() -> None:
    """A letter with a hundred accents would cover the lines above it."""
    assert len(visible("e" + "\u0301" * 100)) < 12


@given(st.text(st.characters(codec=None), max_size=200))
def test_nothing_obeyed_is_left(text: str) -> None:
    """Whatever the text, and however often it goes through."""
    shown = visible(text)
    assert OBEYED.search(shown) is None
    assert visible(shown) == shown
    shown.encode("utf-8")


@given(st.text(max_size=300), st.integers(2, 60))
def test_one_line_is_one_line_and_not_longer(text: str, limit: int) -> None:
    """For titles in lists."""
    line = one_line(text, limit)
    assert len(line) <= limit
    assert "\n" not in line
    assert "\t" not in line


def test_a_title_of_megabytes_costs_nothing() -> None:
    """Only its beginning is looked at."""
    assert one_line("x" * 5_000_000, 10) == "xxxxxxxxx…"


def test_the_mark_can_be_seen() -> None:
    """It is no control or space itself."""
    assert unicodedata.category(HIDDEN_MARK) == "So"
