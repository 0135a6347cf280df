"""Progress suits where it goes: a bar on a terminal, few plain lines elsewhere."""

from __future__ import annotations

import time

import pytest

from archiver.cli.progress import ProgressBar
from archiver.records import Progress


def written(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *, seconds: int, total: int = 1000
) -> str:
    """What a piece of work writes that takes so many seconds and reports ten times a second."""
    clock = iter(number / 10 for number in range(seconds * 10 + 1))
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    bar = ProgressBar()
    for number in range(seconds * 10):
        bar(Progress("reading", round(total * number / (seconds * 10)), total, "A title"))
    captured = capsys.readouterr()
    assert captured.out == ""
    return captured.err


def test_a_file_gets_a_plain_line_for_every_tenth(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No blocks, no titles, no control characters."""
    lines = written(capsys, monkeypatch, seconds=100).splitlines()
    assert lines[:2] == ["Reading: 10%, about 90 s left", "Reading: 20%, about 80 s left"]
    assert len(lines) == 9
    assert all(line.isascii() for line in lines)


def test_what_takes_hours_says_something_every_minute(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody wonders whether it still runs."""
    lines = written(capsys, monkeypatch, seconds=3600).splitlines()
    assert 55 <= len(lines) <= 65
    assert lines[0].endswith("min left")


def test_what_is_done_at_once_needs_no_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A script's log stays short."""
    assert written(capsys, monkeypatch, seconds=3) == ""


def test_a_terminal_gets_a_bar(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """One that repaints itself, with what is read just now."""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    shown = written(capsys, monkeypatch, seconds=3)
    assert "█" in shown
    assert "A title" in shown
    assert "\n" not in shown
