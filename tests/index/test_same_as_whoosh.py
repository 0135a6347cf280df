"""Whole lists at once give exactly the hits, scores and order of Whoosh's own searcher, which steps one by one."""

# mypy: allow-untyped-calls

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from whoosh import sorting

from archiver.index import Index, parse
from archiver.index.folder import IndexFolder
from archiver.index.snapshot import Snapshot
from tests.index.shelf import ARCHIVE, Shelf, fill

WORDS = [
    "the", "train", "night", "letter", "café", "cafe", "résumé", "resume", "grüße", "gruesse", "grusse", "4o", "gpt-4o",
    "gpt-4", "5.2", "5", "2", "15,000", "15000", "東京", "京都", "東京都に", "発見", "發現", "发现", "王后", "王後",
    "手紙", "보고", "보고싶어", "싶어", "기억", "हिंदी", "हिन्दी", "الكتاب", "كتاب", "والكتاب", "❤",
]  # fmt: skip
LEAVES = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(WORDS),
    st.lists(st.sampled_from(WORDS), min_size=2, max_size=3).map(lambda words: f'"{" ".join(words)}"'),
    st.sampled_from(["t*", "gr*", "手", "보", "東", "発", "发", "王后"]),
    st.sampled_from(
        ["from:me", "from:it", "model:gpt-4o", "has:code", "lang:en", "before:2024", "on:2023-11", "title:train"]
    ),
)
TYPED = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"({' '.join(parts)})"),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"({' OR '.join(parts)})"),
        inner.map(lambda part: f"-{part}"),
    ),
    max_leaves=5,
)
SCOPES = st.sampled_from(["", "", "", " in:title", " in:code", " in:all", " in:text"])


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Three segments with deleted documents, many ties, titles, several sections."""
    random = Random(4)
    shelf = Shelf()
    folder = tmp_path_factory.mktemp("whoosh")
    index = Index.open(folder, ARCHIVE)
    for keys in (range(1, 25), range(25, 40), range(10, 15)):
        for key in keys:
            texts = [" ".join(random.choices(WORDS, k=random.randrange(1, 30))) for _ in range(random.randrange(1, 5))]
            code = {"sections": (("text", texts[0]), ("code", texts[-1])), "flags": 4} if key % 5 == 0 else {}
            shelf.talk(texts, key=key, title=" ".join(random.choices(WORDS, k=3)), answered="gpt-4o", **code)
        fill(index, shelf, keys)
    index.close()
    opened, _notice = IndexFolder(folder, ARCHIVE).open()
    assert len(opened.searches) == 3
    assert any(search.info.deleted for search in opened.searches)
    return opened


@given(TYPED, SCOPES)
@settings(deadline=None, max_examples=250, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_random_queries_have_the_same_hits_scores_and_order(snapshot: Snapshot, typed: str, scope: str) -> None:
    """Every operator, filter and kind of word, nested."""
    tree = snapshot.tree(parse(typed + scope))
    ours = snapshot.collect(tree, 10_000, "relevance")
    starts = [offset for _leaf, offset in snapshot.searcher.leaf_searchers()]
    best = [(starts[each.segment] + each.document, each.score) for each in ours.best()]
    theirs = snapshot.searcher.search(tree, limit=None)
    assert ours.count() == len(best) == len(theirs)
    scores = {number: score for score, number in theirs.top_n}
    assert dict(best) == pytest.approx(scores, abs=1e-9)
    assert [score for _number, score in best] == pytest.approx(sorted(scores.values(), reverse=True), abs=1e-9)


@given(LEAVES)
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_times_sort_as_whooshs_facets_do(snapshot: Snapshot, typed: str) -> None:
    """Newest first, over the same columns."""
    tree = snapshot.tree(parse(typed))
    ours = [each.created for each in snapshot.collect(tree, 10_000, "newest").best()]
    facet = sorting.FieldFacet("created", reverse=True)
    theirs = snapshot.searcher.search(tree, limit=None, sortedby=facet)
    times: dict[int, int] = {}
    for leaf, offset in snapshot.searcher.leaf_searchers():
        column = leaf.reader().search.columns["created"]
        times |= {offset + number: value for number, value in enumerate(column)}
    assert ours == [times[hit.docnum] for hit in theirs]
