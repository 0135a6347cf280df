"""The part of a long stream of bytes that is in memory: grows at its end, is cut at its beginning."""

from __future__ import annotations

from collections.abc import Callable

BLOCK = 1 << 20
_LARGEST_BLOCK = 32 << 20


class Buffer:
    """Bytes of a stream, from ``offset`` on."""

    def __init__(self, data: bytes, read: Callable[[int], bytes]) -> None:
        self.data = data
        self.offset = 0
        """Of the first byte in the stream."""
        self.is_at_end = False
        """Whether the stream has nothing more to give."""
        self._read = read

    def more(self) -> bool:
        """Read on, ever more at a time while one thing fills the memory; whether there was more."""
        if self.is_at_end:
            return False
        block = self._read(min(max(BLOCK, len(self.data)), _LARGEST_BLOCK))
        self.is_at_end = not block
        self.data += block
        return bool(block)

    def reach(self, size: int) -> None:
        """Read until ``size`` bytes are here, if there are as many."""
        while len(self.data) < size and self.more():
            pass

    def forget(self, place: int) -> int:
        """Drop what lies before ``place`` once it is half of what is here; the new place of the same byte."""
        if place * 2 < len(self.data):
            return place
        self.data = self.data[place:]
        self.offset += place
        return 0
