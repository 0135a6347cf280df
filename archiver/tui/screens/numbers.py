"""Numbers: how much was written when, in local time. Bars of block characters; no scores, no judgement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import ClassVar

from archiver import overview
from archiver.i18n import N_, _
from archiver.text import when
from archiver.tui import amounts
from archiver.tui.counts import Counts, columns, counted
from archiver.tui.panels.progress import thin_bar
from archiver.tui.panels.text_page import Passage, with_labels
from archiver.tui.screens.page import PageScreen

_HOURS_HIGH = 6
_NOTHING = N_("There are no messages with a date yet. {go_import} in the library adds an export.")


class NumbersScreen(PageScreen):
    """Counts by year, month, hour and model."""

    PURPOSE: ClassVar[str] = N_(
        "Counted are the messages that ChatGPT’s own screen shows, yours and the replies, on all branches. Hours and "
        "days are those of this computer’s time zone."
    )

    def heading(self) -> tuple[str, str]:
        """What this is."""
        return _("Numbers"), ""

    def on_resize(self) -> None:
        """Bars are as long as there is room."""
        self.make()

    def passages(self) -> Sequence[Passage]:
        """Facts, then bars."""
        archive = self.session.opened
        counts = counted(overview.activity(archive))
        if not counts.first:
            return [Passage(self.with_keys(_NOTHING))]
        width = max(8, min(60, self.size.width - 36))
        models = {self._model(slug): number for slug, number in overview.replies(archive).items()}
        return [
            *_facts(counts, len(archive.summaries())),
            *_bars(_("Messages by year"), counts.years, width),
            *_hours(counts.hours, self.size.width - 8),
            *_bars(_("Replies by model"), dict(sorted(models.items(), key=lambda item: -item[1])), width),
            *_bars(_("Messages by month"), {_month(month): number for month, number in counts.months.items()}, width),
        ]

    def _model(self, slug: str) -> str:
        return self.session.model_name(slug) if slug else _("not recorded")


def _facts(counts: Counts, conversations: int) -> list[Passage]:
    facts = (
        (_("First day"), _day(counts.first)),
        (_("Last day"), _day(counts.last)),
        (_("Days with messages"), amounts.count(counts.days)),
        (_("Conversations"), amounts.count(conversations)),
        (_("Messages you wrote"), _with_characters(counts.mine, counts.my_characters)),
        (_("Replies"), _with_characters(counts.its, counts.its_characters)),
    )
    return with_labels(facts)


def _with_characters(messages: int, characters: int) -> str:
    return _("{n}, of {characters} characters together").format(
        n=amounts.count(messages), characters=amounts.count(characters)
    )


def _bars(title: str, values: Mapping[str, int], width: int) -> list[Passage]:
    most = max(values.values(), default=0) or 1
    numbers = {name: amounts.count(number) for name, number in values.items()}
    column = max(map(len, numbers.values()), default=0)
    rows = with_labels((name, f"{number:>{column}}  ") for name, number in numbers.items())
    bars = (thin_bar(number / most, width) or ("╸" if number else "") for number in values.values())
    return [Passage(title, "heading", gap=True), *(replace(row, bar=bar) for row, bar in zip(rows, bars, strict=True))]


def _hours(hours: tuple[int, ...], room: int) -> list[Passage]:
    title = Passage(_("Messages by hour of the day"), "heading", gap=True)
    cell = 3 if room >= 72 else 2
    if room < 48:
        return [title, *_bars("", {f"{hour:02}": number for hour, number in enumerate(hours)}, max(4, room - 12))[1:]]
    labels = "".join(f"{hour:02}".ljust(cell * 3) for hour in range(0, 24, 3))
    picture = [Passage(line or " ", "bar") for line in columns(hours, _HOURS_HIGH, cell)]
    return [title, *picture, Passage(labels, "dim")]


def _month(month: str) -> str:
    return when.month(_seconds(f"{month}-15"))


def _day(day: str) -> str:
    return when.date(_seconds(day))


def _seconds(day: str) -> float:
    """Noon of a day in local time."""
    return datetime(int(day[:4]), int(day[5:7]), int(day[8:10]), 12).timestamp()
