"""Looks words up in one field of one opened segment.

Answers are plain sequences of document numbers in rising order. Everything is read-only but the caches, whose entries
never change once they are there, so any number of threads may ask.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import chain
from operator import add
from typing import TypeAlias

from archiver.index.columns import ColumnFile
from archiver.index.dictionary import Dictionary, Entry, light_of
from archiver.index.postings import LONG, MIDDLE, MOST_FREQUENT, OFTEN, ONE, Planes, Positions, count, positions

Counted: TypeAlias = tuple[Sequence[int], Sequence[int]]
"""Documents and how often the word comes in each."""

_NOTHING: Counted = ((), ())
_MOST_CACHED = 1 << 18
"""Numbers that each of the caches of one field keeps."""
_MOST_FORMS = 4_096
_MOST_PLANES = 16
_FEW_BEGINNINGS = 500
"""Lists of so many documents or fewer are made again as quickly as others are looked up."""
MANY = 3_000
"""Questions from which on it pays to have a column as a list."""
_FEW = 2
"""When a word has so many times more positions than documents are asked about, each is looked up by itself."""
_FEW_OF_COUNTED = 5
"""The same of a word whose documents are known."""
_FEW_PLACES = 12
"""When it has so many times more positions than places are asked about, each is looked up by itself."""
_FEW_TIMES = 64
"""A word that comes so rarely is often just once in each of its documents."""
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
        self._planes: dict[int, Planes] = {}
        self._beginnings: dict[bytes, array[int]] = {}
        self._begun = 0

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
        forms = self.forms(key)
        return count(forms[0].head) if len(forms) == 1 else sum([count(entry.head) for entry in forms])

    def document_count(self, key: bytes) -> int:
        """In how many documents a word comes; a document with two forms of it counts twice."""
        forms = self.forms(key)
        if not forms:
            return 0
        if len(forms) == 1 and (key in self._counted or count(forms[0].head) < _FEW_TIMES):
            # Rare words are counted at once, because their documents are usually asked for next.
            return len(self.counted(key)[0])
        return sum([self.dictionary.document_count(entry, self.document_of) for entry in forms])

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
        if len(forms) == 1:
            if forms[0].head & 3 == ONE:
                (block,) = self.dictionary.blocks(forms[0])
                return [self.document_of[block]], b"\x01"
            if often := self._often(forms[0]):
                return often
        blocks = chain.from_iterable(map(self.dictionary.blocks, forms))
        size = self.size(key)
        placed: Iterable[int] = map(self.documents_of_blocks(size).__getitem__, blocks)
        if len(forms) == 1 and size < _FEW_TIMES:
            placed = list(placed)
            if len(set(placed)) == size:
                return placed, b"\x01" * size
        counted = Counter(placed)
        documents = list(counted) if len(forms) == 1 else sorted(counted)
        frequencies = counted.values() if len(forms) == 1 else map(counted.__getitem__, documents)
        try:
            return documents, bytes(frequencies).translate(_CLIPPED)
        except ValueError:
            return documents, bytes(min(counted[document], MOST_FREQUENT) for document in documents)

    def _often(self, entry: Entry) -> Counted | None:
        """What is kept of the commonest words."""
        if count(entry.head) < OFTEN:
            return None
        key = entry.key.decode()
        if f"{self._name} often {key}" not in self._columns:
            return None
        documents = memoryview(self.column(f"often {key}")).tolist()
        return documents, bytes(self.column(f"how often {key}"))

    def frequencies(self, key: bytes, documents: Sequence[int]) -> Sequence[int]:
        """How often a word comes in each of some documents."""
        if key not in self._counted and self.size(key) > _FEW * len(documents):
            return self._look_up(key, documents)
        counted, frequencies = self.counted(key)
        if not documents:
            return ()
        begin = bisect_left(counted, documents[0])
        if counted is documents or counted[begin : begin + len(documents)] == documents:
            return frequencies[begin : begin + len(documents)]
        if len(counted) > _FEW_OF_COUNTED * len(documents):
            last = len(counted) - 1
            places = [min(bisect_left(counted, document), last) for document in documents]
            return [
                frequencies[place] if counted[place] == document else 0
                for place, document in zip(places, documents, strict=True)
            ]
        frequency_of = dict(zip(counted, frequencies, strict=True)).get
        return [frequency_of(document, 0) for document in documents]

    def _look_up(self, key: bytes, documents: Sequence[int]) -> list[int]:
        """The same when the word stands at many more places, without counting them all."""
        found = [0] * len(documents)
        first_block = self.column("first blocks").__getitem__
        stretches = list(zip(map(first_block, documents), map(first_block, map((1).__add__, documents)), strict=True))
        short: Counter[int] = Counter()
        for form in self.forms(key):
            if form.head & 3 < MIDDLE:
                short.update(map(self.document_of.__getitem__, self.dictionary.blocks(form)))
            else:
                found = list(map(add, found, self._planes_of(form).frequencies(stretches)))
        if short:
            found = list(map(add, found, map(short.__getitem__, documents)))
        return found if max(found, default=0) <= MOST_FREQUENT else [min(number, MOST_FREQUENT) for number in found]

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
        if entry.head & 3 >= MIDDLE and count(entry.head) > _FEW_PLACES * len(wanted):
            return self._planes_of(entry).among(wanted)
        return wanted.intersection(self.positions(entry))

    def beginning_at(self, prefix: bytes, wanted: set[int]) -> set[int]:
        """Those of some places at which a word stands that begins so."""
        found: set[int] = set()
        for head, view in self.dictionary.lists_starting_with(prefix):
            if head & 3 >= MIDDLE and count(head) > _FEW_PLACES * len(wanted):
                found.update(Planes(head, view).among(wanted))
            else:
                found.update(wanted.intersection(positions(head, view)))
        return found

    def _planes_of(self, entry: Entry) -> Planes:
        """Those of the longest lists are kept, of spaces above all: every spelling of a Korean word asks for them."""
        if count(entry.head) < OFTEN:
            return self.dictionary.planes(entry)
        found = self._planes.get(entry.place)
        if found is None:
            if len(self._planes) >= _MOST_PLANES:
                self._planes = {}
            found = self._planes[entry.place] = self.dictionary.planes(entry)
        return found

    def documents_of(self, entries: Iterable[Entry]) -> list[int]:
        """The documents of some forms together."""
        return self.dictionary.documents_of(entries, self.documents_of_blocks)

    def starting_with(self, prefix: bytes) -> list[int]:
        """The documents of all words that begin so. Many are kept: a single character is asked for again and again."""
        kept = self._beginnings.get(prefix)
        if kept is not None:
            return kept.tolist()
        column = f"{self._name} beginning {prefix.decode()}"
        if column in self._columns:
            return memoryview(self._columns[column]).tolist()
        found = self.dictionary.documents_starting_with(prefix, self.documents_of_blocks)
        if len(found) > _FEW_BEGINNINGS:
            self._begun += len(found)
            if self._begun > _MOST_CACHED:
                self._beginnings, self._begun = {}, len(found)
            self._beginnings[prefix] = array("H", found)
        return found
