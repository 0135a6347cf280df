"""The time zone in which moments are shown and dates are searched: this computer's, unless another one is chosen.

Everything asks the C library for local time, SQLite too; so choosing means telling it (POSIX, tzset). Where it cannot
be told, the computer's own zone stays.
"""

from __future__ import annotations

import os
import time

_TZ = "TZ"


class _Computer:
    """What the environment said before another zone was chosen."""

    zone: str | None = os.environ.get(_TZ)


def can_choose() -> bool:
    """Whether this system lets a program have a time zone of its own."""
    return hasattr(time, "tzset")


def is_known(zone: str) -> bool:
    """Whether there is a time zone of this name in the IANA database, such as ``Europe/Rome``."""
    # Ten milliseconds that starting need not pay.
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(zone)
    except (OSError, ValueError, LookupError):
        return False
    return True


def use(zone: str) -> None:
    """Show moments in this time zone from now on; an empty or unknown one means the computer's."""
    wanted = zone if zone and is_known(zone) else _Computer.zone
    if not can_choose() or wanted == os.environ.get(_TZ):
        return
    if wanted is None:
        del os.environ[_TZ]
    else:
        os.environ[_TZ] = wanted
    time.tzset()


def present() -> str:
    """The zone in use, for example ``CET (UTC+01:00)``."""
    now = time.localtime()
    offset = time.strftime("%z", now)
    return f"{now.tm_zone} (UTC{offset[:3]}:{offset[3:]})"
