"""Index files that notice their own damage while they are read.

A file ends with a CRC-32 of each of its 8 KB pages; the stamp of the index knows the size of the file and a CRC-32 of
that table. So opening a file of any size costs microseconds, every page is checked when it is first used, and a
flipped bit, a truncated or exchanged file raises ``Damaged`` instead of giving a wrong answer.

A mapped file that is cut short while it is in use would end the process; ``has_changed`` is asked before each search.
"""

from __future__ import annotations

import mmap
import os
from array import array
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple
from weakref import finalize
from zlib import crc32

PAGE = 1 << 13


class Damaged(Exception):
    """A file of the index is missing, foreign or not what was written. The index must be made again."""


class FileStamp(NamedTuple):
    """What the stamp of the index remembers of a file."""

    size: int
    """Of the whole file, table included."""
    check: int
    """CRC-32 of the table."""


def write_checked(path: Path, chunks: Iterable[bytes]) -> FileStamp:
    """Write the chunks and their table, on the disk before this returns."""
    descriptor = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    table = array("I")
    waiting = bytearray()
    with open(descriptor, "wb") as file:
        for chunk in chunks:
            waiting += chunk
            if len(waiting) >= 1 << 20:
                whole = len(waiting) // PAGE * PAGE
                table.extend(_checks(memoryview(waiting)[:whole].toreadonly()))
                file.write(waiting[:whole])
                del waiting[:whole]
        table.extend(_checks(memoryview(bytes(waiting))))
        file.write(waiting)
        file.write(table.tobytes())
        size = file.tell()
        file.flush()
        os.fsync(file.fileno())
    return FileStamp(size, crc32(table.tobytes()))


def _checks(view: memoryview) -> list[int]:
    return [crc32(view[start : start + PAGE]) for start in range(0, len(view), PAGE)]


class CheckedFile:
    """A file written by ``write_checked``, mapped into memory."""

    def __init__(self, path: Path, stamp: FileStamp) -> None:
        self.path = path
        try:
            self._descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
            finalize(self, os.close, self._descriptor)
            self._status = _status(self._descriptor)
            if self._status[0] != stamp.size:
                raise Damaged(f"{path.name} has {self._status[0]} bytes instead of {stamp.size}")
            mapped = mmap.mmap(self._descriptor, 0, access=mmap.ACCESS_READ) if stamp.size else b""
        except (OSError, ValueError) as error:
            raise Damaged(f"{path.name} cannot be read") from error
        pages = -(-stamp.size // (PAGE + 4))
        self.length = stamp.size - 4 * pages
        view = memoryview(mapped)
        if crc32(view[self.length :]) != stamp.check:
            raise Damaged(f"{path.name} is not the file that was written")
        self.view = view[: self.length]
        self._table = array("I", view[self.length :].tobytes())
        self._is_checked = bytearray(pages)

    def slice(self, start: int, end: int) -> memoryview:
        """The bytes from ``start`` to ``end``, after making sure of them."""
        if not 0 <= start <= end <= self.length:
            raise Damaged(f"{self.path.name} is asked for bytes {start} to {end}")
        first, behind = start // PAGE, -(-end // PAGE)
        if self._is_checked.find(0, first, behind) >= 0:
            for page in range(first, behind):
                if not self._is_checked[page]:
                    self.check(page)
        return self.view[start:end]

    def check(self, page: int) -> None:
        """Make sure of one page."""
        if crc32(self.view[page * PAGE : (page + 1) * PAGE]) != self._table[page]:
            raise Damaged(f"{self.path.name} is damaged in page {page}")
        self._is_checked[page] = 1

    def check_all(self, starts: Iterable[int]) -> None:
        """Make sure of all pages that these places lie in, and of the pages behind them."""
        for page in {start // PAGE for start in starts}:
            for each in (page, page + 1):
                if each < len(self._is_checked) and not self._is_checked[each]:
                    self.check(each)

    def has_changed(self) -> bool:
        """Whether the file is no longer what was opened, or no longer there.

        It is asked through the open file: looking its name up would take a tenth of a search.
        """
        return _status(self._descriptor) != self._status


def _status(descriptor: int) -> tuple[int, int, int, bool]:
    """Size, times of the last change (the second one cannot be put back), and whether the file still has a name."""
    status = os.fstat(descriptor)
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_nlink > 0
