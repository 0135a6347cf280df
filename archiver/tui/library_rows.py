"""What the library lists: which conversations, in which order, and the line for each. Pure; no screen needed."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from math import inf, isfinite
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from archiver.i18n import N_, _
from archiver.text import when
from archiver.tui import amounts
from archiver.tui.widgets.runs import Run
from archiver.tui.widgets.virtual_list import RowLine

if TYPE_CHECKING:
    from archiver.records import Summary


ORDERS: Mapping[str, str] = {
    "newest": N_("Newest first"),
    "oldest": N_("Oldest first"),
    "longest": N_("Longest first"),
    "title": N_("By title"),
}

_LENGTHS = (
    (0, 10, N_("up to 10 messages")),
    (11, 50, N_("11 to 50 messages")),
    (51, 200, N_("51 to 200 messages")),
    (201, inf, N_("more than 200 messages")),
)
FAVOURITE = "★ "
_DAY = 86_400
_MOST_PROJECTS = 40
_AFTER_ALL = "\U0010ffff"
_DATE_CELLS = 17
_NOTE_FROM_WIDTH = 44
_COUNT_FROM_WIDTH = 76


class Narrowing(NamedTuple):
    """A part of the library to show alone."""

    group: str
    text: str
    """Untranslated where it is the program's own word, else as stored."""
    includes: Callable[[Summary], bool]
    note: str = ""
    example: str = ""
    """Title of a conversation in it, where its own name says nothing."""
    is_everything: bool = False
    parts: tuple[Narrowing, ...] = ()
    """Of several at once: each of them."""

    @property
    def words(self) -> str:
        """What is shown alone, in the person's language."""
        return " · ".join(_(part.text) for part in self.parts) if self.parts else _(self.text)

    def is_same(self, other: Narrowing) -> bool:
        """Whether it shows the same part, as far as the words tell; functions cannot be compared."""
        return (self.group, self.text) == (other.group, other.text)


def narrowed_further(narrowing: Narrowing | None, more: Narrowing) -> Narrowing | None:
    """What is left when ``more`` is chosen, too: one of each group, the latest; None when everything is shown."""
    if more.is_everything:
        return None
    before = () if narrowing is None else narrowing.parts or (narrowing,)
    parts = (*(part for part in before if _kind(part) != _kind(more)), more)
    if len(parts) == 1:
        return more
    return Narrowing("", "", lambda summary: all(part.includes(summary) for part in parts), parts=parts)


def _kind(narrowing: Narrowing) -> str:
    return narrowing.group or narrowing.text


def date_of(summary: Summary) -> float | None:
    """When it was last written to, as far as known."""
    return summary.updated if summary.updated is not None else summary.created


def ordered(summaries: Iterable[Summary], order: str, narrowing: Narrowing | None) -> list[Summary]:
    """The conversations to list; those without a date stand at the end."""
    shown = [summary for summary in summaries if narrowing is None or narrowing.includes(summary)]
    match order:
        case "oldest":
            shown.sort(key=lambda summary: (date_of(summary) is None, date_of(summary) or 0.0, summary.id))
        case "longest":
            shown.sort(key=lambda summary: (-summary.visible, -(date_of(summary) or 0.0)))
        case "title":
            # Twice by one thing each: comparing strings takes half the time of comparing rows of them.
            shown.sort(key=lambda summary: summary.id)
            shown.sort(key=lambda summary: summary.title.casefold() if summary.title.strip() else _AFTER_ALL)
        case _:
            shown.sort(key=lambda summary: (date_of(summary) is None, -(date_of(summary) or 0.0), summary.id))
    return shown


def conversation_line(summary: Summary, title: str, width: int, *, is_by_date: bool = False) -> RowLine:
    """Title, number of messages, date; less of it where there is less room.

    In a list by date, the heading above says already that no date is recorded.
    """
    left = [Run(FAVOURITE, "accent")] if summary.is_favourite else []
    left.append(Run(title))
    if width < _NOTE_FROM_WIDTH:
        return RowLine(left)
    has_date = not is_by_date or when.local(date_of(summary)) is not None
    date = when.date(date_of(summary)) if has_date else ""
    note = " " * (_DATE_CELLS - cell_len(date)) + date
    if width >= _COUNT_FROM_WIDTH:
        note = f"{amounts.messages(summary.visible)}   {note}"
    return RowLine(left, [Run(note, "dim")])


def narrowings(summaries: Iterable[Summary], model_name: Callable[[str], str]) -> list[Narrowing]:
    """What the library can be narrowed to: only what there is, with counts."""
    all_summaries = list(summaries)
    models = Counter(model for summary in all_summaries for model in set(summary.models))
    years = Counter(_year(summary) for summary in all_summaries)
    projects = Counter(summary.project for summary in all_summaries if summary.project)
    found = [Narrowing("", N_("Everything"), lambda _summary: True, is_everything=True)]
    kinds = (
        (N_("Favourites"), lambda summary: summary.is_favourite),
        (N_("With pictures"), lambda summary: summary.images > 0),
        (N_("Starred in ChatGPT"), lambda summary: summary.is_starred),
        (N_("Archived in ChatGPT"), lambda summary: summary.is_archived),
    )
    for text, includes in kinds:
        number = sum(map(includes, all_summaries))
        if number:
            found.append(Narrowing("", text, includes, amounts.count(number)))
    for slug, number in models.most_common():
        found.append(Narrowing(N_("With replies of"), model_name(slug), _with_model(slug), amounts.count(number)))
    for year, number in sorted(years.items(), reverse=True):
        words = year or N_("without a date")
        found.append(Narrowing(N_("From the year"), words, _of_year(year), amounts.count(number)))
    for least, most, text in _LENGTHS:
        number = sum(1 for summary in all_summaries if least <= summary.visible <= most)
        if 0 < number < len(all_summaries):
            found.append(Narrowing(N_("Of the length"), text, _of_length(least, most), amounts.count(number)))
    latest = {summary.project: summary.title for summary in ordered(all_summaries, "oldest", None)}
    for project, number in sorted(projects.most_common(_MOST_PROJECTS), key=lambda each: not _is_project(each[0])):
        group = N_("Of the project") if _is_project(project) else N_("With the GPT")
        note = amounts.count(number)
        found.append(Narrowing(group, project, _of_project(project), note, example=latest[project]))
    return found


def _is_project(id_: str) -> bool:
    """Whether an id is of one of the provider's projects; those of GPTs begin with ``g-`` alone."""
    return id_.startswith("g-p-")


def _year(summary: Summary) -> str:
    seconds = date_of(summary)
    if seconds is None or not isfinite(seconds):
        return ""
    first, last = _years_of_day(int(seconds // _DAY), time.timezone)
    return first if first == last else _local_year(seconds)


@lru_cache(20_000)
def _years_of_day(day: int, _timezone: int) -> tuple[str, str]:
    """The years at both ends of a day of UTC: the calendar is slow to ask about each of 100,000 conversations."""
    return _local_year(day * _DAY), _local_year((day + 1) * _DAY)


def _local_year(seconds: float) -> str:
    moment = when.local(seconds)
    return str(moment.year) if moment else ""


def _with_model(slug: str) -> Callable[[Summary], bool]:
    return lambda summary: slug in summary.models


def _of_year(year: str) -> Callable[[Summary], bool]:
    return lambda summary: _year(summary) == year


def _of_length(least: int, most: float) -> Callable[[Summary], bool]:
    return lambda summary: least <= summary.visible <= most


def _of_project(project: str) -> Callable[[Summary], bool]:
    return lambda summary: summary.project == project
