"""Builds segments from conversations."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from archiver.files import writing_errors
from archiver.index.documents import Changed, ReadDocuments
from archiver.index.segment import SegmentInfo

if TYPE_CHECKING:
    from archiver.index.builder import Builder

CHUNK = 32
"""Conversations that are read at a time."""
WRITE_NOW: Sequence[int] = ()
"""Among the chunks: what was taken in so far is to be searchable soon."""


class Step(NamedTuple):
    """Something has been done."""

    read: int
    """So many more conversations were read."""
    replaced: Sequence[int] = ()
    """What older segments hold of these is now out of date."""
    finished: Sequence[int] = ()
    """All documents of these are in segments now; a conversation may need several."""
    segment: SegmentInfo | None = None


def in_chunks(conversations: Sequence[int]) -> Iterator[Sequence[int]]:
    """So many conversations as are read at a time."""
    for start in range(0, len(conversations), CHUNK):
        yield conversations[start : start + CHUNK]


def build(folder: Path, chunks: Iterable[Sequence[int]], read: ReadDocuments, share: int = 1) -> Iterator[Step]:
    """Write segments with all documents of the conversations into ``folder``.

    The second of several processes has a ``share`` of 2, and makes segments half as large, which need half the memory.
    """
    work = _Work(folder, share)
    with _without_collections():
        for chunk in chunks:
            if chunk == WRITE_NOW or not work.inside.isdisjoint(chunk):
                yield from work.write()
            for changed in read(chunk):
                yield from work.take(changed)
            if chunk:
                yield Step(len(chunk))
        yield from work.write()


class _Work:
    """The segment that is being collected."""

    def __init__(self, folder: Path, share: int) -> None:
        self._folder, self._share = folder, share
        self._builder: Builder | None = None
        self.inside: set[int] = set()
        self._continued = 0
        """The conversation that the segment before this one has the beginning of."""

    def take(self, changed: Changed) -> Iterator[Step]:
        """Collect one conversation; segments that are full on the way are written."""
        if not changed.documents:
            self.inside.add(changed.conversation)
            return
        builder = self._builder = self._builder or _new_builder(self._share)
        fits = builder.has_room(changed.documents)
        self.inside.add(changed.conversation)
        for document in changed.documents:
            if not fits and not builder.has_room((document,)) and not builder.is_empty:
                yield from self.write(unfinished=changed.conversation)
                self.inside.add(changed.conversation)
                builder = self._builder = _new_builder(self._share)
            builder.add(document)

    def write(self, unfinished: int = 0) -> Iterator[Step]:
        """Write what was collected; more documents of the conversation ``unfinished`` follow."""
        if not self.inside:
            return
        replaced = sorted(self.inside - {self._continued})
        finished = sorted(self.inside - {unfinished})
        with writing_errors(self._folder):
            segment = self._builder.write(self._folder) if self._builder and not self._builder.is_empty else None
        self._builder, self.inside, self._continued = None, set(), unfinished
        yield Step(0, replaced, finished, segment)


def _new_builder(share: int) -> Builder:
    # numpy would begin a thread for every processor, to multiply matrices, which nothing here does.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # A hundred milliseconds for numpy, which neither searching nor reading needs.
    from archiver.index.builder import Builder

    return Builder(share)


@contextmanager
def _without_collections() -> Iterator[None]:
    """Millions of lists and arrays without a cycle among them: looking for cycles would take a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
