"""The library and the index made again from the originals, which are all that they are derived from.

A good library is never given up for a poorer one: it stays unless everything that it was made from is there as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import replace

from archiver.archive import Archive, OnProgress, never
from archiver.errors import ArchiveDamaged, ArchiverError, Cancelled
from archiver.files import make_private_folder
from archiver.handed_over import name_of
from archiver.i18n import _, ngettext
from archiver.importers import open_source
from archiver.records import Problem, Progress
from archiver.reports import ImportReport
from archiver.source_reading import Work, keep_report, read_source, unwatched
from archiver.store import Store
from archiver.store.sources import all_reports
from archiver.vault import Original


def rebuild(
    archive: Archive, *, on_progress: OnProgress | None = None, cancelled: Callable[[], bool] = never
) -> ImportReport:
    """Make library and index again from the originals. The old library stays until the new one is whole.

    Raises ``ArchiveDamaged`` when the originals no longer have all that a readable library was made from: it may be the
    only place that still has those words. A library that cannot be read is kept beside the new one then.
    """
    work = Work(on_progress or unwatched, cancelled)
    tally = work.tally
    with archive.writing():
        archive.vault.mend_list()
        originals = _originals_as_they_are(archive, work)
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
                    read_source(
                        store, source, replace(original, sha256=now), work, imported_at=archive.vault.kept_at(original)
                    )
            except Cancelled:
                raise
            except ArchiverError as error:
                tally.problems.append(Problem(original.path, str(error), is_loss=True))
        if archive.is_readable:
            _check_all_conversations_are_there(archive, store, set(originals.values()))
        with suppress(ArchiverError), archive.store.reading() as reader, store.transaction() as writer:
            for earlier in all_reports(reader):
                writer.add_report(earlier)
        store.settle()
        archive.replace_library(folder / "library.sqlite", keep_old=is_damaged and not archive.is_readable)
        finished = keep_report(archive, tally)
        try:
            archive.update_index(on_progress, cancelled, processes=2)
        except Cancelled:
            if cancelled():
                raise
            # Processes beside this one were ended from outside, or could not be begun.
            archive.update_index(on_progress, cancelled)
    return finished


def _originals_as_they_are(archive: Archive, work: Work) -> dict[Original, str]:
    """Every original of the list, and the SHA-256 that it has now; empty for one that is not there."""
    originals = archive.vault.originals()
    total, done = sum(original.size for original in originals), 0

    def count(amount: int) -> None:
        nonlocal done
        done += amount
        work.report(Progress("checking", done, total, ""))
        if work.cancelled():
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
