"""Brings conversations of an index up to date, segment by segment."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from archiver.errors import Cancelled
from archiver.i18n import _
from archiver.index.documents import ReadDocuments
from archiver.index.folder import IndexFolder
from archiver.index.segment import SegmentInfo
from archiver.index.segment_search import SegmentSearch
from archiver.index.snapshot import Snapshot
from archiver.index.stamp import Stamp
from archiver.index.writing import build

_SMALL, _MOST_SMALL = 4_000, 8
"""Segments of fewer documents are joined when there are so many of them."""


def update(
    folder: IndexFolder,
    snapshot: Snapshot,
    conversations: Sequence[int],
    upto: int,
    read: ReadDocuments,
    processes: int,
    on_progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> None:
    """Replace all documents of these conversations; afterwards the index is at change number ``upto``.

    Each segment counts as soon as it is finished. Its conversations are deleted from the segments that were there
    before, in the same change of state, so that nothing is ever found twice or not at all.
    """
    stamp = snapshot.stamp
    before = {search.info.id: search for search in snapshot.searches}
    old, new = list(stamp.segments), list[SegmentInfo]()
    wanted = list(dict.fromkeys([*conversations, *worth_joining(snapshot.searches)]))
    done = 0
    try:
        for step in build(folder.path, wanted, read, processes):
            if step.conversations:
                old = list(_without(old, before, frozenset(step.conversations)))
                new += [step.segment] if step.segment else []
                stamp = Stamp(stamp.archive_id, stamp.sequence, (*old, *new))
                folder.commit(stamp)
            done += step.read
            if step.read:
                on_progress(min(done, len(conversations)), len(conversations))
            if cancelled():
                raise Cancelled(_("The search index is not complete yet; it is completed with the next import."))
        stamp = Stamp(stamp.archive_id, upto, stamp.segments)
        folder.commit(stamp)
    finally:
        folder.clean(stamp)


def _without(
    segments: Sequence[SegmentInfo], searches: dict[str, SegmentSearch], conversations: Collection[int]
) -> Iterator[SegmentInfo]:
    """The segments with these conversations deleted; a segment with nothing left is left out."""
    for segment in segments:
        column = searches[segment.id].columns["conversation"]
        gone = frozenset(number for number, key in enumerate(column) if key in conversations)
        remaining = segment.without(gone) if gone else segment
        if len(remaining.deleted) < remaining.documents:
            yield remaining


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
