"""SQLite FTS5, fed the same tokens, is the oracle: it finds nothing that the index does not find."""

import sqlite3
from functools import partial
from pathlib import Path

import pytest

from archiver.index import Index, parse
from tests.bench import search_corpus, search_fts5
from tests.bench.search_queries import Asked, queries

MESSAGES = 600


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Messages in eight languages, indexed by both."""
    folder = tmp_path_factory.mktemp("beside")
    path = folder / "library.sqlite"
    search_corpus.write(path, MESSAGES)
    search_fts5.build(path, folder / "fts5.sqlite")
    index = Index.open(folder / "index", "beside")
    index.update(range(1, MESSAGES // 20 + 1), 1, partial(search_corpus.read, path))
    index.close()
    return path


KINDS = [
    "rare word", "middling word", "common word", "two words", "OR", "phrase", "prefix", "1 character", "2 characters",
    "4 characters", "word and role", "word and model",
]  # fmt: skip


def opened(library: Path) -> tuple[Index, search_fts5.Fts5]:
    """Both of them."""
    return Index.open(library.parent / "index", "beside"), search_fts5.Fts5(library, library.parent / "fts5.sqlite")


@pytest.mark.parametrize("kind", KINDS)
def test_both_find_the_same_messages(library: Path, kind: str) -> None:
    """The index may find more: other spellings of a word, which it can then mark in the text."""
    index, fts5 = opened(library)
    for asked in queries(library, 15)[kind]:
        query = parse(asked.typed)
        ours = {hit.message for hit in index.search(query, limit=MESSAGES).hits}
        total, theirs = fts5.ask(asked, MESSAGES)
        assert total == len(theirs)
        assert set(theirs) <= ours
        for key in ours - set(theirs):
            assert query.spans(_text(library, key)), asked
    index.close()


def test_newest_first_is_the_same_order(library: Path) -> None:
    """By the time of each message."""
    index, fts5 = opened(library)
    asked = Asked("the", '"the"', sort="newest")
    found = index.search(parse("the"), limit=50, sort="newest")
    assert [hit.message for hit in found.hits] == list(fts5.ask(asked, 50)[1])
    index.close()


def _text(library: Path, key: int) -> str:
    (text,) = sqlite3.connect(library).execute("SELECT text FROM message WHERE key = ?", (key,)).fetchone()
    return str(text)
