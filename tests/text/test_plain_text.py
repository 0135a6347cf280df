"""Markdown is shown as words, with the matches still in their places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.index import parse
from archiver.text.plain_text import shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("### A heading with **bold** and `code_x`", "A heading with bold and code_x"),
        ("see [the page](https://example.org/a(b)c) now", "see the page now"),
        ("![a cat](sandbox:/mnt/cat.png) sleeps", "a cat sleeps"),
        ("- one\n- two\n1. three", "• one • two 1. three"),
        ("> said\n> twice", "said twice"),
        ("| Name | Age |\n|---|:-:|\n| Anna | 31 |\n| Bob | **4** |\n\nAfter", "Name · Age; Anna · 31; Bob · 4 After"),
        ("这是**重点**内容", "这是重点内容"),
        ("***both*** and *it* and ~~gone~~ and **a *b* c**", "both and it and gone and a b c"),
        ("before\n\n---\n\nbehind", "before behind"),
        ("one<br>two \\*three\\*", "one two *three*"),
    ],
)
def test_signs_of_markdown_are_not_shown(text: str, expected: str) -> None:
    """Only what a person reads."""
    assert shown(text, 0, len(text), (), is_markdown=True)[0] == expected


@pytest.mark.parametrize(
    "text",
    [
        "2*3*4 and a * b * c",
        "snake_case_name and 5 * 3 = 15",
        "f(*args, **kwargs)",
        "C:\\dir\\file [1] (2) # not a heading",
        "**never closed",
        "a | b in a sentence",
    ],
)
def test_what_is_not_surely_markdown_stays(text: str) -> None:
    """No letter is lost for a sign that means something else."""
    assert shown(text, 0, len(text), (), is_markdown=True)[0] == text


def test_code_in_fences_stays_as_it_is() -> None:
    """Also when the piece begins inside it."""
    text = "Look:\n```python\nx = a*b*c # **no**\n```\nAfter **this**"
    assert shown(text, 0, len(text), (), is_markdown=True)[0] == "Look: x = a*b*c # **no** After this"
    begin = text.index("x =")
    assert shown(text, begin, len(text), (), is_markdown=True)[0] == "x = a*b*c # **no** After this"


def test_emphasis_that_began_before_the_piece_is_known() -> None:
    """Its end has no asterisks either."""
    text = "**some bold words** and others"
    assert shown(text, 7, len(text), (), is_markdown=True)[0] == "bold words and others"


@pytest.mark.parametrize(
    ("typed", "text", "snippet", "marked"),
    [
        ('"good night"', "a good **night** to you", "a good night to you", ["good night"]),
        ("bold", "so **bold** it is", "so bold it is", ["bold"]),
        ("example", "[here](https://example.org) it is", "[here](https://example.org) it is", ["example"]),
        ("python", "```python\nprint()\n```", "```python print()", ["python"]),
        ("重点", "这是**重点**内容", "这是重点内容", ["重点"]),
        ("31", "| Anna | 31 |\n| Bob | 4 |", "Anna · 31; Bob · 4", ["31"]),
    ],
)
def test_matches_stay_marked_and_are_never_left_out(typed: str, text: str, snippet: str, marked: list[str]) -> None:
    """What holds a match stays as it stands."""
    piece, spans = parse(typed).snippet(text, is_markdown=True)
    assert piece == snippet
    assert [piece[slice(*span)] for span in spans] == marked


def test_a_piece_grows_by_what_is_not_shown() -> None:
    """A long address does not leave a short snippet."""
    address = "https://example.org/" + "x" * 130
    text = f"[needle]({address}) " + "and more words " * 40
    piece, _spans = parse("needle").snippet(text, is_markdown=True)
    assert 120 < len(piece) < 200


def test_code_and_titles_are_shown_as_they_stand() -> None:
    """An asterisk in code is no emphasis."""
    assert parse("b").snippet("**b** ### c")[0] == "**b** ### c"


MARKDOWN = st.text("ab *_`~[]()|#>-\\\n1.!東", max_size=120)


@given(MARKDOWN, st.text("ab東*", max_size=4), st.integers(5, 60))
def test_the_marks_hold_the_letters_that_match(text: str, typed: str, width: int) -> None:
    """Letters and digits are neither lost nor made, and each mark covers what was found."""
    query = parse(typed)
    piece, spans = query.snippet(text, width, is_markdown=True)
    plain, others = query.snippet(text, width)
    ends = [0]
    for span in spans:
        assert ends[-1] <= span.start < span.end <= len(piece)
        ends.append(span.end)
    if plain == text:
        assert len(spans) == len(others)
    rest = iter(text)
    assert all(letter in rest for letter in piece if letter.isalnum())
