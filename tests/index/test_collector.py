"""What is first and how many there are, however many match: many are looked at in other ways than few."""

from random import Random

import pytest

from archiver.index import Found, Index, collector, field_search
from tests.index.shelf import ARCHIVE, Shelf, fill, search

ASKED = [
    "train",
    "tr*",
    "train night",
    "train OR night",
    '"night train"',
    "café",
    "title:train",
    "letter from:it",
    "東",
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """Three segments, deleted documents, titles, many messages with the same score or the same time."""
    random, shelf = Random(3), Shelf()
    index = Index.open(tmp_path_factory.mktemp("many"), ARCHIVE)
    words = ["train", "train", "night", "letter", "café", "cafe", "東京"]
    for keys in (range(1, 20), range(20, 40), range(15, 24)):
        for key in keys:
            texts = [" ".join(random.choices(words, k=random.randrange(1, 8))) for _ in range(12)]
            shelf.talk(texts, key=key, title=random.choice(words), created=1_700_000_000 + random.randrange(5))
        fill(index, shelf, keys)
    return index


def answers(index: Index) -> list[Found]:
    """The first five in every order."""
    return [search(index, typed, 5, sort) for typed in ASKED for sort in ("relevance", "newest", "oldest")]


def test_many_hits_are_counted_and_ordered_as_few_are(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    """Totals, conversations, hits by conversation, and the order."""
    few = answers(index)
    whole = {typed: search(index, typed, 10_000) for typed in ASKED}
    assert all(found.hits[:5] == whole[typed].hits[:5] for typed, found in zip(ASKED, few[::3], strict=True))
    assert all(sum(found.counts.values()) == found.total == len(found.hits) for found in whole.values())
    monkeypatch.setattr(collector, "MANY", 2)
    monkeypatch.setattr(collector, "_SOME", 7)
    monkeypatch.setattr(field_search, "MANY", 2)
    monkeypatch.setattr(field_search, "_FEW_BEGINNINGS", 1)
    monkeypatch.setattr(field_search, "_MOST_CACHED", 200)
    assert answers(index) == answers(index) == few
    assert {typed: search(index, typed, 10_000) for typed in ASKED} == whole
    for typed in ASKED:
        assert search(index, typed, 12).hits == whole[typed].hits[:12]
