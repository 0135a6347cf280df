"""The words of a field: a long text is taken in piece by piece, and nobody can tell."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archiver.index import field_builder
from archiver.index.dictionary import Dictionary
from archiver.index.field_builder import FieldBuilder
from archiver.index.pages import CheckedFile
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


def built(folder: Path, text: str) -> tuple[dict[str, list[int]], list[int]]:
    """The positions of every key of a text that is the second section of its document."""
    field = FieldBuilder()
    field.add(0, "title", "a title")
    field.add(0, "text", text)
    field.finish(1)
    files = folder / "words", folder / "postings"
    dictionary = Dictionary(*map(CheckedFile, files, field.write(*files)))
    found = {entry.key.decode(): list(dictionary.positions(entry)) for entry in dictionary.entries()}
    return found, list(field.lengths)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.lists(st.tuples(WORDS, GAPS), max_size=40), size=st.integers(1, 30), together=st.integers(1, 60))
def test_pieces_of_a_long_text_give_the_same_positions(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: list[tuple[str, str]], size: int, together: int
) -> None:
    """Numbers with spaces, Korean over a line's end and scripts without spaces included."""
    whole = light("".join(map("".join, text)))
    expected = built(tmp_path, whole)
    with monkeypatch.context() as patch:
        patch.setattr(field_builder, "_PIECE", size)
        patch.setattr(field_builder, "_TOGETHER", together)
        assert built(tmp_path, whole) == expected


def test_words_beyond_the_most_of_a_document_have_no_position(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """And nothing of the next document is lost for it."""
    monkeypatch.setattr(field_builder, "MOST_OF_DOCUMENT", 4)
    field = FieldBuilder()
    field.add(0, "text", "one two 15 000 five six")
    field.add(0, "code", "seven")
    field.add(1, "text", "eight six")
    field.finish(2)
    files = tmp_path / "words", tmp_path / "postings"
    dictionary = Dictionary(*map(CheckedFile, files, field.write(*files)))
    found = {entry.key.decode(): list(dictionary.positions(entry)) for entry in dictionary.entries()}
    assert found == {
        "one": [0],
        "two": [1],
        "15": [2],
        "000": [3],
        "15000\x0115 000": [2],
        "eight": [256],
        "six": [257],
    }
