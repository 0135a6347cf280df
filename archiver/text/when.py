"""Moments as people read them: local time, full words, in the interface language.

Stored times are Unix seconds in UTC. A time that is missing, or that no calendar can hold, is said to be not recorded.
"""

from __future__ import annotations

from datetime import datetime

from archiver.i18n import N_, _

_MONTHS = (
    N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"), N_("July"), N_("August"),
    N_("September"), N_("October"), N_("November"), N_("December"),
)  # fmt: skip


def local(seconds: float | None) -> datetime | None:
    """The moment in this computer's time zone; None when it is not recorded or cannot be."""
    if seconds is None:
        return None
    try:
        return datetime.fromtimestamp(seconds).astimezone()
    except (ValueError, OverflowError, OSError):
        return None


def date(seconds: float | None) -> str:
    """For example ``13 February 2026``."""
    moment = local(seconds)
    return _written_date(moment) if moment else _("date not recorded")


def time(seconds: float | None) -> str:
    """For example ``02:07``."""
    moment = local(seconds)
    return f"{moment:%H:%M}" if moment else _("time not recorded")


def date_time(seconds: float | None) -> str:
    """For example ``13 February 2026, 02:07``."""
    moment = local(seconds)
    if moment is None:
        return _("date not recorded")
    # Translators: a full date followed by the time of day.
    return _("{date}, {time}").format(date=_written_date(moment), time=f"{moment:%H:%M}")


def month(seconds: float | None) -> str:
    """For example ``February 2026``, the heading of a group."""
    moment = local(seconds)
    if moment is None:
        return _("Date not recorded")
    # Translators: month_number is there for languages that write 2026年2月.
    return _("{month} {year}").format(month=_(_MONTHS[moment.month - 1]), month_number=moment.month, year=moment.year)


def iso(seconds: float | None) -> str:
    """For example ``2026-02-13T02:07:00+01:00``; empty when not recorded."""
    moment = local(seconds)
    return moment.isoformat(timespec="seconds") if moment else ""


def _written_date(moment: datetime) -> str:
    # Translators: month_number is there for languages that write 2026年2月13日.
    return _("{day} {month} {year}").format(
        day=moment.day, month=_(_MONTHS[moment.month - 1]), month_number=moment.month, year=moment.year
    )
