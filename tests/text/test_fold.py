"""Folding: the same for every way of typing and copying a word, and stable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.text.fold import fold, has_variants, light, seen

ANY = st.text(st.characters(codec="utf-8"), max_size=40) | st.text(
    "aäßéœİﬁΣ15,.' 東灣カﾊﾞ゙か가가ह्न्दीुँअأةىـً１²½™\u200d\ufe0f\u00ad(ā)*👍🏽", max_size=30
)


def folded(text: str) -> str:
    """What a whole text becomes."""
    return fold(light(text))


@given(ANY)
def test_folding_twice_is_folding_once(text: str) -> None:
    """A folded text is its own folded form."""
    assert folded(folded(text)) == folded(text)


@given(ANY, ANY)
def test_lines_fold_apart_or_together(first: str, second: str) -> None:
    """Many words can be folded at once, with line ends between."""
    first, second = seen(first).replace("\n", ""), seen(second).replace("\n", "")
    assert fold(f"{first}\n{second}") == f"{fold(first)}\n{fold(second)}"


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E)))
def test_plain_ascii_only_loses_its_capitals(text: str) -> None:
    """The short cut does what the long way would do."""
    assert folded(text) == text.lower() == seen(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("GPT\u20114o", "gpt\u20104o"),
        ("STRAẞE", "strasse"),
        ("e\u0301", "e"),
        ("Œuvre", "oeuvre"),
        ("ёлка", "елка"),
        ("臺灣", "台湾"),
        ("髮發", "发发"),
        ("⻓⻔", "长门"),
        ("衞生 晩雑", "卫生 晚杂"),
        ("ﾊﾞﾗ", "ばら"),
        ("ハラ", "はら"),
        ("कर्\u200dम", "कर्म"),
        ("हिन्दी", "हिंदी"),
        ("कन्या", "कन्या"),
        ("ज़रा", "जरा"),
        ("مُحَمَّد", "محمد"),
        ("مسؤول", "مسءول"),
        ("٢٠٢٥", "2025"),
        ("１５,０００", "15,000"),
        ("👋🏽", "👋"),
        ("❤\ufe0f", "❤"),
        ("고마워", "고마워"),
        ("か\u200b\u3099", "が"),
    ],
)
def test_forms_of_a_word_become_one(text: str, expected: str) -> None:
    """An example for every rule."""
    assert folded(text) == expected


def test_a_reading_in_brackets_moves_to_the_end() -> None:
    """A word that a reading aid cut apart is whole again, and the reading is still there."""
    assert light("關(guān)掉") == "關掉\n(guān)"
    assert light("我(wǒ)们(men)") == "我们\n(wǒ)\n(men)"
    assert light("银行(yín háng)的") == "银行的\n(yín háng)"


def test_light_text_still_tells_letters_apart() -> None:
    """So that Maße comes before Masse when it was typed so."""
    assert light("Maße STRAẞE") == "maße straße"
    assert has_variants("髮")
    assert has_variants("发")
    assert not has_variants("的")


def test_the_signs_of_bold_inside_a_run_are_left_out() -> None:
    """Where nothing is written between words, they are inside one; elsewhere they stay."""
    assert light("**重要**的事, **중요**한") == "**重要的事, **중요한"
    assert light("很 **重要**，so**good**é 二***三") == "很 **重要**,so**good**é 二***三"


def test_other_brackets_stay() -> None:
    """Only one syllable with a tone, right behind a Han character, is a reading."""
    assert light("他(她)和(hao)我 (guān)") == "他(她)和(hao)我 (guān)"
