"""Where a term stands, as bytes.

The words of a segment are numbered through: a document begins at a multiple of 256, so the number of a word is its
block (which belongs to one document) and its place in the block. The positions of a term, in rising order:

    ONE     the position itself, kept in the dictionary
    SHORT   three bytes for each, the low one first
    MIDDLE  how many documents there are (4 bytes), how many positions have each high byte (256 bytes), then the low
            and the middle plane
    LONG    the same with four bytes for each count

So a position costs two or three bytes, documents, frequencies and phrases all follow from it, and a list of any length
is read by a few slices instead of a step for each position.
"""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate, compress, pairwise, repeat
from sys import byteorder
from typing import Final, TypeAlias

ONE, SHORT, MIDDLE, LONG = range(4)
BLOCK_BITS: Final = 8
BLOCK: Final = 1 << BLOCK_BITS
MOST_BLOCKS: Final = 65_535
MOST_FREQUENT: Final = 15
"""Frequencies stop here: beyond it the score hardly moves."""
OFTEN: Final = 16_384
"""From so many positions on, the documents of a word are kept beside it, as columns."""
MANY_BEGIN: Final = 2_000
"""From so many documents on, those with a word that begins with one character of a run are kept as a column."""

Positions: TypeAlias = Sequence[int]
HEADERS, WIDTHS = (0, 0, 260, 1028), (0, 3, 2, 2)
"""Bytes at the beginning of a list of each kind, and for each position."""
_FEW: Final = 600
_ALL = bytes(range(256))
_BYTES = [bytes([byte]) for byte in range(256)]


def length(head: int) -> int:
    """How many bytes there are."""
    kind = head & 3
    return HEADERS[kind] + WIDTHS[kind] * (head >> 2)


def count(head: int) -> int:
    """How many positions there are."""
    return head >> 2 if head & 3 else 1


def _planes(head: int, view: memoryview) -> tuple[bytes | memoryview, bytes | memoryview, bytes]:
    """All low, all middle and all high bytes."""
    kind, total = head & 3, head >> 2
    if kind == SHORT:
        data = view.tobytes()
        return data[0::3], data[1::3], data[2::3]
    begin = HEADERS[kind]
    low, middle = view[begin : begin + total], view[begin + total : begin + 2 * total]
    counts: Iterable[int] = view[4:begin] if kind == MIDDLE else view[4:begin].cast("I")
    return low, middle, b"".join(map(bytes.__mul__, _BYTES, counts))


def positions(head: int, view: memoryview) -> Positions:
    """All positions."""
    if not head & 3:
        return (head >> 2,)
    low, middle, high = _planes(head, view)
    data = bytearray(4 * len(low))
    data[0::4], data[1::4], data[2::4] = low, middle, high
    return array("I", bytes(data))


def blocks(head: int, view: memoryview) -> Sequence[int]:
    """The block of each position."""
    return array("H", _block_bytes(head, view)) if head & 3 else (head >> 10,)


def _block_bytes(head: int, view: memoryview) -> bytes:
    if not head & 3:
        return (head >> 10).to_bytes(2, byteorder)
    _low, middle, high = _planes(head, view)
    data = bytearray(2 * len(middle))
    data[0::2], data[1::2] = middle, high
    return bytes(data)


def distinct_documents(
    lists: Iterable[tuple[int, memoryview]], documents_of_blocks: Callable[[int], Sequence[int]]
) -> list[int]:
    """The documents of some lists together, in rising order, without a step for each position of LONG ones.

    ``documents_of_blocks`` gives the documents of all blocks, as is best for so many questions.
    """
    short = bytearray()
    rows: list[list[bytes]] = []
    for head, view in lists:
        if head & 3 < MIDDLE or head >> 2 < _FEW:
            short += _block_bytes(head, view)
        else:
            rows.append(Planes(head, view).middle)
    blocks = array("H", bytes(short))
    if not rows:
        return sorted(set(map(documents_of_blocks(len(blocks)).__getitem__, set(blocks))))
    are_there = _present(rows)
    deque(map(are_there.__setitem__, set(blocks), repeat(1)), maxlen=0)
    return sorted(set(compress(documents_of_blocks(MOST_BLOCKS), are_there)))


def _present(rows: Iterable[list[bytes]]) -> bytearray:
    """For each block something else than 0 if it is in any of some lists of middle bytes by high byte.

    Removing some bytes from all 256 removes the same byte a thousand times as quickly as once; what is missing then is
    what was there.
    """
    are_there = bytearray(MOST_BLOCKS + 1)
    for high, column in enumerate(zip(*rows, strict=True)):
        absent = _ALL.translate(None, b"".join(column))
        if len(absent) < len(_ALL):
            begin = high << 8
            are_there[begin : begin + 256] = bytes.maketrans(absent, bytes(len(absent)))
            are_there[begin] = not absent.startswith(b"\0")
    return are_there


def document_count(head: int, view: memoryview, document_of: Sequence[int]) -> int:
    """In how many documents the positions lie."""
    if head & 3 >= MIDDLE:
        return int.from_bytes(view[:4], "little")
    return len(set(map(document_of.__getitem__, blocks(head, view))))


class Planes:
    """A MIDDLE or LONG list that is asked about few blocks or places: nothing is put together for all positions.

    Bytes of one plane are compared by C loops over about as many bytes as a document has words.
    """

    def __init__(self, head: int, view: memoryview) -> None:
        total, begin = head >> 2, HEADERS[head & 3]
        counts = view[4:begin].tobytes() if head & 3 == MIDDLE else view[4:begin].cast("I").tolist()
        self._ends = list(accumulate(counts, initial=0))
        self._low = view[begin : begin + total]
        middle = view[begin + total : begin + 2 * total].tobytes()
        self.middle = [middle[start:end] for start, end in pairwise(self._ends)]
        self.middle.append(b"")
        """The middle bytes by high byte; one more for places just before the first and behind the last."""

    def frequencies(self, stretches: Iterable[tuple[int, int]]) -> list[int]:
        """How many positions lie in the blocks of each stretch."""
        middle = self.middle
        return [
            middle[first >> 8].count(first & 255)
            if end - first == 1
            else middle[first >> 8].count(first & 255) + middle[first + 1 >> 8].count(first + 1 & 255)
            if end - first == 2
            else sum([middle[block >> 8].count(block & 255) for block in range(first, end)])
            for first, end in stretches
        ]

    def among(self, numbers: Iterable[int]) -> list[int]:
        """Those of some numbers that are positions."""
        middle, low, ends, found = self.middle, self._low, self._ends, []
        for number in numbers:
            plane, block = middle[number >> 16], number >> 8 & 255
            start = plane.find(block)
            if start >= 0:
                start, end = start + ends[number >> 16], start + ends[number >> 16] + plane.count(block, start)
                if number & 255 in low[start:end].tobytes():
                    found.append(number)
        return found
