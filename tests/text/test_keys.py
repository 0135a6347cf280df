"""What a word is found under."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.text.fold import light
from archiver.text.keys import identity, keys, spellings
from archiver.text.tokens import PARTINGS, sequence


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("letter", ("letter",)),
        ("grüsse", ("grusse", "gruesse")),
        ("15.000", ("15000",)),
        ("1,299", ("1299", "1", "299")),
        ("15 000", ("15000",)),
        (".2", ("2",)),
        ("والكتاب", ("والكتاب", "الكتاب", "كتاب")),
        ("بالحب", ("بالحب", "حب", "الحب")),
        ("كتاب", ("كتاب",)),
        ("واحد", ("واحد",)),
        ("وذاكرته", ("وذاكرته", "ذاكرته")),
        ("بالله", ("بالله", "الله")),
        ("الله", ("الله",)),
        ("لله", ("لله", "الله")),
        ("اللي", ("اللي",)),
        ("إلهي", ("الهي",)),
        ("والإنسان", ("والانسان", "الانسان", "انسان")),
        ("شئ", ("شء", "شيء")),
        ("شَئٌ", ("شء", "شيء")),
        ("والشئ", ("والشء", "والشيء", "الشء", "شء", "الشيء", "شيء")),
        ("سيئ", ("سيء",)),
        ("جزء", ("جزء",)),
    ],
)
def test_a_word_is_found_under(word: str, expected: tuple[str, ...]) -> None:
    """An example for every rule."""
    assert keys(word) == expected


@given(st.text(max_size=30))
def test_every_word_of_a_text_is_found_by_typing_it(text: str) -> None:
    """What is typed is always among the keys of what was written."""
    for token in sequence(light(text)):
        if token not in PARTINGS and token[0] != ".":
            assert set(spellings(token)) & set(keys(token))


def test_a_fraction_is_not_the_whole_number_in_a_phrase() -> None:
    """5.2 is found under 5 and 2, but 5.2 is not the phrase "5 2"."""
    assert identity(".2") == ".2" != identity("2")


def test_thousands_are_the_same_number_however_they_are_written() -> None:
    """Point, comma, apostrophe."""
    assert {identity(number) for number in ("15000", "15,000", "15.000", "15'000", "15’000")} == {"15000"}
