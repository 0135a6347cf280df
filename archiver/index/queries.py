"""Our own Whoosh queries: a phrase without stored text, a condition, documents that have a word in another form only.

Each knows its documents in one segment; Whoosh's searcher can step through them, and ``evaluate.py`` takes the whole
list at once.
"""

# mypy: allow-untyped-calls
# ruff: noqa: ARG002
# Whoosh calls with arguments that not every query needs.

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, cast

from whoosh.matching.mcore import Matcher, NullMatcher
from whoosh.matching.wrappers import FilterMatcher
from whoosh.query.compound import And, Or
from whoosh.query.qcore import Query
from whoosh.query.terms import Term
from whoosh.scoring import bm25
from whoosh.util.numeric import byte_to_length

from archiver.index.dictionary import light_of
from archiver.index.matchers import ScoredMatcher, scores_of
from archiver.index.scoring import K1, OTHER_FORM, B
from archiver.index.segment_search import SegmentSearch
from archiver.index.wanted import Condition, Phrase
from archiver.text.tokens import PARTINGS


class ListQuery(Query):
    """A query whose documents in a segment are known as a list."""

    each = 0.0
    """The score of every document."""

    def __init__(self, *key: Any) -> None:
        self.key = key

    def __repr__(self) -> str:
        return f"{type(self).__name__}{self.key!r}"

    __str__ = __repr__

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and isinstance(other, ListQuery) and other.key == self.key

    def __hash__(self) -> int:
        return hash((type(self).__name__, self.key))

    def documents(self, search: SegmentSearch) -> Iterable[int]:
        """The documents in one segment, deleted ones among them."""
        raise NotImplementedError

    def estimate_size(self, ixreader: Any) -> int:
        return int(ixreader.doc_count())

    def matcher(self, searcher: Any, context: Any = None) -> Matcher:
        search = searcher.reader().search
        documents = sorted(set(self.documents(search)) - search.info.deleted)
        return _matcher(documents, [self.each] * len(documents))


class PhraseQuery(ListQuery):
    """Words at fixed distances, scored as one word that is as rare as all of them together."""

    def __init__(self, phrase: Phrase) -> None:
        super().__init__(phrase)
        self.phrase = phrase
        steps = phrase.steps[:-1] if phrase.is_prefix else phrase.steps
        partings = {parting.encode() for parting in PARTINGS}
        self.words = tuple(dict.fromkeys(keys[0] for _offset, keys in steps if keys[0] not in partings))

    def documents(self, search: SegmentSearch) -> Sequence[int]:
        return search.counted(self.phrase)[0]

    def matcher(self, searcher: Any, context: Any = None) -> Matcher:
        search, name = searcher.reader().search, self.phrase.field
        documents, frequencies = search.counted(self.phrase)
        if not documents or context is None or context.weighting is None:
            return super().matcher(searcher, context)
        weight = sum(searcher.idf(name, word) for word in self.words)
        average = searcher.get_parent().avg_field_length(name)
        lengths = map(byte_to_length, map(search.fields[name].lengths.__getitem__, documents))
        scores = {
            document: bm25(weight, frequency, length, average, B, K1)
            for document, frequency, length in zip(documents, frequencies, lengths, strict=True)
            if document not in search.info.deleted
        }
        return _matcher(list(scores), list(scores.values()))


def _matcher(documents: list[int], scores: list[float]) -> Matcher:
    return ScoredMatcher(documents, scores) if documents else cast(Matcher, NullMatcher())


class BeginningQuery(ListQuery):
    """Words that begin so; every document scores the same."""

    each = 1.0

    def __init__(self, field: str, prefix: bytes) -> None:
        super().__init__(field, prefix)
        self.field_name, self.prefix = field, prefix

    def documents(self, search: SegmentSearch) -> Iterable[int]:
        field = search.fields.get(self.field_name)
        return field.starting_with(self.prefix) if field else ()


