"""The straight line of an import: check a source, keep it, read it, store what it says, let the index catch up.

    path -> open_source -> importer -> vault.keep -> read -> observe -> merge -> understand -> save -> index

A stopped import leaves an archive that opens; the same command carries on where it ended, since what was read before is
only counted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from archiver.archive import Archive, OnProgress, never
from archiver.errors import ArchiverError, Cancelled, DamagedSource, NotAnExport, UnsafeSource
from archiver.files import make_private_folder, printable
from archiver.handed_over import HandedOver, handed_over
from archiver.i18n import _, ngettext
from archiver.importers import Importer, Source, importer_for, open_source
from archiver.rebuilding import rebuild
from archiver.records import Problem, Progress
from archiver.reports import ImportReport, SourceReport, report_from_json
from archiver.source_reading import Work, keep_report, read_source, unwatched
from archiver.store.sources import all_reports, complete_source
from archiver.tally import Tally
from archiver.vault import Original

__all__ = ["carry_on", "import_sources", "rebuild"]

# How much of a folder may be no part of the export and is kept along without asking.
_OTHERS_AT_MOST = 16 << 20


def import_sources(
    archive: Archive,
    paths: Sequence[Path],
    *,
    on_progress: OnProgress | None = None,
    cancelled: Callable[[], bool] = never,
) -> ImportReport:
    """Import every source of ``paths``; what was imported is on the disk when this returns.

    Of several sources, one that is no export becomes a problem of the report. Raises an ``ArchiverError`` when the
    only source cannot be imported at all, ``Busy`` when another import is running. A person stopping the work is no
    error: the report says ``was_stopped``.
    """

    def read(work: Work) -> None:
        tally = work.tally
        sources: list[HandedOver] = []
        for path in paths:
            try:
                meant, remarks = handed_over(path, archive.path)
            except NotAnExport as error:
                refuse(tally, path, error)
            else:
                sources += meant
                tally.problems += remarks
        for source in sources:
            try:
                _import_one(archive, source, work)
            except (NotAnExport, UnsafeSource, DamagedSource) as error:
                refuse(tally, source.path, error, is_only=len(sources) == 1)

    def refuse(tally: Tally, path: Path, error: ArchiverError, *, is_only: bool = True) -> None:
        if is_only and len(paths) == 1:
            raise error
        tally.problems.append(Problem(printable(str(path)), str(error), is_loss=True))

    return _reported(archive, read, on_progress, cancelled)


def carry_on(
    archive: Archive, *, on_progress: OnProgress | None = None, cancelled: Callable[[], bool] = never
) -> ImportReport:
    """Read the rest of every kept source whose import was stopped, from the copy that the archive keeps."""

    def read(work: Work) -> None:
        for info in archive.unfinished():
            original = Original(info.original, info.sha256, info.size, is_new=False)
            if archive.vault.identity(original, lambda _amount: None) != info.sha256:
                what = _(
                    "This original is missing or not what was kept, so the rest of it was not read. Import the same "
                    "export again: that makes it whole and reads the rest."
                )
                work.tally.problems.append(Problem(info.original, what, is_loss=True))
                continue
            _read_kept(archive, original, info.name, info.name, work)

    return _reported(archive, read, on_progress, cancelled)


def _reported(
    archive: Archive,
    read: Callable[[Work], None],
    on_progress: OnProgress | None,
    cancelled: Callable[[], bool],
) -> ImportReport:
    """Read as the only writer, keep the report, let the index follow; a stop ends the reading, not the report."""
    report = on_progress or unwatched
    with archive.writing():
        archive.vault.mend_list()
        with archive.following() as follower, suppress(Cancelled):

            def report_and_look(progress: Progress) -> None:
                follower.look()
                report(progress)

            work = Work(report_and_look, cancelled, follower.follow)
            tally = work.tally
            try:
                read(work)
            except Cancelled:
                tally.was_stopped = True
            finished = keep_report(archive, tally)
            if not tally.was_stopped:
                follower.finish(report, cancelled)
        if not tally.was_stopped:
            # What was put away or brought back meanwhile.
            with suppress(Cancelled):
                archive.update_index(on_progress, cancelled)
    return finished


def _import_one(archive: Archive, given: HandedOver, work: Work) -> None:
    path, tally = given.path, work.tally
    scratch = archive.path / "tmp"
    make_private_folder(scratch)
    with open_source(path, name=given.name, scratch=scratch) as source:
        importer = importer_for(source)
        only = _files_to_keep(importer, source, tally) if path.is_dir() else None
    original = archive.vault.keep(
        path,
        lambda done, total, name: work.report(Progress("keeping", done, total, name)),
        work.cancelled,
        only=only,
        name=given.name,
    )
    if original.is_mended:
        tally.problems.append(Problem(printable(str(path)), _mended(archive, original)))
    if not original.is_new and _count_known(archive, original, path, tally):
        return
    try:
        _read_kept(archive, original, str(path), given.name, work)
    except (NotAnExport, UnsafeSource, DamagedSource):
        if original.is_new and _is_unread(archive, original):
            archive.vault.take_back(original)
        raise


def _mended(archive: Archive, original: Original) -> str:
    """What to say of an original that was missing or damaged until now."""
    if any(info.original == original.path and info.sha256 != original.sha256 for info in archive.sources()):
        return _(
            "The copy that the archive kept of this file was damaged and is whole again. What was read of it while it "
            "was damaged is still there; “archiver rebuild” reads it again."
        )
    return _("The copy that the archive kept of this file was missing or damaged, and is whole again.")


def _is_unread(archive: Archive, original: Original) -> bool:
    """Whether nothing at all could be read of a source; it is then no part of the archive."""
    with archive.store.transaction() as writer:
        return writer.remove_unread_source(original.sha256)


def _read_kept(archive: Archive, original: Original, shown: str, name: str, work: Work) -> None:
    """Read a kept source; what earlier imports read of it is only counted."""
    scratch = archive.path / "tmp"
    make_private_folder(scratch)
    if work.tally.missing is None:
        work.tally.missing = {entry.reference.pointer for entry in archive.asset_list() if entry.asset is None}
    with open_source(archive.path / original.path, name=name, scratch=scratch) as source:
        read_source(archive.store, source, original, work, shown=shown)


def _files_to_keep(importer: Importer, source: Source, tally: Tally) -> set[str] | None:
    """The files of a folder that belong to the export; None for all of them.

    Somebody may name their folder of downloads. Files that are surely no part of the export are kept along only as long
    as they do not outweigh it.
    """
    own = importer.own_files(source)
    size = sum(source.members[name].size for name in own)
    others = [member for name, member in source.members.items() if name not in own]
    if sum(member.size for member in others) <= max(size, _OTHERS_AT_MOST):
        return None
    sentence = ngettext(
        "{count} other file of this folder is no part of the export and was left where it is.",
        "{count} other files of this folder are no part of the export and were left where they are.",
        len(others),
    )
    tally.problems.append(Problem(source.name, sentence.format(count=len(others))))
    return {name.partition("!")[0] for name in own}


def _count_known(archive: Archive, original: Original, path: Path, tally: Tally) -> bool:
    """Count a source that was read to its end before, without reading it again; whether it was."""
    with archive.store.reading() as reader:
        known = complete_source(reader, original.sha256)
        reports = [report_from_json(report) for report in all_reports(reader)]
    if known is None:
        return False
    earlier = next((report for report in reports if _is_about(report, original)), None)
    if earlier is not None and len(earlier.sources) == 1:
        # What could not be read the first time cannot be read now either, and is said again.
        tally.problems.extend(
            problem
            for problem in earlier.problems
            if problem.is_loss and not (problem.may_be_mended and archive.is_whole(problem.conversation_id))
        )
    tally.outcomes.update(unchanged=known.unchanged, empty=known.empty, failed=known.failed)
    tally.sources.append(
        SourceReport(printable(str(path)), original.sha256, original.path, original.size, is_new=False)
    )
    return True


def _is_about(report: ImportReport, original: Original) -> bool:
    """Whether a report tells how these bytes were read."""
    return any(source.sha256 == original.sha256 and source.files_read for source in report.sources)
