"""Dates are local, in full, and never invented."""

import time
from collections.abc import Iterator

import pytest

from archiver.text import when

VALENTINE = 1770948420.5


@pytest.fixture(autouse=True)
def _in_paris(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Europe/Paris")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def test_a_moment_in_local_time() -> None:
    """Two in the morning in UTC is three in Paris."""
    assert when.date(VALENTINE) == "13 February 2026"
    assert when.time(VALENTINE) == "03:07"
    assert when.date_time(VALENTINE) == "13 February 2026, 03:07"
    assert when.month(VALENTINE) == "February 2026"
    assert when.iso(VALENTINE) == "2026-02-13T03:07:00+01:00"


@pytest.mark.parametrize("seconds", [None, float("nan"), float("inf"), 1e20, -1e20])
def test_what_no_calendar_holds_is_not_recorded(seconds: float | None) -> None:
    """A missing or impossible time is said to be missing."""
    assert when.date(seconds) == "date not recorded"
    assert when.time(seconds) == "time not recorded"
    assert when.date_time(seconds) == "date not recorded"
    assert when.month(seconds) == "Date not recorded"
    assert when.iso(seconds) == ""
