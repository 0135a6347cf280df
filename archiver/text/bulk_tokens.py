"""Cutting many light texts at once: the same tokens as ``tokens.sequence``, by arrays instead of a step for each.

    texts --> one array of characters --> what kind each is --> where tokens begin and end

What follows from the kinds of neighbouring characters is worked out for all of them together: letters side by side are
a word, every character of a run begins a pair. Only stretches with digits, and letters of two scripts side by side,
which have rules of their own, are given to the regular expression of ``tokens``.

It needs numpy, which takes longer to import than a search takes. So only building an index imports this module.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Final, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from archiver.text.fold import CLASSES
from archiver.text.tokens import (
    EASTERN,
    EDGE,
    FLAG_LETTERS,
    GLUED,
    HANGUL,
    JOINING,
    SKIP,
    SPACE,
    place_spaced_numbers,
    place_words,
)

Numbers: TypeAlias = NDArray[np.int64]
Codes: TypeAlias = NDArray[np.uint32]
_Kinds: TypeAlias = NDArray[np.uint8]

_LETTER, DIGIT, _SYMBOL, RUN, _HANGUL, LATIN, _EASTERN, _BODY = (1 << bit for bit in range(8))
"""Kinds of characters, as bits. The body is what decides together about a digit inside it."""
PARTINGS: Final = (SKIP, EDGE, SPACE)
_FIRST_FLAG_LETTER: Final = ord(FLAG_LETTERS[0])
_LAST_FLAG_LETTER: Final = ord(FLAG_LETTERS[-1])
_RANGE: Final = re.compile("(.)(?:-(.))?", re.DOTALL)


class Tokens(NamedTuple):
    """The tokens of some texts in order, numbered through over all texts."""

    joined: str
    """The texts, each with a line end behind it."""
    codes: Codes
    """The characters of that."""
    starts: Numbers
    lengths: Numbers
    """In characters; 0 for what parts runs."""
    partings: tuple[Numbers, ...]
    """Which tokens are the first of ``PARTINGS``, the second …"""
    counts: Numbers
    """How many tokens each text has."""


def cut(texts: Sequence[str]) -> Tokens:
    """All tokens of light texts."""
    joined = "\n".join(texts) + "\n"
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    sizes = np.fromiter(map(len, texts), np.int64, len(texts))
    begins = np.concatenate(([0], np.cumsum(sizes + 1)))
    starts, lengths, partings = _Cutter(joined, codes, begins).tokens()
    return Tokens(joined, codes, starts, lengths, partings, np.diff(np.searchsorted(starts, begins)))


def spaced_numbers(tokens: Tokens) -> list[tuple[str, int]]:
    """Numbers whose thousands are set apart by spaces, and the token that each begins with."""
    is_digit = (kinds()[tokens.codes] & DIGIT) != 0
    if not (is_digit[:-2] & (tokens.codes[1:-1] == ord(" ")) & is_digit[2:]).any():
        return []
    found = [(match.group(), match.start()) for match in place_spaced_numbers(tokens.joined)]
    numbers = np.searchsorted(tokens.starts, [place for _number, place in found]).tolist()
    return [(number, token) for (number, _place), token in zip(found, numbers, strict=True)]


class _Cutter:
    """Finds the tokens of one joined text."""

    def __init__(self, joined: str, codes: Codes, begins: Numbers) -> None:
        self._joined, self._codes, self._begins = joined, codes, begins
        self._kinds = kinds()[codes]
        self._letters = (self._kinds & _LETTER).view(np.bool_)
        self._symbols = (self._kinds & _SYMBOL) != 0
        self._runs = (self._kinds & RUN) != 0

    def tokens(self) -> tuple[Numbers, Numbers, tuple[Numbers, ...]]:
        """Starts and lengths in order, and which of them part runs."""
        placed = self._difficult_words()
        starts, ends = _stretches(self._letters)
        symbols, symbol_lengths = self._placed_symbols()
        words = np.concatenate((starts, symbols, placed[:, 0]))
        lengths = np.concatenate((ends - starts, symbol_lengths, placed[:, 1]))
        run_starts, run_ends = _stretches(self._runs)
        if len(run_starts):
            return self._with_runs(words, lengths, run_starts, run_ends)
        if len(words) > len(starts):
            order = np.argsort(words, kind="stable")
            words, lengths = words[order], lengths[order]
        return words, lengths, tuple(np.empty(0, np.int64) for _parting in PARTINGS)

    def _placed_symbols(self) -> tuple[Numbers, Numbers]:
        """Where symbols begin, and their lengths: of the letters of flags, two are one."""
        symbols = np.flatnonzero(self._symbols)
        lengths = np.ones(len(symbols), np.int64)
        codes = self._codes[symbols]
        is_flag = (codes >= _FIRST_FLAG_LETTER) & (codes <= _LAST_FLAG_LETTER)
        if not is_flag.any():
            return symbols, lengths
        is_second = np.zeros(len(symbols), np.bool_)
        for place in np.flatnonzero(is_flag[1:] & is_flag[:-1] & (np.diff(symbols) == 1)).tolist():
            if not is_second[place]:
                lengths[place] = 2
                is_second[place + 1] = True
        return symbols[~is_second], lengths[~is_second]

    def _with_runs(
        self, words: Numbers, lengths: Numbers, run_starts: Numbers, run_ends: Numbers
    ) -> tuple[Numbers, Numbers, tuple[Numbers, ...]]:
        """Words, the pairs of runs, and before a run what parts it from the one before."""
        inside = np.flatnonzero(self._runs)
        pairs = np.full(len(inside), 2)
        pairs[np.searchsorted(inside, run_ends - 1)] = 1
        kinds = self._partings(np.sort(words, kind="stable"), run_starts, run_ends)
        is_parted = kinds < len(PARTINGS)
        # Places are doubled, so that what parts a run stands before its first character; its kind is in the lengths.
        packed = np.concatenate(
            (
                2 * words + 1 << 32 | lengths,
                2 * inside + 1 << 32 | pairs,
                2 * run_starts[is_parted] << 32 | kinds[is_parted],
            )
        )
        packed.sort(kind="stable")
        lengths = packed & 0xFFFFFFFF
        parting = np.flatnonzero(~packed >> 32 & 1)
        found = tuple(parting[lengths[parting] == kind] for kind in range(len(PARTINGS)))
        lengths[parting] = 0
        return packed >> 33, lengths, found

    def _partings(self, words: Numbers, starts: Numbers, ends: Numbers) -> Numbers:
        """What stands before each run: a place in ``PARTINGS``, or the number of these for nothing."""
        skip, edge, space, nothing = range(len(PARTINGS) + 1)
        follows = np.zeros(len(starts), np.bool_)
        follows[1:] = _stays(np.searchsorted(words, starts)) & _stays(np.searchsorted(self._begins, starts, "right"))
        is_korean = (self._kinds[starts] & _HANGUL) != 0
        kinds: Numbers = np.where(is_korean, edge, np.where(follows, skip, nothing))
        after_korean = np.zeros(len(starts), np.bool_)
        after_korean[1:] = (self._kinds[ends[:-1] - 1] & _HANGUL) != 0
        korean = np.flatnonzero(is_korean & follows & after_korean)
        is_one_space = (starts[korean] - ends[korean - 1] == 1) & (self._codes[starts[korean] - 1] == ord(" "))
        kinds[korean[is_one_space]] = space
        for number in korean[~is_one_space].tolist():
            if self._joined[ends[number - 1] : starts[number]].isspace():
                kinds[number] = space
        return kinds

    def _difficult_words(self) -> Numbers:
        """Start and length of each word around digits and where scripts meet; no other way finds these again."""
        latin, eastern = self._kinds & LATIN, self._kinds & _EASTERN
        places = np.flatnonzero((self._kinds & DIGIT) != 0)
        if eastern.any():
            is_latin, is_eastern = latin != 0, eastern != 0
            meeting = is_latin[1:] & is_eastern[:-1] | is_latin[:-1] & is_eastern[1:]
            places = np.concatenate((places, np.flatnonzero(meeting)))
        found: list[tuple[int, int]] = []
        if len(places):
            starts, ends = _stretches((self._kinds & _BODY) != 0)
            numbers = np.unique(np.searchsorted(starts, places, "right") - 1)
            for start, end in zip(starts[numbers].tolist(), ends[numbers].tolist(), strict=True):
                self._letters[start:end] = False
                self._symbols[start:end] = False
                found += [(start + place, length) for place, length in _placed(self._joined[start:end])]
        return np.array(found, np.int64).reshape(-1, 2)


def _stays(numbers: Numbers) -> NDArray[np.bool_]:
    stays: NDArray[np.bool_] = numbers[1:] == numbers[:-1]
    return stays


def _placed(stretch: str) -> Sequence[tuple[int, int]]:
    """Places and lengths of words; what comes again and again (1. and 2025) is looked up."""
    return _placed_often(stretch) if len(stretch) < 6 else _placed_words(stretch)


def _placed_words(stretch: str) -> Sequence[tuple[int, int]]:
    return [(match.start(), match.end() - match.start()) for match in place_words(stretch)]


_placed_often = lru_cache(10_000)(_placed_words)


def _stretches(is_inside: NDArray[np.bool_]) -> tuple[Numbers, Numbers]:
    """Starts and ends of the stretches where something holds, which it does not at the very end."""
    edges = np.flatnonzero(is_inside[1:] != is_inside[:-1]) + 1
    if is_inside[0]:
        edges = np.concatenate(([0], edges))
    return edges[0::2], edges[1::2]


@cache
def kinds() -> _Kinds:
    """What kinds each character is of, by its code."""
    table = np.zeros(0x110000, np.uint8)
    for kind, characters in (
        (_LETTER | _BODY, _unescaped("letter")),
        (DIGIT | _BODY, "0-9"),
        (_SYMBOL, _unescaped("symbol")),
        (RUN, _unescaped("run")),
        (_HANGUL, HANGUL),
        (LATIN, "a-z"),
        (_EASTERN, EASTERN),
        (_BODY, GLUED),
        (_BODY, JOINING),
    ):
        for first, last in _RANGE.findall(characters):
            table[ord(first) : ord(last or first) + 1] |= kind
    return table


def _unescaped(name: str) -> str:
    return CLASSES[name].encode("ascii").decode("unicode_escape")
