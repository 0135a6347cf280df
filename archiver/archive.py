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

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeAlias

from archiver import lock
from archiver.annotations import Annotations
from archiver.archive_readme import README
from archiver.assets import AssetReader
from archiver.errors import ArchiveDamaged, ArchiveMissing, ArchiveTooOld, Busy, CannotWrite, NotFound
from archiver.files import atomic_file, make_private_folder, require_archive, writing_errors
from archiver.i18n import _
from archiver.records import (
    UNDATED,
    AssetReference,
    Conversation,
    Disagreement,
    Message,
    Observation,
    Outline,
    Progress,
    Results,
    Summary,
)
from archiver.searching import FindSpans, Search, Sort
from archiver.store import Store
from archiver.vault import Vault

if TYPE_CHECKING:
    # What only some commands need comes in with them: 60 ms that the list of conversations need not wait for.
    from archiver.importers import Importer
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

OnProgress: TypeAlias = Callable[[Progress], None]
_STAND_IN = ".stand-in.sqlite"
"""An empty library in place of one that cannot be read, while that is made again."""


OLD_LIBRARY = "library-before-rebuild.sqlite"
"""An unreadable library that may have words which damaged originals no longer have."""


def never() -> bool:
    """The ``cancelled`` of work that nobody stops."""
    return False


def _ignore(_said: object) -> None:
    """The ``on_progress`` of work that nobody watches, and the ``tell`` of what nobody needs to hear."""


