"""Writes positions as ``postings`` reads them, and keys as ``dictionary`` does; only building an index needs numpy."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from archiver.index.dictionary import ENTRIES, TAIL
from archiver.index.postings import BLOCK_BITS, HEADERS, LONG, MIDDLE, SHORT, WIDTHS
from archiver.text.bulk_tokens import Numbers

_MIDDLE_FROM: Final = 400
_LONG_FROM: Final = 2048
_TOGETHER: Final = 10_000
"""Short lists that are put together at a time."""

Positions = NDArray[np.uint32]


def encode(
    positions: Positions, begins: Numbers, ends: Numbers, document_of: NDArray[np.uint16]
) -> tuple[array[int], list[bytes]]:
    """Heads (kind, and how many or where) and bytes of lists of rising positions.

    The lists are ``positions[begin:end]``; ``document_of`` tells the document of each block. Lists of a few positions,
    which are most, are written together.
    """
    counts = ends - begins
    heads = counts << 2 | SHORT
    is_one = counts == 1
    heads[is_one] = positions[begins[is_one]].astype(np.int64) << 2
    is_short = (counts > 1) & (counts < _MIDDLE_FROM)
    written: list[bytes] = []
    start = 0
    for number in np.flatnonzero(counts >= _MIDDLE_FROM).tolist():
        kind, data = _encode_long(positions[begins[number] : ends[number]], document_of)
        heads[number] = counts[number] << 2 | kind
        written += (*_encode_short(positions, begins, counts, np.flatnonzero(is_short[start:number]) + start), data)
        start = number + 1
    written += _encode_short(positions, begins, counts, np.flatnonzero(is_short[start:]) + start)
    return array("I", heads.astype("<u4").tobytes()), written


def _encode_short(positions: Positions, begins: Numbers, counts: Numbers, lists: Numbers) -> Iterator[bytes]:
    """The bytes of some lists, as many at a time as need little memory."""
    for first in range(0, len(lists), _TOGETHER):
        chosen = lists[first : first + _TOGETHER]
        lengths = counts[chosen]
        ends = np.cumsum(lengths)
        places = np.repeat(begins[chosen] - (ends - lengths), lengths)
        places += np.arange(len(places))
        yield _bytes(positions[places])[:, :3].tobytes()


def _encode_long(positions: Positions, document_of: NDArray[np.uint16]) -> tuple[int, bytes]:
    low, middle, high = _bytes(positions)[:, :3].T
    documents = document_of[positions >> BLOCK_BITS]
    head = int(1 + np.count_nonzero(documents[1:] != documents[:-1])).to_bytes(4, "little")
    counts = np.bincount(high, minlength=256)
    if len(positions) < _LONG_FROM and counts.max() < 256:
        return MIDDLE, b"".join((head, counts.astype(np.uint8).tobytes(), low.tobytes(), middle.tobytes()))
    return LONG, b"".join((head, counts.astype("<u4").tobytes(), low.tobytes(), middle.tobytes()))


def _bytes(positions: Positions) -> NDArray[np.uint8]:
    """The four bytes of each position, the low one first."""
    return positions.astype("<u4", copy=False).view(np.uint8).reshape(-1, 4)


def dictionary_chunks(keys: Sequence[str], heads: Sequence[int]) -> Iterator[bytes]:
    """The file of a dictionary, from sorted keys and their heads."""
    numbers = np.array(heads, np.uint32)
    sizes = np.array(HEADERS)[numbers & 3] + np.array(WIDTHS)[numbers & 3] * (numbers >> 2)
    places = np.concatenate(([0], np.cumsum(sizes)))[:-1:ENTRIES].astype("<u4")
    starts, ends, firsts = array("I"), array("I"), bytearray()
    position = 0
    for number in range(0, len(keys), ENTRIES):
        block = numbers[number : number + ENTRIES]
        joined = "\n".join(keys[number : number + ENTRIES]).encode()
        chunk = b"".join((len(block).to_bytes(4, "little"), block.tobytes(), joined))
        yield chunk
        starts.append(position)
        firsts += keys[number].encode()
        ends.append(len(firsts))
        position += len(chunk)
    starts.append(position)
    yield bytes(-position % 4)
    position += -position % 4
    index = starts.tobytes() + places.tobytes() + ends.tobytes() + firsts
    yield index
    yield TAIL.pack(len(places), len(keys), position, len(index))
