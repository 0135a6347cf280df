"""The straight line of an import: check a source, keep it, read it, store what it says, let the index catch up.

    path -> open_source -> importer -> vault.keep -> read -> observe -> merge -> understand -> save -> index

A stopped import leaves an archive that opens; the same command carries on where it ended, since what was read before is
only counted.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from archiver.archive import Archive, OnProgress, never
from archiver.errors import ArchiveDamaged, ArchiverError, Cancelled, DamagedSource, NotAnExport, UnsafeSource
from archiver.files import make_private_folder, printable
from archiver.handed_over import HandedOver, handed_over, name_of
from archiver.i18n import _, ngettext
from archiver.importers import Importer, Source, importer_for, open_source
from archiver.intake import Intake, Tally
from archiver.records import Problem, Progress
from archiver.reports import ImportReport, SourceReport, report_from_json, report_to_json
from archiver.store import Store
from archiver.vault import Original

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

    def read(tally: Tally, report: OnProgress, on_commit: Callable[[], None]) -> None:
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
                _import_one(archive, source, tally, report, cancelled, on_commit)
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

    def read(tally: Tally, report: OnProgress, on_commit: Callable[[], None]) -> None:
        for info in archive.unfinished():
            original = Original(info.original, info.sha256, info.size, is_new=False)
            _read_kept(archive, original, info.name, info.name, tally, report, cancelled, on_commit)

    return _reported(archive, read, on_progress, cancelled)


def _reported(
    archive: Archive,
    read: Callable[[Tally, OnProgress, Callable[[], None]], None],
    on_progress: OnProgress | None,
    cancelled: Callable[[], bool],
) -> ImportReport:
    """Read as the only writer, keep the report, let the index follow; a stop ends the reading, not the report."""
    tally = Tally()
    report = on_progress or _ignore
    with archive.writing():
        archive.vault.mend_list()
        with archive.following() as follower, suppress(Cancelled):

            def report_and_look(progress: Progress) -> None:
                follower.look()
                report(progress)

            try:
                read(tally, report_and_look, follower.follow)
            except Cancelled:
                tally.was_stopped = True
            finished = _finish(archive, tally)
            if not tally.was_stopped:
                follower.finish(report, cancelled)
        if not tally.was_stopped:
            # What was put away or brought back meanwhile.
            with suppress(Cancelled):
                archive.update_index(on_progress, cancelled)
    return finished


def rebuild(
    archive: Archive, *, on_progress: OnProgress | None = None, cancelled: Callable[[], bool] = never
) -> ImportReport:
    """Make library and index again from the originals. The old library stays until the new one is whole.

    Raises ``ArchiveDamaged`` when the originals no longer have all that a readable library was made from: it may be the
    only place that still has those words. A library that cannot be read is kept beside the new one then.
    """
    report = on_progress or _ignore
    tally = Tally()
    with archive.writing():
        archive.vault.mend_list()
        originals = _originals_as_they_are(archive, report, cancelled)
        _check_nothing_is_lost(archive, originals)
        is_damaged = any(listed.sha256 != now for listed, now in originals.items())
        folder = archive.path / "tmp"
        make_private_folder(folder)
        store = Store(folder / "library.sqlite")
        for original, now in originals.items():
            if not now and original.sha256 in originals.values():
                # It was put back under another name.
                continue
            if not now:
                what = _("This original is missing or cannot be read. Import the same export again to put it back.")
                tally.problems.append(Problem(original.path, what, is_loss=True))
                continue
            if now != original.sha256:
                what = _(
                    "This original is not what was kept: its SHA-256 differs. What can still be read of it is read. "
                    "Import the same export again, and then rebuild, if you have another copy."
                )
                tally.problems.append(Problem(original.path, what, is_loss=True))
            try:
                with open_source(archive.path / original.path, name=name_of(original.path), scratch=folder) as source:
                    importer = importer_for(source)
                    _read(
                        store,
                        importer,
                        source,
                        replace(original, sha256=now),
                        name_of(original.path),
                        name_of(original.path),
                        tally,
                        report,
                        cancelled,
                        imported_at=archive.vault.kept_at(original),
                    )
            except Cancelled:
                raise
            except ArchiverError as error:
                tally.problems.append(Problem(original.path, str(error), is_loss=True))
        if archive.is_readable:
            _check_all_conversations_are_there(archive, store, set(originals.values()))
        with suppress(ArchiverError), archive.store.reading() as reader, store.transaction() as writer:
            for earlier in reader.reports():
                writer.add_report(earlier)
        store.settle()
        archive.replace_library(folder / "library.sqlite", keep_old=is_damaged and not archive.is_readable)
        finished = _finish(archive, tally)
        try:
            archive.update_index(on_progress, cancelled, processes=2)
        except Cancelled:
            if cancelled():
                raise
            # Processes beside this one were ended from outside, or could not be begun.
            archive.update_index(on_progress, cancelled)
    return finished


def _originals_as_they_are(archive: Archive, report: OnProgress, cancelled: Callable[[], bool]) -> dict[Original, str]:
    """Every original of the list, and the SHA-256 that it has now; empty for one that is not there."""
    originals = archive.vault.originals()
    total, done = sum(original.size for original in originals), 0

    def count(amount: int) -> None:
        nonlocal done
        done += amount
        report(Progress("checking", done, total, ""))
        if cancelled():
            raise Cancelled(_("Stopped. The library is as it was."))

    return {original: archive.vault.identity(original, count) for original in originals}


def _check_nothing_is_lost(archive: Archive, originals: Mapping[Original, str]) -> None:
    """Raise ``ArchiveDamaged`` when something that the library was made from is no longer there as it was."""
    if not archive.is_readable:
        return
    now = set(originals.values())
    made_from: dict[str, set[str]] = {}
    for info in archive.sources():
        made_from.setdefault(info.original, set()).add(info.sha256)
    for path, before in made_from.items():
        if before & now:
            continue
        if not (archive.path / path).exists():
            raise ArchiveDamaged(
                _(
                    "{path} is missing, so the library was left as it is: it may be the only place that still has what "
                    "was in it. Put the file back, or import the export again; then start once more."
                ).format(path=path)
            )
        raise ArchiveDamaged(
            _(
                "{path} is not what was kept, so the library was left as it is: it may be the only place that still "
                "has what was in it. Import the same export again, which makes the file whole; then start once more."
            ).format(path=path)
        )


def _check_all_conversations_are_there(archive: Archive, new: Store, kept: Collection[str]) -> None:
    """Raise ``ArchiveDamaged`` when the new library lacks a conversation that one of the ``kept`` sources brought."""
    with archive.store.reading() as reader:
        before = {summary.id: summary for summary in reader.summaries()}
    with new.reading() as reader:
        missing = before.keys() - {summary.id for summary in reader.summaries()}
    lost = [id_ for id_ in sorted(missing) if any(each.source.sha256 in kept for each in archive.observations(id_))]
    if lost:
        new.close()
        raise ArchiveDamaged(
            ngettext(
                "{count} conversation of the library could not be made again from the originals, for example "
                "“{title}”; so the library was left as it is. “archiver verify” says whether something is damaged. To "
                "have the new one all the same, move library.sqlite to another folder and start again.",
                "{count} conversations of the library could not be made again from the originals, for example "
                "“{title}”; so the library was left as it is. “archiver verify” says whether something is damaged. To "
                "have the new one all the same, move library.sqlite to another folder and start again.",
                len(lost),
            ).format(count=len(lost), title=before[lost[0]].title)
        )


def _import_one(
    archive: Archive,
    given: HandedOver,
    tally: Tally,
    report: OnProgress,
    cancelled: Callable[[], bool],
    on_commit: Callable[[], None],
) -> None:
    path = given.path
    scratch = archive.path / "tmp"
    make_private_folder(scratch)
    with open_source(path, name=given.name, scratch=scratch) as source:
        importer = importer_for(source)
        only = _files_to_keep(importer, source, tally) if path.is_dir() else None
    original = archive.vault.keep(
        path,
        lambda done, total, name: report(Progress("keeping", done, total, name)),
        cancelled,
        only=only,
        name=given.name,
    )
    if original.is_mended:
        tally.problems.append(Problem(printable(str(path)), _mended(archive, original)))
    if not original.is_new and _count_known(archive, original, path, tally):
        return
    try:
        _read_kept(archive, original, str(path), given.name, tally, report, cancelled, on_commit)
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


def _read_kept(
    archive: Archive,
    original: Original,
    shown: str,
    name: str,
    tally: Tally,
    report: OnProgress,
    cancelled: Callable[[], bool],
    on_commit: Callable[[], None],
) -> None:
    """Read a kept source; what earlier imports read of it is only counted."""
    scratch = archive.path / "tmp"
    make_private_folder(scratch)
    if tally.missing is None:
        tally.missing = {entry.reference.pointer for entry in archive.asset_list() if entry.asset is None}
    with open_source(archive.path / original.path, name=name, scratch=scratch) as source:
        importer = importer_for(source)
        _read(archive.store, importer, source, original, shown, name, tally, report, cancelled, on_commit)


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
        known = reader.complete_source(original.sha256)
        reports = [report_from_json(report) for report in reader.reports()]
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


def _read(
    store: Store,
    importer: Importer,
    source: Source,
    original: Original,
    shown: str,
    name: str,
    tally: Tally,
    report: OnProgress,
    cancelled: Callable[[], bool],
    on_commit: Callable[[], None] | None = None,
    imported_at: float = 0.0,
) -> None:
    """Read one kept source into the store."""
    with store.transaction() as writer:
        key = writer.add_source(
            original.sha256,
            printable(name),
            original.path,
            original.size,
            importer.name,
            imported_at or time.time(),
            is_export=source.is_container,
        )
    failed_before, empty_before = tally.outcomes["failed"], tally.outcomes["empty"]
    with Intake(store, importer, tally, report, on_commit) as intake:
        intake.begin(source, key)
        for item in importer.read(source, intake.on_bytes, cancelled):
            if isinstance(item, Problem):
                tally.problems.append(item)
            else:
                intake.take(item)
            if cancelled():
                break
        intake.finish()
    tally.problems.extend(source.problems)
    tally.sources.append(
        SourceReport(
            printable(shown),
            original.sha256,
            original.path,
            original.size,
            original.is_new,
            files_read=len(intake.members),
            sidecars=tuple(importer.sidecars(source)),
        )
    )
    if cancelled():
        raise Cancelled(_("Stopped. What was read is kept; the same command carries on."))
    with store.transaction() as writer:
        writer.complete_source(
            key,
            intake.newest,
            failed=tally.outcomes["failed"] - failed_before,
            empty=tally.outcomes["empty"] - empty_before,
        )


def _finish(archive: Archive, tally: Tally) -> ImportReport:
    """The report of an import, kept in the archive."""
    with archive.store.reading() as reader:
        found_assets = len(reader.find_assets(tally.references))
        recovered = len(reader.find_assets(tally.missing or ()))
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


def _ignore(_progress: Progress) -> None:
    """The ``on_progress`` of work that nobody watches."""
