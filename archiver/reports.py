"""What an operation found, as frozen records: shown on screens, printed with ``--json``, kept in the archive.

Numbers that belong together add up by construction; a report that does not add up is a bug, not a matter of display.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from archiver.records import UNDATED, AssetReference, Problem


@dataclass(frozen=True, slots=True)
class SourceReport:
    """One source of an import."""

    path: str
    """Where the person's file was."""
    sha256: str
    original: str
    """Path of the kept copy, relative to the archive folder."""
    size: int
    is_new: bool
    """False when exactly these bytes had been imported before."""
    files_read: int = 0
    sidecars: tuple[str, ...] = ()
    """Other JSON files of the source, kept inside the original."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What one import did; ``found`` is always the sum of the five outcomes."""

    sources: tuple[SourceReport, ...]
    found: int
    added: int
    updated: int
    unchanged: int
    empty: int
    failed: int
    messages: int = 0
    """Messages of the conversations that were added or updated, on all branches; so are all numbers that follow."""
    branches: int = 0
    """Branches beyond the first, of the same conversations."""
    assets_found: int = 0
    assets_missing: int = 0
    assets_unused: int = 0
    """Files in the archive that no message names."""
    content_types: Mapping[str, int] = field(default_factory=dict)
    models: Mapping[str, int] = field(default_factory=dict)
    """Replies per model slug; the empty slug counts replies without a recorded model."""
    unknown_keys: Mapping[str, int] = field(default_factory=dict)
    not_in_newest: int = 0
    """Conversations kept from earlier sources that the newest source does not hold."""
    problems: tuple[Problem, ...] = ()
    imported_at: float = 0.0
    was_stopped: bool = False
    assets_recovered: int = 0
    """Pictures, sounds and files that messages of the archive lacked before this import brought them."""

    @property
    def has_losses(self) -> bool:
        """Whether something of a source could not be read."""
        return self.failed > 0 or any(problem.is_loss for problem in self.problems)


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """A source that the archive keeps."""

    key: int
    name: str
    sha256: str
    original: str
    size: int
    imported_at: float
    provider: str
    conversations: int
    newest: float | None
    """Time of the newest conversation in it."""
    is_complete: bool = True
    """False when its import was stopped; ``ingest.carry_on`` reads the rest."""
    is_export: bool = True
    """False for a lone file, whose silence about a conversation means nothing."""
    made: float = UNDATED
    """When it was packed, as it tells itself."""


@dataclass(frozen=True, slots=True)
class ObservationInfo:
    """What one source said of one conversation."""

    source: SourceInfo
    member: str
    offset: int
    sha256: str
    read: Callable[[], bytes]
    """The bytes of the conversation exactly as they stand in the source."""


@dataclass(frozen=True, slots=True)
class StoredAsset:
    """Bytes inside a kept original."""

    key: int
    source: int
    pointer: str
    member: str
    name: str
    mime: str
    size: int


@dataclass(frozen=True, slots=True)
class AssetEntry:
    """One use of an asset by a message."""

    conversation_id: str
    title: str
    message_id: str
    created: float | None
    reference: AssetReference
    asset: StoredAsset | None
    """None when no source holds the bytes."""


@dataclass(frozen=True, slots=True)
class UnusedFile:
    """A picture, sound or file that came with a source and that no message names."""

    name: str
    member: str
    source: str
    size: int


@dataclass(frozen=True, slots=True)
class GapReport:
    """What is missing or damaged, by name."""

    missing_assets: tuple[AssetEntry, ...]
    damaged_texts: tuple[tuple[str, str, int], ...]
    """(conversation id, title, number of U+FFFD) where the source itself held replacement characters."""
    replies: int
    replies_without_model: int
    left_out: tuple[tuple[str, str, str], ...]
    """(conversation id, title, sentence): what the newest source leaves out compared with an older one."""
    not_in_newest: tuple[tuple[str, str, float | None], ...]
    """(conversation id, title, when the newest source was made, which lacks it, where that tells itself)."""
    unused_files: tuple[UnusedFile, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Whether the archive is whole."""

    originals: int
    """Files of originals/ that were hashed again and fit."""
    conversations: int
    """Conversations whose stored content fits its digest."""
    damaged: tuple[Problem, ...]
    """Empty when the archive is whole."""
    checked_at: float

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing or changed."""
        return not self.damaged


def with_losses(reports: Iterable[ImportReport]) -> list[ImportReport]:
    """The imports of which something could not be read, unless a later import of the same source could."""
    newest = {source.sha256: report for report in reports for source in report.sources}
    return [report for report in {id(each): each for each in newest.values()}.values() if report.has_losses]


def report_to_json(report: ImportReport) -> dict[str, Any]:
    """An import report as plain JSON values."""
    return asdict(report)


def report_from_json(values: Mapping[str, Any]) -> ImportReport:
    """The report that ``report_to_json`` wrote; fields of other versions are left out."""
    known = {field.name for field in fields(ImportReport)}
    arguments = {name: value for name, value in values.items() if name in known}
    arguments["problems"] = tuple(Problem(**problem) for problem in arguments.get("problems", ()))
    arguments["sources"] = tuple(
        SourceReport(**{**source, "sidecars": tuple(source.get("sidecars", ()))})
        for source in arguments.get("sources", ())
    )
    return ImportReport(**arguments)
