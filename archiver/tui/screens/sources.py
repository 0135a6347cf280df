"""Where everything came from: the exports that were read, and the report of each import."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from archiver.i18n import N_, _, ngettext
from archiver.reports import ImportReport, SourceInfo
from archiver.text import when
from archiver.tui import amounts
from archiver.tui.commands import Back, Command, GoImport, Help, Menu, Move, Open
from archiver.tui.finding import path_words
from archiver.tui.panels.rows import Row
from archiver.tui.screens.listing import ListScreen
from archiver.tui.widgets.runs import Run


class SourcesScreen(ListScreen):
    """The originals, newest import first; Enter opens the report."""

    OFFERS: ClassVar[Sequence[type[Command]]] = (GoImport, Back)
    FOOTER: ClassVar[Sequence[type[Command]]] = (Move, Open, Back, Help, Menu)
    PURPOSE: ClassVar[str] = N_(
        "A copy of every export is kept byte for byte in the archive. Its SHA-256 is the fingerprint by which anybody "
        "can see that it is unchanged."
    )
    NOTHING: ClassVar[str] = N_("Nothing was read yet. {go_import} adds an export.")
    ROW_HEIGHT: ClassVar[int] = 2

    def heading(self) -> tuple[str, str]:
        """What this is."""
        return _("Where it came from"), path_words(self.session.archive_path) if self._is_loaded else ""

    def rows(self) -> Sequence[Row]:
        """Sources, then the reports of imports that are in none of them."""
        archive = self.session.opened
        reports = archive.reports()
        rows = [_source_row(info, _report_of(info, reports)) for info in reversed(archive.sources())]
        rows += [_report_row(report) for report in reversed(reports)]
        return rows

    def chosen(self, row: Row) -> None:
        """Open the report."""
        if isinstance(row.value, ImportReport):
            from archiver.tui.screens.import_report import ImportReportScreen

            self.app.push_screen(ImportReportScreen(self.session, row.value))


def _report_of(info: SourceInfo, reports: Sequence[ImportReport]) -> ImportReport | None:
    """The newest report that names the source."""
    for report in reversed(reports):
        if any(source.sha256 == info.sha256 for source in report.sources):
            return report
    return None


def _source_row(info: SourceInfo, report: ImportReport | None) -> Row:
    facts = [
        amounts.size(info.size),
        _("{conversations} in the archive").format(conversations=amounts.conversations(info.conversations)),
    ]
    if info.newest:
        facts.append(_("up to {date}").format(date=when.date(info.newest)))
    return Row(
        report,
        [Run(info.name), Run(f"  {' · '.join(facts)}", "dim")],
        when.date_time(info.imported_at),
        f"SHA-256 {info.sha256}",
        _("Exports that are kept"),
    )


def _report_row(report: ImportReport) -> Row:
    facts = [
        _("{n} added").format(n=amounts.count(report.added)),
        _("{n} updated").format(n=amounts.count(report.updated)),
        ngettext("{n} problem", "{n} problems", len(report.problems)).format(n=amounts.count(len(report.problems))),
    ]
    return Row(
        report, amounts.conversations(report.found), when.date_time(report.imported_at), " · ".join(facts), _("Imports")
    )
