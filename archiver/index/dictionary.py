"""The sorted words of one field of one segment, and where their positions are.

An entry is a key (what a word is found under) and, behind a 0x01, the light word when it is another: so all forms of a
word stand together, and one form can be asked for alone. Entries come in blocks of 32 with an index of first keys:

    block    how many entries (4), their heads (4 each; see postings.py), their keys with line ends between
    index    for each block: where it starts, where its postings start, where its first key ends; the first keys
"""

from __future__ import annotations

import struct
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from archiver.index import postings
from archiver.index.pages import CheckedFile, Damaged
from archiver.index.postings import SHORT, Planes, Positions, length

FORM = b"\x01"
POINT = "\x07"
"""A key for all places where a point and digits stand, so that page 12 is not page 12.5, nor gpt-4 gpt-4.1."""
BESIDE = "\x06"
"""Between two common words in the key of the places where they are neighbours."""
COMMON = 4_096
"""Positions from which on a word may be one of the common words; phrases of others are quick enough without."""
ENTRIES = 32
"""Of one block."""
TAIL = struct.Struct("<4I")
_NOTHING = memoryview(b"")


class Entry(NamedTuple):
    """One form of a word."""

    key: bytes
    head: int
    place: int
    """Of its positions in the postings."""


def light_of(key: bytes) -> bytes:
    """The light word of an entry's key, or of a key with a form in it."""
    plain, mark, form = key.partition(FORM)
    return form if mark else plain


