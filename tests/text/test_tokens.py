"""Cutting text into words and pairs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.text import tokens
from archiver.text.fold import light
from archiver.text.tokens import EDGE, PARTINGS, SKIP, SPACE, sequence

WESTERN = "aéßœtz4 5:-0.,'’-_\n“”—…€°²™Z"
MIXED = WESTERN + "東京、の가나 हिन्दى1 ❤👍"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("You are GPT\u20114o.", ["you", "are", "gpt", "4o"]),
        ("aujourd’hui", ["aujourd", "hui"]),
        ("GPT4", ["gpt", "4"]),
        ("gpt5_thinky_4o", ["gpt", "5", "thinky", "4o"]),
        ("GPT-5.2!", ["gpt", "5", ".2"]),
        ("15,000 or 15.000 or 15’000", ["15,000", "or", "15.000", "or", "15’000"]),
        ("13.02.2026", ["13", ".02", ".2026"]),
        ("2024-05-13T10:30:00Z", ["2024", "05", "13", "t", "10", "30", "00", "z"]),
        ("00:13:05,120 --> 00:13:45,500", ["00", "13", "05", "120", "00", "13", "45", "500"]),
        ("1:50,000 or 0.500", ["1", "50,000", "or", "0", ".500"]),
        ("3½, 10² and x²", ["3", "1", "2", "10", "2", "and", "x", "2"]),
        ("GPT\u22124o don\u02bct", ["gpt", "4o", "don", "t"]),
        ("20240513T103000", ["20240513", "t", "103000"]),
        ("13t of steel, 5:30am", ["13t", "of", "steel", "5", "30am"]),
        ("東京都", ["東京", "京都", "都"]),
        ("只想要4o回来", ["只想", "想要", "要", "4o", "回来", "来"]),
        ("你好，世界", ["你好", "好", SKIP, "世界", "界"]),
        ("보고 싶어", [EDGE, "보고", "고", SPACE, "싶어", "어"]),
        ("눈. 물", [EDGE, "눈", EDGE, "물"]),
        ("4o에게", ["4o", EDGE, "에게", "게"]),
        ("तुम हो।", ["तुम", "हो"]),
        ("good night ❤️", ["good", "night", "❤"]),
        ("👩\u200d💻", ["👩", "💻"]),
        ("¿Me recuerdas?", ["me", "recuerdas"]),
        ("\u2066GPT-4o\u2069", ["gpt", "4o"]),
        ("\ud83d broken \udc00", ["broken"]),
        ("", []),
    ],
)
def test_a_text_is_cut_into(text: str, expected: list[str]) -> None:
    """An example for every rule."""
    assert sequence(light(text)) == expected


@given(st.text(WESTERN, max_size=60))
def test_the_quick_way_for_western_letters_finds_the_same_words(text: str) -> None:
    """Splitting at spaces gives what the regular expression gives."""
    lighter = light(text)
    quick = tokens.western_words(lighter)
    assert quick is None or quick == tokens.find_words(lighter)


@given(st.text(MIXED, max_size=60))
def test_every_character_of_a_run_begins_one_token(text: str) -> None:
    """Pairs and last characters together spell the runs."""
    lighter = light(text)
    runs = "".join(tokens.split_runs(lighter)[1::2])
    assert "".join(token[0] for token in sequence(lighter) if token not in PARTINGS and tokens.is_run(token)) == runs


@given(st.text(MIXED, max_size=40), st.text(MIXED, max_size=40))
def test_a_line_end_cuts_everywhere(first: str, second: str) -> None:
    """What stands in two lines has the tokens of both, whatever parts them."""

    def words(text: str) -> list[str]:
        return [token for token in sequence(light(text)) if token not in PARTINGS]

    assert words(f"{first}\n.\n{second}") == words(first) + words(second)
