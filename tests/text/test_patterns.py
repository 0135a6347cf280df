"""What a typed word stands for."""

from hypothesis import given
from hypothesis import strategies as st

from archiver.text.patterns import Step, patterns
from archiver.text.tokens import SPACE


def test_what_is_glued_together_stands_one_after_the_other() -> None:
    """gpt-4o is two words in a row."""
    assert [pattern.steps for pattern in patterns("GPT-4o")] == [(Step(0, "gpt"), Step(1, "4o"))]


def test_a_run_may_go_on() -> None:
    """Its last character need not be the last one of a run of the text."""
    assert patterns("記憶を")[0].steps == (Step(0, "記憶"), Step(1, "憶を"))


def test_a_single_character_is_the_beginning_of_a_pair() -> None:
    """Every character of a run begins a token."""
    assert patterns("手")[0].is_prefix


def test_a_run_before_a_word_ends_there() -> None:
    """In 手紙4o the run is over before the word."""
    assert patterns("手紙4o")[0].steps == (Step(0, "手紙"), Step(1, "紙"), Step(2, "4o"))


def test_a_korean_word_may_have_spaces() -> None:
    """One or two, from the beginning of a word."""
    spaced = [pattern for pattern in patterns("보고싶어") if pattern.starts_word]
    assert len(spaced) == 6
    assert all(SPACE in {step.token for step in pattern.steps} for pattern in spaced)


def test_a_long_korean_query_may_have_more_spaces() -> None:
    """But not in every way: what is looked for stays bounded."""
    assert "나 너무 보고 싶었어" in {pattern.run for pattern in patterns("나너무보고싶었어")}
    assert all(len(patterns("가나다라마바사아자차카타"[:length])) <= 131 for length in range(13))


def test_a_long_vowel_at_the_end_may_be_left_out() -> None:
    """As technical Japanese does; a short word keeps it."""
    assert [pattern.run for pattern in patterns("サーバー")] == ["サーバー", "サーバ"]
    assert [pattern.run for pattern in patterns("バー")] == ["バー"]


def test_a_star_leaves_the_other_ways_to_write_a_run() -> None:
    """As it is typed further."""
    assert {pattern.run for pattern in patterns("보고싶*", is_prefix=True)} == {
        pattern.run for pattern in patterns("보고싶")
    }
    assert [pattern.run for pattern in patterns("サーバー*", is_prefix=True)] == ["サーバー", "サーバ"]


def test_signs_beside_a_run_leave_the_other_ways_to_write_it() -> None:
    """They are nothing to look for."""
    assert patterns("보고싶어!?") == patterns("보고싶어")
    assert patterns("「サーバー」") == patterns("サーバー")


def test_the_signs_of_bold_inside_a_run_are_not_looked_for() -> None:
    """What is copied with them finds the same."""
    assert patterns("重要**的") == patterns("重要的")


def test_signs_alone_stand_for_nothing() -> None:
    """There is nothing to look for."""
    assert patterns("?!…") == ()


def test_an_accent_alone_is_nothing_to_look_for() -> None:
    """It folds to nothing."""
    assert patterns("\u0301") == ()
    assert [step.token for step in patterns("a \u0301 b")[0].steps] == ["a", "b"]


@given(st.text(max_size=300))
def test_distances_begin_at_nothing_and_rise(typed: str) -> None:
    """Whatever was typed."""
    for pattern in patterns(typed):
        offsets = [step.offset for step in pattern.steps]
        assert offsets == sorted(set(offsets))
        assert offsets[0] == 0
