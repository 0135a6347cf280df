"""What the numbers screen counts."""

from __future__ import annotations

from archiver.overview import Activity
from archiver.tui.counts import columns, counted


def test_activity_is_summed_by_year_month_and_hour() -> None:
    """Months without a message are there with nothing, so that the bars tell the truth."""
    counts = counted(
        [
            Activity("a", "2024-11-30 23", True, 2, 20),
            Activity("a", "2024-11-30 23", False, 3, 300),
            Activity("b", "2025-02-01 02", False, 1, 50),
        ]
    )
    assert counts.years == {"2024": 5, "2025": 1}
    assert counts.months == {"2024-11": 5, "2024-12": 0, "2025-01": 0, "2025-02": 1}
    assert (counts.hours[23], counts.hours[2], sum(counts.hours)) == (5, 1, 6)
    assert (counts.days, counts.first, counts.last) == (2, "2024-11-30", "2025-02-01")
    assert (counts.mine, counts.its, counts.my_characters, counts.its_characters) == (2, 4, 20, 350)


def test_a_wrong_clock_makes_no_endless_list() -> None:
    """A message of the year 9999 stands for itself only."""
    counts = counted([Activity("a", "1970-01-01 00", True, 1, 1), Activity("a", "9999-12-31 23", True, 1, 1)])
    assert list(counts.months) == ["1970-01", "9999-12"]


def test_nothing_is_nothing() -> None:
    """An empty archive has no first day."""
    assert counted([]).first == ""
    assert counted([]).months == {}


def test_columns_show_the_smallest_number_too() -> None:
    """One message among thousands is still a line of an eighth."""
    assert columns((0, 1, 8, 16), 2, 2) == ["      █", "  ▁ █ █"]
    assert columns((), 2, 2) == ["", ""]
