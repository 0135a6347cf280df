"""A Whoosh collector that takes whole lists from ``evaluate.py``, counts all hits and keeps the best or newest."""

# mypy: allow-untyped-calls

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from heapq import nlargest
from itertools import compress
from typing import Any, NamedTuple

from whoosh.collectors import Collector
from whoosh.query.qcore import NullQuery

from archiver.index.evaluate import Evaluation, rising
from archiver.index.field_search import MANY
from archiver.index.scoring import TITLE_BOOST, Scores
from archiver.index.segment_search import SegmentSearch

_FOREVER = 1 << 40


class Candidate(NamedTuple):
    """A document that may be among the first; greater ones come first."""

    rank: float
    created: int
    message: int
    score: float
    conversation: int
    document: int
    segment: int


class ListCollector(Collector):
    """Collects the first ``limit`` candidates, the number of all, and the number of each conversation."""

    def __init__(
        self, limit: int, sort: str, rarity_of: Callable[[str, bytes], float], scores_of: Callable[[str], Scores]
    ) -> None:
        super().__init__()
        self._limit, self._sort = limit, sort
        self._rarity_of, self._scores_of = rarity_of, scores_of
        self._candidates: list[Candidate] = []
        self._segment = -1
        self.conversations: Counter[int] = Counter()

    def set_subsearcher(self, subsearcher: Any, offset: int) -> None:
        self.subsearcher: Any = subsearcher
        self.offset = offset
        self._segment += 1

    def collect_matches(self) -> None:
        """Take in all hits of one segment."""
        if self.q is NullQuery:
            return
        evaluation = Evaluation(self.subsearcher, self._rarity_of, self._scores_of)
        search: SegmentSearch = self.subsearcher.reader().search
        documents = rising(evaluation.documents(self.q))
        if deleted := search.info.deleted:
            documents = [document for document in documents if document not in deleted]
        if not documents:
            return
        conversation_of = search.columns.listed if len(documents) > MANY else search.columns.__getitem__
        self.conversations.update(map(conversation_of("conversation").__getitem__, documents))
        if self._limit:
            self._candidates += self._best(evaluation, search, documents)

    def _best(self, evaluation: Evaluation, search: SegmentSearch, documents: Sequence[int]) -> Iterator[Candidate]:
        """Everything of a segment that may be among the first: of many equal ones, the newest."""
        created, messages, conversations = (search.columns[name] for name in ("created", "message", "conversation"))
        scores = self._scores(evaluation, search, documents) if self._sort == "relevance" else None
        if scores:
            places = self._highest(scores, documents, search)
            ranks: Sequence[float] = [scores[place] for place in places]
        elif self._sort == "oldest":
            ranks = [-created[document] if created[document] else -_FOREVER for document in documents]
            lowest = _lowest(ranks, self._limit)
            places = list(compress(range(len(ranks)), map(lowest.__le__, ranks)))
            ranks = [ranks[place] for place in places]
        else:
            places = search.newest(documents, self._limit)
            ranks = (
                [0.0] * len(places) if self._sort == "relevance" else [created[documents[place]] for place in places]
            )
        for rank, place in zip(ranks, places, strict=True):
            document = documents[place]
            yield Candidate(
                rank, created[document], messages[document], rank if scores else 0.0, conversations[document],
                document, self._segment,
            )  # fmt: skip

    def _scores(self, evaluation: Evaluation, search: SegmentSearch, documents: Sequence[int]) -> list[float] | None:
        """None when all are the same, 0."""
        scores = evaluation.scores(self.q, documents)
        if scores is None:
            return None
        for place in range(bisect_left(documents, search.info.first_title), len(documents)):
            if scores[place] > 0:
                scores[place] *= TITLE_BOOST
        return scores

    def _highest(self, scores: Sequence[float], documents: Sequence[int], search: SegmentSearch) -> list[int]:
        lowest = _lowest(scores, self._limit)
        places = list(compress(range(len(scores)), map(lowest.__le__, scores)))
        if len(places) <= 2 * self._limit:
            return places
        above = [place for place in places if scores[place] > lowest]
        equal = [place for place in places if scores[place] == lowest] if above else places
        alike = documents if len(equal) == len(documents) else [documents[place] for place in equal]
        return above + [equal[place] for place in search.newest(alike, self._limit)]

    def count(self) -> int:
        """How many documents match."""
        return self.conversations.total()

    def best(self) -> list[Candidate]:
        """The first ones, in order."""
        return nlargest(self._limit, self._candidates)


def _lowest(values: Sequence[float], limit: int) -> float:
    """The lowest of the ``limit`` highest values; backwards, because later messages usually have later times."""
    return nlargest(limit, reversed(values))[-1]
