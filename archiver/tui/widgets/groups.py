"""Month headings for lists sorted by time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from archiver.text import when


def by_month(times: Sequence[float | None]) -> list[tuple[int, str]]:
    """(position of the first row, heading) for each run of rows of one month.

    Rows are expected in order of time, either way. The end of a run is found by halving, because asking the calendar
    about each of 100,000 rows takes longer than drawing the screen.
    """
    groups: list[tuple[int, str]] = []
    start = 0
    while start < len(times):
        low, high = start, len(times)
        month = _month(times[start])
        while high - low > 1:
            middle = (low + high) // 2
            if _month(times[middle]) == month:
                low = middle
            else:
                high = middle
        groups.append((start, when.month(times[start])))
        start = high
    return groups


def _month(seconds: float | None) -> tuple[int, int] | None:
    moment: datetime | None = when.local(seconds)
    return (moment.year, moment.month) if moment else None
