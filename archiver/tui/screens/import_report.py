"""What an import did, in numbers that add up, and every problem by name with its raw JSON one key away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from archiver.i18n import N_, _, ngettext
from archiver.records import Problem
from archiver.reports import ImportReport
from archiver.text import when
from archiver.tui import amounts
from archiver.tui.commands import Back, Command, GoGaps, Help, Menu, Move, Open, RawJson
from archiver.tui.panels.rows import Row
from archiver.tui.place import Place
from archiver.tui.screens.listing import ListScreen
from archiver.tui.session import Session
from archiver.tui.widgets.runs import Run

_MOST_MODELS = 12


class ImportReportScreen(ListScreen):
    """The report of one import."""

    OFFERS: ClassVar[Sequence[type[Command]]] = (RawJson, GoGaps, Back)
    FOOTER: ClassVar[Sequence[type[Command]]] = (Move, Open, Back, Help, Menu)
    SAYS_WHOLE: ClassVar[bool] = True
    PURPOSE = N_(
        "Every conversation of the export is counted once: added, updated, unchanged, empty or not understood. "
        "Problems are listed by name; Enter on one shows what the export says there."
    )

    def __init__(self, session: Session, report: ImportReport) -> None:
        super().__init__(session)
        self._report = report

    def heading(self) -> tuple[str, str]:
        """Whether it came to its end."""
        if self._report.was_stopped:
            title = _("The import was stopped")
        elif self._report.has_losses:
            title = _("Not everything could be read")
        else:
            title = _("Everything is read")
        return title, when.date_time(self._report.imported_at) if self._report.imported_at else ""

    def introduction(self) -> str:
        """What to do now."""
        if self._report.was_stopped:
            return _("What was read stays. Choosing the same file again carries on.")
        if self._report.has_losses:
            return _(
                "What could be read is in the archive, and a copy of your file as it came. The list below names the "
                "rest. If the file ends early, download the export again and import that file too."
            )
        return _("Your conversations are in the archive, and a copy of your file as it came. Enter opens the library.")

    def rows(self) -> Sequence[Row]:
        """Numbers, then problems."""
        report = self._report
        return [*_outcome(report), *_inside(report), *_models(self.session, report), *_problems(report.problems)]

    def chosen(self, row: Row) -> None:
        """A problem shows its raw JSON; anything else leads to the library."""
        if isinstance(row.value, Place):
            self.action_raw_json()
        else:
            self.dismiss()


def _outcome(report: ImportReport) -> list[Row]:
    group = ngettext("{n} conversation found", "{n} conversations found", report.found).format(
        n=amounts.count(report.found)
    )
    numbers = (
        (_("added"), report.added),
        (_("updated: the export knew more of them"), report.updated),
        (_("unchanged: here already"), report.unchanged),
        (_("empty: without any message"), report.empty),
        (_("not understood, listed below"), report.failed),
    )
    return [_number(words, number, group) for words, number in numbers]


def _inside(report: ImportReport) -> list[Row]:
    numbers = (
        (_("messages, on all branches"), report.messages),
        (_("further branches (edited or regenerated messages)"), report.branches),
        (_("pictures, sounds and files found"), report.assets_found),
        (_("pictures, sounds and files that are named but not in the export"), report.assets_missing),
        (_("pictures, sounds and files that were missing until now"), report.assets_recovered),
        (_("conversations of the archive that are not in the newest export; they stay"), report.not_in_newest),
    )
    return [_number(words, number, _("In them")) for words, number in numbers if number]


def _models(session: Session, report: ImportReport) -> list[Row]:
    replies: Mapping[str, int] = report.models
    most = sorted(replies, key=lambda slug: -replies[slug])[:_MOST_MODELS]
    names = {slug: session.model_name(slug) if slug else _("model not recorded") for slug in most}
    return [_number(names[slug], replies[slug], _("Replies by model")) for slug in most]


def _number(words: str, number: int, group: str) -> Row:
    return Row(None, [Run(f"{amounts.count(number):>9}  ", "strong"), Run(words)], group=group)


def _place(problem: Problem) -> Place | None:
    """Where the raw JSON of a problem is."""
    if problem.conversation_id or problem.slice:
        return Place(problem.conversation_id, problem.where, slice=problem.slice)
    return None


def _problems(problems: Sequence[Problem]) -> list[Row]:
    group = ngettext("{n} problem", "{n} problems", len(problems)).format(n=amounts.count(len(problems)))
    return [
        Row(
            _place(problem) or problem,
            [Run(problem.where + "  ", "dim"), Run(problem.what)],
            group=group,
        )
        for problem in problems
    ]
