"""Moments are shown in the time zone that was chosen, everywhere."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from archiver import clock
from archiver.archive import Archive
from archiver.cli import main
from archiver.text import when
from tests import builders
from tests.archives import archive_of

NOON = datetime.fromisoformat("2026-02-13T12:00:00+00:00").timestamp()
pytestmark = pytest.mark.skipif(
    not (clock.can_choose() and clock.is_known("Asia/Tokyo")), reason="this system knows no time zones to choose from"
)


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """The computer's own zone comes back after each test."""
    before = os.environ.get("TZ")
    yield
    clock.use("")
    assert os.environ.get("TZ") == before


def test_everything_follows() -> None:
    """Python's clock and SQLite's."""
    clock.use("Asia/Tokyo")
    assert when.date_time(NOON) == "13 February 2026, 21:00"
    assert sqlite3.connect(":memory:").execute(
        "SELECT strftime('%H', ?, 'unixepoch', 'localtime')", (NOON,)
    ).fetchone() == ("21",)
    assert clock.present() == "JST (UTC+09:00)"
    clock.use("America/New_York")
    assert when.time(NOON) == "07:00"


@pytest.mark.parametrize("zone", ["", "Nowhere/At_All", "../../etc/passwd", "\0", "Europe"])
def test_what_is_no_zone_means_the_computers(zone: str) -> None:
    """Also after another one was in use."""
    here = time.localtime(NOON).tm_hour
    clock.use("Asia/Tokyo")
    clock.use(zone)
    assert time.localtime(NOON).tm_hour == here
    assert not clock.is_known(zone)


def test_days_are_searched_by_it_and_the_command_line_reads_the_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was said at noon in Greenwich is of the next day in Kiritimati."""
    talk = builders.conversation("Night", [("user", "late soup")], created=NOON)
    with archive_of(tmp_path, [talk]):
        pass
    settings = tmp_path / "config.toml"
    settings.write_text('time_zone = "Pacific/Kiritimati"\n')
    monkeypatch.setattr("archiver.cli.time_zone.config_file", lambda: settings)
    assert main(["--archive", str(tmp_path / "archive"), "search", "soup", "on:2026-02-14"]) == 0
    assert "14 February 2026, 02:0" in capsys.readouterr().out
    with Archive.open(tmp_path / "archive") as archive:
        assert archive.search("soup on:2026-02-14").total == 1
        clock.use("UTC")
        assert archive.search("soup on:2026-02-13").total == 1
