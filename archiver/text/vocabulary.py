"""Numbers the different tokens of many texts without a look-up for each, by sorting hashes of their characters.

    tokens --> a hash of each --> sorted: equal ones side by side --> one look-up for each different one --> numbers

Most of what an index takes to build would be spent looking words up in a dictionary: millions of steps, each far from
the last one in memory. No hash is trusted that another token could have: every longer token is compared with the
characters that its number stands for, and the few that only share a hash with another are told apart by what they say.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from archiver.text.bulk_tokens import DIGIT, LATIN, PARTINGS, RUN, Codes, Numbers, Tokens, kinds

_Hashes: TypeAlias = NDArray[np.uint64]
_MIXER: Final = 0x9E3779B97F4A7C15
_FACTOR: Final = 0xD1342543DE82EF95
_INVERSE: Final = pow(_FACTOR, -1, 1 << 64)
_SURE: Final = 2
"""Characters of a token that no other token of as many shares its hash with: no multiple of the factor up to the
highest character is as small as a character."""


class Vocabulary:
    """Different tokens, numbered in the order in which they came; the first are ``PARTINGS``."""

    def __init__(self) -> None:
        nothing = np.zeros(1, np.int64)
        # What parts runs has no characters, so the hash 0.
        self._hashes = np.zeros(1, np.uint64)
        self._known = nothing
        self._codes = np.empty(0, np.uint32)
        self._starts = self._lengths = np.repeat(nothing, len(PARTINGS))
        self._others: dict[str, int] = {}
        """Words whose hash belongs to another word, and what was given by itself."""

    def __len__(self) -> int:
        return len(self._starts)

    def add(self, word: str) -> int:
        """The number of one word that is none of the tokens added otherwise."""
        if (number := self._others.get(word)) is None:
            codes = np.frombuffer(word.encode("utf-32-le", "surrogatepass"), dtype="<u4")
            number = self._others[word] = len(self)
            self._remember(codes, np.zeros(1, np.int64), np.array([len(codes)]))
        return number

    def add_all(self, tokens: Tokens) -> Numbers:
        """The number of each token."""
        hashes = _hashes(tokens)
        order, begins = _sorted(hashes)
        firsts = order[begins]
        groups = self._numbers_of(tokens, hashes[firsts], firsts)
        numbers = np.empty(len(hashes), np.int64)
        numbers[order] = np.repeat(groups, np.diff(begins, append=len(order)))
        for token in self._different(tokens, numbers).tolist():
            start = tokens.starts[token]
            numbers[token] = self.add(tokens.joined[start : start + tokens.lengths[token]])
        for parting, places in enumerate(tokens.partings):
            numbers[places] = parting
        return numbers

    def _numbers_of(self, tokens: Tokens, hashes: _Hashes, firsts: Numbers) -> Numbers:
        """The numbers of rising hashes; those not known are of the tokens ``firsts``."""
        places = np.searchsorted(self._hashes, hashes)
        places[places == len(self._hashes)] = 0
        is_new = self._hashes[places] != hashes
        numbers = self._known[places]
        if is_new.any():
            new = firsts[is_new]
            numbers[is_new] = np.arange(len(self), len(self) + len(new))
            self._remember(tokens.codes, tokens.starts[new], tokens.lengths[new])
            where = np.searchsorted(self._hashes, hashes[is_new])
            self._hashes = np.insert(self._hashes, where, hashes[is_new])
            self._known = np.insert(self._known, where, numbers[is_new])
        return numbers

    def _remember(self, codes: Codes, starts: Numbers, lengths: Numbers) -> None:
        """Words that follow, from where they stand among some characters."""
        ends = np.cumsum(lengths)
        places = np.repeat(starts - (ends - lengths), lengths) + np.arange(ends[-1])
        self._starts = np.concatenate((self._starts, len(self._codes) + ends - lengths))
        self._lengths = np.concatenate((self._lengths, lengths))
        self._codes = np.concatenate((self._codes, codes[places]))

    def _different(self, tokens: Tokens, numbers: Numbers) -> Numbers:
        """The tokens that do not say what their number stands for."""
        lengths = self._lengths[numbers]
        is_different = lengths != tokens.lengths
        left = np.flatnonzero(~is_different & (lengths > _SURE))
        places, known, lengths = tokens.starts[left], self._starts[numbers[left]], lengths[left]
        while len(left):
            is_other = tokens.codes[places] != self._codes[known]
            is_different[left[is_other]] = True
            longer = np.flatnonzero((lengths > 1) & ~is_other)
            left, places, known, lengths = left[longer], places[longer] + 1, known[longer] + 1, lengths[longer] - 1
        return np.flatnonzero(is_different)

    def words(self) -> list[str]:
        """All words by number."""
        text = self._codes.tobytes().decode("utf-32-le", "surrogatepass")
        ends = (self._starts + self._lengths).tolist()
        words = list(map(text.__getitem__, map(slice, self._starts.tolist(), ends)))
        words[: len(PARTINGS)] = PARTINGS
        return words

    def are_plain(self) -> NDArray[np.bool_]:
        """Of each word, whether it has only letters from a to z and digits."""
        return self._are_all(LATIN | DIGIT)

    def are_of_runs(self) -> NDArray[np.bool_]:
        """Of each word, whether it comes from a run."""
        return self._are_all(RUN)

    def _are_all(self, kind: int) -> NDArray[np.bool_]:
        """Of each word, whether all its characters are of a kind; what parts runs has no characters."""
        are = np.zeros(len(self), np.bool_)
        if len(self) > len(PARTINGS):
            is_of_kind = (kinds()[self._codes] & kind) != 0
            are[len(PARTINGS) :] = np.logical_and.reduceat(is_of_kind, self._starts[len(PARTINGS) :])
        return are


def _hashes(tokens: Tokens) -> _Hashes:
    """A number that follows from the characters of each token alone: a polynomial of them, in 64 bits."""
    codes, starts = tokens.codes, tokens.starts
    factors, inverses = _powers(1 << max(16, (len(codes) - 1).bit_length()))
    sums = np.zeros(len(codes) + 1, np.uint64)
    np.cumsum(codes * factors[: len(codes)], out=sums[1:])
    hashes: _Hashes = (sums[starts + tokens.lengths] - sums[starts]) * inverses[starts]
    return hashes


@lru_cache(maxsize=1)
def _powers(count: int) -> tuple[_Hashes, _Hashes]:
    """The powers of the factor, mixed so that a single character gives a high number too, and of its inverse."""
    factors, inverses = (np.full(count, number, np.uint64) for number in (_FACTOR, _INVERSE))
    factors[0], inverses[0] = _MIXER, 1
    return np.multiply.accumulate(factors), np.multiply.accumulate(inverses)


def _sorted(hashes: _Hashes) -> tuple[Numbers, Numbers]:
    """The order of hashes, equal ones in their own order, and where other ones begin in it."""
    bits = len(hashes).bit_length()
    # Sorting is several times quicker than finding an order, so what is sorted carries its place in the lower bits.
    mixed = hashes >> np.uint64(bits) << np.uint64(bits) | np.arange(len(hashes), dtype=np.uint64)
    mixed.sort()
    order = (mixed & np.uint64((1 << bits) - 1)).astype(np.int64)
    sorted_ = hashes[order]
    if (sorted_[1:] < sorted_[:-1]).any():
        order = np.argsort(hashes, kind="stable")
        sorted_ = hashes[order]
    return order, np.flatnonzero(np.concatenate(([True], sorted_[1:] != sorted_[:-1]))[: len(order)])
