"""Words keep their numbers, and no two have the same."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from numpy.typing import NDArray

from archiver.text import vocabulary
from archiver.text.bulk_tokens import Tokens, cut
from archiver.text.fold import light
from archiver.text.tokens import PARTINGS, is_run, sequence
from archiver.text.vocabulary import Vocabulary
from tests.text.test_bulk_tokens import TEXTS, cut_again

HASHES = vocabulary._hashes


def by_length(tokens: Tokens) -> NDArray[np.uint64]:
    """Hashes that longer tokens of the same length share."""
    return np.where(tokens.lengths > 2, tokens.lengths.astype(np.uint64), HASHES(tokens))


def in_low_bits(tokens: Tokens) -> NDArray[np.uint64]:
    """Hashes that begin alike, and more often than not are the same."""
    return np.where(tokens.lengths > 2, tokens.lengths.astype(np.uint64) % 3, HASHES(tokens))


def test_no_tokens_of_one_or_two_characters_share_a_hash() -> None:
    """So these need not be compared: no multiple of the factor is as near to 0 as two characters are to each other."""
    characters = np.arange(1, 0x110000, dtype=np.uint64)
    multiples = characters * np.uint64(vocabulary._FACTOR)
    assert np.minimum(multiples, -multiples).min() > 0x110000


@given(TEXTS)
def test_words_that_share_a_hash_are_told_apart(texts: list[str]) -> None:
    """Here all longer words of the same length have one."""
    lighter = list(map(light, texts))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vocabulary, "_hashes", by_length)
        words = Vocabulary()
        for _time in range(2):
            assert cut_again(lighter, words) == list(map(sequence, lighter))
    assert len(set(words.words())) == len(words)


@given(TEXTS)
def test_hashes_that_begin_alike_are_told_apart(texts: list[str]) -> None:
    """They differ only in bits that sorting leaves to the places."""
    lighter = list(map(light, texts))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vocabulary, "_hashes", in_low_bits)
        assert cut_again(lighter, Vocabulary()) == list(map(sequence, lighter))


@given(TEXTS)
def test_kinds_of_words_are_known(texts: list[str]) -> None:
    """Plain ones can be looked up as they are; those of runs have no other keys."""
    words = Vocabulary()
    words.add_all(cut(list(map(light, texts))))
    names = words.words()
    assert words.are_plain().tolist() == [word.isascii() and word.isalnum() for word in names]
    assert words.are_of_runs().tolist() == [word not in PARTINGS and is_run(word) for word in names]
