"""The archive folder as one object: owns vault, store, annotations and index, and joins what they know.

<archive folder>/
  README.txt          what this folder is, and how to read it without this program
  originals/          every source as it came (the vault)
  annotations.jsonl   what the person added
  library.sqlite      derived from both
  index/              derived from the library
  log/verify.log      a dated line for every check
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeAlias

from archiver import lock
from archiver.annotations import Annotations
from archiver.assets import Assets
from archiver.conversations import Conversations
from archiver.errors import ArchiverError, Busy, CannotWrite
from archiver.files import require_archive
from archiver.library_file import is_stand_in, open_library, remove_stand_in, replace_library
from archiver.observing import Observed
from archiver.records import (
    AssetReference,
    Conversation,
    Disagreement,
    Message,
    Outline,
    Progress,
    Results,
    Summary,
)
from archiver.searching import FindSpans, Search, Sort
from archiver.store import Store
from archiver.store.sources import all_reports, all_sources

if TYPE_CHECKING:
    # What only some commands need comes in with them: 60 ms that the list of conversations need not wait for.
    from archiver.indexing import Follower
    from archiver.reports import (
        AssetEntry,
        CheckReport,
        GapReport,
        ImportReport,
        ObservationInfo,
        SourceInfo,
        StoredAsset,
    )
    from archiver.vault import Vault

OnProgress: TypeAlias = Callable[[Progress], None]


def never() -> bool:
    """The ``cancelled`` of work that nobody stops."""
    return False


def _ignore(_said: object) -> None:
    """The ``on_progress`` of work that nobody watches, and the ``tell`` of what nobody needs to hear."""


class Archive:
    """One archive folder. Safe to use from several threads; one process at a time may change it."""

    def __init__(self, path: Path, store: Store) -> None:
        self.path = path
        self.annotations = Annotations(path / "annotations.jsonl")
        self._to_search_again: set[str] = set()
        """Ids of conversations that were put away or brought back since the index last caught up."""
        self._use(store)

    @cached_property
    def vault(self) -> Vault:
        """The originals; only imports and checks look at them, so what reads them is imported then."""
        from archiver.vault import Vault

        return Vault(self.path)

    def _use(self, store: Store) -> None:
        """Read from and write to this library."""
        self.store = store
        self._conversations = Conversations(store, self.annotations)
        self._observed = Observed(store)
        self._assets = Assets(self.path, store, self.annotations)
        self._search = Search(store, self.annotations, self.path / "index")

    @classmethod
    def open(cls, path: Path, *, create: bool = False, rebuild: bool = False) -> Archive:
        """Open the archive folder at ``path``; ``rebuild`` opens one whose library is missing or unreadable.

        Raises ``ArchiveMissing`` when there is none and ``create`` is false, ``ArchiveTooNew``, ``ArchiveDamaged``.
        """
        return cls(path, open_library(path, create=create, rebuild=rebuild))

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of every file."""
        self._assets.close()
        self._search.close()
        self.store.close()
        if not self.is_readable:
            remove_stand_in(self.path)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Be the one process that changes the archive. Raises ``Busy``."""
        with lock.exclusive(self.path / "lock"):
            shutil.rmtree(self.path / "tmp", ignore_errors=True)
            try:
                yield
            finally:
                shutil.rmtree(self.path / "tmp", ignore_errors=True)

    @property
    def is_being_changed(self) -> bool:
        """Whether another process imports or rebuilds at this moment."""
        return lock.is_held(self.path / "lock")

    # Conversations

    def summaries(self, *, put_away: bool = False) -> list[Summary]:
        """All conversations that are not put away (or only those that are), the most recently changed first."""
        return self._conversations.summaries(put_away=put_away)

    def latest(self, number: int) -> tuple[list[Summary], int]:
        """The first ``number`` of ``summaries``, read at once however many there are, and their count."""
        return self._conversations.latest(number)

    def find(self, id_: str) -> Summary:
        """The conversation with this id, or the only one whose id begins so. Raises ``NotFound``."""
        return self._conversations.find(id_)

    def conversation(self, id_: str) -> Conversation:
        """A whole conversation by its full id. Raises ``NotFound``."""
        return self._conversations.conversation(id_)

    def outline(self, id_: str) -> Outline:
        """A conversation without its texts. Raises ``NotFound``."""
        return self._conversations.outline(id_)

    def messages(self, keys: Sequence[int]) -> list[Message]:
        """Messages by key, in that order."""
        with self.store.reading() as reader:
            return reader.messages(keys)

    def observations(self, id_: str) -> list[ObservationInfo]:
        """What every source said of a conversation, the first imported first."""
        return self._observed.observations(id_)

    def slice(self, beginning: str) -> bytes:
        """Raw bytes that a source held, by the beginning of their SHA-256. Raises ``NotFound``."""
        return self._observed.slice(beginning)

    def disagreements(self, id_: str) -> tuple[Disagreement, ...]:
        """Where the sources of a conversation say different things, and which of them counts."""
        return self._observed.disagreements(id_, self.find(id_).provider)

    def is_whole(self, id_: str) -> bool:
        """Whether no source of a conversation says that there are messages of it that none of them has."""
        return self._observed.is_whole(id_, self.find(id_).provider)

    # Search

    def search(self, query: str, *, limit: int = 20, sort: Sort = "relevance") -> Results:
        """Messages and titles that match what a person typed; odd queries find something or nothing, never fail."""
        return self._search.results(query, limit, sort)

    def search_whole(
        self, query: str, *, limit: int = 20, sort: Sort = "relevance", tell: Callable[[str], None] = _ignore
    ) -> Results:
        """``search`` that first makes everything findable, also when the index turns out to be damaged on the way.

        ``tell`` is told why it takes a while. Only while another process changes the archive may something be missing;
        ``waiting`` of the results then says so.
        """
        return self._search.whole(lambda: self.search(query, limit=limit, sort=sort), self.catch_up, tell)

    def conversations_with(self, query: str) -> list[str]:
        """Ids of all conversations that a search finds, the best first; see ``search_whole``."""
        return self._search.whole(lambda: self._search.conversations(query), self.catch_up, _ignore)

    def finder(self, query: str) -> FindSpans | None:
        """What tells where the words of a query stand in a text; None when it asks for nothing that texts hold."""
        return self._search.finder(query)

    def condition(self, query: str) -> Callable[[str], bool] | None:
        """What tells whether a message has all the words of a query; None when any of its words will do."""
        return self._search.condition(query)

    @property
    def last_change(self) -> int:
        """A number that grows when conversations come or change, whichever process brings them."""
        with self.store.reading() as reader:
            return reader.last_change()

    @property
    def is_readable(self) -> bool:
        """Whether the library could be read; when not, it is only open to be made again."""
        return not is_stand_in(self.store)

    @property
    def notice(self) -> str:
        """A sentence about something that had to be made again; empty when nothing had."""
        return self._search.notice

    def index_waiting(self) -> int:
        """How many conversations the index has not reached yet."""
        return self._search.waiting()

    @property
    def index_losses(self) -> int:
        """How often the index turned out to be damaged; each time, it has to catch up with everything."""
        return self._search.losses

    def catch_up(self) -> None:
        """Let the index catch up unless another process is at it; a crash or a long import may have left it behind."""
        if not self.index_waiting():
            return
        try:
            with self.writing():
                self.update_index()
        except Busy:
            pass
        except CannotWrite:
            # Nothing can be written where the archive is, but an index of our own can be.
            if self._search.is_temporary:
                self._search.update(_ignore, never, 1)

    def update_index(
        self, on_progress: OnProgress | None = None, cancelled: Callable[[], bool] = never, *, processes: int = 1
    ) -> None:
        """Let the index catch up with the library; the caller is ``writing``."""
        self._note_changes()
        self._search.update(on_progress or _ignore, cancelled, processes)

    @contextmanager
    def following(self) -> Iterator[Follower]:
        """Let the index follow while conversations are stored; the caller is ``writing``."""
        with self._search.following(processes=2) as follower:
            yield follower

    # Annotations that change what is found

    def put_away(self, id_: str) -> None:
        """Take a conversation out of lists and search; ``bring_back`` undoes it."""
        self.annotations.put_away(id_)
        self._search_again(id_)

    def bring_back(self, id_: str) -> None:
        """Put a conversation back into lists and search."""
        self.annotations.bring_back(id_)
        self._search_again(id_)

    def undo(self) -> str:
        """Take back the last mark, note or putting away; what it was, empty when there is nothing left to undo."""
        before = self.annotations.put_away_ids()
        done = self.annotations.undo()
        for id_ in before ^ self.annotations.put_away_ids():
            self._search_again(id_)
        return done

    def _search_again(self, id_: str) -> None:
        """Let the index follow: at once, or when the import that holds the archive is done."""
        self._to_search_again.add(id_)
        with suppress(Busy), self.writing():
            self.update_index()

    def _note_changes(self) -> None:
        ids, self._to_search_again = self._to_search_again, set()
        if ids:
            with self.store.transaction() as writer:
                for id_ in ids:
                    writer.note_change(self.find(id_).key)

    # Assets

    def find_assets(self, references: Iterable[AssetReference]) -> dict[str, StoredAsset]:
        """Where the bytes of references lie, by pointer; a pointer without bytes is missing from the answer."""
        return self._assets.find(references)

    def read_asset(self, asset: StoredAsset) -> bytes:
        """The bytes of an asset. Raises ``ArchiveDamaged`` when its original is gone."""
        return self._assets.read(asset)

    def copy_asset(self, asset: StoredAsset, target: BinaryIO) -> None:
        """Write the bytes of an asset to an open file."""
        self._assets.copy(asset, target)

    def asset_list(self) -> list[AssetEntry]:
        """Every use of a picture, sound or file, oldest first, found or not."""
        return self._assets.listed()

    # Sources, gaps, checks

    def sources(self) -> list[SourceInfo]:
        """Every source, the first imported first."""
        with self.store.reading() as reader:
            return all_sources(reader)

    def unfinished(self) -> list[SourceInfo]:
        """Sources whose import was stopped before the end; ``ingest.carry_on`` reads the rest of them."""
        return [info for info in self.sources() if not info.is_complete]

    def reports(self) -> list[ImportReport]:
        """The reports of all imports, oldest first."""
        from archiver.reports import report_from_json

        with self.store.reading() as reader:
            return [report_from_json(report) for report in all_reports(reader)]

    def gaps(self) -> GapReport:
        """What is missing or damaged, by name."""
        from archiver import checking

        return checking.gaps(self.store, self.asset_list())

    def verify(self, on_progress: OnProgress | None = None, cancelled: Callable[[], bool] = never) -> CheckReport:
        """Check originals and stored conversations; the result is noted in log/verify.log."""
        from archiver import checking

        require_archive(self.path)
        report = checking.verify(self.vault, self.store, on_progress or _ignore, cancelled)
        with suppress(CannotWrite):
            checking.note_check(report, self.path / "log")
        return report

    def replace_library(self, path: Path, *, keep_old: bool = False) -> None:
        """Let a newly made library take the place of the present one; the index follows.

        With ``keep_old`` the present one stays in the archive as ``library_file`` says.
        """
        self._assets.close()
        self._search.close()
        # All of it in the one file: it must be whole should the power go before the other has taken its place.
        with suppress(ArchiverError):
            self.store.settle()
        self.store.close()
        store = replace_library(self.path, path, keep_old=keep_old)
        shutil.rmtree(self.path / "index", ignore_errors=True)
        self._use(store)
