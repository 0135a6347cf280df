"""How well a document fits: BM25, titles ahead of texts.

The same numbers come out of ``Bm25``, which Whoosh's own matchers use, and of ``Scores``, which works on whole lists
of documents by looking up the product of frequency and length in a table.
"""

# mypy: allow-untyped-calls

from __future__ import annotations

from array import array
from collections.abc import Sequence
from math import log
from operator import itemgetter
from typing import Any, Final

from whoosh.scoring import BM25F
from whoosh.util.numeric import byte_to_length

from archiver.index.postings import MOST_FREQUENT

K1, B = 1.2, 0.75
TITLE_BOOST: Final = 2.0
OTHER_FORM: Final = -100.0
"""Added for each typed word that a document has only in another form (cafe for café): behind all exact ones."""
_MANY, _MOST_TABLES = 1_000, 32


def rarity(documents: int, all_documents: int) -> float:
    """How much a word that comes in so many documents says."""
    return log(1 + (max(all_documents - documents, 0) + 0.5) / (documents + 0.5))


class Bm25(BM25F):
    """The scoring for Whoosh's own matchers."""

    use_final = True

    def __init__(self) -> None:
        super().__init__(B=B, K1=K1)

    def idf(self, searcher: Any, fieldname: str, text: Any) -> float:
        whole = searcher.get_parent()
        return rarity(whole.doc_frequency(fieldname, text), whole.doc_count_all())

    def final(self, searcher: Any, docnum: int, score: float) -> float:
        for leaf, offset in searcher.leaf_searchers():
            info = leaf.reader().search.info
            if offset + info.first_title <= docnum < offset + info.documents:
                return score * TITLE_BOOST if score > 0 else score
        return score


class Scores:
    """Scores in a field whose documents have ``average`` words."""

    def __init__(self, average: float) -> None:
        self._tables: dict[float, list[float]] = {}
        self._table = [0.0] * 256
        for frequency in range(1, MOST_FREQUENT + 1):
            for byte in range(256):
                norm = K1 * ((1 - B) + B * byte_to_length(byte) / average)
                self._table.append((frequency * (K1 + 1)) / (frequency + norm))

    def of(
        self, documents: Sequence[int], frequencies: Sequence[int], lengths: Sequence[int], weight: float
    ) -> list[float]:
        """For each of some documents in which a word of this weight comes so often; 0 where it does not."""
        if len(documents) == 1:
            return [weight * self._table[lengths[documents[0]] | frequencies[0] << 8]]
        pairs = bytearray(2 * len(documents))
        pairs[0::2] = bytes(itemgetter(*documents)(lengths))
        pairs[1::2] = bytes(frequencies)
        cells = array("H", bytes(pairs))
        if len(documents) < _MANY:
            return [weight * cell for cell in map(self._table.__getitem__, cells)]
        return list(map(self._weighted(weight).__getitem__, cells))

    def reaching(self, lowest: float, shortest: int, weight: float) -> bytes:
        """For each frequency 1 if a document of the ``shortest`` length would reach this score, else 0."""
        cells = self._table[shortest::256]
        return bytes(weight * cell >= lowest for cell in cells).ljust(256, b"\x01")

    def _weighted(self, weight: float) -> list[float]:
        """The table for a word that many documents have; every segment asks for it."""
        found = self._tables.get(weight)
        if found is None:
            if len(self._tables) >= _MOST_TABLES:
                self._tables = {}
            found = self._tables[weight] = [weight * cell for cell in self._table]
        return found
