"""The words of a field: a long text is taken in piece by piece, and nobody can tell."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archiver.index import field_builder
from archiver.index.field_builder import FieldBuilder
from archiver.text.fold import light

WORDS = st.sampled_from(
    [
        "alpha",
        "15",
        "000",
        "15,000",
        "5.2",
        "東京都",
        "한국어",
        "ひらがな",
        "данные",
        "كتاب",
        "हिन्दी",
        "— “so”",
        "x4o",
        "☕",
    ]
)
GAPS = st.sampled_from([" ", "\n", "\n\n", "", ", ", "。"])


def built(text: str) -> tuple[dict[str, list[int]], list[int]]:
    """The positions of every word of a text that is the second section of its document."""
    field = FieldBuilder()
    field.add(0, "title", "a title")
    field.add(0, "text", text)
    field.finish_document()
    return {word: list(places) for word, places in field.words.items()}, list(field.lengths)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.lists(st.tuples(WORDS, GAPS), max_size=40), size=st.integers(1, 30))
def test_pieces_of_a_long_text_give_the_same_positions(
    monkeypatch: pytest.MonkeyPatch, text: list[tuple[str, str]], size: int
) -> None:
    """Numbers with spaces, Korean over a line's end and scripts without spaces included."""
    whole = light("".join(map("".join, text)))
    expected = built(whole)
    with monkeypatch.context() as patch:
        patch.setattr(field_builder, "_PIECE", size)
        assert built(whole) == expected
