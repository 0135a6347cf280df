"""The arithmetic of lists: headings, rows, scrollbar, styled pieces."""

import time
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from archiver.tui.widgets import runs
from archiver.tui.widgets.groups import by_month
from archiver.tui.widgets.row_geometry import RowGeometry, RowLinePlace
from archiver.tui.widgets.runs import Run
from archiver.tui.widgets.scrollbar import Scrollbar, mark_rows


@pytest.fixture
def _utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@given(st.integers(1, 30), st.integers(1, 3), st.sets(st.integers(0, 29), max_size=6))
def test_every_line_belongs_to_one_row_or_heading(count: int, height: int, starts: set[int]) -> None:
    """Going down the lines meets every row in order, headings before their first row."""
    group_starts = sorted(start for start in starts if start < count)
    geometry = RowGeometry(count, height, group_starts)
    expected = [
        RowLinePlace(position, line)
        for position in range(count)
        for line in [*((-2, -1) if position in group_starts else ()), *range(height)]
    ]
    assert [geometry.place_at(line) for line in range(geometry.total_lines)] == expected
    assert [geometry.line_of(position) for position in range(count)] == [
        expected.index(RowLinePlace(position, 0)) for position in range(count)
    ]


@pytest.mark.usefixtures("_utc")
def test_months_are_headings() -> None:
    """Newest first, with what has no date at the end."""
    times = [1770948420.0, 1770900000.0, 1767000000.0, None, None]
    assert by_month(times) == [(0, "February 2026"), (2, "December 2025"), (3, "Date not recorded")]
    assert by_month([]) == []


@given(st.integers(0, 60), st.integers(0, 5000), st.integers(0, 5000))
def test_the_thumb_shows_where_one_is(height: int, total: int, top: int) -> None:
    """At the ends exactly there; a click on the bar goes to a line that exists."""
    top = min(top, max(0, total - height))
    bar = Scrollbar(height, total, top)
    cells = [bar.cell(row) for row in range(height)]
    if total > height > 0:
        assert "thumb" in cells
        assert cells[0] == "thumb" or top > 0
        assert cells[-1] == "thumb" or top < total - height
        assert all(0 <= bar.line_at(row) <= total for row in range(height))
    else:
        assert "thumb" not in cells


def test_matches_are_marked_on_the_bar() -> None:
    """At the height they have in the whole."""
    assert mark_rows([0, 50, 99], 100, 10) == {0, 5, 9}
    assert mark_rows([3], 0, 0) == frozenset()


@given(st.lists(st.text("ab 漢🙂ا", max_size=9), max_size=4), st.integers(0, 30))
def test_runs_fit(texts: list[str], width: int) -> None:
    """Cut with an ellipsis at a whole character."""
    fitting = runs.fit([Run(text) for text in texts], width)
    assert runs.width_of(fitting) <= width
    if cell_len("".join(texts)) <= width:
        assert "".join(run.text for run in fitting) == "".join(texts)


def test_runs_are_made_safe_and_single_lines() -> None:
    """Spaces that separate them stay."""
    assert runs.safe([Run("a\n\x1b[1mb ", "dim"), Run("  "), Run("")]) == [Run("a ␛[1mb ", "dim"), Run("  "), Run("")]


def test_runs_keep_their_style_when_turned_round() -> None:
    """Each character takes its style along."""
    arranged = runs.arrange([Run("אב", "match"), Run(" ג")], right_to_left=True)
    assert arranged == [Run("ג "), Run("בא", "match")]
