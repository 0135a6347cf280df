"""Matches are counted section by section and gone to in order."""

from archiver.tui.widgets.flow import Key
from archiver.tui.widgets.matches import Match, Matches


def counted(*counts: tuple[int, int]) -> Matches:
    """Matches of whole messages, counted to the end."""
    matches = Matches(iter([(Key(message, 0), count) for message, count in counts]))
    while not matches.is_complete:
        matches.count_on()
    return matches


def test_the_count_grows_while_it_goes_on() -> None:
    """From the message being read onwards and round the end."""
    matches = Matches(iter([(Key(5, 0), 2), (Key(1, 0), 1)]))
    matches.count_on()
    assert (matches.total, matches.is_complete) == (2, False)
    matches.count_on()
    matches.count_on()
    assert (matches.total, matches.is_complete) == (3, True)


def test_matches_are_gone_to_in_order_and_round_the_end() -> None:
    """With their number among all."""
    matches = counted((5, 2), (9, 1), (1, 1))
    visited = [(matches.step(1, Key(5, 0)), matches.number) for _ in range(5)]
    assert visited == [
        (Match(Key(5, 0), 0), 2),
        (Match(Key(5, 0), 1), 3),
        (Match(Key(9, 0), 0), 4),
        (Match(Key(1, 0), 0), 1),
        (Match(Key(5, 0), 0), 2),
    ]


def test_matches_are_gone_to_backwards() -> None:
    """At first to the one before the message being read."""
    matches = counted((1, 1), (5, 2))
    assert [matches.step(-1, Key(5, 0)) for _ in range(3)] == [
        Match(Key(1, 0), 0),
        Match(Key(5, 0), 1),
        Match(Key(5, 0), 0),
    ]


def test_what_is_not_counted_yet_is_waited_for() -> None:
    """Going on from the last match so far says nothing before the count has come round the end."""
    matches = Matches(iter([(Key(5, 0), 1), (Key(9, 0), 1), (Key(1, 0), 1)]))
    assert matches.step(1, Key(5, 0)) is None
    matches.count_on()
    assert matches.step(1, Key(5, 0)) == Match(Key(5, 0), 0)
    assert matches.step(1, Key(5, 0)) is None
    assert matches.current == Match(Key(5, 0), 0)
    while not matches.is_complete:
        matches.count_on()
    assert matches.step(1, Key(5, 0)) == Match(Key(9, 0), 0)


def test_without_matches_there_is_nowhere_to_go() -> None:
    """And the number is none."""
    matches = counted((1, 0))
    assert matches.step(1, Key(0, 0)) is None
    assert (matches.total, matches.number) == (0, 0)
