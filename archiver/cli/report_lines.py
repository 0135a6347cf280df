"""An import report as plain lines, for the terminal and for screens."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from archiver.i18n import _, ngettext
from archiver.records import Problem
from archiver.reports import ImportReport
from archiver.text.sanitize import one_line

_PROBLEMS_SHOWN = 20
_PLACES_SHOWN = 3
_NAMES_SHOWN = 12


def _counted(counts: Mapping[str, int]) -> str:
    """Names with their numbers, as many as fit a line or two."""
    return _shortened([f"{one_line(name, 60)} {count}" for name, count in counts.items()])


def _listed(members: Sequence[str]) -> str:
    """Paths inside a source; of one in an inner zip, what comes after that zip tells more than its own long name."""
    return _shortened([one_line(name, 60) for name in dict.fromkeys(name.rpartition("!")[2] for name in members)])


def _shortened(names: Sequence[str]) -> str:
    shown = list(names[:_NAMES_SHOWN])
    if len(names) > _NAMES_SHOWN:
        shown.append(_("and {count} more").format(count=len(names) - _NAMES_SHOWN))
    return ", ".join(shown)


def report_lines(report: ImportReport) -> Iterator[str]:
    """The report, most important first."""
    for source in report.sources:
        state = _("kept as {path}") if source.is_new else _("already kept as {path}")
        yield f"{one_line(source.path)}: {state.format(path=one_line(source.original))}"
        yield f"  SHA-256 {source.sha256}"
        if source.sidecars:
            yield "  " + _("kept inside it as well: {names}").format(names=_listed(source.sidecars))
    yield ngettext(
        "{found} conversation found: {added} added, {updated} updated, {unchanged} unchanged, {empty} empty, "
        "{failed} not readable",
        "{found} conversations found: {added} added, {updated} updated, {unchanged} unchanged, {empty} empty, "
        "{failed} not readable",
        report.found,
    ).format(
        found=report.found,
        added=report.added,
        updated=report.updated,
        unchanged=report.unchanged,
        empty=report.empty,
        failed=report.failed,
    )
    if report.messages:
        messages = ngettext("{count} message", "{count} messages", report.messages).format(count=report.messages)
        branches = ngettext("{count} other branch", "{count} other branches", report.branches)
        yield _("In what was added or updated: {messages}, {branches}").format(
            messages=messages, branches=branches.format(count=report.branches)
        )
    replies = sum(report.models.values())
    if replies:
        yield _("The answering model is recorded on {known} of {all} replies").format(
            known=replies - report.models.get("", 0), all=replies
        )
    if report.assets_found or report.assets_missing:
        yield _("Pictures, sounds and files: {found} found, {missing} not in the export").format(
            found=report.assets_found, missing=report.assets_missing
        )
    if report.assets_recovered:
        yield ngettext(
            "{count} picture, sound or file that was missing until now has come with this import",
            "{count} pictures, sounds and files that were missing until now have come with this import",
            report.assets_recovered,
        ).format(count=report.assets_recovered)
    if report.assets_unused:
        yield ngettext(
            "{count} file in the archive is named by no message; “archiver gaps” lists it",
            "{count} files in the archive are named by no message; “archiver gaps” lists them",
            report.assets_unused,
        ).format(count=report.assets_unused)
    for label, counts in (
        (_("Models"), {slug or _("not recorded"): count for slug, count in report.models.items()}),
        (_("Kinds of content"), report.content_types),
        (_("Keys this program does not know"), report.unknown_keys),
    ):
        if counts:
            yield f"{label}: {_counted(counts)}"
    if report.not_in_newest:
        yield ngettext(
            "{count} conversation is not in the newest export; it stays in the archive",
            "{count} conversations are not in the newest export; they stay in the archive",
            report.not_in_newest,
        ).format(count=report.not_in_newest)
    if report.problems:
        yield ngettext("{count} thing to know:", "{count} things to know:", len(report.problems)).format(
            count=len(report.problems)
        )
        yield from map("  {}".format, _problem_lines(report.problems))
    if report.was_stopped:
        yield _("Stopped. What was read is kept; the same command carries on.")


def _problem_lines(problems: Sequence[Problem]) -> Iterator[str]:
    """Each different sentence once, with the first places it is true of."""
    told: dict[str, list[Problem]] = {}
    for problem in problems:
        told.setdefault(problem.what, []).append(problem)
    for what, alike in list(told.items())[:_PROBLEMS_SHOWN]:
        if len(alike) == 1:
            place = f"{one_line(alike[0].where)}: " if alike[0].where else ""
            yield f"{place}{one_line(what, 400)}"
            yield from _where_to_see(alike[0])
            continue
        yield ngettext("{sentence} ({count} time)", "{sentence} ({count} times)", len(alike)).format(
            sentence=one_line(what, 400), count=len(alike)
        )
        for problem in alike[:_PLACES_SHOWN]:
            yield f"  {one_line(problem.where or problem.conversation_id)}"
            yield from map("  {}".format, _where_to_see(problem))
        if len(alike) > _PLACES_SHOWN:
            yield "  " + _more(len(alike) - _PLACES_SHOWN)
    if len(told) > _PROBLEMS_SHOWN:
        yield _more(sum(map(len, list(told.values())[_PROBLEMS_SHOWN:])))


def _where_to_see(problem: Problem) -> Iterator[str]:
    if shown := problem.conversation_id or problem.slice[:16]:
        yield f"  archiver show {one_line(shown)} --raw"


def _more(count: int) -> str:
    return _("… and {count} more; “archiver sources --json” has all of them").format(count=count)
