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
