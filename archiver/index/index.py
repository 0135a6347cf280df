"""The index of one archive: a folder that can be made again at any time.

    update   documents -> segments -> stamp       a stop at any point leaves the index late, never wrong
    search   stamp -> snapshot -> hits            from any thread, also while an update goes on

Damage is noticed on opening and on reading. The index then starts again from nothing: ``sequence`` is 0, ``notice``
says why, and the archive lets it catch up, as after the first import.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from archiver.errors import CannotWrite, DiskFull
from archiver.index.documents import Found, ReadDocuments
from archiver.index.folder import IndexFolder, Status
from archiver.index.pages import Damaged
from archiver.index.query import Query
from archiver.index.snapshot import Resolve, Snapshot, nobody

if TYPE_CHECKING:
    import tempfile

    from archiver.index.updating import Update

Answer = TypeVar("Answer")


class Index:
    """Searches and updates; any number of threads may search."""

    def __init__(self, folder: Path, archive_id: str) -> None:
        self.notice = ""
        """A sentence about an index that has to be made again; empty when it has not."""
        self.losses = 0
        """How often the index was found damaged or foreign and had to begin again."""
        self._folder, self._archive_id = IndexFolder(folder, archive_id), archive_id
        self._temporary: tempfile.TemporaryDirectory[str] | None = None
        self._opening, self._updating = threading.Lock(), threading.Lock()
        self._snapshot: Snapshot | None = None
        self._status: Status | None = None
        self._told = 0

    @classmethod
    def open(cls, folder: Path, archive_id: str) -> Index:
        """The index in ``folder``, which is made when it is missing.

        What is damaged, foreign or of another version is cleared away; ``notice`` says so. Where nothing can be
        written, an index that is not there lives in a temporary folder for as long as it is open.
        """
        index = cls(folder, archive_id)
        index._told = index._present().stamp.sequence
        return index

    @property
    def is_temporary(self) -> bool:
        """Whether the index is gone when it is closed, because nothing can be written where it belongs."""
        return self._temporary is not None

    def close(self) -> None:
        """Let go of all files."""
        self._snapshot = None
        if self._temporary:
            self._temporary.cleanup()

    @property
    def sequence(self) -> int:
        """The change number of the library that the index has reached."""
        self._told = self._present().stamp.sequence
        return self._told

    def clear(self) -> None:
        """Forget everything; the next update begins from nothing."""
        with self._updating, self._opening:
            self._take(*self._folder.start_again())
            self.notice, self._told = "", 0

    def reject(self, sequence: int) -> None:
        """Start again, because the library knows nothing of the change number that the index has reached."""
        snapshot = self._present()
        if snapshot.stamp.sequence == sequence:
            self._replace(snapshot)

    def search(self, query: Query, *, limit: int = 20, sort: str = "relevance", resolve: Resolve = nobody) -> Found:
        """The first hits of a query and the exact number of all; ``resolve`` gives the conversations of an ``id:``.

        When a file turns out to be damaged, the index is cleared and nothing is found: ``sequence`` is then 0 and
        ``notice`` says why.
        """
        return self._asked(lambda snapshot: snapshot.find(query, limit, sort, resolve), Found(0, 0))

    def conversations(self, query: Query, *, resolve: Resolve = nobody) -> list[int]:
        """All conversations with a hit, that with the best hit first."""
        nothing: list[int] = []
        return self._asked(lambda snapshot: snapshot.conversations(query, resolve), nothing)

    def suggest(self, query: Query) -> str:
        """The query with words that the index has in place of words that it has not; empty when there are none."""
        from archiver.index.suggest import suggestion

        return self._asked(lambda snapshot: suggestion(query, snapshot.searches), "")

    def update(
        self,
        conversations: Sequence[int],
        upto: int,
        read: ReadDocuments,
        *,
        processes: int = 1,
        on_progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> None:
        """Bring these conversations up to date; the index has then reached change number ``upto``.

        Every finished segment can be searched at once. Raises ``Cancelled`` when asked to stop, with what was finished
        kept; an error of ``read`` goes through. When the index turns out to be damaged, it is cleared: ``sequence`` is
        then 0, so that the next update brings everything.
        """
        with self.updating(read, processes=processes) as update:
            if update.sequence < self._told:
                # Cleared since somebody looked which conversations are missing: these are no longer all of them.
                upto = update.sequence
            update.add(conversations, upto)
            update.finish(on_progress or (lambda _done, _total: None), cancelled or (lambda: False))

    @contextmanager
    def updating(self, read: ReadDocuments, *, processes: int = 1) -> Iterator[Update]:
        """An update that can be given more and more conversations, until its ``finish``; the last thing to be done.

        When the index turns out to be damaged, it is cleared: ``sequence`` is then 0.
        """
        from archiver.index.updating import Update

        with self._updating:
            snapshot = self._present()
            try:
                with closing(Update(self._folder, snapshot, read, processes)) as update:
                    yield update
            except Damaged:
                self._replace(snapshot)

    def _asked(self, ask: Callable[[Snapshot], Answer], nothing: Answer) -> Answer:
        """Ask the present state; when it is damaged, ask the one that takes its place."""
        for _attempt in range(2):
            snapshot = self._present()
            try:
                return ask(snapshot)
            except Damaged:
                self._replace(snapshot)
        return nothing

    def _present(self) -> Snapshot:
        """The state on the disk."""
        with self._opening:
            status = self._folder.status()
            if self._snapshot is None or status is None or status != self._status or self._snapshot.has_changed():
                try:
                    self._take(*self._folder.open())
                except (CannotWrite, DiskFull):
                    self._move_to_temporary_folder()
            assert self._snapshot is not None
            return self._snapshot

    def _replace(self, damaged: Snapshot) -> None:
        """Start again, unless another thread or process has already done so."""
        with self._opening:
            if self._snapshot is damaged and self._folder.status() == self._status:
                try:
                    self._take(*self._folder.start_again())
                except (CannotWrite, DiskFull):
                    self._move_to_temporary_folder()

    def _take(self, snapshot: Snapshot, notice: str) -> None:
        self._snapshot, self._status = snapshot, self._folder.status()
        self.notice = notice or self.notice
        self.losses += bool(notice)

    def _move_to_temporary_folder(self) -> None:
        import tempfile

        self._temporary = tempfile.TemporaryDirectory(prefix="archiver-index-")
        self._folder = IndexFolder(Path(self._temporary.name), self._archive_id)
        self._take(*self._folder.open())
        self.losses += 1
