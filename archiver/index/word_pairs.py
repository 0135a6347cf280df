"""Neighbours among the commonest words, found once when a segment is written.

A phrase like "and to" would otherwise compare two lists of every third message. The pairs cost a few hundredths of the
index; all other phrases begin with a word rare enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from archiver.index.dictionary import BESIDE, COMMON
from archiver.text.bulk_tokens import Numbers

_MOST_WORDS: Final = 16
_TOGETHER: Final = 1 << 20
"""Places that are looked at together."""


def word_pairs(
    names: Sequence[str], positions: NDArray[np.uint32], begins: Numbers, ends: Numbers, size: int
) -> dict[str, NDArray[np.uint32]]:
    """Keys and positions of all pairs; each name is a key, or a key and a form."""
    counts = ends - begins
    frequent = np.flatnonzero(counts >= COMMON).tolist()
    usual = [number for number in frequent if names[number].isascii() and names[number].isalpha()]
    common = sorted(usual, key=lambda number: -counts[number])[:_MOST_WORDS]
    if not common:
        return {}
    words = [names[number] for number in common]
    forms = {word: [number] for word, number in zip(words, common, strict=True)}
    for number, name in enumerate(names):
        word, mark, _form = name.partition("\x01")
        if mark and word in forms:
            forms[word].append(number)
    word_at = np.zeros(-(-size // _TOGETHER) * _TOGETHER + 1, np.uint8)
    for place, numbers in enumerate(forms.values(), 1):
        for number in numbers:
            word_at[positions[begins[number] : ends[number]]] = place
    both = np.concatenate(
        [
            np.flatnonzero(np.minimum(word_at[start:][:_TOGETHER], word_at[start + 1 :][:_TOGETHER])) + start
            for start in range(0, size, _TOGETHER)
        ]
    )
    pairs = word_at[both].astype(np.uint16) << 8 | word_at[both + 1]
    order = np.argsort(pairs, kind="stable")
    places, (found, firsts) = both[order].astype(np.uint32), np.unique(pairs[order], return_index=True)
    return {
        f"{words[(pair >> 8) - 1]}{BESIDE}{words[(pair & 255) - 1]}": places[first:end]
        for pair, first, end in zip(found.tolist(), firsts.tolist(), [*firsts[1:].tolist(), len(places)], strict=False)
    }
