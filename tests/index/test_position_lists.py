"""Positions come back under the word that stands there, in rising order, however many were taken in at a time."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from archiver.index.position_lists import PositionLists

NUMBERS = st.one_of(st.integers(0, 9), st.integers(65_530, 65_540), st.integers(0, 200_000))


@given(numbers=st.lists(NUMBERS, max_size=60), cuts=st.sets(st.integers(0, 60)), gap=st.integers(1, 300))
def test_each_word_gets_its_positions_back(numbers: list[int], cuts: set[int], gap: int) -> None:
    """Also words whose numbers take more than sixteen bits, and those that come in one part only."""
    positions = list(range(0, len(numbers) * gap, gap))
    lists = PositionLists()
    for begin, end in pairwise(sorted({0, *cuts, len(numbers)})):
        lists.add(np.array(numbers[begin:end], np.int64), np.array(positions[begin:end], np.int64))
    words = max(numbers, default=0) + 2
    joined, ends = lists.joined(words)
    in_order = sorted(zip(numbers, positions, strict=True))
    assert ends.tolist() == np.searchsorted([number for number, _position in in_order], range(words), "right").tolist()
    assert joined[: ends[-1]].tolist() == [position for _number, position in in_order]


def test_nothing_is_left_behind() -> None:
    """So that the memory is free while the lists are written."""
    lists = PositionLists()
    lists.add(np.array([1, 0]), np.array([3, 4]))
    lists.joined(2)
    _joined, ends = lists.joined(2)
    assert ends.tolist() == [0, 0]
