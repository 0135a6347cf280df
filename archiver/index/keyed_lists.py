"""The lists of positions of a field under the keys by which they are found, in the order of the dictionary.

A word may have several keys (a number with its groups), and several words one (é and e): then the light word stands
behind the key. Beside words there are all places where a point and digits stand, and neighbours of common words.
"""

from __future__ import annotations

from array import array
from itertools import compress
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from archiver.index.columns import Columns
from archiver.index.dictionary import BESIDE, POINT
from archiver.index.postings import BLOCK_BITS, MANY_BEGIN, MOST_FREQUENT, OFTEN
from archiver.index.word_pairs import word_pairs
from archiver.text.bulk_tokens import Numbers
from archiver.text.fold import fold
from archiver.text.keys import keys
from archiver.text.tokens import SKIP, is_run
from archiver.text.vocabulary import Vocabulary


class KeyedLists(NamedTuple):
    """Sorted keys and where the positions of each are among ``positions``."""

    keys: list[str]
    positions: NDArray[np.uint32]
    begins: Numbers
    ends: Numbers

    def columns(self, document_of: NDArray[np.uint16]) -> Columns:
        """What is kept so that nobody needs to count it; ``document_of`` tells the document of each block."""
        return self._often(document_of) | self._beginnings(document_of)

    def _often(self, document_of: NDArray[np.uint16]) -> Columns:
        """The documents of the commonest words, and how often each has the word."""
        columns: Columns = {}
        for number in np.flatnonzero(self.ends - self.begins >= OFTEN).tolist():
            key = self.keys[number]
            if key[0] > POINT and BESIDE not in key:
                blocks = self.positions[self.begins[number] : self.ends[number]] >> BLOCK_BITS
                documents, counts = np.unique(document_of[blocks], return_counts=True)
                columns[f"often {key}"] = array("H", documents.tobytes())
                columns[f"how often {key}"] = array("B", np.minimum(counts, MOST_FREQUENT).astype(np.uint8).tobytes())
        return columns

    def _beginnings(self, document_of: NDArray[np.uint16]) -> Columns:
        """The documents of the commonest characters of runs, each of which has a pair with every other."""
        firsts = np.array([key[0] for key in self.keys])
        bounds = np.flatnonzero(firsts[1:] != firsts[:-1]) + 1
        counts = self.ends - self.begins
        columns: Columns = {}
        for begin, end in zip([0, *bounds.tolist()], [*bounds.tolist(), len(firsts)], strict=True):
            if counts[begin:end].sum() < MANY_BEGIN or not is_run(self.keys[begin][0]):
                continue
            stretches = zip(self.begins[begin:end].tolist(), self.ends[begin:end].tolist(), strict=True)
            positions = np.concatenate([self.positions[first:last] for first, last in stretches])
            has_it = np.zeros(1 << 16, np.bool_)
            has_it[document_of[positions >> BLOCK_BITS]] = True
            documents = np.flatnonzero(has_it)
            if len(documents) >= MANY_BEGIN:
                columns[f"beginning {firsts[begin]}"] = array("H", documents.astype(np.uint16).tobytes())
        return columns


def keyed_lists(vocabulary: Vocabulary, positions: NDArray[np.uint32], ends: Numbers, size: int) -> KeyedLists:
    """All lists of a field. Those of the words end at ``ends``, one after the other; positions are below ``size``.

    What is added to ``positions`` takes the room behind them.
    """
    used = int(ends[-1])
    begins = np.concatenate(([0], ends[:-1]))
    names, numbers = _names(vocabulary, ends > begins)
    begins, ends = begins[numbers], ends[numbers]
    more = _points(names, positions, begins, ends) | word_pairs(names, positions, begins, ends, size)
    if more:
        added = np.cumsum([used, *map(len, more.values())])
        begins, ends = np.concatenate((begins, added[:-1])), np.concatenate((ends, added[1:]))
        if added[-1] > len(positions):
            # Nothing else looks at these positions any more.
            positions.resize(int(added[-1]), refcheck=False)
        np.concatenate(list(more.values()), out=positions[used : added[-1]])
        names += more
    order = sorted(range(len(names)), key=names.__getitem__)
    return KeyedLists(list(map(names.__getitem__, order)), positions, begins[order], ends[order])


def _names(vocabulary: Vocabulary, is_used: NDArray[np.bool_]) -> tuple[list[str], Numbers]:
    """Every key (with its form, when that is another word), and the number of the word that it is for."""
    words = vocabulary.words()
    is_used[words.index(SKIP)] = False
    plain, of_run = is_used & vocabulary.are_plain(), is_used & vocabulary.are_of_runs()
    names = list(compress(words, plain.tolist()))
    pairs = list(compress(words, of_run.tolist()))
    names += map(_name, fold("\n".join(pairs)).split("\n") if pairs else (), pairs)
    numbers = [*np.flatnonzero(plain).tolist(), *np.flatnonzero(of_run).tolist()]
    for number in np.flatnonzero(is_used & ~plain & ~of_run).tolist():
        found = [_name(key, words[number]) for key in keys(words[number]) if key]
        names += found
        numbers += [number] * len(found)
    return names, np.array(numbers, np.int64)


def _name(key: str, word: str) -> str:
    return word if key == word else f"{key}\x01{word}"


def _points(
    names: list[str], positions: NDArray[np.uint32], begins: Numbers, ends: Numbers
) -> dict[str, NDArray[np.uint32]]:
    """All places where a point and digits stand."""
    found = [positions[begins[place] : ends[place]] for place, name in enumerate(names) if "\x01." in name]
    return {POINT: np.sort(np.concatenate(found))} if found else {}
