"""Where a term stands, as bytes.

The words of a segment are numbered through: a document begins at a multiple of 256, so the number of a word is its
block (which belongs to one document) and its place in the block. The positions of a term, in rising order:

    ONE     the position itself, kept in the dictionary
    SHORT   three planes: all low bytes, all middle bytes, all high bytes
    MIDDLE  how many documents there are (4 bytes), how many positions have each high byte (256 bytes), then the low
            and the middle plane
    LONG    the same with four bytes for each count

So a position costs two or three bytes, documents, frequencies and phrases all follow from it, and a list of any length
is read by a few slices instead of a step for each position.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, TypeAlias

ONE, SHORT, MIDDLE, LONG = range(4)
_MIDDLE_FROM: Final = 400
_LONG_FROM: Final = 2048
BLOCK: Final = 256
MOST_BLOCKS: Final = 65_535
MOST_FREQUENT: Final = 15
"""Frequencies stop here: beyond it the score hardly moves."""

Positions: TypeAlias = Sequence[int]
_HEADERS = (0, 0, 260, 1028)
_WIDTHS = (0, 3, 2, 2)
_BYTES = [bytes([byte]) for byte in range(256)]


def encode(positions: array[int], document_of: Sequence[int]) -> tuple[int, bytes]:
    """Head (kind, and how many or where) and bytes of rising positions; ``document_of`` tells blocks' documents."""
    count = len(positions)
    if count == 1:
        return positions[0] << 2, b""
    data = positions.tobytes()
    low, middle, high = data[0::4], data[1::4], data[2::4]
    if count < _MIDDLE_FROM:
        return count << 2 | SHORT, low + middle + high
    blocks = bytearray(2 * count)
    blocks[0::2], blocks[1::2] = middle, high
    documents = len(set(map(document_of.__getitem__, memoryview(blocks).cast("H")))).to_bytes(4, "little")
    counted = Counter(high)
    counts = [counted[byte] for byte in range(256)]
    if count < _LONG_FROM and max(counts) < 256:
        return count << 2 | MIDDLE, documents + bytes(counts) + low + middle
    return count << 2 | LONG, documents + array("I", counts).tobytes() + low + middle


def length(head: int) -> int:
    """How many bytes ``encode`` made."""
    kind = head & 3
    return _HEADERS[kind] + _WIDTHS[kind] * (head >> 2)


def count(head: int) -> int:
    """How many positions there are."""
    return head >> 2 if head & 3 else 1


def _planes(head: int, view: memoryview) -> tuple[memoryview, memoryview, bytes | memoryview]:
    kind, total = head & 3, head >> 2
    begin = _HEADERS[kind]
    low, middle = view[begin : begin + total], view[begin + total : begin + 2 * total]
    if kind == SHORT:
        return low, middle, view[2 * total :]
    counts: Iterable[int] = view[4:begin] if kind == MIDDLE else view[4:begin].cast("I")
    return low, middle, b"".join(map(bytes.__mul__, _BYTES, counts))


def positions(head: int, view: memoryview) -> Positions:
    """What ``encode`` was given."""
    if not head & 3:
        return (head >> 2,)
    low, middle, high = _planes(head, view)
    data = bytearray(4 * len(low))
    data[0::4], data[1::4], data[2::4] = low, middle, high
    return memoryview(data).cast("I")


def blocks(head: int, view: memoryview) -> Sequence[int]:
    """The block of each position."""
    if not head & 3:
        return (head >> 10,)
    _low, middle, high = _planes(head, view)
    data = bytearray(2 * len(middle))
    data[0::2], data[1::2] = middle, high
    return memoryview(data).cast("H")


def document_count(head: int, view: memoryview, document_of: Sequence[int]) -> int:
    """In how many documents the positions lie."""
    if head & 3 >= MIDDLE:
        return int.from_bytes(view[:4], "little")
    return len(set(map(document_of.__getitem__, blocks(head, view))))
