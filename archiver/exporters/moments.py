"""Dates and times as files hold them: local, in digits, with the offset from UTC.

``text.when`` writes moments for readers in words; here they must sort, and be read again by machines. Forty thousand
messages ask for one each, so the calendar work is done once an hour of history, not once a message.
"""

from __future__ import annotations

import time
from functools import lru_cache
from typing import NamedTuple


class Moment(NamedTuple):
    """One local moment in digits."""

    date: str
    """``2026-02-13``"""
    clock: str
    """``02:07``"""
    second: int
    offset: str
    """``+01:00``"""

    @property
    def iso(self) -> str:
        """``2026-02-13T02:07:31+01:00``"""
        return f"{self.date}T{self.clock}:{self.second:02d}{self.offset}"


_CLOCKS = tuple(f"{minute // 60:02d}:{minute % 60:02d}" for minute in range(24 * 60))


def moment(seconds: float | None) -> Moment | None:
    """A stored time in this computer's time zone; None when it is not recorded or no calendar can hold it."""
    if seconds is None:
        return None
    try:
        minute, second = divmod(int(seconds), 60)
    except (ValueError, OverflowError):
        return None
    start = _quarter_hour(minute // 15, time.tzname, time.timezone)
    if start is None:
        return None
    date, minutes, offset = start
    return Moment(date, _CLOCKS[minutes + minute % 15], second, offset)


@lru_cache(maxsize=4096)
def _quarter_hour(number: int, _names: tuple[str, str], _timezone: int) -> tuple[str, int, str] | None:
    """Local date, minute of the day and offset at the start of a quarter of an hour: no zone changes inside one.

    The names and the distance of the zone tell it from one that was chosen before.
    """
    try:
        local = time.localtime(number * 900)
    except (ValueError, OverflowError, OSError):
        return None
    if not 1 <= local.tm_year <= 9999:
        return None
    offset = (local.tm_gmtoff or 0) // 60
    sign = "-" if offset < 0 else "+"
    return (
        f"{local.tm_year:04d}-{local.tm_mon:02d}-{local.tm_mday:02d}",
        local.tm_hour * 60 + local.tm_min // 15 * 15,
        f"{sign}{abs(offset) // 60:02d}:{abs(offset) % 60:02d}",
    )


def iso(seconds: float | None) -> str:
    """Local date and time with the offset; empty when not recorded."""
    local = moment(seconds)
    return local.iso if local else ""


def utc(seconds: float | None) -> str:
    """The same moment in UTC, for machines: ``2026-02-13T01:07:31Z``; empty when not recorded."""
    if seconds is None:
        return ""
    try:
        return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))
    except (ValueError, OverflowError, OSError):
        return ""