class Dictionary:
    """Reads what ``encoding.dictionary_chunks`` wrote, and the postings beside it."""

    def __init__(self, file: CheckedFile, postings_file: CheckedFile) -> None:
        self._file, self._postings = file, postings_file
        blocks, self.total, begin, size = TAIL.unpack(file.slice(file.length - TAIL.size, file.length))
        index = file.slice(begin, begin + size)
        if size < 12 * blocks + 4:
            raise Damaged(f"{file.path.name} has no index")
        self._starts = index[: 4 * blocks + 4].cast("I")
        self._places = index[4 * blocks + 4 : 8 * blocks + 4].cast("I")
        ends = index[8 * blocks + 4 : 12 * blocks + 4].cast("I").tolist()
        firsts = index[12 * blocks + 4 :].tobytes()
        self._firsts = [firsts[start:end] for start, end in zip([0, *ends], ends, strict=False)]

    def _block(self, number: int) -> tuple[list[int], list[bytes]]:
        block = self._file.slice(self._starts[number], self._starts[number + 1]).tobytes()
        size = int.from_bytes(block[:4], "little")
        return array("I", block[4 : 4 + 4 * size]).tolist(), block[4 + 4 * size :].split(b"\n")

    def entries(self, first: bytes = b"", end: bytes | None = None) -> Iterator[Entry]:
        """All entries from ``first`` to before ``end`` in order."""
        start = max(0, bisect_right(self._firsts, first) - 1)
        stop = len(self._firsts) if end is None else bisect_left(self._firsts, end)
        for number in range(start, stop):
            heads, keys = self._block(number)
            low = bisect_left(keys, first)
            place = self._places[number] + _length(heads[:low])
            for key, head in zip(keys[low:], heads[low:], strict=True):
                if end is not None and key >= end:
                    return
                yield Entry(key, head, place)
                place += length(head)

    def forms(self, key: bytes) -> list[Entry]:
        """The forms of a word; of a key with a form in it, that form alone."""
        if FORM in key:
            plain, _form, form = key.partition(FORM)
            wanted = plain if plain == form else key
            return [entry for entry in self.forms(plain) if entry.key == wanted]
        return self._forms(key) if key else []

    def _forms(self, key: bytes) -> list[Entry]:
        """The same as ``entries`` to before the next key, without a step for each: every query does it."""
        end = key + b"\x02"
        number = max(0, bisect_right(self._firsts, key) - 1)
        if number + 1 < len(self._firsts) and self._firsts[number + 1] < end:
            return list(self.entries(key, end))
        heads, keys = self._block(number) if self._firsts else ([], [])
        low = bisect_left(keys, key)
        high = bisect_left(keys, end, low)
        if low == high:
            return []
        place = self._places[number] + _length(heads[:low])
        if high == low + 1:
            return [Entry(keys[low], heads[low], place)]
        places = accumulate(map(length, heads[low:high]), initial=place)
        return list(map(Entry, keys[low:high], heads[low:high], places))

    def starting_with(self, prefix: bytes) -> Iterator[Entry]:
        """All entries whose key starts so."""
        return self.entries(prefix, prefix + b"\xff")

    def documents_starting_with(self, prefix: bytes, documents_of_blocks: Callable[[int], Sequence[int]]) -> list[int]:
        """The documents in which any of these stands."""
        return postings.distinct_documents(self.lists_starting_with(prefix), documents_of_blocks)

    def documents_of(self, entries: Iterable[Entry], documents_of_blocks: Callable[[int], Sequence[int]]) -> list[int]:
        """The documents in which any of some forms stands."""
        lists = ((entry.head, self._bytes(entry)) for entry in entries)
        return postings.distinct_documents(lists, documents_of_blocks)

    def lists_starting_with(self, prefix: bytes) -> Iterator[tuple[int, memoryview]]:
        """Heads and bytes of all positions of these; those of neighbours may be in one list, not in order."""
        return self._lists(prefix, prefix + b"\xff")

    def _lists(self, first: bytes, end: bytes) -> Iterator[tuple[int, memoryview]]:
        """Heads and bytes of the entries from ``first`` to before ``end``; short neighbours are read as one.

        There may be ten thousands of them, so there is no step for each where a block has only short ones.
        """
        begin = place = -1
        for heads, block_place in self._heads(first, end):
            place = block_place
            begin = place if begin < 0 else begin
            yield from [(head, _NOTHING) for head in heads if not head & 3]
            if max([head & 3 for head in heads]) <= SHORT:
                place += 3 * sum([head >> 2 for head in heads if head & 3])
                continue
            for head in heads:
                size = length(head)
                if head & 3 > SHORT:
                    yield self._short(begin, place)
                    yield head, self._postings.slice(place, place + size)
                    begin = place + size
                place += size
        if begin >= 0:
            yield self._short(begin, place)

    def _heads(self, first: bytes, end: bytes) -> Iterator[tuple[list[int], int]]:
        """The heads of such entries, a block at a time, and where their positions are."""
        start = max(0, bisect_right(self._firsts, first) - 1)
        for number in range(start, bisect_left(self._firsts, end)):
            heads, keys = self._block(number)
            low, high = bisect_left(keys, first), bisect_left(keys, end)
            if low < high:
                yield heads[low:high], self._places[number] + _length(heads[:low])

    def _short(self, begin: int, end: int) -> tuple[int, memoryview]:
        return (end - begin) // 3 << 2 | SHORT, self._postings.slice(begin, end)

    def positions(self, entry: Entry) -> Positions:
        """Where one form stands."""
        return postings.positions(entry.head, self._bytes(entry))

    def planes(self, entry: Entry) -> Planes:
        """Where one form with a MIDDLE or LONG list stands, for few questions."""
        return Planes(entry.head, self._bytes(entry))

    def blocks(self, entry: Entry) -> Sequence[int]:
        """The block of each position of one form."""
        return postings.blocks(entry.head, self._bytes(entry))

    def document_count(self, entry: Entry, document_of: Sequence[int]) -> int:
        """In how many documents one form stands."""
        return postings.document_count(entry.head, self._bytes(entry), document_of)

    def _bytes(self, entry: Entry) -> memoryview:
        if not entry.head & 3:
            return _NOTHING
        return self._postings.slice(entry.place, entry.place + length(entry.head))


def _length(heads: Sequence[int]) -> int:
    """How many bytes the positions of some entries take together; most of them are short."""
    return sum([3 * (head >> 2) if head & 3 == SHORT else length(head) if head & 3 else 0 for head in heads])
