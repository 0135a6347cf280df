"""Orders, narrowings and lines of the library."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import datetime

import pytest

from archiver.records import Summary
from archiver.tui.library_rows import conversation_line, narrowed_further, narrowings, ordered

DAY = 86_400.0
PLAIN = Summary(1, "a", "chatgpt", "Rivers", 1000 * DAY, 1000 * DAY, 10, 8, ("gpt-4o",))
SUMMARIES = [
    PLAIN,
    replace(PLAIN, key=2, id="b", title="apples", updated=2000 * DAY, visible=3, models=("o3", "gpt-4o"), images=2),
    replace(PLAIN, key=3, id="c", title="", updated=None, created=None, visible=8, project="g-p-garden"),
    replace(
        PLAIN,
        key=4,
        id="d",
        title="Zebra",
        updated=None,
        created=1500 * DAY,
        is_favourite=True,
        models=(),
        project="g-cook",
    ),
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
    assert keys("longest")[-1] == 2


def test_choices_of_different_kinds_hold_together() -> None:
    """One of each kind: the later takes the place of the earlier."""
    found = {each.text: each for each in narrowings(SUMMARIES, str)}
    both = narrowed_further(found["gpt-4o"], found["With pictures"])
    assert both is not None
    assert both.words == "gpt-4o · With pictures"
    assert [summary.key for summary in ordered(SUMMARIES, "newest", both)] == [2]
    other = narrowed_further(both, found["o3"])
    assert other is not None
    assert other.words == "With pictures · o3"
    assert narrowed_further(other, found["Everything"]) is None
    assert narrowed_further(None, found["o3"]) is found["o3"]
    assert narrowed_further(found["o3"], found["gpt-4o"]) is found["gpt-4o"]


def test_lengths_are_offered_where_conversations_differ() -> None:
    """By what one sees of them."""
    long = replace(PLAIN, key=9, visible=400)
    found = {each.text: each for each in narrowings([PLAIN, long], str) if each.group == "Of the length"}
    assert {text: each.note for text, each in found.items()} == {
        "up to 10 messages": "1",
        "more than 200 messages": "1",
    }
    assert found["more than 200 messages"].includes(long)
    assert not found["more than 200 messages"].includes(PLAIN)


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
        ("From the year", "without a date", "1"),
        ("Of the project", "g-p-garden", "1"),
        ("With the GPT", "g-cook", "1"),
    ]
    o3 = next(each for each in found if each.text == "O3")
    assert [summary.key for summary in ordered(SUMMARIES, "newest", o3)] == [2]


def test_what_the_provider_marked_can_be_shown_alone() -> None:
    """Stars and its own archive, where an export tells them."""
    marked = [replace(PLAIN, is_starred=True), replace(PLAIN, key=2, is_archived=True), replace(PLAIN, key=3)]
    found = {each.text: each for each in narrowings(marked, str)}
    assert [each.key for each in marked if found["Starred in ChatGPT"].includes(each)] == [1]
    assert [each.key for each in marked if found["Archived in ChatGPT"].includes(each)] == [2]


def test_an_id_that_says_nothing_is_told_by_a_title() -> None:
    """The latest of the conversations in it."""
    old = replace(PLAIN, title="Roses", project="g-p-garden", updated=1.0)
    new = replace(PLAIN, key=2, title="Tulips", project="g-p-garden", updated=2.0)
    garden = next(each for each in narrowings([new, old], str) if each.text == "g-p-garden")
    assert (garden.group, garden.example) == ("Of the project", "Tulips")


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
    assert conversation_line(PLAIN, PLAIN.title, 20).right == ()
    assert "1972" in conversation_line(PLAIN, PLAIN.title, 50).right[0].text
    assert "8 messages" in conversation_line(PLAIN, PLAIN.title, 80).right[0].text
    assert "1972" in conversation_line(PLAIN, PLAIN.title, 50, is_by_date=True).right[0].text
    assert conversation_line(SUMMARIES[3], "x", 20).left[0].text == "★ "
