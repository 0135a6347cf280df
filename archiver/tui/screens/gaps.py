"""What is missing, by name: nothing that was lost on the way here is passed over in silence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import ClassVar

from archiver.i18n import N_, _, ngettext
from archiver.records import AssetReference
from archiver.reports import AssetEntry, GapReport, ImportReport, SourceInfo, with_losses
from archiver.text import when
from archiver.tui import amounts
from archiver.tui.commands import Back, Command, Details, GoImport, Help, Menu, Move, RawJson, Read
from archiver.tui.panels.rows import Row
from archiver.tui.place import Place
from archiver.tui.screens.listing import ListScreen
from archiver.tui.widgets.runs import Run

MEDIA = {"image": N_("Picture"), "audio": N_("Sound"), "video": N_("Video"), "file": N_("File")}

_MOST_LOSSES = 20
"""Losses of one import that are named here; its report has all of them."""


class GapsScreen(ListScreen):
    """The gap report; Enter opens the conversation at the gap."""

    OFFERS: ClassVar[Sequence[type[Command]]] = (RawJson, Details, GoImport, Back)
    FOOTER: ClassVar[Sequence[type[Command]]] = (Move, Read, Back, Help, Menu)
    SAYS_WHOLE: ClassVar[bool] = True
    PURPOSE: ClassVar[str] = N_(
        "Exports leave things out, newer ones more than older ones. Here is everything the archive names but does not "
        "hold. Adding an older export often fills a gap."
    )
    NOTHING: ClassVar[str] = N_("Nothing is missing of what your exports name.")

    def heading(self) -> tuple[str, str]:
        """What this is."""
        return _("What is missing"), ""

    def rows(self) -> Sequence[Row]:
        """Each kind of gap under its heading."""
        report = self._with_titles(self.session.opened.gaps())
        return [
            *_not_read(self.session.opened.reports(), self.session.opened.unfinished()),
            *_missing(report),
            *_damaged(report),
            *_left_out(report),
            *_not_in_newest(report),
            *_unused(report),
            *_models(report),
        ]

    def _with_titles(self, report: GapReport) -> GapReport:
        """The report with a title for each conversation, also where the export has none."""
        title = self.session.title
        return replace(
            report,
            missing_assets=tuple(
                replace(entry, title=title(entry.conversation_id, entry.title)) for entry in report.missing_assets
            ),
            damaged_texts=tuple((id_, title(id_, name), count) for id_, name, count in report.damaged_texts),
            left_out=tuple((id_, title(id_, name), sentence) for id_, name, sentence in report.left_out),
            not_in_newest=tuple((id_, title(id_, name), date) for id_, name, date in report.not_in_newest),
        )

    def chosen(self, row: Row) -> None:
        """A gap opens its conversation, an import its report."""
        if isinstance(row.value, ImportReport):
            from archiver.tui.screens.import_report import ImportReportScreen

            self.app.push_screen(ImportReportScreen(self.session, row.value))
        else:
            super().chosen(row)


def _not_read(reports: Sequence[ImportReport], unfinished: Sequence[SourceInfo]) -> list[Row]:
    """Exports of which something could not be read; Enter opens the report that names it."""
    group = _("Exports that could not be read whole")
    rows = [
        Row(None, [Run(info.name), Run("  " + _("was not read to its end"), "dim")], group=group) for info in unfinished
    ]
    for report in with_losses(reports):
        names = ", ".join(PurePath(source.path).name for source in report.sources)
        number = max(report.failed, sum(problem.is_loss for problem in report.problems))
        words = ngettext("{n} thing could not be read", "{n} things could not be read", number).format(
            n=amounts.count(number)
        )
        text = [Run(names or _("an export")), Run(f"  {words}", "dim")]
        rows.append(Row(report, text, when.date(report.imported_at), group=group))
        losses = [problem for problem in report.problems if problem.is_loss]
        rows += [Row(report, [Run("   "), Run(problem.what, "dim")], group=group) for problem in losses[:_MOST_LOSSES]]
        if len(losses) > _MOST_LOSSES:
            more = _("and {n} more").format(n=amounts.count(len(losses) - _MOST_LOSSES))
            rows.append(Row(report, [Run("   "), Run(more, "dim")], group=group))
    return rows


def named(reference: AssetReference, title: str) -> str:
    """What to call a picture or file; one without a name is called by its conversation."""
    return reference.name or reference.caption or _("in “{title}”").format(title=title)


def _missing(report: GapReport) -> list[Row]:
    number = len(report.missing_assets)
    group = ngettext(
        "{n} picture, sound or file is in none of your exports",
        "{n} pictures, sounds and files are in none of your exports",
        number,
    ).format(n=amounts.count(number))
    return [_asset_row(entry, group) for entry in report.missing_assets]


def _asset_row(entry: AssetEntry, group: str) -> Row:
    reference = entry.reference
    kind = _(MEDIA.get(reference.media, MEDIA["file"]))
    text = [Run(f"{kind}  ", "dim"), Run(named(reference, entry.title))]
    if reference.name or reference.caption:
        text.append(Run(f"  {entry.title}", "dim"))
    return Row(Place(entry.conversation_id, entry.title, entry.message_id), text, when.date(entry.created), group=group)


def _damaged(report: GapReport) -> list[Row]:
    group = _("Texts that were damaged in the export already (� stands for what was lost)")
    return [
        Row(Place(id_, title), title, amounts.count(count), group=group) for id_, title, count in report.damaged_texts
    ]


def _left_out(report: GapReport) -> list[Row]:
    group = _("Left out by the newest export, kept here from an older one")
    return [
        Row(Place(id_, title), [Run(title), Run(f"  {sentence}", "dim")], group=group)
        for id_, title, sentence in report.left_out
    ]


def _not_in_newest(report: GapReport) -> list[Row]:
    return [
        Row(
            Place(id_, title),
            title,
            group=_("Not in the export of {date}, kept here").format(date=when.date(date))
            if date
            else _("Not in the newest export, kept here"),
        )
        for id_, title, date in report.not_in_newest
    ]


def _unused(report: GapReport) -> list[Row]:
    group = _("Files that came with an export and that no message names")
    return [
        Row(None, [Run(file.name), Run(f"  {file.member}  {file.source}", "dim")], amounts.size(file.size), group=group)
        for file in report.unused_files
    ]


def _models(report: GapReport) -> list[Row]:
    if not report.replies_without_model:
        return []
    text = _("{n} of {all} replies name no model; nothing is guessed for them").format(
        n=amounts.count(report.replies_without_model), all=amounts.count(report.replies)
    )
    return [Row(None, text, group=_("Models that are not recorded"))]
