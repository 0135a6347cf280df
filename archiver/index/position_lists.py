"""Sorts the positions of a field by the words that stand there, without sorting all of them at once.

    numbers and positions, some at a time --> grouped by number --> in the end each group goes behind those before it

Positions come in rising order, so those of one word need no sorting: only the numbers do, some at a time, near the
processor, and small numbers are sorted by counting.
"""

from __future__ import annotations

from array import array
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from archiver.text.bulk_tokens import Numbers


class PositionLists:
    """Collects the positions of numbered words; those of each word come in rising order."""

    def __init__(self) -> None:
        # Such arrays grow in place, where many small ones would leave holes in memory.
        self._words, self._counts, self._positions = array("I"), array("I"), array("I")
        """Groups of positions that came together, those of one word side by side: the word, how many, and which."""
        self._ends: list[int] = []
        """Behind the last group of each time that some were added."""

    def add(self, numbers: Numbers, positions: Numbers) -> None:
        """Take in the number of the word at each position."""
        if not len(numbers):
            return
        order = _order(numbers)
        words = numbers[order]
        begins = np.flatnonzero(np.diff(words, prepend=-1))
        for collected, values in (
            (self._words, words[begins]),
            (self._counts, np.diff(begins, append=len(words))),
            (self._positions, positions[order]),
        ):
            collected.frombytes(values.astype(np.uint32).data.cast("B"))
        self._ends.append(len(self._words))

    def joined(self, words: int) -> tuple[NDArray[np.uint32], Numbers]:
        """All positions, those of the first word first, and where those of each word end. Empties this.

        Behind the last one there is room for some more, so that adding them needs no copy of all.
        """
        groups, counts, positions = (
            np.frombuffer(each, np.uint32) for each in (self._words, self._counts, self._positions)
        )
        parts = list(pairwise([0, *self._ends]))
        totals = np.zeros(words, np.int64)
        for begin, end in parts:
            totals[groups[begin:end]] += counts[begin:end]
        ends = np.cumsum(totals)
        places = ends - totals
        joined = np.empty(len(positions) + len(positions) // 16, np.uint32)
        done = 0
        for begin, end in parts:
            group, count = groups[begin:end], counts[begin:end].astype(np.int64)
            behind = np.cumsum(count)
            more = int(behind[-1])
            joined[np.repeat(places[group] - behind + count, count) + np.arange(more)] = positions[done : done + more]
            places[group] += count
            done += more
        self._words, self._counts, self._positions, self._ends = array("I"), array("I"), array("I"), []
        return joined, ends


def _order(numbers: Numbers) -> Numbers:
    """The order of rising numbers, equal ones in their own order. Sixteen bits are sorted by counting, in no time."""
    order = np.argsort(numbers.astype(np.uint16), kind="stable")
    if (high := numbers[order] >> 16).any():
        order = order[np.argsort(high.astype(np.uint16), kind="stable")]
    return order
