"""What a process that builds segments does from its beginning to its end; ``workers`` is its other side."""

from __future__ import annotations

import os
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from archiver.index.documents import ReadDocuments
from archiver.index.writing import build

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_NICENESS = 10
_AUTOGROUP = Path("/proc/self/autogroup")
_MMAP_THRESHOLD = -3
"""The parameter M_MMAP_THRESHOLD of mallopt(3)."""
_GIVEN_BACK = 4 << 20
"""Bytes of an array from which on its memory is given back as soon as it is no longer used."""


def work(folder: Path, read: ReadDocuments, share: int, orders: Connection, steps: Connection) -> None:
    """The whole life of a worker process."""
    _end_with_parent()
    _give_way()
    _give_memory_back()
    try:
        for step in build(folder, iter(orders.recv, None), read, share):
            steps.send(step)
        steps.send(None)
    except (EOFError, BrokenPipeError):
        # Who gave the orders is no longer there.
        return
    except Exception as error:  # noqa: BLE001 -- raised again by the process that waits for this one
        steps.send(error)


def _give_way() -> None:
    """Take only the time that nothing else wants: while the index grows, somebody reads and types.

    Linux first shares processors out among sessions (autogroups), and being nice counts only within one; so the process
    gets a session of its own, and that is made nice, too.
    """
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    if _AUTOGROUP.exists():
        with suppress(OSError):
            os.setsid()
            _AUTOGROUP.write_text(str(_NICENESS))


def _give_memory_back() -> None:
    """Keep arrays of a segment apart from other memory, so that one segment after the other needs no more than one.

    The C library of Linux begins so, too, but after the first large array it puts them among the small objects, where
    they leave holes that the next segment's do not fit into: a quarter of the memory.
    """
    if sys.platform == "linux":
        import ctypes

        # Other C libraries have no such function.
        with suppress(AttributeError, OSError):
            ctypes.CDLL(None).mallopt(_MMAP_THRESHOLD, _GIVEN_BACK)


def _end_with_parent() -> None:
    """See to it that this process ends when the one that began it has ended, also in the middle of long work."""
    # Fifteen milliseconds that searching does not need.
    import multiprocessing

    parent = multiprocessing.parent_process()

    def wait_for_its_end() -> None:
        if parent is not None:
            parent.join()
        os._exit(1)

    threading.Thread(target=wait_for_its_end, daemon=True).start()
