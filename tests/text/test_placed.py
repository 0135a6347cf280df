"""Tokens with their places in the original text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.text.fold import light
from archiver.text.placed import placed_sequence
from archiver.text.tokens import PARTINGS, sequence

ODD = st.text(
    "aEé\u0301ßﬁ™ \u00a0\u202f\u00ad\u200d(āǎ)…½²15,.0東關臺カﾊﾞﾟが가각각ㅋㅏह्िन्दीٱةﷺ👩🏽❤\ufe0fİ*\n", max_size=40
) | st.text(max_size=40)


@given(ODD)
def test_tokens_with_places_are_the_tokens_of_the_index(text: str) -> None:
    """What is marked is what was found."""
    assert [placed.token for placed in placed_sequence(text)] == sequence(light(text))


@given(ODD)
def test_places_lie_inside_the_text_and_hold_something(text: str) -> None:
    """Never before its beginning nor behind its end."""
    for token, start, end in placed_sequence(text):
        assert 0 <= start <= end <= len(text)
        assert token in PARTINGS or start < end


@pytest.mark.parametrize(
    ("text", "token", "shown"),
    [
        ("You are GPT\u20114o.", "4o", "4o"),
        ("the ﬁrst", "first", "ﬁrst"),
        ("cafe\u0301 bar", "café", "cafe\u0301"),
        ("so… then", "then", "then"),
        ("關(guān)掉它", "關掉", "關(guān)掉"),
        ("ﾊﾞﾗの", "バラ", "ﾊﾞﾗ"),
        ("**大事**な", "事な", "事**な"),
        ("**關(guān)**掉它", "關掉", "關(guān)**掉"),
        ("**ﾊﾞﾗ**の花", "花", "花"),
        ("\u1100\u1169\u1106\u1161 x", "고마", "\u1100\u1169\u1106\u1161"),
        ("soft\u00adhyphen", "softhyphen", "soft\u00adhyphen"),
    ],
)
def test_a_token_covers_what_it_was_written_as(text: str, token: str, shown: str) -> None:
    """Also where folding changes lengths."""
    (place,) = [placed for placed in placed_sequence(text) if placed.token == token]
    assert text[place.start : place.end] == shown
