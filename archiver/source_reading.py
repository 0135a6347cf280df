"""One kept source on its way into a library, in an import or when the library is made again; and what is told of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from archiver.archive import Archive, OnProgress, never
from archiver.errors import Cancelled
from archiver.files import printable
from archiver.i18n import _, ngettext
from archiver.importers import Source, importer_for
from archiver.intake import Intake
from archiver.records import Problem, Progress
from archiver.reports import ImportReport, SourceReport, report_to_json
from archiver.store import Store
from archiver.store.assets import find_assets
from archiver.tally import Tally
from archiver.vault import Original


def unwatched(_progress: Progress) -> None:
    """The ``on_progress`` of work that nobody watches."""


@dataclass(frozen=True, slots=True)
class Work:
    """What an import takes along from source to source: its numbers, who watches it, and who may stop it."""

    report: OnProgress = unwatched
    cancelled: Callable[[], bool] = never
    on_commit: Callable[[], None] | None = None
    """Called when more has been stored for good."""
    tally: Tally = field(default_factory=Tally)


def read_source(
    store: Store, source: Source, original: Original, work: Work, *, shown: str = "", imported_at: float = 0.0
) -> None:
    """Read one kept source into the store. Raises ``Cancelled`` after a stop, with what was read kept."""
    importer, tally = importer_for(source), work.tally
    with store.transaction() as writer:
        key = writer.add_source(
            original.sha256,
            printable(source.name),
            original.path,
            original.size,
            importer.name,
            imported_at or time.time(),
            is_export=source.is_container,
        )
    failed_before, empty_before = tally.outcomes["failed"], tally.outcomes["empty"]
    with Intake(store, importer, tally, work.report, work.on_commit) as intake:
        intake.begin(source, key)
        for item in importer.read(source, intake.on_bytes, work.cancelled):
            if isinstance(item, Problem):
                tally.problems.append(item)
            else:
                intake.take(item)
            if work.cancelled():
                break
        intake.finish()
    tally.problems.extend(source.problems)
    tally.sources.append(
        SourceReport(
            printable(shown or source.name),
            original.sha256,
            original.path,
            original.size,
            original.is_new,
            files_read=len(intake.members),
            sidecars=tuple(importer.sidecars(source)),
        )
    )
    if work.cancelled():
        raise Cancelled(_("Stopped. What was read is kept; the same command carries on."))
    with store.transaction() as writer:
        writer.complete_source(
            key,
            intake.newest,
            failed=tally.outcomes["failed"] - failed_before,
            empty=tally.outcomes["empty"] - empty_before,
        )


def keep_report(archive: Archive, tally: Tally) -> ImportReport:
    """The report of an import, which is kept in the archive."""
    with archive.store.reading() as reader:
        found_assets = len(find_assets(reader, tally.references))
        recovered = len(find_assets(reader, tally.missing or ()))
        strays = 0 if tally.was_stopped else reader.count_strays(tally.rated)
    if strays:
        what = ngettext(
            "{count} rating is of a message that is in no export so far; it is kept, and shown when the message comes.",
            "{count} ratings are of messages that are in no export so far; they are kept, and shown when those come.",
            strays,
        )
        tally.problems.append(Problem("", what.format(count=strays)))
    gaps = archive.gaps()
    outcomes = tally.outcomes
    finished = ImportReport(
        tuple(tally.sources),
        outcomes.total(),
        outcomes["added"],
        outcomes["updated"],
        outcomes["unchanged"],
        outcomes["empty"],
        outcomes["failed"],
        tally.messages,
        tally.branches,
        found_assets,
        len(tally.references) - found_assets,
        len(gaps.unused_files),
        dict(tally.content_types.most_common()),
        dict(tally.models.most_common()),
        dict(tally.unknown_keys.most_common()),
        len(gaps.not_in_newest),
        tuple(tally.all_problems()),
        time.time(),
        tally.was_stopped,
        recovered,
    )
    with archive.store.transaction() as writer:
        writer.add_report(report_to_json(finished))
    return finished
