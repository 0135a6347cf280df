"""Numbers as people read them."""

from __future__ import annotations

import time

import pytest

from archiver.records import Progress
from archiver.tui import amounts
from archiver.tui.panels.progress import Estimate, bar, sentence


def test_counts_are_grouped() -> None:
    """A thousand has a comma."""
    assert [amounts.count(n) for n in (0, 999, 1204, 1234567)] == ["0", "999", "1,204", "1,234,567"]


@pytest.mark.parametrize(
    ("size", "words"),
    [(1, "1 byte"), (0, "0 bytes"), (999, "999 bytes"), (1000, "1.0 kB"), (9_949, "9.9 kB"), (9_960, "10 kB"),
     (999_400, "999 kB"), (999_600, "1.0 MB"), (1_800_000_000, "1.8 GB"), (4_000_000_000_000, "4000 GB")],
)  # fmt: skip
def test_sizes_have_two_digits_that_matter(size: int, words: str) -> None:
    """In units that file managers use too."""
    assert amounts.size(size) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(3, "a few seconds"), (14, "about 14 seconds"), (44, "about 40 seconds"), (100, "about 2 minutes"),
     (3000, "about 50 minutes")],
)  # fmt: skip
def test_times_are_no_more_exact_than_anybody_knows(seconds: float, words: str) -> None:
    """Rounded the more, the longer it takes."""
    assert amounts.about(seconds) == words


@pytest.mark.parametrize(
    ("share", "drawn"), [(0, "░░░░"), (1, "████"), (0.5, "██░░"), (0.28, "█▏░░"), (7, "████"), (-1, "░░░░")]
)
def test_bars_move_by_eighths(share: float, drawn: str) -> None:
    """And never leave their width."""
    assert bar(share, 4) == drawn


def test_what_is_left_is_said_to_be_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """A time alone could be the time it took."""
    moments = iter([100.0, 130.0])
    monkeypatch.setattr(time, "monotonic", lambda: next(moments))
    estimate = Estimate()
    estimate.left(Progress("reading", 0, 100))
    assert estimate.left(Progress("reading", 60, 100)) == "about 20 seconds left"


def test_nothing_is_said_about_time_before_anything_is_known() -> None:
    """No made-up numbers at the start."""
    assert Estimate().left(Progress("reading", 0, 100)) == ""
    assert sentence(Progress("indexing", 5, 10), "") == "Making every word findable · 50 %"
    assert sentence(None) == "Opening the file"
    assert amounts.share(5, 0) == "0 %"
