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
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import BinaryIO, Literal, TypeAlias

from archiver import lock, merge
from archiver.annotations import Annotations
from archiver.archive_readme import README
from archiver.errors import ArchiveDamaged, ArchiveMissing, Busy, NotFound
from archiver.files import atomic_file, make_private_folder, writing_errors
from archiver.i18n import _, ngettext
from archiver.importers import IMPORTERS, open_source
from archiver.index import FoundHit, Index, Query, parse
from archiver.indexing import read_documents, sections_of
from archiver.records import (
    AssetReference,
    Conversation,
    Hit,
    Message,
    Outline,
    Problem,
    Progress,
    Results,
    Span,
    Summary,
)
from archiver.reports import (
    AssetEntry,
    CheckReport,
    GapReport,
    ImportReport,
    ObservationInfo,
    SourceInfo,
    StoredAsset,
    report_from_json,
)
from archiver.store import Store
from archiver.vault import Vault

OnProgress: TypeAlias = Callable[[Progress], None]
Sort: TypeAlias = Literal["relevance", "newest", "oldest"]


def never() -> bool:
    """The ``cancelled`` of work that nobody stops."""
    return False


class Archive:
    """One archive folder. Safe to use from several threads; one process at a time may change it."""

    def __init__(self, path: Path, store: Store) -> None:
        self.path = path
        self.store = store
        self.vault = Vault(path)
        self.annotations = Annotations(path / "annotations.jsonl")
        self.notice = ""
        """A sentence about something that had to be made again; empty when nothing had."""
        self._index: Index | None = None
        self._opening_index = threading.Lock()

    @classmethod
    def open(cls, path: Path, *, create: bool = False, rebuild: bool = False) -> Archive:
        """Open the archive folder at ``path``; ``rebuild`` opens one whose library is missing or unreadable.

        Raises ``ArchiveMissing`` when there is none and ``create`` is false, ``ArchiveTooNew``, ``ArchiveDamaged``.
        """
        library = path / "library.sqlite"
        if not library.exists():
            if (path / "originals" / "manifest-sha256.txt").exists() and not rebuild:
                raise ArchiveDamaged(
                    _(
                        "The library of this archive is missing. Your originals are safe; "
                        "“archiver rebuild” makes it again."
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
            return cls(path, Store(library, read_only=not os.access(path, os.W_OK)))

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of every file."""
        if self._index:
            self._index.close()
        self.store.close()

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
        away = self.annotations.put_away_ids()
        favourites = {favourite.conversation_id for favourite in self.annotations.favourites()}
        with self.store.reading() as reader:
            summaries = reader.summaries()
        if not away and not favourites:
            return [] if put_away else summaries
        return [
            _annotated(summary, put_away=summary.id in away, favourite=summary.id in favourites)
            for summary in summaries
            if (summary.id in away) == put_away
        ]

    def find(self, id_: str) -> Summary:
        """The conversation with this id, or the only one whose id begins so. Raises ``NotFound``."""
        with self.store.reading() as reader:
            ids = reader.matching_ids(id_) if id_ else []
            if len(ids) == 1 or id_ in ids:
                summary = reader.summary(id_=ids[0])
                if summary:
                    away = self.annotations.put_away_ids()
                    return _annotated(summary, put_away=summary.id in away, favourite=summary.is_favourite)
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
        with self.store.reading() as reader:
            sources = {info.key: info for info, _complete in reader.sources()}
            return [
                ObservationInfo(
                    sources[stored.source],
                    stored.member,
                    stored.position,
                    stored.sha256.hex(),
                    partial(self._slice, stored.sha256),
                )
                for stored in reader.observations(id_)
            ]

    def _slice(self, sha256: bytes) -> bytes:
        with self.store.reading() as reader:
            return reader.slice(sha256)

    def disagreements(self, id_: str) -> tuple[merge.Disagreement, ...]:
        """Where the sources of a conversation say different things, and which of them counts."""
        provider = self.find(id_).provider
        importer = next(importer for importer in IMPORTERS if importer.name == provider)
        slices = {observation.sha256: observation.read for observation in self.observations(id_)}
        values = [importer.parse(read())[0] for read in slices.values()]
        return merge.union(values, importer.newest_wins)[1]

    # Search

    def search(self, query: str, *, limit: int = 20, sort: Sort = "relevance") -> Results:
        """Messages and titles that match what a person typed; never raises for odd queries."""
        parsed = parse(query)
        found = self.index.search(parsed, limit=limit, sort=sort, resolve=self._keys_of)
        with self.store.reading() as reader:
            hits = tuple(
                filter(None, (self._hit(reader.summary(key=hit.conversation), hit, parsed) for hit in found.hits))
            )
        return Results(
            hits,
            found.total,
            found.conversations,
            found.counts,
            suggestion="" if found.total else self.index.suggest(parsed),
            waiting=self.index_waiting(),
            explanation=parsed.explain(),
        )

    def conversations_with(self, query: str) -> list[str]:
        """Ids of all conversations that a search finds, the best first."""
        found = self.index.search(parse(query), limit=0, sort="relevance", resolve=self._keys_of)
        with self.store.reading() as reader:
            return [id_ for id_ in map(reader.summary_id, found.counts) if id_]

    def _hit(self, summary: Summary | None, found: FoundHit, query: Query) -> Hit | None:
        if summary is None:
            return None
        messages = self.messages([found.message]) if found.message else []
        if found.message and not messages:
            return None
        if not messages:
            snippet, spans = query.snippet(summary.title)
            return Hit(
                summary.key, summary.id, 0, "", summary.title, "", "", summary.created, snippet, spans, found.score
            )
        message = messages[0]
        text = dict(sections_of(message)).get(found.section, "")
        snippet, spans = query.snippet(text)
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

    def _keys_of(self, id_: str) -> list[int]:
        with self.store.reading() as reader:
            found = (reader.summary(id_=match) for match in reader.matching_ids(id_))
            return [summary.key for summary in found if summary]

    def spans(self, query: str, text: str) -> tuple[Span, ...]:
        """Where the words of a query stand in a text."""
        return parse(query).spans(text)

    @property
    def index(self) -> Index:
        """The index; opened when first asked for."""
        with self._opening_index:
            if self._index is None:
                self._index = Index.open(self.path / "index", self.store.archive_id)
                self.notice = self._index.notice
            return self._index

    def index_waiting(self) -> int:
        """How many conversations the index has not reached yet."""
        with self.store.reading() as reader:
            return reader.count_changes(self.index.sequence)

    def catch_up(self) -> None:
        """Let the index catch up unless another process is at it; a crash or a long import may have left it behind."""
        if self.index_waiting():
            with suppress(Busy), self.writing():
                self.update_index()

    def update_index(
        self, on_progress: OnProgress | None = None, cancelled: Callable[[], bool] = never, *, processes: int = 1
    ) -> None:
        """Let the index catch up with the library."""
        with self.store.reading() as reader:
            changes = reader.changes(self.index.sequence)
        if not changes:
            return
        report = on_progress or _ignore
        self.index.update(
            [conversation for _sequence, conversation in changes],
            changes[-1][0],
            partial(read_documents, self.store.path, self.annotations.put_away_ids()),
            processes=processes,
            on_progress=lambda done, total: report(Progress("indexing", done, total)),
            cancelled=cancelled,
        )

    def put_away(self, id_: str) -> None:
        """Take a conversation out of lists and search; ``bring_back`` undoes it."""
        self.annotations.put_away(id_)
        self._search_again(id_)

    def bring_back(self, id_: str) -> None:
        """Put a conversation back into lists and search."""
        self.annotations.bring_back(id_)
        self._search_again(id_)

    def _search_again(self, id_: str) -> None:
        with self.writing():
            with self.store.transaction() as writer:
                writer.note_change(self.find(id_).key)
            self.update_index()

    # Assets

    def find_assets(self, references: Iterable[AssetReference]) -> dict[str, StoredAsset]:
        """Where the bytes of references lie, by pointer; a pointer without bytes is missing from the answer."""
        with self.store.reading() as reader:
            return reader.find_assets(reference.pointer for reference in references)

    def read_asset(self, asset: StoredAsset) -> bytes:
        """The bytes of an asset. Raises ``ArchiveDamaged`` when its original is gone."""
        with open_source(self._original(asset)) as source:
            return source.read(asset.member, asset.size)

    def copy_asset(self, asset: StoredAsset, target: BinaryIO) -> None:
        """Write the bytes of an asset to an open file."""
        with open_source(self._original(asset)) as source, source.open(asset.member) as file:
            shutil.copyfileobj(file, target, 1 << 20)

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
        away = self.annotations.put_away_ids()
        return [AssetEntry(*use, found.get(use[4].pointer)) for use in uses if use[0] not in away]

    # Sources, gaps, checks

    def sources(self) -> list[SourceInfo]:
        """Every source, the first imported first."""
        with self.store.reading() as reader:
            return [info for info, _complete in reader.sources()]

    def reports(self) -> list[ImportReport]:
        """The reports of all imports, oldest first."""
        with self.store.reading() as reader:
            return [report_from_json(report) for report in reader.reports()]

    def gaps(self) -> GapReport:
        """What is missing or damaged, by name."""
        with self.store.reading() as reader:
            replies, unrecorded = reader.reply_counts()
            newest = _newest([info for info, _complete in reader.sources()])
            not_in_newest = reader.not_observed_by(newest.key) if newest else []
            return GapReport(
                missing_assets=tuple(entry for entry in self.asset_list() if entry.asset is None),
                damaged_texts=tuple(reader.damaged_texts()),
                replies=replies,
                replies_without_model=unrecorded,
                left_out=tuple((id_, title, _left_out_sentence(counts)) for id_, title, counts in reader.left_out()),
                not_in_newest=tuple((id_, title, newest.newest if newest else None) for id_, title in not_in_newest),
            )

    def verify(self, on_progress: OnProgress | None = None, cancelled: Callable[[], bool] = never) -> CheckReport:
        """Hash every original again and check every stored conversation; the result is noted in log/verify.log."""
        report = on_progress or _ignore
        damaged: list[Problem] = []
        originals = conversations = 0
        for path, what in self.vault.check(
            lambda done, total, name: report(Progress("checking", done, total, name)), cancelled
        ):
            if what:
                damaged.append(Problem(path, what))
            else:
                originals += 1
        kept = {original.path for original in self.vault.originals()}
        damaged.extend(
            Problem(info.original, _("This original is not in the list of originals."))
            for info in self.sources()
            if info.original not in kept
        )
        with self.store.reading() as reader:
            problems = [Problem("library.sqlite", sentence) for sentence in reader.integrity()]
            damaged.extend(problems)
            for id_, is_whole in reader.check():
                if is_whole:
                    conversations += 1
                else:
                    what = _("The stored text of this conversation has changed. “archiver rebuild” makes it again.")
                    damaged.append(Problem("library.sqlite", what, id_))
        result = CheckReport(originals, conversations, tuple(damaged), time.time())
        self._log_check(result)
        return result

    def _log_check(self, report: CheckReport) -> None:
        folder = self.path / "log"
        make_private_folder(folder)
        moment = datetime.fromtimestamp(report.checked_at).astimezone().isoformat(timespec="seconds")
        verdict = "whole" if report.is_whole else f"{len(report.damaged)} damaged"
        with writing_errors(folder), (folder / "verify.log").open("a", encoding="utf-8") as file:
            file.write(f"{moment} {verdict}; {report.originals} originals, {report.conversations} conversations\n")
            file.writelines(
                f"    {problem.where} {problem.conversation_id}: {problem.what}\n" for problem in report.damaged
            )

    def replace_library(self, path: Path) -> None:
        """Let a newly made library take the place of the present one; the index follows."""
        if self._index:
            self._index.close()
            self._index = None
        self.store.close()
        library = self.store.path
        for side in ("-wal", "-shm"):
            library.with_name(library.name + side).unlink(missing_ok=True)
        with writing_errors(library):
            os.replace(path, library)
        shutil.rmtree(self.path / "index", ignore_errors=True)
        self.store = Store(library)


def _newest(sources: list[SourceInfo]) -> SourceInfo | None:
    """The source made last, as far as its newest conversation tells; of equal ones the one imported last."""
    dated = [info for info in sources if info.newest is not None]
    return max(dated, key=lambda info: (info.newest or 0.0, info.key), default=None)


def _left_out_sentence(counts: Mapping[str, int]) -> str:
    messages, files, models = (counts.get(name, 0) for name in ("messages", "files", "models"))
    found = []
    if messages:
        found.append(ngettext("{count} message", "{count} messages", messages).format(count=messages))
    if files:
        found.append(ngettext("{count} file", "{count} files", files).format(count=files))
    if models:
        found.append(
            ngettext("the model of {count} reply", "the models of {count} replies", models).format(count=models)
        )
    return _("The newest export leaves out {things}; older ones have them.").format(things=", ".join(found))


def _annotated(summary: Summary, *, put_away: bool, favourite: bool) -> Summary:
    from dataclasses import replace

    return replace(summary, is_put_away=put_away, is_favourite=favourite)


def _ignore(_progress: Progress) -> None:
    """The ``on_progress`` of work that nobody watches."""
