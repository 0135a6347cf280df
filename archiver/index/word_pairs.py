"""Neighbours among the commonest words, found once when a segment is written.

A phrase like "and to" would otherwise compare two lists of every third message. The pairs cost a few hundredths of the
index; all other phrases begin with a word rare enough.
"""

from __future__ import annotations

import re
from array import array
from collections import deque
from collections.abc import Mapping
from heapq import nlargest
from itertools import chain, repeat
from typing import Final

BESIDE: Final = "\x06"
"""Between the words of a pair in its key."""
_MOST_WORDS = 16
_TWO = re.compile(rb"[\x01-\x10](?=[\x01-\x10])")
_FEWEST_POSITIONS = 4_096
"""Words that come more rarely are quick enough without."""


class _Pairs(dict[tuple[int, int], "array[int]"]):
    """Positions by the numbers of two words."""

    def __missing__(self, numbers: tuple[int, int]) -> array[int]:
        positions = self[numbers] = array("I")
        return positions


def word_pairs(table: Mapping[str, array[int]], size: int) -> dict[str, array[int]]:
    """Keys and positions of all pairs; ``table`` has positions below ``size`` of words by key and form."""
    frequent = [key for key, places in table.items() if len(places) >= _FEWEST_POSITIONS]
    common = nlargest(
        _MOST_WORDS, (key for key in frequent if key.isascii() and key.isalpha()), key=lambda key: len(table[key])
    )
    places_of = {key: [table[key]] for key in common}
    for key in table:
        if "\x01" in key and (word := key.partition("\x01")[0]) in places_of:
            places_of[word].append(table[key])
    numbers = bytearray(size)
    for number, lists in enumerate(places_of.values(), 1):
        deque(map(numbers.__setitem__, chain.from_iterable(lists), repeat(number)), maxlen=0)
    places = list(map(re.Match.start, _TWO.finditer(numbers))) if common else []
    following = map(numbers.__getitem__, map((1).__add__, places))
    found = _Pairs()
    both = zip(map(numbers.__getitem__, places), following, strict=True)
    deque(map(array.append, map(found.__getitem__, both), places), maxlen=0)
    return {f"{common[first - 1]}{BESIDE}{common[second - 1]}": found[first, second] for first, second in found}
