"""Texts and queries in eleven languages that must match, or must not."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from archiver.index import Index, parse
from tests.index.shelf import indexed, messages


class Pair(NamedTuple):
    """A text, what somebody types, and whether the text is meant."""

    lang: str
    text: str
    query: str
    should_match: bool
    why: str


SIGNS_OF_QUERIES = set('"*«»„“”「」『』()')
LINES = (Path(__file__).parent / "pairs.jsonl").read_text(encoding="utf-8").splitlines()
PAIRS = [Pair(**json.loads(line)) for line in LINES]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """All texts together: pair number n is message n + 1."""
    made = indexed(tmp_path_factory.mktemp("pairs"), *(pair.text for pair in PAIRS))
    yield made
    made.close()


@pytest.mark.parametrize(
    ("number", "pair"), list(enumerate(PAIRS)), ids=[f"{pair.lang} {pair.query} in {pair.text}" for pair in PAIRS]
)
def test_a_query_finds_its_text_and_no_other(index: Index, number: int, pair: Pair) -> None:
    """The whole way through the index."""
    assert (number + 1 in messages(index, pair.query)) == pair.should_match, pair.why


def test_more_may_follow_what_is_typed(index: Index) -> None:
    """As it is while a person types: with a star, every text is still found."""
    missed = [
        (pair.query, pair.text)
        for number, pair in enumerate(PAIRS, 1)
        if pair.should_match and not SIGNS_OF_QUERIES & set(pair.query)
        if number not in messages(index, f"{pair.query}*")
    ]
    assert missed == []


def test_a_word_is_its_own_phrase(index: Index) -> None:
    """Quotes around a single word, however it is glued together, change nothing."""
    missed = [
        (pair.query, pair.text)
        for number, pair in enumerate(PAIRS, 1)
        if pair.should_match and len(pair.query.split()) == 1 and not SIGNS_OF_QUERIES & set(pair.query)
        if number not in messages(index, f'"{pair.query}"')
    ]
    assert missed == []


def test_a_text_is_found_by_all_of_itself(index: Index) -> None:
    """Copied into the search as a phrase."""
    missed = [
        pair.text
        for number, pair in enumerate(PAIRS, 1)
        if not SIGNS_OF_QUERIES & set(pair.text) and number not in messages(index, f'"{pair.text}"')
    ]
    assert missed == []


@pytest.mark.parametrize("pair", PAIRS, ids=[f"{pair.lang} {pair.query} in {pair.text}" for pair in PAIRS])
def test_what_is_found_is_marked(pair: Pair) -> None:
    """Every text that matches because of words has them marked, inside the original."""
    query = parse(pair.query)
    spans = query.spans(pair.text)
    assert all(0 <= span.start < span.end <= len(pair.text) for span in spans)
    if pair.should_match and "not " not in pair.query.lower():
        assert spans
    snippet, marked = query.snippet(pair.text)
    assert [snippet[slice(*span)] for span in marked] == [pair.text[slice(*span)] for span in spans]
