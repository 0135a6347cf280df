"""Changes of canvas documents: repeated as the provider does, and never without end."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.importers.chatgpt.patches import Effort, TooHeavy, apply_updates, steps


@pytest.mark.parametrize(
    ("words", "updates", "expected"),
    [
        ("a a a", [("a", "b", False)], "b a a"),
        ("a a a", [("a", "b", True)], "b b b"),
        ("one two", [(r"(\w+) (\w+)", r"\2 \1", False)], "two one"),
        ("a\nb\nc", [("a.*b", "x", False)], "x\nc"),
        ("a\nb\nc", [("^b$", "x", False)], "a\nx\nc"),
        ("cost (5)", [("cost (5)", "free", False)], "free"),
        ("* one (a)\n* two (b)+", [("* two (b)+", "* three", False)], "* one (a)\n* three"),
        ("# A\ntext\n# B", [(r"# A\n[\s\S]*?(?=# B)", "# C\n", False)], "# C\n# B"),
        ("path", [("path", r"C:\new", False)], "C:\new"),
        ("path", [("path", r"C:\q", False)], r"C:\q"),
        ("path", [("[", "x", False)], None),
        ("one", [("one", "two", False), ("two", "three", False)], "three"),
    ],
)
def test_patterns_are_those_of_the_provider(
    words: str, updates: list[tuple[str, str, bool]], expected: str | None
) -> None:
    """Regular expressions first, the plain words where these find nothing."""
    listed = [{"pattern": p, "replacement": r, "multiple": m} for p, r, m in updates]
    assert apply_updates(words, listed, Effort()) == expected


@pytest.mark.parametrize(
    "pattern", ["(a+)+$", "(a|aa)+$", "(a?){40}a{40}", "a*a*a*a*a*b", "(a|a)" * 40 + "c", "(?:a*){5}"]
)
def test_patterns_that_never_end_are_not_tried(pattern: str) -> None:
    """Python's matcher has no time limit, and the pattern comes out of a file."""
    assert steps(pattern, "ab" * 5_000) > 400_000_000
    assert not Effort().can_search(pattern, "ab" * 5_000)


@pytest.mark.parametrize("pattern", ["plain words", r"## Title\n.*?\n", "[^.*]+", r"\(a\)\*", "x" * 5000])
def test_ordinary_patterns_are_tried(pattern: str) -> None:
    """Choices inside brackets or behind a backslash are none."""
    assert Effort().can_search(pattern, "ab" * 2_500)


@settings(deadline=None)
@given(st.text(st.sampled_from("ab()[]*+?|.\\^$1{}"), max_size=14), st.text(st.sampled_from("ab\n\\1g<>"), max_size=6))
def test_any_pattern_ends_soon(pattern: str, replacement: str) -> None:
    """Whatever stands in the file, a change is carried out or given up."""
    update: Any = {"pattern": pattern, "replacement": replacement, "multiple": True}
    result = apply_updates("ab" * 300, [update], Effort())
    assert result is None or isinstance(result, str)


def test_a_change_that_has_no_end_is_given_up() -> None:
    """Sixty doublings of a text would fill any memory."""
    double = {"pattern": "a", "replacement": r"\g<0>a", "multiple": True}
    with pytest.raises(TooHeavy):
        apply_updates("a", [double] * 60, Effort())


def test_a_conversation_may_spend_only_so_much() -> None:
    """Ten thousand changes that each are harmless."""
    effort = Effort()
    change = [{"pattern": "[ab]*c", "replacement": "x", "multiple": True}]
    words = "ab" * 5_000
    assert [apply_updates(words, change, effort) for _ in range(20)] == [None] * 20
    assert not effort.can_search("[ab]*c", words)


def test_letters_that_a_pattern_begins_with_make_it_light() -> None:
    """Most changes of long documents name a heading first."""
    words = "# One\n" + "text\n" * 20_000 + "# Two\n"
    assert steps(r"# One\n[\s\S]*?# Two", words) < 1_000_000
    assert steps(r"\*\*Bold\*\* .*", words) < 1_000_000
    assert steps(r"x*y", words) > 1_000_000_000 or not Effort().can_search("x*y", words)
