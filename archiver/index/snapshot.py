"""The index at one moment: opened segments and a Whoosh searcher over them. Never changes; a new one takes its place.

``Searcher.refresh()`` of Whoosh gives stale and double hits, so there is none.
"""

# mypy: allow-untyped-calls, disable-error-code="abstract"
# Whoosh marks as abstract what only its own collectors call.

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from whoosh.query.qcore import NullQuery
from whoosh.query.qcore import Query as WhooshQuery
from whoosh.reading import EmptyReader, MultiReader
from whoosh.searching import Searcher

from archiver.index.codec import Reader, schema
from archiver.index.collector import Candidate, ListCollector
from archiver.index.documents import SECTIONS, Found, FoundHit
from archiver.index.pages import Damaged
from archiver.index.queries import phrases_of
from archiver.index.query import Query
from archiver.index.scoring import Bm25, Scores, rarity
from archiver.index.segment import Segment
from archiver.index.segment_search import SegmentSearch
from archiver.index.stamp import Stamp
from archiver.index.trees import Compiler

Resolve = Callable[[str], Iterable[int]]


def nobody(_id: str) -> Iterable[int]:
    """The ``resolve`` of an index whose conversations have no ids."""
    return ()


class Snapshot:
    """Searches in one state of the index. Raises ``Damaged`` where a file is not what was written."""

    def __init__(self, folder: Path, stamp: Stamp) -> None:
        self.stamp = stamp
        try:
            self.searches = [SegmentSearch(Segment(folder, info)) for info in stamp.segments]
        except (ValueError, KeyError, TypeError, struct.error) as error:
            raise Damaged("a segment cannot be opened") from error
        self._segments = [search.segment for search in self.searches]
        readers: list[Any] = [Reader(schema(), search) for search in self.searches]
        whole: Any = EmptyReader(schema()) if not readers else readers[0] if len(readers) == 1 else MultiReader(readers)
        self.searcher = Searcher(whole, weighting=Bm25())
        self._documents = sum(search.info.documents for search in self.searches)
        self._rarity: dict[tuple[str, bytes], float] = {}
        self._scores: dict[str, Scores] = {}

    def has_changed(self) -> bool:
        """Whether a file of a segment is no longer what was opened."""
        return any(map(Segment.has_changed, self._segments))

    def find(self, query: Query, limit: int, sort: str, resolve: Resolve) -> Found:
        """The hits of a query."""
        tree = self.tree(query, resolve)
        collector = self.collect(tree, limit, sort)
        best = collector.best()
        hits = tuple(
            FoundHit(each.message, each.conversation, each.score, self._section(each, query, tree)) for each in best
        )
        counts = collector.counts({hit.conversation for hit in hits})
        return Found(collector.count(), len(collector.conversations), hits, counts, self.stamp.sequence)

    def conversations(self, query: Query, resolve: Resolve) -> list[int]:
        """All conversations with a hit, that with the best hit first."""
        collector = self.collect(self.tree(query, resolve), self._documents, "relevance")
        return list(dict.fromkeys(each.conversation for each in collector.best()))

    def tree(self, query: Query, resolve: Resolve = nobody) -> WhooshQuery:
        """The query as Whoosh understands it."""
        if query.is_empty:
            return NullQuery
        compiler = Compiler(self.searches, query.sections, self._conversations_of, resolve)
        return compiler.query(query.node, is_section_asked=query.is_section_asked)

    def _conversations_of(self, tree: WhooshQuery) -> Iterable[int]:
        return self.collect(tree, 0, "newest").conversations

    def collect(self, tree: WhooshQuery, limit: int, sort: str) -> ListCollector:
        """Run a Whoosh query over all segments."""
        collector = ListCollector(limit, sort, self.rarity_of, self._scores_of)
        if self.searches:
            self.searcher.search_with_collector(tree, collector)
        return collector

    def rarity_of(self, field: str, key: bytes) -> float:
        """How much a word says in this index."""
        found = self._rarity.get((field, key))
        if found is None:
            if len(self._rarity) > 10_000:
                self._rarity = {}
            fields = [search.fields[field] for search in self.searches if field in search.fields]
            documents = sum([each.document_count(key) for each in fields])
            found = self._rarity[field, key] = rarity(documents, self._documents)
        return found

    def _scores_of(self, field: str) -> Scores:
        found = self._scores.get(field)
        if found is None:
            total = sum(search.info.totals.get(field, 0) for search in self.searches)
            found = self._scores[field] = Scores(total / max(self._documents, 1))
        return found

    def _section(self, hit: Candidate, query: Query, tree: WhooshQuery) -> str:
        """The section of a hit to show: the first one in which any of the words stands."""
        search = self.searches[hit.segment]
        if not hit.message:
            return "title"
        present, allowed = _sections(search.columns["sections"][hit.document], query.sections)
        if len(allowed) < 2:
            return (allowed or present or ("text",))[0]
        held = search.sections_holding(hit.document, phrases_of(tree))
        return next((name for name in allowed if name in held), allowed[0])


@lru_cache(maxsize=1_024)
def _sections(mask: int, asked: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The sections of a document with these bits, and those of them that are asked for."""
    present = tuple(name for number, name in enumerate(SECTIONS) if mask >> number & 1)
    return present, tuple(name for name in present if name in asked)
