"""A Whoosh collector that takes whole lists from ``evaluate.py``, counts all hits and keeps the best or newest."""

# mypy: allow-untyped-calls

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from heapq import nlargest
from typing import Any, NamedTuple

from whoosh.collectors import Collector
from whoosh.query.qcore import NullQuery

from archiver.index.evaluate import Evaluation, rising
from archiver.index.scoring import TITLE_BOOST, Scores
from archiver.index.segment_search import SegmentSearch


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
        self.conversations.update(map(search.columns["conversation"].__getitem__, documents))
        if self._limit:
            ranks = self._ranks(evaluation, search, documents)
            self._candidates += self._best(search, documents, *ranks)

    def _ranks(
        self, evaluation: Evaluation, search: SegmentSearch, documents: Sequence[int]
    ) -> tuple[Sequence[float], Sequence[float] | None]:
        """What the hits are sorted by, and their scores where these are known already."""
        if self._sort != "relevance":
            created = list(map(search.columns["created"].__getitem__, documents))
            if self._sort == "oldest":
                return [-second if second else -(1 << 40) for second in created], None
            return created, None
        scores = evaluation.scores(self.q, documents) or [0.0] * len(documents)
        first_title = bisect_left(documents, search.info.first_title)
        for place in range(first_title, len(documents)):
            if scores[place] > 0:
                scores[place] *= TITLE_BOOST
        return scores, scores

    def _best(
        self, search: SegmentSearch, documents: Sequence[int], ranks: Sequence[float], scores: Sequence[float] | None
    ) -> Iterator[Candidate]:
        """Everything that may be among the first: of many equal ones, the newest."""
        created, messages, conversations = (search.columns[name] for name in ("created", "message", "conversation"))
        for rank, place in self._places(documents, ranks, created):
            document = documents[place]
            yield Candidate(
                rank, created[document], messages[document], rank if scores else 0.0, conversations[document],
                document, self._segment,
            )  # fmt: skip

    def _places(
        self, documents: Sequence[int], ranks: Sequence[float], created: Sequence[int]
    ) -> list[tuple[float, int]]:
        lowest = _lowest(ranks, self._limit)
        found = [(rank, place) for place, rank in enumerate(ranks) if rank >= lowest]
        if len(found) <= 2 * self._limit:
            return found
        times = [created[documents[place]] for rank, place in found if rank == lowest]
        oldest = _lowest(times, self._limit)
        return [(rank, place) for rank, place in found if rank > lowest or created[documents[place]] >= oldest]

    def count(self) -> int:
        """How many documents match."""
        return self.conversations.total()

    def best(self) -> list[Candidate]:
        """The first ones, in order."""
        return nlargest(self._limit, self._candidates)


def _lowest(values: Sequence[float], limit: int) -> float:
    """The lowest of the ``limit`` highest values; backwards, because later messages usually have later times."""
    return nlargest(limit, reversed(values))[-1]