class Archive:
    """One archive folder. Safe to use from several threads; one process at a time may change it."""

    def __init__(self, path: Path, store: Store) -> None:
        self.path = path
        self.store = store
        self.vault = Vault(path)
        self.annotations = Annotations(path / "annotations.jsonl")
        self._search = Search(store, self.annotations, path / "index")
        self._to_search_again: set[str] = set()
        """Ids of conversations that were put away or brought back since the index last caught up."""
        self._assets = AssetReader()
        self._sources_by_key: dict[int, SourceInfo] = {}

    @classmethod
    def open(cls, path: Path, *, create: bool = False, rebuild: bool = False) -> Archive:
        """Open the archive folder at ``path``; ``rebuild`` opens one whose library is missing or unreadable.

        Raises ``ArchiveMissing`` when there is none and ``create`` is false, ``ArchiveTooNew``, ``ArchiveDamaged``.
        """
        library = path / "library.sqlite"
        existing = next(folder for folder in (path, *path.absolute().parents) if folder.exists())
        if not existing.is_dir():
            raise CannotWrite(_("{path} is a file. Please name a folder for the archive.").format(path=existing))
        if not (library.exists() and library.stat().st_size):
            if Vault(path).has_originals():
                if rebuild:
                    return cls(path, Store(_emptied(path / _STAND_IN)))
                raise ArchiveDamaged(
                    _(
                        "The library of this archive is missing. “archiver rebuild” makes it again from the originals; "
                        "“archiver verify” checks those."
                    )
                )
            if not create:
                raise ArchiveMissing(
                    _("There is no archive at {path} yet. “archiver import YOUR-EXPORT.zip” makes one.").format(
                        path=path
                    )
                )
            make_private_folder(path)
            Vault(path).create()
            with atomic_file(path / "README.txt") as file:
                file.write(README.encode())
        with writing_errors(library):
            try:
                return cls(path, Store(library, read_only=not os.access(path, os.W_OK)))
            except (ArchiveDamaged, ArchiveTooOld):
                if not rebuild:
                    raise
                return cls(path, Store(_emptied(path / _STAND_IN)))

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
            _emptied(self.store.path)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Be the one process that changes the archive. Raises ``Busy``."""
        with lock.exclusive(self.path / "lock"):
            shutil.rmtree(self.path / "tmp", ignore_errors=True)
            try:
                yield
            finally:
                shutil.rmtree(self.path / "tmp", ignore_errors=True)

    # Conversations

    def summaries(self, *, put_away: bool = False) -> list[Summary]:
        """All conversations that are not put away (or only those that are), the most recently changed first."""
        with self.store.reading() as reader:
            summaries = reader.summaries()
        return [summary for summary in self._annotated(summaries) if summary.is_put_away == put_away]

    def latest(self, number: int) -> tuple[list[Summary], int]:
        """The first ``number`` of ``summaries``, read at once however many there are, and their count."""
        with self.store.reading() as reader:
            latest, count = reader.latest(number, self.annotations.put_away_ids())
        return self._annotated(latest), count

    def _annotated(self, summaries: list[Summary]) -> list[Summary]:
        """Summaries with the person's marks."""
        away = self.annotations.put_away_ids()
        favourites = {favourite.conversation_id for favourite in self.annotations.favourites()}
        marked = away | favourites
        return [
            replace(summary, is_put_away=summary.id in away, is_favourite=summary.id in favourites)
            if summary.id in marked
            else summary
            for summary in summaries
        ]

    def find(self, id_: str) -> Summary:
        """The conversation with this id, or the only one whose id begins so. Raises ``NotFound``."""
        with self.store.reading() as reader:
            ids = reader.matching_ids(id_) if id_ else []
            if len(ids) == 1 or id_ in ids:
                summary = reader.summary(id_=ids[0])
                if summary:
                    return self._annotated([summary])[0]
        if ids:
            raise NotFound(
                _("Several conversations have an id that begins with “{id}”. Please give more of it.").format(id=id_)
            )
        raise NotFound(
            _("No conversation has the id “{id}”. “archiver list” shows the ids of all conversations.").format(id=id_)
        )

    def conversation(self, id_: str) -> Conversation:
        """A whole conversation by its full id. Raises ``NotFound``."""
        with self.store.reading() as reader:
            conversation = reader.conversation(id_)
        if conversation is None:
            self.find(id_)
            raise NotFound(_("No conversation has the id “{id}”.").format(id=id_))
        return conversation

    def outline(self, id_: str) -> Outline:
        """A conversation without its texts. Raises ``NotFound``."""
        with self.store.reading() as reader:
            outline = reader.outline(id_)
        if outline is None:
            raise NotFound(_("No conversation has the id “{id}”.").format(id=id_))
        return outline

    def messages(self, keys: Sequence[int]) -> list[Message]:
        """Messages by key, in that order."""
        with self.store.reading() as reader:
            return reader.messages(keys)

    def observations(self, id_: str) -> list[ObservationInfo]:
        """What every source said of a conversation, the first imported first."""
        from archiver.reports import ObservationInfo

        with self.store.reading() as reader:
            observed = reader.observations(id_)
            # Listing the sources counts what each holds, which an export would ask for once a conversation.
            if any(stored.source not in self._sources_by_key for stored in observed):
                self._sources_by_key = {info.key: info for info in reader.sources()}
            return [
                ObservationInfo(
                    self._sources_by_key[stored.source],
                    stored.member,
                    stored.position,
                    stored.sha256.hex(),
                    partial(self._slice, stored.sha256),
                )
                for stored in observed
            ]

    def _slice(self, sha256: bytes) -> bytes:
        with self.store.reading() as reader:
            return reader.slice(sha256)

    def slice(self, beginning: str) -> bytes:
        """Raw bytes that a source held, by the beginning of their SHA-256. Raises ``NotFound``."""
        with self.store.reading() as reader:
            names = reader.slice_names(beginning)
            if len(names) == 1:
                return reader.slice(names[0])
        raise NotFound(_("Nothing in the archive has the id “{id}”.").format(id=beginning))

    def disagreements(self, id_: str) -> tuple[Disagreement, ...]:
        """Where the sources of a conversation say different things, and which of them counts."""
        from archiver import merge
        from archiver.importers import Feedback, ratings

        importer, said = self._said(id_)
        whole, found = merge.union(said, importer.rules)
        odd = importer.contradictions(whole, {each.path: (each.kept, *each.others) for each in found})
        with self.store.reading() as reader:
            rated = ratings.disagreements(Feedback(id_, *record) for record in reader.feedback(id_))
        return *(each for each in found if each.path in odd), *rated

    def is_whole(self, id_: str) -> bool:
        """Whether no source of a conversation says that there are messages of it that none of them has."""
        importer, said = self._said(id_)
        return not importer.lacks(said)

    def _said(self, id_: str) -> tuple[Importer, list[Observation]]:
        """What the sources of a conversation say, and who can tell what it means."""
        from archiver.importers import IMPORTERS

        provider = self.find(id_).provider
        importer = next(importer for importer in IMPORTERS if importer.name == provider)
        observed = self.observations(id_)
        made: dict[str, float] = {}
        for each in observed:
            made[each.sha256] = min(made.get(each.sha256, UNDATED), each.source.made)
        slices = {each.sha256: each.read for each in observed}
        return importer, importer.gather(
            [Observation(importer.parse(read())[0], made[sha256]) for sha256, read in slices.items()]
        )

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

    @property
    def is_readable(self) -> bool:
        """Whether the library could be read; when not, it is only open to be made again."""
        return self.store.path.name != _STAND_IN

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
        with self.store.reading() as reader:
            return reader.find_assets(reference.pointer for reference in references)

    def read_asset(self, asset: StoredAsset) -> bytes:
        """The bytes of an asset. Raises ``ArchiveDamaged`` when its original is gone."""
        return self._assets.read(self._original(asset), asset)

    def copy_asset(self, asset: StoredAsset, target: BinaryIO) -> None:
        """Write the bytes of an asset to an open file."""
        self._assets.copy(self._original(asset), asset, target)

    def _original(self, asset: StoredAsset) -> Path:
        info = next((info for info in self.sources() if info.key == asset.source), None)
        path = self.path / info.original if info else None
        if path is None or not path.exists():
            raise ArchiveDamaged(
                _("The original that holds {name} is missing. “archiver verify” shows what else is.").format(
                    name=asset.name
                )
            )
        return path

    def asset_list(self) -> list[AssetEntry]:
        """Every use of a picture, sound or file, oldest first, found or not."""
        with self.store.reading() as reader:
            uses = list(reader.asset_uses())
            found = reader.find_assets({use[4].pointer for use in uses})
            missing = {use[4].pointer for use in uses} - found.keys()
            listed = {pointer: reader.listed_file(pointer) for pointer in missing}
        from archiver.reports import AssetEntry

        away = self.annotations.put_away_ids()
        entries = (AssetEntry(*use, found.get(use[4].pointer)) for use in uses if use[0] not in away)
        return [
            replace(entry, reference=_named(entry.reference, *listed[entry.reference.pointer]))
            if entry.asset is None
            else entry
            for entry in entries
        ]

    # Sources, gaps, checks

    def sources(self) -> list[SourceInfo]:
        """Every source, the first imported first."""
        with self.store.reading() as reader:
            return reader.sources()

    def unfinished(self) -> list[SourceInfo]:
        """Sources whose import was stopped before the end; ``ingest.carry_on`` reads the rest of them."""
        return [info for info in self.sources() if not info.is_complete]

    def reports(self) -> list[ImportReport]:
        """The reports of all imports, oldest first."""
        from archiver.reports import report_from_json

        with self.store.reading() as reader:
            return [report_from_json(report) for report in reader.reports()]

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

        With ``keep_old`` the present one stays in the archive under the name ``OLD_LIBRARY``, unless one is there.
        """
        self._search.close()
        self.store.close()
        library = self.path / "library.sqlite"
        is_kept = keep_old and library.exists() and not (self.path / OLD_LIBRARY).exists()
        for side in ("-wal", "-shm", *([""] if is_kept else [])):
            file = library.with_name(library.name + side)
            with writing_errors(library):
                if is_kept and file.exists():
                    os.replace(file, self.path / (OLD_LIBRARY + side))
                file.unlink(missing_ok=True)
        with writing_errors(library):
            os.replace(path, library)
            _emptied(self.path / _STAND_IN)
        shutil.rmtree(self.path / "index", ignore_errors=True)
        self.store = Store(library)
        self._sources_by_key = {}
        self._search = Search(self.store, self.annotations, self.path / "index")


def _named(reference: AssetReference, name: str, size: int | None) -> AssetReference:
    """A reference with the name and size that a list of files tells, where the message itself does not."""
    return replace(reference, name=reference.name or name, size=size if reference.size is None else reference.size)


def _emptied(library: Path) -> Path:
    """A place for a library where none is."""
    for side in ("", "-wal", "-shm"):
        library.with_name(library.name + side).unlink(missing_ok=True)
    return library
