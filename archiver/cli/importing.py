"""``archiver import``: sources into the archive, with progress and a report whose numbers add up."""

from __future__ import annotations

import argparse

from archiver.cli.objects import report_object
from archiver.cli.opening import open_archive
from archiver.cli.output import print_json
from archiver.cli.progress import ProgressBar, stoppable
from archiver.cli.report_lines import report_lines
from archiver.i18n import _
from archiver.ingest import carry_on
from archiver.ingest import import_sources as run_import
from archiver.reports import ImportReport


def import_sources(parsed: argparse.Namespace) -> int:
    """Import every path; 1 when a conversation could not be read."""
    bar = ProgressBar()
    with open_archive(parsed, create=not parsed.carry_on) as archive, stoppable() as stopped:
        try:
            if parsed.carry_on and not archive.unfinished():
                return _nothing_left(parsed)
            if parsed.carry_on:
                report = carry_on(archive, on_progress=bar, cancelled=stopped)
            else:
                report = run_import(archive, parsed.paths, on_progress=bar, cancelled=stopped)
        finally:
            bar.clear()
    if parsed.json:
        print_json(report_object(report))
    else:
        for line in report_lines(report):
            print(line)
    if report.was_stopped:
        return 130
    return 1 if report.has_losses else 0


def _nothing_left(parsed: argparse.Namespace) -> int:
    """Say that no import was stopped."""
    if parsed.json:
        print_json(report_object(ImportReport((), 0, 0, 0, 0, 0, 0)))
    else:
        print(_("No import was stopped, so nothing is left to carry on."))
    return 0
