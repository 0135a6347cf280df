"""Which words may be half typed."""

import pytest

from archiver.tui.half_typed import with_any_ending


@pytest.mark.parametrize("query", ["gard", "grandma so", "from:me soup gard", "हिन्द", "мам", "(soup OR ste"])
def test_a_last_word_may_be_the_beginning_of_one(query: str) -> None:
    """In every script with words."""
    assert with_any_ending(query) == query + "*"


@pytest.mark.parametrize(
    "query", ["", "g", "gard*", "soup OR", '"leek so', "“leek so", "from:it", "2024", "-gard", "c++"]
)
def test_what_is_something_else_is_left_alone(query: str) -> None:
    """Letters alone, filters, numbers, quotes that are open, and what is left out."""
    assert with_any_ending(query) == ""
