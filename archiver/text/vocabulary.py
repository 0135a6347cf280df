"""Numbers the different tokens of many texts without a look-up for each, by hashes of their characters.

    tokens --> a hash of each --> the word that is usual in its slot, nearly always the right one --> numbers
                              `-> the others sorted: one look-up for each different one ---------^

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
_Characters: TypeAlias = NDArray[np.uint64]
_MIXER: Final = 0x9E3779B97F4A7C15
_FACTOR: Final = 0xD1342543DE82EF95
_INVERSE: Final = pow(_FACTOR, -1, 1 << 64)
_SLOT_BITS: Final = 18
"""Slots for words that came early, as common ones do; few enough to stay near the processor."""
_TOGETHER: Final = 3
"""Characters that are compared in one step."""
_CODE_BITS: Final = 21
_END: Final = ord("\n")
"""Behind each word, and in no word."""
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
        self._slots = np.zeros(1 << _SLOT_BITS, np.int32)
        """The number of a word with a hash that begins so; 0 for none."""
        self._hash_of = np.zeros(len(PARTINGS), np.uint64)
        """By number; 0 for what was given by itself."""
        self._characters = np.full(len(PARTINGS), _END, np.uint64)
        """Of the words one after the other, each with a line end: a character, and the two behind it in higher bits."""
        self._starts = self._lengths = np.repeat(nothing, len(PARTINGS))
        self._others: dict[str, int] = {}
        """Words whose hash belongs to another word, and what was given by itself."""

    def __len__(self) -> int:
        return len(self._starts)

    def add(self, word: str) -> int:
        """The number of one word that is none of the tokens added otherwise."""
        if (number := self._others.get(word)) is None:
            codes = np.frombuffer((word + "\n").encode("utf-32-le", "surrogatepass"), dtype="<u4")
            number = self._others[word] = len(self)
            self._remember(_together(codes), np.zeros(1, np.int64), np.array([len(word)]), np.zeros(1, np.uint64))
        return number

    def add_all(self, tokens: Tokens) -> Numbers:
        """The number of each token."""
        hashes, characters = _hashes(tokens), _together(tokens.codes)
        slots = (hashes >> np.uint64(64 - _SLOT_BITS)).view(np.int64)
        numbers = self._slots[slots].astype(np.int64)
        unusual = np.flatnonzero(self._hash_of[numbers] != hashes)
        if len(unusual):
            order, begins = _sorted(hashes[unusual])
            firsts = unusual[order[begins]]
            groups = self._numbers_of(tokens, characters, hashes[firsts], firsts)
            numbers[unusual[order]] = np.repeat(groups, np.diff(begins, append=len(order)))
            is_free = self._slots[slots[firsts]] == 0
            self._slots[slots[firsts[is_free]]] = groups[is_free]
        for token in self._different(tokens, characters, numbers).tolist():
            start = tokens.starts[token]
            numbers[token] = self.add(tokens.joined[start : start + tokens.lengths[token]])
        for parting, places in enumerate(tokens.partings):
            numbers[places] = parting
        return numbers

    def _numbers_of(self, tokens: Tokens, characters: _Characters, hashes: _Hashes, firsts: Numbers) -> Numbers:
        """The numbers of rising hashes; those not known are of the tokens ``firsts``."""
        places = np.searchsorted(self._hashes, hashes)
        places[places == len(self._hashes)] = 0
        is_new = self._hashes[places] != hashes
        numbers = self._known[places]
        if is_new.any():
            new = firsts[is_new]
            numbers[is_new] = np.arange(len(self), len(self) + len(new))
            self._remember(characters, tokens.starts[new], tokens.lengths[new], hashes[is_new])
            where = np.searchsorted(self._hashes, hashes[is_new])
            self._hashes = np.insert(self._hashes, where, hashes[is_new])
            self._known = np.insert(self._known, where, numbers[is_new])
        return numbers

    def _remember(self, characters: _Characters, starts: Numbers, lengths: Numbers, hashes: _Hashes) -> None:
        """Words that follow, from where they stand among some characters; something stands behind each."""
        ends = np.cumsum(lengths + 1)
        begins = ends - lengths - 1
        words = characters[np.repeat(starts - begins, lengths + 1) + np.arange(ends[-1])]
        words[ends - 1] = _END
        self._starts = np.concatenate((self._starts, len(self._characters) + begins))
        self._lengths = np.concatenate((self._lengths, lengths))
        self._hash_of = np.concatenate((self._hash_of, hashes))
        self._characters = np.concatenate((self._characters, words))

    def _different(self, tokens: Tokens, characters: _Characters, numbers: Numbers) -> Numbers:
        """The tokens that do not say what their number stands for."""
        lengths = self._lengths[numbers]
        is_different = lengths != tokens.lengths
        left = np.flatnonzero(~is_different & (lengths > _SURE))
        places, known, lengths = tokens.starts[left], self._starts[numbers[left]], lengths[left]
        while len(left):
            is_other = characters[places] != self._characters[known]
            is_different[left[is_other]] = True
            longer = np.flatnonzero((lengths > _TOGETHER) & ~is_other)
            left, places, known, lengths = left[longer], places[longer], known[longer], lengths[longer]
            # The last step looks at some characters again rather than at what stands behind the word.
            step = np.minimum(lengths - _TOGETHER, _TOGETHER)
            places, known, lengths = places + step, known + step, lengths - step
        return np.flatnonzero(is_different)

    def words(self) -> list[str]:
        """All words by number."""
        text = self._codes().tobytes().decode("utf-32-le", "surrogatepass")
        return [*PARTINGS, *text.split("\n")[len(PARTINGS) : -1]]

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
            codes = self._codes()
            is_of_kind = ((kinds()[codes] & kind) != 0) | (codes == _END)
            are[len(PARTINGS) :] = np.logical_and.reduceat(is_of_kind, self._starts[len(PARTINGS) :])
        return are

    def _codes(self) -> Codes:
        """The characters of the words, one after the other."""
        return (self._characters & np.uint64((1 << _CODE_BITS) - 1)).astype("<u4")


def _together(codes: Codes) -> _Characters:
    """Each character, and the two behind it in higher bits."""
    together = codes.astype(np.uint64)
    for place in range(1, _TOGETHER):
        together[:-place] |= codes[place:].astype(np.uint64) << np.uint64(place * _CODE_BITS)
    return together


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
