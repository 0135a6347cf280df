"""Finds words at fixed distances in one field of one segment, and tells in which section of a document they stand."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, pairwise, repeat
from operator import floordiv

from archiver.index.columns import ColumnFile
from archiver.index.dictionary import BESIDE, COMMON, POINT, Entry, light_of
from archiver.index.documents import SECTIONS
from archiver.index.field_search import Counted, FieldSearch
from archiver.index.postings import BLOCK, MOST_FREQUENT, count
from archiver.index.wanted import Phrase
from archiver.text.keys import identity
from archiver.text.tokens import EDGE, SPACE, is_run

_MOST_KEPT = 24
_MOST_PLACES = 1 << 16
"""Of one document, that are looked at one by one."""


class PhraseSearch:
    """Phrases in one field."""

    def __init__(self, field: FieldSearch, columns: ColumnFile) -> None:
        self._field, self._columns = field, columns
        self._starts: dict[Phrase, list[int]] = {}

    def counted(self, phrase: Phrase) -> Counted:
        """The documents that hold the phrase, and how often."""
        starts = self.starts(phrase)
        counted = Counter(self._documents(starts))
        if phrase.sections:
            counted = self._in_sections(counted, starts, phrase.sections)
        documents = sorted(counted)
        if len(documents) == len(starts):
            return documents, b"\x01" * len(documents)
        frequencies = list(map(counted.__getitem__, documents))
        if max(frequencies, default=0) > MOST_FREQUENT:
            frequencies = [min(frequency, MOST_FREQUENT) for frequency in frequencies]
        return documents, frequencies

    def _in_sections(self, counted: Counter[int], starts: list[int], sections: Collection[str]) -> Counter[int]:
        """Only what begins in one of the sections; places are looked at in documents that have several."""
        wanted = sum(1 << SECTIONS.index(section) for section in sections)
        masks, document_of = self._columns["sections"], self._field.document_of
        parts = {document: part for document in counted if (part := self._part(document))}
        kept = Counter(
            {
                document: number
                for document, number in counted.items()
                if document not in parts and masks[document] & wanted
            }
        )
        for start in starts if parts else ():
            document = document_of[start // BLOCK]
            if document in parts:
                begins, names = parts[document]
                kept[document] += bool(1 << names[bisect_right(begins, start) - 1] & wanted)
        return +kept

    def exact_documents(self, phrase: Phrase, exact: Phrase) -> set[int]:
        """Those of its documents in which a phrase stands exactly as ``exact``, the same phrase with chosen forms."""
        starts = set(self.starts(phrase))
        for place, ((offset, _keys), (_same, (form,))) in enumerate(zip(phrase.steps, exact.steps, strict=True)):
            entries = self._entries(phrase, place)
            others = [entry for entry in entries if light_of(entry.key) != light_of(form)]
            if len(others) == len(entries):
                return set()
            if sum(count(entry.head) for entry in others) < len(starts):
                places = chain.from_iterable(map(self._field.positions, others))
                starts.difference_update(map((-offset).__add__, places))
            else:
                starts.difference_update(self._following(list(starts), offset, others))
        return set(self._documents(starts))

    def _documents(self, starts: Collection[int]) -> Iterator[int]:
        """The document of each place."""
        document_of = self._field.documents_of_blocks(len(starts))
        return map(document_of.__getitem__, map(floordiv, starts, repeat(BLOCK)))

    def starts(self, phrase: Phrase) -> list[int]:
        """Where the phrase begins. The last answers are kept: the same is asked for hits, their forms and sections."""
        found = self._starts.get(phrase)
        if found is None:
            if len(self._starts) >= _MOST_KEPT:
                self._starts = {}
            found = self._starts[phrase] = self._find(phrase)
        return found

    def _find(self, phrase: Phrase, within: Collection[int] | None = None) -> list[int]:
        """Where it begins, ``within`` some places; the rarest words first, so that little is left for the others."""
        places, base = within, 0
        for offset, entries in self._steps(phrase):
            if places is None:
                places, base = self._positions(entries), offset
            else:
                places = self._following(places, offset - base, entries)
            if not places:
                return []
        if phrase.is_prefix:
            places = self._beginning(places, phrase.steps[-1][0] - base, phrase.steps[-1][1])
        assert places is not None
        starts = [place - base for place in places if place >= base]
        if phrase.starts_word:
            edges = [entry for mark in (EDGE, SPACE) for entry in self._field.forms(mark.encode())]
            starts = self._following(starts, -1, edges)
        if phrase.steps[-1][1][0][-1:].isdigit() and not phrase.is_prefix and (points := self._points(phrase)):
            starts = list(set(starts).difference(self._following(starts, phrase.steps[-1][0] + 1, points)))
        return starts

    def _points(self, phrase: Phrase) -> list[Entry]:
        """Where points stand that must not follow the phrase: none, if it ends with such digits itself."""
        is_fraction = light_of(phrase.steps[-1][1][0]).startswith(b".")
        return [] if is_fraction or len(phrase.steps) < 2 else self._field.forms(POINT.encode())

    def _following(self, places: Iterable[int], distance: int, entries: Sequence[Entry]) -> list[int]:
        """Those of some places at this distance from which one of the forms stands."""
        wanted = set(map(distance.__add__, places))
        found = [self._field.standing(entry, wanted) for entry in entries]
        kept = found[0] if len(found) == 1 else set().union(*found)
        return list(map((-distance).__add__, kept))

    def _positions(self, entries: Sequence[Entry]) -> Collection[int]:
        """Where any of the forms stands."""
        if len(entries) == 1:
            return self._field.positions(entries[0])
        return list(chain.from_iterable(map(self._field.positions, entries)))

    def _beginning(self, places: Collection[int] | None, distance: int, keys: Iterable[bytes]) -> Collection[int]:
        """Those of some places at this distance from which a word with such a beginning stands; None: all of them."""
        if places is None:
            return self._positions([entry for key in keys for entry in self._field.dictionary.starting_with(key)])
        wanted = {place + distance for place in places}
        kept = set().union(*(self._field.beginning_at(key, wanted) for key in keys))
        return [place - distance for place in kept]

    def _steps(self, phrase: Phrase) -> Iterator[tuple[int, list[Entry]]]:
        """Distances and forms of the words, rarest first; without a beginning of words, which may be many.

        A pair between two others is left out: where 東京 stands and two places on 都庁, 京都 stands as well.
        """
        whole = phrase.steps[:-1] if phrase.is_prefix else phrase.steps
        steps = []
        for place, (offset, _keys) in enumerate(whole):
            entries = self._entries(phrase, place)
            if not entries:
                yield offset, []
                return
            steps.append((sum([count(entry.head) for entry in entries]), offset, entries))
        steps += [(size, offset, entries) for size, offset, entries in self._common_pairs(whole)]
        rarest = min(steps)[1] if steps else 0
        held: set[int] = set()
        for _size, offset, entries in sorted(steps, key=lambda step: ((step[1] - rarest) % 2, step[0])):
            holds = _holds(entries[0].key, offset)
            if not holds or not holds <= held:
                held |= holds
                yield offset, entries

    def _common_pairs(self, steps: Sequence[tuple[int, tuple[bytes, ...]]]) -> Iterator[tuple[int, int, list[Entry]]]:
        """Neighbours that the index has as one word because both are very common."""
        for (offset, first), (next_offset, second) in pairwise(steps):
            is_beside = next_offset == offset + 1 and len(first) == len(second) == 1
            if is_beside and min(self._field.size(first[0]), self._field.size(second[0])) >= COMMON:
                entries = self._field.forms(first[0] + BESIDE.encode() + second[0])
                if entries:
                    yield sum(count(entry.head) for entry in entries), offset, entries

    def _entries(self, phrase: Phrase, place: int) -> list[Entry]:
        keys = phrase.steps[place][1]
        found = (
            self._field.forms(keys[0]) if len(keys) == 1 else list(chain.from_iterable(map(self._field.forms, keys)))
        )
        if not keys[0][:1].isdigit():
            return found
        is_among_words = len(phrase.steps) > 1 and not light_of(phrase.steps[1][1][0]).startswith(b".")
        if place or is_among_words:
            # Beside another word, 5 is not the .5 of 3.5, nor the 5 of 5,000.
            found = [entry for entry in found if _is_whole(entry.key) or entry.key in keys]
        return found

    def sections(self, document: int, phrase: Phrase) -> set[str]:
        """The sections of a document in which the phrase begins, where the field has several of it."""
        part = self._part(document)
        if part is None:
            return set()
        starts, names = part
        first_blocks = self._field.column("first blocks")
        begin, end = first_blocks[document] * BLOCK, first_blocks[document + 1] * BLOCK
        if end - begin > _MOST_PLACES:
            found: Iterable[int] = (start for start in self.starts(phrase) if begin <= start < end)
        else:
            found = self._find(phrase, range(begin, end))
        return {SECTIONS[names[bisect_right(starts, start) - 1]] for start in found}

    def _part(self, document: int) -> tuple[Sequence[int], Sequence[int]] | None:
        """Where the sections of a document begin and which they are, in order; None when it has only one."""
        documents = self._field.column("part documents")
        first = bisect_left(documents, document)
        last = bisect_right(documents, document, first)
        if first == last:
            return None
        return self._field.column("part starts")[first:last], self._field.column("part sections")[first:last]


def _is_whole(key: bytes) -> bool:
    plain, _mark, form = key.decode().partition("\x01")
    return not form.startswith(".") and (not form[:1].isdigit() or identity(form) == plain)


@lru_cache(maxsize=1_024)
def _holds(key: bytes, offset: int) -> frozenset[int]:
    """Which of the words or characters of a phrase a step makes sure of, so that it can be left out.

    None for the last character of a run: it says that the run ends there, which no pair does.
    """
    word = key.decode().partition("\x01")[0]
    if is_run(word):
        return frozenset((offset, offset + 1) if len(word) == 2 else ())
    return frozenset((offset, offset + 1) if BESIDE in word else (offset,))
