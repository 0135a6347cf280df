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
from archiver.tui.panels.rows import Row, RowList
from archiver.tui.place import Place
from archiver.tui.screens.listing import ListScreen
from archiver.tui.session import Session
from archiver.tui.widgets.runs import Run

_MOST_MODELS = 12
_LIBRARY, _GAPS = "library", "gaps"


class ImportReportScreen(ListScreen):
    """The report of one import."""

    OFFERS: ClassVar[Sequence[type[Command]]] = (RawJson, GoGaps, Back)
    FOOTER: ClassVar[Sequence[type[Command]]] = (Move, Open, Back, Help, Menu)
    SAYS_WHOLE: ClassVar[bool] = True
    PURPOSE = N_(
        "Every conversation of the export is counted once: added, updated, unchanged, empty or not understood. "
        "Problems are listed by name; Enter on one shows what the export says there. Enter on the number of what is "
        "missing leads to the list of it."
    )

    def __init__(self, session: Session, report: ImportReport, *, is_new: bool = False) -> None:
        """
        Args:
            session: What all screens share.
            report: What the import did.
            is_new: Whether it has just ended, so that the library comes next.
        """
        super().__init__(session)
        self._report = report
        self._is_new = is_new

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
        if self._is_new:
            return _(
                "Your conversations are in the archive, and a copy of your file as it came. "
                "The last row opens the library."
            )
        return _("Your conversations are in the archive, and a copy of your file as it came.")

    def rows(self) -> Sequence[Row]:
        """Numbers, then problems, and the way on."""
        report = self._report
        rows = [*_outcome(report), *_inside(report), *_models(self.session, report), *_problems(report.problems)]
        if self._is_new:
            rows.append(Row(_LIBRARY, _("Open the library"), group=_("Next")))
        return rows

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Begin at the way on, where everything before it is seen as well and is in order."""
        is_first_time = not self._is_loaded
        super().show_rows(rows)
        if is_first_time and self._is_new and not self._report.has_losses:
            self.call_after_refresh(self._begin_at_end)

    def _begin_at_end(self) -> None:
        the_list = self.query_one(RowList)
        if the_list.cursor == 0 and the_list.total_lines <= the_list.size.height:
            the_list.move_to(len(the_list.rows) - 1)

    def chosen(self, row: Row) -> None:
        """A problem shows its raw JSON, what is missing the gaps; a number is only there to be read."""
        if row.value == _LIBRARY:
            self.dismiss()
        elif row.value == _GAPS:
            self.action_go_gaps()
        elif isinstance(row.value, Place):
            self.action_raw_json()
        elif isinstance(row.value, Problem):
            self.say(_("There is no raw JSON for this problem: the row is all that is known."))
        elif self._is_new:
            self.say(self.with_keys(N_("There is nothing to open on this row. {back} leads to the library.")))
        else:
            self.say(self.with_keys(N_("There is nothing to open on this row. {back} leads back.")))

    def action_raw_json(self) -> None:
        """What the export says, where it says anything."""
        row = self.query_one(RowList).current_row
        if row is not None and isinstance(row.value, Problem):
            self.chosen(row)
        else:
            super().action_raw_json()


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
        (_("messages, on all branches"), report.messages, None),
        (_("further branches (edited or regenerated messages)"), report.branches, None),
        (_("pictures, sounds and files found"), report.assets_found, None),
        (_("pictures, sounds and files that are named but not in the export"), report.assets_missing, _GAPS),
        (_("pictures, sounds and files that were missing until now"), report.assets_recovered, None),
        (_("conversations of the archive that are not in the newest export; they stay"), report.not_in_newest, _GAPS),
    )
    return [
        _number(words, number, _("In those that were added or updated"), leads_to)
        for words, number, leads_to in numbers
        if number
    ]


def _models(session: Session, report: ImportReport) -> list[Row]:
    replies: Mapping[str, int] = report.models
    most = sorted(replies, key=lambda slug: -replies[slug])[:_MOST_MODELS]
    names = {slug: session.model_name(slug) if slug else _("model not recorded") for slug in most}
    return [_number(names[slug], replies[slug], _("Replies by model")) for slug in most]


def _number(words: str, number: int, group: str, leads_to: str | None = None) -> Row:
    return Row(leads_to, [Run(f"{amounts.count(number):>9}  ", "strong"), Run(words)], group=group)


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
