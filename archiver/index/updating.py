"""Brings conversations of an index up to date, segment by segment, also while more of them may still come.

    conversations -> here, or in processes beside this one -> segments -> stamp

Each segment counts as soon as it is finished. Its conversations are deleted from the segments that were there before,
in the same change of state, so that nothing is ever found twice or not at all.
"""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager

from archiver.errors import ArchiverError, Cancelled
from archiver.i18n import _
from archiver.index.documents import ReadDocuments
from archiver.index.folder import IndexFolder
from archiver.index.pages import Damaged
from archiver.index.segment import Segment, SegmentInfo
from archiver.index.segment_search import SegmentSearch
from archiver.index.snapshot import Snapshot
from archiver.index.stamp import Stamp
from archiver.index.workers import Workers
from archiver.index.writing import Step, build, in_chunks

FEWEST_FOR_PROCESSES = 200
"""Conversations below which another process costs more than it saves."""
_SMALL, _MOST_SMALL = 4_000, 8
"""Segments of fewer documents are joined when there are so many of them."""


class Update:
    """One update of an index; of several processes, one is left to whoever adds conversations until ``finish``.

    What goes wrong before ``finish`` is raised there, so that an import is not disturbed by its index.
    """

    def __init__(self, folder: IndexFolder, snapshot: Snapshot, read: ReadDocuments, processes: int) -> None:
        self._folder, self._read, self._processes = folder, read, processes
        self._stamp = snapshot.stamp
        self._inside: dict[str, array[int]] = {}
        """The conversations of each segment that was looked at; whole segments would fill memory as the index grows."""
        self._joining = worth_joining(snapshot.searches)
        self._workers = Workers(folder.path, read)
        self._waiting: dict[int, None] = {}
        """What is left for this process, because no other was begun."""
        self._unfinished: deque[tuple[int, set[int]]] = deque()
        """Change numbers of the library, and the conversations to be finished before the index has reached them."""
        self._seen: set[int] = set()
        self._done = 0
        self._failure: Exception | None = None

    @property
    def sequence(self) -> int:
        """The change number of the library that the index has reached."""
        return self._stamp.sequence

    def add(self, conversations: Sequence[int], upto: int) -> None:
        """More to do, which begins at once when there are processes; after it the index is at change number ``upto``.

        A conversation may come again when it has changed again.
        """
        self._unfinished.append((upto, set(conversations)))
        self._seen.update(conversations)
        self._waiting.update(dict.fromkeys(conversations))
        with self._later():
            if self._is_worth_processes():
                self._begin_workers(1)

    def look(self) -> None:
        """Make what other processes have finished meanwhile part of the index, without waiting for them."""
        with self._later():
            if self._workers.count and not self._failure:
                for step in self._workers.steps(wait=False):
                    self._take(step)

    def finish(self, on_progress: Callable[[int, int], None], cancelled: Callable[[], bool]) -> None:
        """Do all that is left to do. Raises ``Cancelled`` when asked to stop, with what was finished kept."""
        upto = self._unfinished[-1][0] if self._unfinished else self.sequence
        self.add([key for key in self._joining if key not in self._seen], upto)
        if self._failure:
            raise self._failure
        for step in self._remaining_steps():
            self._take(step)
            if step.read:
                on_progress(min(self._done, len(self._seen)), len(self._seen))
            if cancelled():
                raise Cancelled(_("The search index is not complete yet; it is completed with the next import."))
        self._commit(self._stamp.segments, upto)

    def close(self) -> None:
        """End what is still at work, and clear away what did not become part of the index."""
        self._workers.close()
        self._folder.clean(self._stamp)

    @contextmanager
    def _later(self) -> Iterator[None]:
        try:
            yield
        except (ArchiverError, Damaged, OSError) as error:
            self._failure = error

    def _is_worth_processes(self) -> bool:
        return self._processes > 1 and (self._workers.count > 0 or len(self._waiting) >= FEWEST_FOR_PROCESSES)

    def _begin_workers(self, count: int) -> None:
        while self._workers.count < count:
            self._workers.start()
        self._workers.add(self._waiting)
        self._waiting = {}

    def _remaining_steps(self) -> Iterator[Step]:
        if self._is_worth_processes():
            self._begin_workers(1)
            if self._workers.unassigned >= FEWEST_FOR_PROCESSES:
                self._begin_workers(self._processes)
            self._workers.end()
            return self._workers.steps(wait=True)
        return build(self._folder.path, in_chunks(list(self._waiting)), self._read)

    def _take(self, step: Step) -> None:
        """Make a step part of the index."""
        self._done += step.read
        if not step.replaced and not step.segment:
            return
        segments = list(self._without(frozenset(step.replaced)))
        if step.segment:
            segments.append(step.segment)
        self._commit(segments, self._reached(step.finished))

    def _without(self, conversations: frozenset[int]) -> Iterator[SegmentInfo]:
        """The segments with these conversations deleted; a segment with nothing left is left out."""
        for segment in self._stamp.segments:
            if conversations.isdisjoint(self._conversations_of(segment)):
                yield segment
                continue
            gone = frozenset(number for number, key in enumerate(self._column(segment)) if key in conversations)
            remaining = segment.without(gone)
            if len(remaining.deleted) < remaining.documents:
                yield remaining

    def _conversations_of(self, segment: SegmentInfo) -> array[int]:
        if segment.id not in self._inside:
            self._inside[segment.id] = array("I", set(self._column(segment)))
        return self._inside[segment.id]

    def _column(self, segment: SegmentInfo) -> Sequence[int]:
        """The conversation of each document."""
        return memoryview(Segment(self._folder.path, segment).columns["conversation"])

    def _reached(self, finished: Collection[int]) -> int:
        """The change number that the index is at when these conversations are finished, too.

        One that was added twice may have been read once, after both changes; it counts for the earlier one then, and
        ``finish`` makes up for it.
        """
        for conversation in finished:
            for _upto, missing in self._unfinished:
                if conversation in missing:
                    missing.remove(conversation)
                    break
        sequence = self.sequence
        while self._unfinished and not self._unfinished[0][1]:
            sequence = self._unfinished.popleft()[0]
        return sequence

    def _commit(self, segments: Sequence[SegmentInfo], sequence: int) -> None:
        self._stamp = Stamp(self._stamp.archive_id, sequence, tuple(segments))
        self._folder.commit(self._stamp)


def worth_joining(searches: Sequence[SegmentSearch]) -> list[int]:
    """Conversations of segments that are small or mostly out of date, when there are enough of them to join."""
    worn = [search for search in searches if _live(search) < search.info.documents // 2]
    small = [search for search in searches if _live(search) < _SMALL]
    if len(small) >= _MOST_SMALL:
        worn += small
    return sorted(
        {
            key
            for search in worn
            for number, key in enumerate(search.columns["conversation"])
            if number not in search.info.deleted
        }
    )


def _live(search: SegmentSearch) -> int:
    return search.info.documents - len(search.info.deleted)
