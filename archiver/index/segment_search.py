"""Looks things up in one opened segment: the documents of a word, a beginning, a phrase, a condition.

Answers are plain sequences of document numbers in rising order. Everything is read-only but the caches, whose entries
never change once they are there, so any number of threads may ask.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cached_property
from itertools import chain
from typing import TypeAlias

from archiver.index.dictionary import Entry
from archiver.index.documents import SECTIONS, VISIBLE
from archiver.index.postings import BLOCK, MOST_FREQUENT, Positions, count
from archiver.index.segment import Segment
from archiver.index.wanted import Condition, Phrase
from archiver.text.tokens import EDGE, SPACE

Counted: TypeAlias = tuple[Sequence[int], Sequence[int]]
"""Documents and how often the word comes in each."""

_NOTHING: Counted = ((), ())
_MOST_CACHED = 1 << 20
"""Document numbers that the cache of one segment keeps."""
_MOST_CONDITIONS = 32
_FEW = 24
"""When a list is so many times longer than the other, looking each number up is quicker than making a set."""


class SegmentSearch:
    """One segment as it is searched."""

    def __init__(self, segment: Segment) -> None:
        self.segment = segment
        self.info = segment.info
        self.columns = segment.columns
        self._counted: dict[tuple[str, bytes], Counted] = {}
        self._cached = 0
        self._conditions: dict[Condition, frozenset[int]] = {}

    def forms(self, field: str, key: bytes) -> list[Entry]:
        """The forms of a word that the segment has."""
        dictionary = self.segment.dictionaries.get(field)
        return dictionary.forms(key) if dictionary else []

    def counted(self, field: str, key: bytes) -> Counted:
        """The documents of a word in any of its forms, with frequencies."""
        found = self._counted.get((field, key))
        if found is None:
            found = self._count(field, key)
            self._cached += len(found[0])
            if self._cached > _MOST_CACHED:
                self._counted, self._cached = {}, len(found[0])
            self._counted[field, key] = found
        return found

    def _count(self, field: str, key: bytes) -> Counted:
        forms = self.forms(field, key)
        if not forms:
            return _NOTHING
        dictionary, document_of = self.segment.dictionaries[field], self._block_documents(field)
        blocks = chain.from_iterable(map(dictionary.blocks, forms))
        counted = Counter(map(document_of.__getitem__, blocks))
        if len(forms) == 1:
            return list(counted), [min(frequency, MOST_FREQUENT) for frequency in counted.values()]
        documents = sorted(counted)
        return documents, [min(counted[document], MOST_FREQUENT) for document in documents]

    def _block_documents(self, field: str) -> Sequence[int]:
        return self.columns[f"{field} blocks"]

    def lengths(self, field: str) -> Sequence[int]:
        """The length of each document, in one byte (``whoosh.util.numeric``)."""
        return self.columns[f"{field} lengths"]

    def starting_with(self, field: str, prefix: bytes) -> list[int]:
        """The documents of all words that begin so."""
        dictionary = self.segment.dictionaries.get(field)
        if dictionary is None:
            return []
        document_of = self._block_documents(field)
        found: set[int] = set()
        for entry in dictionary.starting_with(prefix):
            found.update(map(document_of.__getitem__, dictionary.blocks(entry)))
        return sorted(found)

    def documents_of(self, query: Phrase) -> Sequence[int]:
        """The documents of a phrase, or of a single word."""
        if len(query.steps) > 1 or query.is_prefix or query.sections:
            return self.sequence(query)
        lists = [self.counted(query.field, key)[0] for key in query.steps[0][1]]
        return lists[0] if len(lists) == 1 else sorted(set().union(*lists))

    def sequence(self, query: Phrase) -> list[int]:
        """The documents in which words stand at fixed distances."""
        starts: Iterable[int] = self._starts(query)
        if query.sections:
            starts = filter(self._is_in(query.field, query.sections), starts)
        document_of = self._block_documents(query.field) if query.field in self.segment.dictionaries else ()
        return sorted({document_of[start // BLOCK] for start in starts})

    def _starts(self, query: Phrase) -> list[int]:
        """Where the phrase begins."""
        dictionary = self.segment.dictionaries.get(query.field)
        if dictionary is None:
            return []
        steps = [(offset, self._entries(query, step)) for step, (offset, _keys) in enumerate(query.steps)]
        steps.sort(key=lambda step: sum(count(entry.head) for entry in step[1]))
        first, entries = steps[0]
        starts = [place - first for entry in entries for place in dictionary.positions(entry)]
        for offset, entries in steps[1:]:
            if not starts:
                return []
            starts = _following(starts, offset, map(dictionary.positions, entries))
        if query.starts_word and starts:
            edges = [entry for mark in (EDGE, SPACE) for entry in dictionary.forms(mark.encode())]
            starts = _following(starts, -1, map(dictionary.positions, edges))
        return [start for start in starts if start >= 0]

    def sections_holding(self, document: int, phrases: Iterable[Phrase]) -> set[int]:
        """The sections of a document in which any of the phrases begins."""
        held: set[int] = set()
        for phrase in phrases:
            starts, names = self._parts.get(phrase.field, {}).get(document, ((), ()))
            if not starts:
                if document in self.documents_of(phrase):
                    fields = VISIBLE if phrase.field == "body" else [name for name in SECTIONS if name not in VISIBLE]
                    mask = self.columns["sections"][document]
                    held.update(number for number, name in enumerate(SECTIONS) if name in fields and mask >> number & 1)
                continue
            for start in self._starts(phrase):
                if self._block_documents(phrase.field)[start // BLOCK] == document:
                    held.add(names[bisect_right(starts, start) - 1])
        return held

    def _entries(self, query: Phrase, step: int) -> list[Entry]:
        dictionary = self.segment.dictionaries[query.field]
        _offset, keys = query.steps[step]
        if query.is_prefix and step == len(query.steps) - 1:
            return [entry for key in keys for entry in dictionary.starting_with(key)]
        found = [entry for key in keys for entry in dictionary.forms(key)]
        if step and len(query.steps) > 1:
            # Behind another word, 5 is not the .5 of 3.5, nor the 5 of 5,000.
            found = [entry for entry in found if _is_whole(entry.key) or entry.key in keys]
        return found

    def _is_in(self, field: str, sections: Collection[str]) -> Callable[[int], bool]:
        """Whether a position lies in one of the sections."""
        document_of, masks = self._block_documents(field), self.columns["sections"]
        wanted = sum(1 << SECTIONS.index(section) for section in sections)
        parts = self._parts[field]

        def check(position: int) -> bool:
            document = document_of[position // BLOCK]
            if document not in parts:
                return bool(masks[document] & wanted)
            starts, names = parts[document]
            return bool(1 << names[bisect_right(starts, position) - 1] & wanted)

        return check

    @cached_property
    def _parts(self) -> dict[str, dict[int, tuple[list[int], list[int]]]]:
        """By field and document: where its sections begin and which they are; for documents with several."""
        parts: dict[str, dict[int, tuple[list[int], list[int]]]] = {}
        for field in self.segment.dictionaries:
            columns = (self.columns[f"{field} part {name}"] for name in ("documents", "starts", "sections"))
            of_field = parts[field] = {}
            for document, start, section in zip(*columns, strict=True):
                starts, names = of_field.setdefault(document, ([], []))
                starts.append(start)
                names.append(section)
        return parts

    def where(self, condition: Condition) -> frozenset[int]:
        """The documents that meet a condition."""
        found = self._conditions.get(condition)
        if found is None:
            if len(self._conditions) >= _MOST_CONDITIONS:
                self._conditions = {}
            numbers = condition.numbers(self.columns[condition.column], self.columns.names)
            found = self._conditions[condition] = frozenset(numbers)
        return found


def _is_whole(key: bytes) -> bool:
    form = key.partition(b"\x01")[2]
    return not (form[:1] == b"." or (form[:1].isdigit() and not form.isalnum()))


def _following(starts: list[int], offset: int, lists: Iterable[Positions]) -> list[int]:
    """Those of the starts that have a position of the lists at this distance."""
    wanted = {start + offset for start in starts}
    kept: set[int] = set()
    for places in lists:
        if len(places) > _FEW * len(wanted):
            kept.update(place for place in wanted if _contains(places, place))
        else:
            kept.update(wanted.intersection(places))
    return [place - offset for place in kept]


def _contains(places: Positions, place: int) -> bool:
    index = bisect_left(places, place)
    return index < len(places) and places[index] == place
