"""A text is never cut inside what people see as one character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.text.clusters import cut_before, cut_behind

WHOLE = {
    "a family of three": "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "a waving hand, dark": "\U0001f44b\U0001f3ff",
    "a red heart": "\u2764\ufe0f",
    "a flag": "\U0001f1eb\U0001f1f7",
    "a flag of tags": "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "a keycap": "1\ufe0f\u20e3",
    "a letter with marks": "e\u0301\u0323",
    "Hangul in letters": "\u1112\u1161\u11ab",
    "a syllable and an end": "\ud558\u11ab",
    "kana with a voice mark": "か\u3099",
    "half-width kana": "\uff76\uff9e",
    "Han with a variant": "葛\U000e0100",
    "Devanagari with a vowel": "की",
    "Arabic with vowels": "مُّ",
    "a line end": "\r\n",
}


@pytest.mark.parametrize("whole", WHOLE.values(), ids=WHOLE)
def test_what_belongs_together_stays_together(whole: str) -> None:
    """Between two others of its kind."""
    text = whole * 3
    size = len(whole)
    for place in range(size, 2 * size):
        assert cut_before(text, place) == size
        assert cut_behind(text, place) == (size if place == size else 2 * size)


@pytest.mark.parametrize("text", ["ab", "漢字", "\U0001f600\U0001f600", "가나", "\u200dx", "न1"])
def test_between_characters_is_room(text: str) -> None:
    """Nothing is held together that is not one."""
    assert cut_before(text, 1) == cut_behind(text, 1) == 1


@given(st.text(max_size=80), st.integers(0, 80))
def test_a_cut_is_near_and_in_the_text(text: str, place: int) -> None:
    """Also where a text is nothing but marks."""
    place = min(place, len(text))
    assert 0 <= cut_before(text, place) <= place <= cut_behind(text, place) <= len(text)


def test_a_cluster_without_end_is_cut() -> None:
    """Ten thousand marks on a letter are no reason to show all of them."""
    text = "a" + "\u0301" * 10_000
    assert cut_before(text, 5_000) == 5_000
    assert cut_behind(text, 5_000) < 6_000
