"""What the numbers screen says, worked out from the activity of the archive. Pure; no screen needed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from archiver.overview import Activity

_BLOCKS = " ▁▂▃▄▅▆▇█"


@dataclass(frozen=True, slots=True)
class Counts:
    """Messages that the provider's screen shows, counted by local time."""

    years: dict[str, int]
    months: dict[str, int]
    """``2026-02`` and so on, without holes between the first and the last."""
    hours: tuple[int, ...]
    """By hour of the day, from 0 to 23."""
    days: int
    """Days on which anything was written."""
    first: str
    """``2023-01-14``; empty when no message has a time."""
    last: str
    mine: int
    its: int
    my_characters: int
    its_characters: int


def counted(activities: Iterable[Activity]) -> Counts:
    """All activities together."""
    months: Counter[str] = Counter()
    hours = [0] * 24
    days: set[str] = set()
    messages, characters = [0, 0], [0, 0]
    for activity in activities:
        day, hour = activity.hour[:10], int(activity.hour[11:13])
        months[day[:7]] += activity.messages
        hours[hour] += activity.messages
        days.add(day)
        messages[activity.is_mine] += activity.messages
        characters[activity.is_mine] += activity.characters
    years: Counter[str] = Counter()
    for month, number in months.items():
        years[month[:4]] += number
    return Counts(
        years=dict(sorted(years.items())),
        months={month: months[month] for month in _without_holes(sorted(months))},
        hours=tuple(hours),
        days=len(days),
        first=min(days, default=""),
        last=max(days, default=""),
        mine=messages[True],
        its=messages[False],
        my_characters=characters[True],
        its_characters=characters[False],
    )


def _without_holes(months: list[str]) -> list[str]:
    if not months:
        return []
    first, last = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (months[0], months[-1]))
    if last - first > 1200:
        # A time that was recorded wrongly must not make a list of a thousand years.
        return months
    return [f"{month // 12:04}-{month % 12 + 1:02}" for month in range(first, last + 1)]


def columns(values: tuple[int, ...], height: int, width: int) -> list[str]:
    """A picture of ``height`` lines in which each value is a column ``width`` cells wide, the last cell empty."""
    most = max(values, default=0) or 1
    lines = []
    for line in range(height - 1, -1, -1):
        cells = []
        for value in values:
            eighths = round(value * height * 8 / most) - line * 8
            if value and line == 0:
                eighths = max(1, eighths)
            cells.append(_BLOCKS[max(0, min(8, eighths))] * (width - 1) + " ")
        lines.append("".join(cells).rstrip())
    return lines
