"""Times in the forms of exports, as Unix seconds.

Exports write floats or integers; tools that re-save them write ISO text or milliseconds. A time that cannot be true
(1970, 9999, not a number) is no time: an honest gap is better than a chat that sorts to the beginning of the world.
"""

from __future__ import annotations

import math
from datetime import UTC, datetime
from typing import Any

EARLIEST = 946_684_800.0
"""2000-01-01: before any chat, after every clock that started at zero."""
LATEST = 4_102_444_800.0
"""2100-01-01."""
_SMALLER_UNITS = (1e3, 1e6, 1e9)
"""Milliseconds, microseconds and nanoseconds in a second."""


class BadTime(ValueError):
    """A value that stands where a time should stand."""


def seconds(value: Any) -> float | None:
    """``value`` as Unix seconds; None where there is none; BadTime where it cannot be one."""
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise BadTime(value)
    return _plausible(_from_text(value) if isinstance(value, str) else _number(value))


def _number(value: float) -> float:
    try:
        return float(value)
    except OverflowError as error:
        raise BadTime(value) from error


def _plausible(number: float) -> float:
    if not math.isfinite(number):
        raise BadTime(number)
    if EARLIEST <= number < LATEST:
        return number
    for unit in _SMALLER_UNITS:
        if EARLIEST <= number / unit < LATEST:
            return number / unit
    raise BadTime(number)


def _from_text(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        pass
    try:
        moment = datetime.fromisoformat(text.strip())
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError) as error:
        raise BadTime(text) from error