class OtherBeginningQuery(ListQuery):
    """Documents with a Han character (发) or beginning (resum), but never as typed (髮, résum). Only lowers scores."""

    each = OTHER_FORM

    def __init__(self, field: str, prefix: bytes, typed: bytes) -> None:
        super().__init__(field, prefix, typed)
        self.field_name, self.prefix, self.typed = field, prefix, typed

    def documents(self, search: SegmentSearch) -> set[int]:
        field = search.fields.get(self.field_name)
        entries = list(field.dictionary.starting_with(self.prefix)) if field else []
        exact = [entry for entry in entries if light_of(entry.key).startswith(self.typed)]
        if field is None or len(exact) == len(entries):
            return set()
        return set(field.starting_with(self.prefix)).difference(field.documents_of(exact))


class ConditionQuery(ListQuery):
    """Documents whose properties meet a condition."""

    def __init__(self, condition: Condition) -> None:
        super().__init__(condition)
        self.condition = condition

    def documents(self, search: SegmentSearch) -> frozenset[int]:
        return search.where(self.condition)


class TitlesQuery(ListQuery):
    """Titles, or everything but titles."""

    def __init__(self, *, is_title: bool) -> None:
        super().__init__(is_title)
        self.is_title = is_title

    def documents(self, search: SegmentSearch) -> range:
        first, end = search.info.first_title, search.info.documents
        return range(first, end) if self.is_title else range(first)


class OtherFormQuery(ListQuery):
    """Documents that have a word or phrase, but never exactly as it was typed. Only lowers scores."""

    each = OTHER_FORM

    def __init__(self, phrase: Phrase, exact: Phrase) -> None:
        super().__init__(phrase, exact)
        self.phrase, self.exact = phrase, exact

    def documents(self, search: SegmentSearch) -> set[int]:
        return set(search.documents_of(self.phrase)) - search.exact_documents(self.phrase, self.exact)


class OtherSpellingQuery(ListQuery):
    """Documents that have only another way to write a run (보고 싶어 for 보고싶어). Only lowers scores."""

    each = OTHER_FORM

    def __init__(self, typed: Phrase, others: tuple[Phrase, ...]) -> None:
        super().__init__(typed, others)
        self.typed, self.others = typed, others

    def documents(self, search: SegmentSearch) -> set[int]:
        found = set().union(*map(search.documents_of, self.others))
        return found.difference(search.documents_of(self.typed)) if found else found


class PairQuery(Query):
    """A query that another one takes something from.

    In place of Whoosh's ``AndNot``, which fails when the unwanted documents come to their end, and ``AndMaybe``, which
    forgets scores when it is skipped through.
    """

    def __init__(self, wanted: Query, other: Query) -> None:
        self.wanted, self.other = wanted, other

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.wanted!r}, {self.other!r})"

    __str__ = __repr__

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and repr(other) == repr(self)

    def __hash__(self) -> int:
        return hash((self.wanted, self.other))

    def is_leaf(self) -> bool:
        return False

    def children(self) -> Iterator[Query]:
        yield self.wanted

    def estimate_size(self, ixreader: Any) -> int:
        return int(self.wanted.estimate_size(ixreader))


class WithoutQuery(PairQuery):
    """``wanted`` and not ``other``."""

    def matcher(self, searcher: Any, context: Any = None) -> Matcher:
        unwanted = frozenset(self.other.docs(searcher))
        return cast(Matcher, FilterMatcher(self.wanted.matcher(searcher, context), unwanted, exclude=True))


class LoweredQuery(PairQuery):
    """``wanted``, with the scores of ``other`` added where that matches too."""

    def matcher(self, searcher: Any, context: Any = None) -> Matcher:
        wanted = self.wanted.matcher(searcher, context)
        if context is None or context.weighting is None:
            return wanted
        scores, added = scores_of(wanted), scores_of(self.other.matcher(searcher, context))
        return ScoredMatcher(list(scores), [score + added.get(number, 0.0) for number, score in scores.items()])


def phrases_of(query: Query) -> Iterator[Phrase]:
    """The words and phrases that a query looks for."""
    match query:
        case Term(fieldname=field, text=text):
            yield Phrase(field, ((0, (text,)),))
        case PhraseQuery(phrase=phrase):
            yield phrase
        case BeginningQuery(field_name=field, prefix=prefix):
            yield Phrase(field, ((0, (prefix,)),), is_prefix=True)
        case And(subqueries=queries) | Or(subqueries=queries):
            for each in queries:
                yield from phrases_of(each)
        case PairQuery(wanted=wanted):
            yield from phrases_of(wanted)
