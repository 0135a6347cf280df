"""Commands about the archive itself: verify, rebuild, paths, sources, gaps, put-away, bring-back."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import PurePath

from archiver import ingest
from archiver.archive import Archive
from archiver.checking import verify_originals
from archiver.cli.objects import check_object, gaps_object, report_object, source_object
from archiver.cli.opening import open_archive
from archiver.cli.output import print_json, say
from archiver.cli.parser import archive_folder
from archiver.cli.progress import ProgressBar, stoppable
from archiver.cli.report_lines import report_lines
from archiver.errors import ArchiveDamaged
from archiver.i18n import _, ngettext
from archiver.paths import config_file
from archiver.reports import ImportReport, with_losses
from archiver.text import when
from archiver.text.sanitize import one_line


def verify(parsed: argparse.Namespace) -> int:
    """Check everything; 1 when something is missing or changed, each by name."""
    bar = ProgressBar()
    with ExitStack() as opened, stoppable() as stopped:
        try:
            check = opened.enter_context(open_archive(parsed)).verify
        except ArchiveDamaged:
            # The originals can be checked without the library, and somebody without it wants to know most.
            check = partial(verify_originals, archive_folder(parsed))
        try:
            report = check(bar, stopped)
        finally:
            bar.clear()
    if parsed.json:
        print_json(check_object(report))
    else:
        for problem in report.damaged:
            print(
                f"{one_line(problem.where)} {one_line(problem.conversation_id)}".strip()
                + f": {one_line(problem.what, 400)}"
            )
        originals = ngettext("{count} original file", "{count} original files", report.originals)
        conversations = ngettext("{count} conversation", "{count} conversations", report.conversations)
        whole = _("{originals} and {conversations} are whole.").format(
            originals=originals.format(count=report.originals),
            conversations=conversations.format(count=report.conversations),
        )
        print(whole)
        if not report.is_whole:
            say(
                _(
                    "The lines above name what is not. If you have another copy of an export that is named there, "
                    "import it again: that makes the original whole."
                )
            )
    return 0 if report.is_whole else 1


def rebuild(parsed: argparse.Namespace) -> int:
    """Make library and index again from the originals."""
    bar = ProgressBar()
    with Archive.open(archive_folder(parsed), rebuild=True) as archive, stoppable() as stopped:
        try:
            report = ingest.rebuild(archive, on_progress=bar, cancelled=stopped)
        finally:
            bar.clear()
    if parsed.json:
        print_json(report_object(report))
    else:
        for line in report_lines(report):
            print(line)
    return 1 if report.has_losses else 0


def paths(parsed: argparse.Namespace) -> int:
    """Say where everything is."""
    archive = archive_folder(parsed)
    places = {
        "archive": str(archive),
        "originals": str(archive / "originals"),
        "library": str(archive / "library.sqlite"),
        "index": str(archive / "index"),
        "annotations": str(archive / "annotations.jsonl"),
        "log": str(archive / "log"),
        "config": str(config_file()),
    }
    if parsed.json:
        print_json(places)
    else:
        width = max(map(len, places))
        for name, place in places.items():
            print(f"{name:<{width}}  {one_line(place, 4096)}")
    return 0


def sources(parsed: argparse.Namespace) -> int:
    """List the kept originals and the reports of all imports."""
    with open_archive(parsed) as archive:
        infos, reports, is_being_changed = archive.sources(), archive.reports(), archive.is_being_changed
    if parsed.json:
        listed = [source_object(info) for info in infos]
        print_json({"sources": listed, "imports": [report_object(report) for report in reports]})
        return 0
    for info in infos:
        count = ngettext("{count} conversation", "{count} conversations", info.conversations)
        print(f"{one_line(info.name)}  {count.format(count=info.conversations)}, {info.size:,} bytes")
        print(f"  {one_line(info.original, 400)}")
        print(f"  SHA-256 {info.sha256}")
        if not info.is_complete:
            print(
                "  " + _("Is being read now, or waits for that.")
                if is_being_changed
                else "  " + _("Not read to its end. “archiver import --carry-on” reads the rest.")
            )
    for report in reports:
        print()
        print(_("Import of {date}").format(date=when.date_time(report.imported_at)))
        for line in report_lines(report):
            print(f"  {line}")
    return 0


def _print_not_read(reports: Sequence[ImportReport]) -> None:
    for report in with_losses(reports):
        names = ", ".join(PurePath(source.path).name for source in report.sources)
        print(_("{names} could not be read whole:").format(names=one_line(names)))
        for problem in report.problems:
            if problem.is_loss:
                print(f"  {one_line(problem.what, 400)}")


def gaps(parsed: argparse.Namespace) -> int:
    """Name what is missing or damaged in what the provider sent."""
    with open_archive(parsed) as archive:
        report, reports = archive.gaps(), archive.reports()
    if parsed.json:
        print_json(gaps_object(report, reports))
        return 0
    _print_not_read(reports)
    missing = len(report.missing_assets)
    print(
        ngettext(
            "{count} picture, sound or file is named in the text but is in no export:",
            "{count} pictures, sounds and files are named in the text but are in no export:",
            missing,
        ).format(count=missing)
        if missing
        else _("Every picture, sound and file that the texts name is in the archive.")
    )
    for entry in report.missing_assets:
        name = entry.reference.name or entry.reference.pointer
        date = when.date(entry.created) or _("date not recorded")
        print(
            f"  {one_line(name)}  {date}  {one_line(entry.title) or _('Untitled')}  {one_line(entry.conversation_id)}"
        )
    print(
        _("The answering model is recorded on {known} of {all} replies.").format(
            known=report.replies - report.replies_without_model, all=report.replies
        )
    )
    for id_, title, count in report.damaged_texts:
        print(
            ngettext(
                "{title}: {count} character came damaged in the export  {id}",
                "{title}: {count} characters came damaged in the export  {id}",
                count,
            ).format(title=one_line(title) or _("Untitled"), count=count, id=one_line(id_))
        )
    for id_, title, sentence in report.left_out:
        print(f"{one_line(title) or _('Untitled')}: {one_line(sentence)}  {one_line(id_)}")
    for id_, title, date_ in report.not_in_newest:
        absent = (
            _("{title}: not in the export of {date}; kept from an earlier one  {id}")
            if date_
            else _("{title}: not in the newest export; kept from an earlier one  {id}")
        )
        print(absent.format(title=one_line(title) or _("Untitled"), date=when.date(date_), id=one_line(id_)))
    if report.unused_files:
        count = len(report.unused_files)
        print(
            ngettext(
                "{count} file is in the archive, but no message names it:",
                "{count} files are in the archive, but no message names them:",
                count,
            ).format(count=count)
        )
    for file in report.unused_files:
        print(f"  {one_line(file.name)}  {one_line(file.member)}  {one_line(file.source)}  {file.size:,} bytes")
    return 0


def put_away(parsed: argparse.Namespace) -> int:
    """Take a conversation out of lists and search."""
    with open_archive(parsed) as archive:
        summary = archive.find(parsed.id)
        archive.put_away(summary.id)
    if parsed.json:
        print_json({"id": summary.id, "title": summary.title, "is_put_away": True})
    say(
        _("“{title}” is put away. “archiver bring-back {id}” brings it back.").format(
            title=one_line(summary.title) or _("Untitled"), id=one_line(summary.id)
        )
    )
    return 0


def bring_back(parsed: argparse.Namespace) -> int:
    """Put a conversation back into lists and search."""
    with open_archive(parsed) as archive:
        summary = archive.find(parsed.id)
        archive.bring_back(summary.id)
    if parsed.json:
        print_json({"id": summary.id, "title": summary.title, "is_put_away": False})
    say(_("“{title}” is back.").format(title=one_line(summary.title) or _("Untitled")))
    return 0
