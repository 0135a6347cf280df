"""Right-to-left text comes out in the order a reader expects, and every character knows where it came from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.tui import bidi
from archiver.tui.arabic import shaped

MARKS = "\u200e\u200f"
MIXED = st.text(alphabet="abc אבג ابج 012 ٣٤ ()[]«».,:-+%$/!? \u05b0", max_size=20)


@pytest.mark.parametrize(
    ("read", "base", "written"),
    [
        ("abc", False, "abc"),
        ("אבג", True, "גבא"),
        ("אבג abc", True, "abc גבא"),
        ("abc אבג def", False, "abc גבא def"),
        ("אב 12 ג", True, "ג 12 בא"),
        ("אב (ג)", True, "(ג) בא"),
        ("a (אב) c", False, "a (בא) c"),
        ("ab 10%", True, "ab 10%"),
        ("אב 10%", True, "10% בא"),
        ("ש״ח 1,234.50", True, "1,234.50 ח״ש"),
        ("א.", True, ".א"),
        ("א.", False, "א."),
        ("ابج 12-34", True, "34-12 جبا"),
    ],
)
def test_a_line_is_put_in_order(read: str, base: bool, written: str) -> None:
    """Words, numbers, brackets and signs, in paragraphs of either direction."""
    assert bidi.visual(read, right_to_left=base).text == written


def test_marks_stay_on_their_letter() -> None:
    """A vowel point is written after the letter it belongs to, also when the word is turned round."""
    assert bidi.visual("אְב", right_to_left=True).text == "באְ"


@given(MIXED, st.booleans())
def test_every_character_is_written_once(text: str, base: bool) -> None:
    """Nothing is lost or doubled by the order, whichever way it is arranged."""
    for arrange in (bidi.visual, bidi.words_in_visual_order):
        arranged = arrange(text, right_to_left=base)
        assert sorted(arranged.origins) == list(range(len(text)))
        assert len(arranged.text) == len(text)


@given(MIXED, st.booleans())
def test_guards_lose_nothing(text: str, base: bool) -> None:
    """Marks around right-to-left stretches, and every character once."""
    arranged = bidi.guarded(text, right_to_left=base)
    places = [place for character, place in zip(arranged.text, arranged.origins, strict=True) if character not in MARKS]
    assert sorted(places) == list(range(len(text)))


def test_brackets_are_turned_for_a_terminal_that_leaves_them() -> None:
    """Those between words that run from right to left."""
    assert bidi.guarded("a (אב) (b)", right_to_left=False, turns_brackets=True).text == "a (\u200eאב\u200e) (b)"
    turned = bidi.guarded("אב (גד)", right_to_left=True, turns_brackets=True).text
    assert turned.strip(MARKS) == "אב )גד("


def test_guards_stand_around_stretches() -> None:
    """In a left-to-right paragraph the stretches stay where they are; in a right-to-left one they are turned round."""
    assert bidi.guarded("ab אב גד 12 cd", right_to_left=False).text == "ab \u200eאב גד 12\u200e cd"
    turned = bidi.guarded("אב גד ab 1 הו.", right_to_left=True).text
    assert turned == "\u200e\u200f הו.\u200f\u200eab 1\u200e\u200fאב גד \u200f\u200e"


def test_words_mode_leaves_the_letters_to_the_terminal() -> None:
    """The second word stands left of the first, both spelled as they are read."""
    assert bidi.words_in_visual_order("אבג דהו", right_to_left=True).text == "דהו אבג"


def test_the_first_letter_decides_the_direction_of_a_paragraph() -> None:
    """Numbers and signs before it do not."""
    assert bidi.is_right_to_left("12. «אבג» abc")
    assert not bidi.is_right_to_left("abc אבג")
    assert not bidi.is_right_to_left("12 …")


def test_letters_take_the_shape_of_their_place() -> None:
    """Initial, medial and final, and alef that joins only backwards."""
    assert shaped("ببب").text == "\ufe91\ufe92\ufe90"
    assert shaped("اب").text == "\ufe8d\ufe8f"


def test_lam_and_alef_become_one_character() -> None:
    """Which makes the line a cell shorter, so it is measured after shaping."""
    arranged = shaped("سلام")
    assert arranged.text == "\ufeb3\ufefc\ufee1"
    assert arranged.origins == (0, 1, 3)


def test_marks_do_not_break_a_word() -> None:
    """A vowel sign between two letters does not keep them apart."""
    assert shaped("بَب").text == "\ufe91\u064e\ufe90"


def test_other_scripts_stay_as_they_are() -> None:
    """Latin, Hebrew, signs."""
    assert shaped("abc אבג 12").text == "abc אבג 12"
