"""The flow knows where everything stands, whatever changes its height or splits."""

from hypothesis import given
from hypothesis import strategies as st

from archiver.tui.widgets.flow import Flow, Key, Place

HEIGHTS = st.lists(st.integers(0, 6), min_size=1, max_size=12)


def flow_of(heights: list[int]) -> Flow:
    """One section a message."""
    return Flow([Key(message, 0) for message in range(len(heights))], heights)


@given(HEIGHTS, st.lists(st.tuples(st.integers(0, 11), st.integers(0, 9)), max_size=6))
def test_every_line_has_one_place(heights: list[int], changes: list[tuple[int, int]]) -> None:
    """Before and after heights became exact."""
    flow = flow_of(heights)
    for entry, height in changes:
        if entry < len(flow):
            flow.set_height(entry, height)
            heights[entry] = height
    expected = [Place(entry, line) for entry, height in enumerate(heights) for line in range(height)]
    assert flow.total == len(expected)
    assert flow.rows(0, 1000) == expected
    assert [flow.at(line) for line in range(len(expected))] == expected


def test_a_height_becomes_exact_once_it_is_known() -> None:
    """And says how much it moved what follows."""
    flow = flow_of([3, 3])
    assert flow.set_height(0, 5) == 2
    assert (flow.is_exact(0), flow.is_exact(1), flow.start(1)) == (True, False, 5)


def test_a_message_splits_into_sections() -> None:
    """Those after it move on, and nothing happens when the number is right."""
    flow = flow_of([1, 10, 1])
    assert flow.split(1, [4, 4, 4])
    assert not flow.split(1, [9, 9, 9])
    assert flow.keys == [Key(0, 0), Key(1, 0), Key(1, 1), Key(1, 2), Key(2, 0)]
    assert (flow.total, flow.index(Key(2, 0))) == (14, 4)


def test_a_missing_section_is_looked_for_nearby() -> None:
    """After a choice hid it."""
    assert flow_of([1, 1]).index(Key(7, 0)) == 1


def test_an_empty_flow_has_no_lines() -> None:
    """A conversation without messages."""
    assert (Flow().total, Flow().rows(0, 10)) == (0, [])
