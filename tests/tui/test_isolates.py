"""What stands beside each other on a line does not draw each other into its order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.tui import isolates, terminal


def written(text: str, *, right_to_left: bool = False) -> str:
    """A line of facts, as a terminal that orders nothing itself is given it."""
    terminal.choose_bidi("app")
    return isolates.arranged(text, isolates.facts(text), right_to_left=right_to_left).text


def code(text: str) -> str:
    """A line of code, in the same way."""
    terminal.choose_bidi("app")
    return isolates.arranged(text, isolates.words_in_code(text)).text


@pytest.mark.parametrize(
    ("read", "right_to_left", "expected"),
    [
        ("אב ab · 2 places", False, "ab בא · 2 places"),
        ("אב ab · 2 places", True, "2 places · ab בא"),
        ("You  אב 12", False, "You  12 בא"),
        ("אב  A sentence. It ends.", True, "A sentence. It ends.  בא"),
        ("one · two", False, "one · two"),
        ("", False, ""),
    ],
)
def test_each_fact_has_an_order_of_its_own(read: str, right_to_left: bool, expected: str) -> None:
    """Numbers stay with their words, full stops at the end of their sentence."""
    assert written(read, right_to_left=right_to_left) == expected


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        ('print("אב", 42)', 'print("בא", 42)'),
        ('f("אב גד", "הו") # x', 'f("דג בא", "וה") # x'),
        ("x = 1", "x = 1"),
    ],
)
def test_code_keeps_its_order(read: str, expected: str) -> None:
    """Only the words in it are turned: arguments stay where they are."""
    assert code(read) == expected


@given(st.text("ab אב 12 · ()\u05b0", max_size=30), st.booleans())
def test_nothing_is_lost(text: str, right_to_left: bool) -> None:
    """Every character once, and it knows where it came from."""
    terminal.choose_bidi("app")
    for cut in (isolates.facts, isolates.words_in_code):
        arranged = isolates.arranged(text, cut(text), right_to_left=right_to_left)
        assert sorted(arranged.origins) == list(range(len(text)))
