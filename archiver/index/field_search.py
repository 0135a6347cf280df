"""Looks words up in one field of one opened segment.

Answers are plain sequences of document numbers in rising order. Everything is read-only but the caches, whose entries
never change once they are there, so any number of threads may ask.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import chain
from typing import TypeAlias

from archiver.index.columns import ColumnFile
from archiver.index.dictionary import Dictionary, Entry, light_of
from archiver.index.postings import LONG, MOST_FREQUENT, OFTEN, Positions, count

Counted: TypeAlias = tuple[Sequence[int], Sequence[int]]
"""Documents and how often the word comes in each."""

_NOTHING: Counted = ((), ())
_MOST_CACHED = 1 << 18
"""Numbers that each of the caches of one field keeps."""
_MOST_FORMS = 4_096
MANY = 3_000
"""Questions from which on it pays to have a column as a list."""
_FEW = 18
"""When a word has so many times more positions than documents are asked about, each is looked up by itself."""
_FEW_PLACES = 400
"""When it has so many times more positions than places are asked about, they need not even be read."""
_CLIPPED = bytes(min(frequency, MOST_FREQUENT) for frequency in range(256))


class FieldSearch:
    """One field of a segment as it is searched."""

    def __init__(self, dictionary: Dictionary, columns: ColumnFile, name: str) -> None:
        self.dictionary = dictionary
        self._columns, self._name = columns, name
        self._forms: dict[bytes, list[Entry]] = {}
        self._counted: dict[bytes, Counted] = {}
        self._cached = 0
        self._positions: dict[int, Positions] = {}
        self._kept = 0

    def column(self, name: str) -> bytes | memoryview:
        """A column of this field."""
        return self._columns[f"{self._name} {name}"]

    @cached_property
    def document_of(self) -> Sequence[int]:
        """The document that each block of positions belongs to."""
        return self.column("blocks")

    def documents_of_blocks(self, how_many: int) -> Sequence[int]:
        """The same, as is quickest for so many questions."""
        return self.document_of if how_many < MANY else self._columns.listed(f"{self._name} blocks")

    @cached_property
    def lengths(self) -> Sequence[int]:
        """The length of each document, in one byte (``whoosh.util.numeric``)."""
        return self.column("lengths")

    def forms(self, key: bytes) -> list[Entry]:
        """The forms of a word that the segment has."""
        found = self._forms.get(key)
        if found is None:
            if len(self._forms) >= _MOST_FORMS:
                self._forms = {}
            found = self._forms[key] = self.dictionary.forms(key)
        return found

    def size(self, key: bytes) -> int:
        """How often a word comes in all documents together."""
        return sum(count(entry.head) for entry in self.forms(key))

    def document_count(self, key: bytes) -> int:
        """In how many documents a word comes; a document with two forms of it counts twice."""
        forms = self.forms(key)
        if len(forms) == 1 and key in self._counted:
            return len(self._counted[key][0])
        return sum(self.dictionary.document_count(entry, self.document_of) for entry in forms)

    def counted(self, key: bytes) -> Counted:
        """The documents of a word in any of its forms, with frequencies."""
        found = self._counted.get(key)
        if found is None:
            found = self._count(key)
            self._cached += len(found[0])
            if self._cached > _MOST_CACHED:
                self._counted, self._cached = {}, len(found[0])
            self._counted[key] = found
        return found

    def _count(self, key: bytes) -> Counted:
        forms = self.forms(key)
        if not forms:
            return _NOTHING
        if len(forms) == 1 and (often := self._often(forms[0])):
            return often
        blocks = chain.from_iterable(map(self.dictionary.blocks, forms))
        counted = Counter(map(self.documents_of_blocks(self.size(key)).__getitem__, blocks))
        documents = list(counted) if len(forms) == 1 else sorted(counted)
        frequencies = counted.values() if len(forms) == 1 else map(counted.__getitem__, documents)
        try:
            return documents, bytes(frequencies).translate(_CLIPPED)
        except ValueError:
            return documents, bytes(min(counted[document], MOST_FREQUENT) for document in documents)

    def _often(self, entry: Entry) -> Counted | None:
        """What is kept of the commonest words."""
        key = entry.key.decode() if count(entry.head) >= OFTEN else ""
        if f"{self._name} often {key}" not in self._columns:
            return None
        documents = memoryview(self.column(f"often {key}")).tolist()
        return documents, bytes(self.column(f"how often {key}"))

    def frequencies(self, key: bytes, documents: Sequence[int]) -> Sequence[int]:
        """How often a word comes in each of some documents."""
        if key not in self._counted:
            size = self.size(key)
            if size > _FEW * len(documents):
                return self._look_up(key, documents)
            if size > MANY and (found := self._in_few(key, documents, size)):
                return found
        counted, frequencies = self.counted(key)
        if counted == documents:
            return frequencies
        frequency_of = dict(zip(counted, frequencies, strict=True)).get
        return [frequency_of(document, 0) for document in documents]

    def _in_few(self, key: bytes, documents: Sequence[int], size: int) -> list[int]:
        """The same when the word is in few of the documents; empty when it is in many, so that all must be counted."""
        begins = self.column("first blocks")
        ends = map(begins.__getitem__, map((1).__add__, documents))
        wanted = set(chain.from_iterable(map(range, map(begins.__getitem__, documents), ends)))
        blocks = set().union(*(wanted.intersection(self.dictionary.blocks(form)) for form in self.forms(key)))
        if len(blocks) * _FEW > size:
            return []
        kept = sorted(set(map(self.document_of.__getitem__, blocks)))
        frequency_of = dict(zip(kept, self._look_up(key, kept), strict=True)).get
        return [frequency_of(document, 0) for document in documents]

    def _look_up(self, key: bytes, documents: Sequence[int]) -> list[int]:
        found = [0] * len(documents)
        begins = self.column("first blocks")
        for blocks in map(self.dictionary.blocks, self.forms(key)):
            end = len(blocks)
            place = 0
            for number, document in enumerate(documents):
                place = bisect_left(blocks, begins[document], place)
                following = begins[document + 1]
                while place < end and blocks[place] < following:
                    found[number] += 1
                    place += 1
        return [min(frequency, MOST_FREQUENT) for frequency in found]

    def without_form(self, keys: Sequence[bytes], exact: bytes, documents: Sequence[int]) -> set[int]:
        """Those of some documents, all with the word of ``keys``, that do not have it in the form ``exact``.

        Only documents with another form can be among them, and those are usually few.
        """
        entries = [entry for key in keys for entry in self.forms(key) if light_of(entry.key) != light_of(exact)]
        blocks = chain.from_iterable(map(self.dictionary.blocks, entries))
        with_others = set(map(self.document_of.__getitem__, blocks))
        suspects = [document for document in documents if document in with_others]
        frequencies = self.frequencies(exact, suspects)
        return {document for document, frequency in zip(suspects, frequencies, strict=True) if not frequency}

    def positions(self, entry: Entry) -> Positions:
        """Where one form stands. Long lists are kept, because common words are asked for again."""
        found = self._positions.get(entry.place) if entry.head & 3 == LONG else None
        if found is None:
            found = self.dictionary.positions(entry)
            if entry.head & 3 == LONG:
                self._kept += len(found)
                if self._kept > _MOST_CACHED:
                    self._positions, self._kept = {}, len(found)
                self._positions[entry.place] = found
        return found

    def standing(self, entry: Entry, wanted: set[int]) -> Iterable[int]:
        """Those of some places at which one form stands."""
        size = count(entry.head)
        if size > _FEW_PLACES * len(wanted) and entry.place not in self._positions:
            return self.dictionary.among(entry, wanted)
        places = self.positions(entry)
        if size > _FEW * len(wanted):
            return [place for place in wanted if _contains(places, place)]
        return wanted.intersection(places)

    def starting_with(self, prefix: bytes) -> list[int]:
        """The documents of all words that begin so."""
        blocks = self.dictionary.blocks_starting_with(prefix)
        return sorted(set(map(self.documents_of_blocks(len(blocks)).__getitem__, blocks)))


def _contains(places: Positions, place: int) -> bool:
    index = bisect_left(places, place)
    return index < len(places) and places[index] == place
