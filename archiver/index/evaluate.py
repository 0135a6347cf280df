"""Answers a Whoosh query in one segment with whole lists of documents, instead of stepping through matchers.

Intersections, unions and scores are C loops over lists and sets. The answer is exactly that of Whoosh's own searcher
(a test compares them); a kind of query that is not known here is left to Whoosh's matchers.
"""

# mypy: allow-untyped-calls

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from itertools import compress
from operator import add
from typing import Any, TypeAlias

from whoosh.query.compound import And, Or
from whoosh.query.qcore import Query
from whoosh.query.terms import Term

from archiver.index.field_search import Counted
from archiver.index.queries import ListQuery, LoweredQuery, OtherFormQuery, PhraseQuery, WithoutQuery
from archiver.index.scoring import OTHER_FORM, Scores
from archiver.index.segment_search import SegmentSearch

Documents: TypeAlias = Sequence[int] | set[int] | frozenset[int]
"""Either in rising order or a set."""

_FEW = 16


class Evaluation:
    """One query in one segment."""

    def __init__(
        self,
        searcher: Any,
        search: SegmentSearch,
        rarity_of: Callable[[str, bytes], float],
        scores_of: Callable[[str], Scores],
    ) -> None:
        self._searcher, self._search = searcher, search
        self._rarity_of, self._scores_of = rarity_of, scores_of
        self._found: dict[int, Documents] = {}
        self._counted: dict[int, Counted] = {}
        self._looked_up: dict[int, dict[int, int]] = {}
        self._kept: dict[int, Counted] = {}
        """The documents that may be among the first."""

    def documents(self, query: Query) -> Documents:
        """All documents that match, deleted ones among them."""
        found = self._found.get(id(query))
        if found is None:
            found = self._found[id(query)] = self._find(query)
        return found

    def _find(self, query: Query) -> Documents:
        match query:
            case Term(fieldname=name, text=text):
                return self._search.fields[name].counted(text)[0] if name in self._search.fields else ()
            case PhraseQuery():
                self._counted[id(query)] = self._search.counted(query.phrase)
                return self._counted[id(query)][0]
            case ListQuery():
                found = query.documents(self._search)
                return found if isinstance(found, Sequence | set | frozenset) else list(found)
            case And(subqueries=queries):
                return self._all(queries)
            case Or(subqueries=queries):
                return set().union(*map(self.documents, queries))
            case LoweredQuery(wanted=wanted):
                return self.documents(wanted)
            case WithoutQuery(wanted=wanted, other=unwanted):
                found = self.documents(wanted)
                return set(found).difference(self.documents(unwanted)) if found else ()
            case _:
                return set(query.docs(self._searcher))

    def _all(self, queries: Iterable[Query]) -> Documents:
        """What is in all of them; the longest lists are not even made when only few documents are left."""
        found: Documents | None = None
        for size, query in sorted(((self._size(query), query) for query in queries), key=lambda pair: pair[0]):
            if found is None:
                found = self.documents(query)
            elif (term := _term(query)) and id(term) not in self._found and size > len(found):
                numbers = rising(found)
                frequencies = self._search.fields[term.fieldname].frequencies(term.text, numbers)
                self._looked_up[id(term)] = dict(zip(numbers, frequencies, strict=True))
                found = list(compress(numbers, frequencies))
            else:
                found = intersection(found, self.documents(query))
            if not found:
                return ()
        return found or ()

    def _size(self, query: Query) -> int:
        """How long the list of a query is at most."""
        if term := _term(query):
            field = self._search.fields.get(term.fieldname)
            return field.size(term.text) if field else 0
        return len(self.documents(query))

    def scores(self, query: Query, documents: Sequence[int], *, all_match: bool = True) -> list[float] | None:
        """What ``query`` adds to the score of each of some documents, in order; None where it adds nothing.

        ``all_match`` says that every one of the documents is known to match. Where that is not so, scores count only
        where the whole of the query matches: ``a AND b`` says nothing of a document with a alone.
        """
        if isinstance(query, Term):
            return self._word_scores(query, documents)
        if isinstance(query, Or):
            return _sum(self.scores(part, documents, all_match=False) for part in query.subqueries)
        if not all_match and not self.documents(query):
            return None
        match query:
            case PhraseQuery():
                return self._phrase_scores(query, documents)
            case ListQuery(each=0.0):
                return None
            case ListQuery(each=each):
                alike = [each] * len(documents)
                return alike if all_match else self._where_found(query, documents, alike)
            case And(subqueries=queries):
                total = _sum(self.scores(part, documents) for part in queries)
            case LoweredQuery(wanted=wanted, other=other):
                total = _sum((self.scores(wanted, documents), self._lowered(other, documents)))
            case WithoutQuery(wanted=wanted):
                total = self.scores(wanted, documents)
            case _:
                return None
        return total if all_match or total is None else self._where_found(query, documents, total)

    def alike(self, query: Query) -> float | None:
        """The score that all documents have; None when it may differ."""
        match query:
            case PhraseQuery():
                return None
            case ListQuery(each=each):
                return each
            case WithoutQuery(wanted=wanted):
                return self.alike(wanted)
            case And(subqueries=queries):
                parts = [each for each in map(self.alike, queries) if each is not None]
                return sum(parts) if len(parts) == len(queries) else None
            case Or(subqueries=queries):
                return None if any(self.alike(part) != 0 for part in queries) else 0.0
            case _:
                return None

    def levels(self, query: Query, documents: Sequence[int]) -> list[tuple[float, Sequence[int]]] | None:
        """All documents of a query by score, where there are only one or two scores; None when there may be more."""
        wanted = query.wanted if isinstance(query, LoweredQuery) else query
        each = self.alike(wanted)
        if each is None:
            return None
        if not isinstance(query, LoweredQuery):
            return [(each, documents)]
        lower = self.alike(query.other)
        lowered = self.documents(query.other)
        if lower is None or not lowered:
            return None if lower is None else [(each, documents)]
        lowered = lowered if isinstance(lowered, (set, frozenset)) else set(lowered)
        return [
            (each, [document for document in documents if document not in lowered]),
            (each + lower, [document for document in documents if document in lowered]),
        ]

    def single_word(self, query: Query, documents: Sequence[int]) -> Term | None:
        """The word that is all a query looks for, if all documents of the query are given."""
        term = _term(query)
        field = self._search.fields.get(term.fieldname) if term else None
        return term if term and field and field.counted(term.text)[0] is documents else None

    def able(self, term: Term, lowest: float) -> Sequence[int]:
        """The documents with a word but for those that have it too rarely to reach the score ``lowest``."""
        name, key = term.fieldname, term.text
        documents, frequencies = self._search.fields[name].counted(key)
        enough = self._scores_of(name).reaching(lowest, self._search.shortest(name), self._rarity_of(name, key))
        first_title = bisect_left(documents, self._search.info.first_title)
        are_able = bytes(frequencies[:first_title]).translate(enough).ljust(len(documents), b"\x01")
        kept = list(compress(documents, are_able))
        self._kept[id(term)] = kept, bytes(compress(frequencies, are_able))
        return kept

    def _word_scores(self, query: Term, documents: Sequence[int]) -> list[float] | None:
        name, key = query.fieldname, query.text
        field = self._search.fields.get(name)
        if field is None or not field.forms(key):
            return None
        looked_up = self._looked_up.get(id(query))
        kept, frequencies = self._kept.get(id(query), ((), ()))
        if looked_up is not None:
            frequencies = [looked_up.get(document, 0) for document in documents]
        elif kept is not documents:
            frequencies = field.frequencies(key, documents)
        return self._scores_of(name).of(documents, frequencies, field.lengths, self._rarity_of(name, key))

    def _phrase_scores(self, query: PhraseQuery, documents: Sequence[int]) -> list[float]:
        name = query.phrase.field
        found, frequencies = self._counted[id(query)]
        if found != documents:
            frequency_of = dict(zip(found, frequencies, strict=True)).get
            frequencies = [frequency_of(document, 0) for document in documents]
        weight = sum(self._rarity_of(name, word) for word in query.words)
        return self._scores_of(name).of(documents, frequencies, self._search.fields[name].lengths, weight)

    def _lowered(self, query: Query, documents: Sequence[int]) -> list[float] | None:
        """What documents lose that have a word only in another form; all of them are known to have it in some form."""
        if not isinstance(query, OtherFormQuery):
            return self.scores(query, documents, all_match=False)
        phrase, exact = query.phrase, query.exact
        if len(exact.steps) == 1 and not exact.sections:
            field = self._search.fields[exact.field]
            lowered = field.without_form(phrase.steps[0][1], exact.steps[0][1][0], documents)
        else:
            lowered = set(documents) - self._search.exact_documents(phrase, exact)
        return [OTHER_FORM if document in lowered else 0.0 for document in documents] if lowered else None

    def _where_found(self, query: Query, documents: Sequence[int], scores: list[float]) -> list[float]:
        found = self.documents(query)
        found = found if isinstance(found, (set, frozenset)) else set(found)
        return [score if document in found else 0.0 for document, score in zip(documents, scores, strict=True)]


def _term(query: Query) -> Term | None:
    """The single word that a query looks for, if that is all it does."""
    word = query.wanted if isinstance(query, LoweredQuery) else query
    return word if isinstance(word, Term) else None


def _sum(parts: Iterable[list[float] | None]) -> list[float] | None:
    total: list[float] | None = None
    for part in parts:
        if part is not None:
            total = part if total is None else list(map(add, total, part))
    return total


def intersection(few: Documents, many: Documents) -> Documents:
    """What is in both."""
    if isinstance(many, range):
        numbers = rising(few)
        return numbers[bisect_left(numbers, many.start) : bisect_left(numbers, many.stop)]
    if isinstance(many, (set, frozenset)):
        return many.intersection(few)
    if len(many) > _FEW * len(few):
        return [number for number in rising(few) if _contains(many, number)]
    return set(few).intersection(many)


def _contains(numbers: Sequence[int], number: int) -> bool:
    place = bisect_left(numbers, number)
    return place < len(numbers) and numbers[place] == number


def rising(documents: Documents) -> Sequence[int]:
    """The documents in rising order."""
    return sorted(documents) if isinstance(documents, (set, frozenset)) else documents
