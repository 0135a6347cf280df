"""A stretch of a file that can be read from any place, shared safely between readers.

A zip inside a zip that is stored without compression is just a stretch of the outer file: it is read where it lies.
"""

from __future__ import annotations

import io
import os
from threading import Lock
from typing import BinaryIO


class Region:
    """``size`` bytes of ``file`` from ``start`` on."""

    def __init__(self, file: BinaryIO, start: int, size: int, lock: Lock) -> None:
        self._file = file
        self._start = start
        self._lock = lock
        self.size = size

    @classmethod
    def whole(cls, file: BinaryIO) -> Region:
        """All of a file that is open for reading."""
        return cls(file, 0, file.seek(0, os.SEEK_END), Lock())

    def part(self, offset: int, size: int) -> Region:
        """A stretch of this stretch, cut at its end."""
        offset = min(max(offset, 0), self.size)
        return Region(self._file, self._start + offset, max(0, min(size, self.size - offset)), self._lock)

    def read_at(self, offset: int, size: int) -> bytes:
        """Up to ``size`` bytes from ``offset`` on; fewer at the end, none outside."""
        size = min(size, self.size - offset)
        if offset < 0 or size <= 0:
            return b""
        with self._lock:
            self._file.seek(self._start + offset)
            return self._file.read(size)


class RegionFile(io.RawIOBase):
    """A region as a file to read from its beginning."""

    def __init__(self, region: Region) -> None:
        self._region = region
        self._place = 0

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill ``buffer`` as far as there are bytes."""
        piece = self._region.read_at(self._place, len(buffer))
        buffer[: len(piece)] = piece
        self._place += len(piece)
        return len(piece)
