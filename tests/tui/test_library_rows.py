"""Orders, narrowings and lines of the library."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import datetime

import pytest

from archiver.records import Summary
from archiver.tui.library_rows import conversation_line, narrowings, ordered

DAY = 86_400.0
PLAIN = Summary(1, "a", "chatgpt", "Rivers", 1000 * DAY, 1000 * DAY, 10, 8, ("gpt-4o",))
SUMMARIES = [
    PLAIN,
    replace(PLAIN, key=2, id="b", title="apples", updated=2000 * DAY, messages=3, models=("o3", "gpt-4o"), images=2),
    replace(PLAIN, key=3, id="c", title="", updated=None, created=None, messages=99, project="g-garden"),
    replace(PLAIN, key=4, id="d", title="Zebra", updated=None, created=1500 * DAY, is_favourite=True, models=()),
]


def keys(order: str) -> list[int]:
    """The conversations in an order."""
    return [summary.key for summary in ordered(SUMMARIES, order, None)]


def test_what_has_no_date_stands_at_the_end() -> None:
    """In both directions; the day it began stands in for the day it changed."""
    assert keys("newest") == [2, 4, 1, 3]
    assert keys("oldest") == [1, 4, 2, 3]


def test_titles_are_ordered_without_regard_to_capitals() -> None:
    """Untitled ones last."""
    assert keys("title") == [2, 1, 4, 3]
    assert keys("longest")[0] == 3


def test_only_what_there_is_can_be_chosen() -> None:
    """With counts, and everything first."""
    found = narrowings(SUMMARIES, str.upper)
    assert [(each.group, each.text, each.note) for each in found] == [
        ("", "Everything", ""),
        ("", "Favourites", "1"),
        ("", "With pictures", "1"),
        ("With replies of", "GPT-4O", "3"),
        ("With replies of", "O3", "1"),
        ("From the year", "1975", "1"),
        ("From the year", "1974", "1"),
        ("From the year", "1972", "1"),
        ("Of the project", "g-garden", "1"),
    ]
    o3 = next(each for each in found if each.text == "O3")
    assert [summary.key for summary in ordered(SUMMARIES, "newest", o3)] == [2]


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "America/Los_Angeles", "Asia/Kolkata"])
def test_a_year_begins_when_it_does_where_one_lives(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """To the second, though the calendar is asked about whole days."""
    with monkeypatch.context() as patched:
        patched.setenv("TZ", zone)
        time.tzset()
        midnight = datetime(2024, 1, 1).timestamp()
        eve, day = (replace(PLAIN, key=key, updated=midnight + key) for key in (-1, 0))
        years = {each.text: each for each in narrowings([eve, day], str) if each.group == "From the year"}
        assert [each.key for each in ordered([eve, day], "newest", years["2024"])] == [0]
        assert [each.key for each in ordered([eve, day], "newest", years["2023"])] == [-1]
    time.tzset()


def test_a_line_says_less_where_there_is_less_room() -> None:
    """The title always; the date before the number of messages."""
    assert conversation_line(PLAIN, 20).right == ()
    assert "1972" in conversation_line(PLAIN, 50).right[0].text
    assert "8 messages" in conversation_line(PLAIN, 80).right[0].text
    assert conversation_line(SUMMARIES[2], 20).left[0].text == "Untitled"
    assert conversation_line(SUMMARIES[3], 20).left[0].text == "★ "
