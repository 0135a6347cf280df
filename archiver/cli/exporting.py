"""``archiver export``: conversations as files that open without this program."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from archiver.archive import Archive
from archiver.cli.finding import as_query
from archiver.cli.objects import problem_object
from archiver.cli.opening import open_archive
from archiver.cli.output import print_json, say
from archiver.cli.progress import ProgressBar, stoppable
from archiver.exporters import ExportOptions, ExportReport
from archiver.exporters import export as run_export
from archiver.i18n import _, ngettext
from archiver.text.sanitize import one_line


def export(parsed: argparse.Namespace) -> int:
    """Write the selected conversations; 1 when something could not be written."""
    bar = ProgressBar()
    with open_archive(parsed) as archive, stoppable() as stopped:
        selection = _selection(archive, parsed)
        try:
            report = run_export(archive, selection, parsed.folder, _options(parsed), bar, stopped)
        finally:
            bar.clear()
    if parsed.json:
        print_json(asdict(report) | {"problems": [problem_object(problem) for problem in report.problems]})
    else:
        _print_report(report)
    if report.was_stopped:
        return 130
    return 1 if report.problems else 0


def _selection(archive: Archive, parsed: argparse.Namespace) -> list[str]:
    """Ids of the conversations that were asked for, each once: those named, those found, or all."""
    ids = [archive.find(id_).id for id_ in parsed.id]
    if parsed.query:
        ids += archive.conversations_with(as_query([parsed.query]))
        if waiting := archive.index_waiting():
            say(_("{count} conversations are not searchable yet; the answer may be incomplete.").format(count=waiting))
    elif not parsed.id:
        ids = [summary.id for summary in archive.summaries()]
    return list(dict.fromkeys(ids))


def _options(parsed: argparse.Namespace) -> ExportOptions:
    return ExportOptions(
        format=parsed.format,
        style=parsed.style,
        branches=parsed.branches,
        include_thoughts=parsed.thoughts,
        include_tools=parsed.tools,
        include_system=parsed.system,
        by=parsed.by,
        name_template=parsed.name,
        latex=parsed.latex,
        citations=parsed.citations,
        pictures=not parsed.no_pictures,
        index=not parsed.no_index,
        only_model=parsed.model,
        only_replies=parsed.only_replies,
        split_characters=parsed.split,
        letter=parsed.letter,
        messages=tuple(parsed.message),
        chapters=parsed.chapters,
        book_title=parsed.title,
        user_name=parsed.my_name,
        model_name=parsed.its_name,
        dry_run=parsed.dry_run,
    )


def _print_report(report: ExportReport) -> None:
    new = len(report.written)
    if report.dry_run:
        for path in (*report.written, *report.updated):
            print(one_line(path, 400))
        sentence = ngettext(
            "{new} file would be new, {updated} written again, {unchanged} stay as they are.",
            "{new} files would be new, {updated} written again, {unchanged} stay as they are.",
            new,
        )
    else:
        sentence = ngettext(
            "{new} new file, {updated} written again, {unchanged} unchanged.",
            "{new} new files, {updated} written again, {unchanged} unchanged.",
            new,
        )
    print(sentence.format(new=new, updated=len(report.updated), unchanged=report.unchanged))
    if report.assets_copied or report.assets_missing:
        print(
            _("{copied} pictures, sounds and files copied, {missing} not in any export.").format(
                copied=report.assets_copied, missing=report.assets_missing
            )
        )
    for kept in report.kept:
        print(
            _("{path} was edited and is left as it is; the new version is {beside}.").format(
                path=one_line(kept.path, 400), beside=one_line(kept.beside, 400)
            )
        )
    if report.left_out:
        print(
            ngettext(
                "{count} conversation had nothing for this format.",
                "{count} conversations had nothing for this format.",
                report.left_out,
            ).format(count=report.left_out)
        )
    for problem in report.problems:
        say(f"{one_line(problem.where, 400)}: {one_line(problem.what, 400)}")
    if report.was_stopped:
        say(_("Stopped. What was written stays; the same command carries on."))
    elif not report.dry_run:
        print(_("Everything is in {path}").format(path=one_line(str(Path(report.folder)), 400)))
