"""Search over the whole archive: joins what the index finds with what the library knows.

    query -> index -> keys and scores -> library -> hits with title, date, model and a snippet of the original text

The index is opened when it is first needed; it is disposable and catches up from the library's change list. Its modules
are imported then too: they take a quarter of a second, which listing, reading and exporting need not pay.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias, TypeVar

from archiver.annotations import Annotations
from archiver.errors import ArchiveDamaged, ArchiveReplaced, DiskFull
from archiver.files import require_archive
from archiver.i18n import _
from archiver.records import Hit, Progress, Results, Span, Summary
from archiver.store import Reader, Store

if TYPE_CHECKING:
    from archiver.index import FoundHit, Index, Query
    from archiver.indexing import Follower

Answer = TypeVar("Answer")
_MOST_LOSSES = 3
FindSpans: TypeAlias = Callable[[str], tuple[Span, ...]]
Sort: TypeAlias = Literal["relevance", "newest", "oldest"]


class Search:
    """The search of one archive; safe to use from several threads."""

    def __init__(self, store: Store, annotations: Annotations, folder: Path) -> None:
        self._store = store
        self._annotations = annotations
        self._folder = folder
        self._index: Index | None = None
        self._opening = threading.Lock()
        self._told = 0
        """The number of losses that somebody was told of."""

    @property
    def index(self) -> Index:
        """The index, opened when first asked for. Raises ``ArchiveReplaced``: it belongs to another library then."""
        if self._store.is_replaced:
            raise ArchiveReplaced(
                _("Another program has just made this archive again. Please close this window and open it again.")
            )
        with self._opening:
            if self._index is None:
                from archiver.index import Index

                require_archive(self._folder.parent)
                self._index = Index.open(self._folder, self._store.archive_id)
            return self._index

    @property
    def notice(self) -> str:
        """A sentence about an index that had to be made again; empty when it had not."""
        return self._index.notice if self._index else ""

    @property
    def losses(self) -> int:
        """How often the index had to begin again since it was opened; each time, it has to catch up with everything."""
        return self._index.losses if self._index else 0

    @property
    def is_temporary(self) -> bool:
        """Whether the index lives only as long as it is open, so that nobody else can be at it."""
        return self.index.is_temporary

    def close(self) -> None:
        """Let go of the index's files."""
        if self._index:
            self._index.close()
            self._index = None

    def results(self, text: str, limit: int, sort: Sort) -> Results:
        """Messages and titles that match what a person typed; odd queries find something or nothing, never fail."""
        query = _parse(text)
        hidden = 0
        found = self._own_index().search(query, limit=limit, sort=sort, resolve=self._keys_of)
        if not found.total and not query.is_empty and not query.is_section_asked:
            everywhere = _parse(f"in:all {text}")
            hidden = self.index.search(everywhere, limit=1, sort=sort, resolve=self._keys_of).total
        with self._store.reading() as reader:
            hits = (_hit(reader, hit, query) for hit in found.hits)
            return Results(
                tuple(hit for hit in hits if hit is not None),
                found.total,
                found.conversations,
                found.counts,
                suggestion="" if found.total else self._suggestion(query),
                hidden=hidden,
                waiting=reader.count_changes(found.sequence),
                explanation=query.explain(),
            )

    def _suggestion(self, query: Query) -> str:
        """What may be meant, if something is found by it."""
        suggested = self.index.suggest(query)
        is_of_use = suggested and self.index.search(_parse(suggested), limit=1, resolve=self._keys_of).total
        return suggested if is_of_use else ""

    def conversations(self, text: str) -> list[str]:
        """Ids of all conversations with a match, the best first."""
        keys = self._own_index().conversations(_parse(text), resolve=self._keys_of)
        with self._store.reading() as reader:
            return [id_ for id_ in map(reader.summary_id, keys) if id_]

    def whole(self, ask: Callable[[], Answer], catch_up: Callable[[], None], tell: Callable[[str], None]) -> Answer:
        """An answer for which everything was made findable first, and again when damage was met on the way.

        ``tell`` hears why it takes a while.
        """
        self._caught_up(catch_up, tell)
        for _attempt in range(_MOST_LOSSES):
            losses = self.losses
            answer = ask()
            if self.losses == losses:
                return answer
            self._caught_up(catch_up, tell)
        raise ArchiveDamaged(
            _(
                "The search index cannot be read, although it was made again. Nothing of the archive is lost; "
                "please have the disk checked."
            )
        )

    def _caught_up(self, catch_up: Callable[[], None], tell: Callable[[str], None]) -> None:
        is_waiting = self.waiting() > 0
        if self.notice and self._told < self.losses:
            tell(self.notice)
        self._told = self.losses
        if is_waiting:
            try:
                catch_up()
            except DiskFull as error:
                # What was searchable before still is; the answer says how much is missing.
                tell(str(error))

    def finder(self, text: str) -> FindSpans | None:
        """What tells where the words of a query stand in a text; None when it asks for nothing that texts hold."""
        query = _parse(text)
        return query.spans if query.patterns else None

    def condition(self, text: str) -> Callable[[str], bool] | None:
        """What tells whether a message has all the words of a query; None when any of its words will do."""
        query = _parse(text)
        return query.holds if query.has_several_words else None

    def waiting(self) -> int:
        """How many conversations the index has not reached yet."""
        reached = self._own_index().sequence
        with self._store.reading() as reader:
            return reader.count_changes(reached)

    def _own_index(self) -> Index:
        """The index, begun again if it was made from another state of the library, as after one was copied back."""
        index = self.index
        reached = index.sequence
        with self._store.reading() as reader:
            if not reader.knows_change(reached):
                index.reject(reached)
        return index

    def update(self, on_progress: Callable[[Progress], None], cancelled: Callable[[], bool], processes: int) -> None:
        """Let the index catch up with the library; the caller holds the archive's lock."""
        if self.waiting():
            with self.following(processes) as follower:
                follower.finish(on_progress, cancelled)

    @contextmanager
    def following(self, processes: int) -> Iterator[Follower]:
        """Let the index follow the library while it grows; the caller holds the archive's lock."""
        from archiver.indexing import Follower, read_documents

        read = partial(read_documents, self._store.path, self._annotations.put_away_ids())
        with self._own_index().updating(read, processes=processes) as update:
            yield Follower(self._store, update)

    def _keys_of(self, id_: str) -> list[int]:
        """Conversations that the filter ``id:`` means; none for half a character, which no id has."""
        id_ = id_.encode("utf-8", "replace").decode()
        with self._store.reading() as reader:
            found = (reader.summary(id_=match) for match in reader.matching_ids(id_))
            return [summary.key for summary in found if summary]


def _parse(text: str) -> Query:
    from archiver.index import parse

    return parse(text)


def _hit(reader: Reader, found: FoundHit, query: Query) -> Hit | None:
    """A hit of the index with everything people want to see; None when the library has moved on meanwhile."""
    from archiver.indexing import words_in

    summary = reader.summary(key=found.conversation)
    if summary is None:
        return None
    if not found.message:
        return _title_hit(summary, found, query)
    messages = reader.messages([found.message])
    if not messages:
        return None
    message = messages[0]
    text = words_in(message, found.section)
    snippet, spans = query.snippet(text, is_markdown=found.section in {"text", "thoughts"})
    return Hit(
        summary.key,
        summary.id,
        found.message,
        message.id,
        summary.title,
        message.role,
        message.answered,
        message.created or summary.created,
        snippet,
        spans,
        found.score,
    )


def _title_hit(summary: Summary, found: FoundHit, query: Query) -> Hit:
    snippet, spans = query.title_snippet(summary.title)
    return Hit(summary.key, summary.id, 0, "", summary.title, "", "", summary.created, snippet, spans, found.score)
