"""A Whoosh collector that takes whole lists from ``evaluate.py``, counts all hits and keeps the best or newest."""

# mypy: allow-untyped-calls

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from heapq import nlargest
from itertools import compress, repeat
from math import inf
from operator import itemgetter
from typing import Any, NamedTuple

from whoosh.collectors import Collector
from whoosh.query.qcore import NullQuery

from archiver.index.evaluate import Evaluation, rising
from archiver.index.field_search import MANY
from archiver.index.scoring import TITLE_BOOST, Scores
from archiver.index.segment_search import SegmentSearch

_FOREVER = 1 << 40
_SOME = 2_000
"""So many ranks tell what the others must reach."""


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
        self._candidates: list[tuple[float, int, int, float, int, int, int]] = []
        """The fields of candidates; only the few that are left in the end are made into ones."""
        self._lowest = -inf
        """What a candidate must reach, because there are ``limit`` others already."""
        self._segment = -1
        self._total = 0
        self._counted: Counter[int] = Counter()
        self._uncounted: list[tuple[SegmentSearch, Sequence[int]]] = []
        """Segments with many hits, of which only asked conversations are counted."""
        self.conversations: set[int] = set()

    def set_subsearcher(self, subsearcher: Any, offset: int) -> None:
        self.subsearcher: Any = subsearcher
        self.offset = offset
        self._segment += 1

    def collect_matches(self) -> None:
        """Take in all hits of one segment."""
        if self.q is NullQuery:
            return
        search: SegmentSearch = self.subsearcher.reader().search
        evaluation = Evaluation(self.subsearcher, search, self._rarity_of, self._scores_of)
        documents = rising(evaluation.documents(self.q))
        if deleted := search.info.deleted:
            documents = [document for document in documents if document not in deleted]
        if not documents:
            return
        self._total += len(documents)
        if len(documents) > MANY:
            self._uncounted.append((search, documents))
            self.conversations.update(itemgetter(*documents)(search.columns.listed("conversation")))
        else:
            counted = list(map(search.columns["conversation"].__getitem__, documents))
            self._counted.update(counted)
            self.conversations.update(counted)
        if self._limit:
            self._candidates += self._best(evaluation, search, documents)
            if len(self._candidates) >= self._limit:
                self._candidates.sort(reverse=True)
                del self._candidates[self._limit :]
                self._lowest = self._candidates[-1][0]

    def _best(
        self, evaluation: Evaluation, search: SegmentSearch, documents: Sequence[int]
    ) -> Iterator[tuple[float, int, int, float, int, int, int]]:
        """Everything of a segment that may be among the first: of many equal ones, the newest."""
        created = search.columns["created"]
        if self._sort == "relevance":
            chosen, ranks = self._fitting(evaluation, search, documents)
        elif self._sort == "oldest":
            times = [-created[document] if created[document] else -_FOREVER for document in documents]
            places, _lowest_rank = self._reaching(times)
            chosen, ranks = [documents[place] for place in places], [times[place] for place in places]
        else:
            chosen = [documents[place] for place in search.newest(documents, self._limit)]
            ranks = list(map(created.__getitem__, chosen))
        columns = (map(search.columns[name].__getitem__, chosen) for name in ("created", "message", "conversation"))
        times_of, messages, conversations = columns
        scores = ranks if self._sort == "relevance" else repeat(0.0)
        return zip(ranks, times_of, messages, scores, conversations, chosen, repeat(self._segment))

    def _fitting(
        self, evaluation: Evaluation, search: SegmentSearch, documents: Sequence[int]
    ) -> tuple[Sequence[int], Sequence[float]]:
        """The documents of a segment that may fit best, and their scores."""
        levels = evaluation.levels(self.q, documents)
        if levels is not None:
            return self._newest_of_each(levels, search)
        sample = max(_SOME, self._limit)
        if len(documents) > sample and (word := evaluation.single_word(self.q, documents)):
            lowest = self._lowest
            if lowest == -inf:
                lowest = _lowest(self._scores(evaluation, search, documents[-sample:]), self._limit)
            documents = evaluation.able(word, lowest)
        if not documents:
            return (), ()
        scores = self._scores(evaluation, search, documents)
        places = self._highest(scores, documents, search)
        return [documents[place] for place in places], [scores[place] for place in places]

    def _newest_of_each(
        self, levels: Iterable[tuple[float, Sequence[int]]], search: SegmentSearch
    ) -> tuple[Sequence[int], Sequence[float]]:
        """The newest documents of each score; titles among them have a higher one."""
        chosen: list[int] = []
        ranks: list[float] = []
        for score, documents in levels:
            end = bisect_left(documents, search.info.first_title) if score > 0 else len(documents)
            for alike, rank in ((documents[:end], score), (documents[end:], score * TITLE_BOOST)):
                newest = [alike[place] for place in search.newest(alike, self._limit)] if alike else []
                chosen += newest
                ranks += [rank] * len(newest)
        return chosen, ranks

    def _scores(self, evaluation: Evaluation, search: SegmentSearch, documents: Sequence[int]) -> list[float]:
        scores = evaluation.scores(self.q, documents) or [0.0] * len(documents)
        for place in range(bisect_left(documents, search.info.first_title), len(documents)):
            if scores[place] > 0:
                scores[place] *= TITLE_BOOST
        return scores

    def _highest(self, scores: Sequence[float], documents: Sequence[int], search: SegmentSearch) -> Sequence[int]:
        places, lowest = self._reaching(scores)
        if len(places) <= 2 * self._limit:
            return places
        above = [place for place in places if scores[place] > lowest]
        equal = [place for place in places if scores[place] == lowest] if above else places
        alike = documents if len(equal) == len(documents) else [documents[place] for place in equal]
        return above + [equal[place] for place in search.newest(alike, self._limit)]

    def _reaching(self, ranks: Sequence[float]) -> tuple[Sequence[int], float]:
        """The places of all that can still be among the first, and the lowest rank of these.

        The last of many tell first what must be reached at least: later messages usually have later times.
        """
        lowest, limit = self._lowest, self._limit
        if lowest == -inf and len(ranks) <= limit:
            return range(len(ranks)), lowest
        sample = max(_SOME, limit)
        if lowest == -inf or len(ranks) > sample:
            lowest = max(lowest, _lowest(ranks[-sample:], limit))
        places = list(compress(range(len(ranks)), map(lowest.__le__, ranks)))
        if len(places) > 2 * limit:
            reached = [ranks[place] for place in places]
            least = _lowest(reached, limit)
            if least > lowest:
                return list(compress(places, map(least.__le__, reached))), least
        return places, lowest

    def count(self) -> int:
        """How many documents match."""
        return self._total

    def counts(self, conversations: Iterable[int]) -> dict[int, int]:
        """How many documents of each of some conversations match."""
        return {
            conversation: self._counted[conversation]
            + sum(
                bisect_left(documents, end) - bisect_left(documents, begin)
                for search, documents in self._uncounted
                for begin, end in search.stretches_of(conversation)
            )
            for conversation in conversations
        }

    def best(self) -> list[Candidate]:
        """The first ones, in order."""
        return list(map(Candidate._make, sorted(self._candidates, reverse=True)[: self._limit]))


def _lowest(values: Sequence[float], limit: int) -> float:
    """The lowest of the ``limit`` highest values; backwards, because later messages usually have later times."""
    return nlargest(limit, reversed(values))[-1]
