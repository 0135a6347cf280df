"""Collects the words of one field of a segment and writes its dictionary and postings.

Everything that happens for each word happens inside C loops (``map``, ``deque``); folding and the other keys of a word
are worked out once for each different word, when the segment is written.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import chain, repeat
from pathlib import Path

from whoosh.util.numeric import length_to_byte

from archiver.index.columns import Columns
from archiver.index.dictionary import POINT, dictionary_chunks
from archiver.index.documents import SECTIONS
from archiver.index.pages import FileStamp, write_checked
from archiver.index.postings import BLOCK, MOST_FREQUENT, OFTEN, encode
from archiver.index.word_pairs import BESIDE, word_pairs
from archiver.text.fold import fold
from archiver.text.keys import keys
from archiver.text.tokens import SKIP, is_run, plain_words, sequence, spaced_keys

MOST_OF_DOCUMENT = 14_000_000
"""Words of one document that a segment has numbers for; a message of about 80 MB."""
_PIECE = 1 << 20
"""Characters whose words are in memory as a list at one time."""
_CUT = re.compile("\\s(?=[a-zа-яء-غف-يअ-ह])")
"""Before a letter of a script with spaces: there a new word begins, and nothing that runs left between them counts."""


class FieldBuilder:
    """The words of one field of all documents."""

    def __init__(self) -> None:
        self.words: defaultdict[str, array[int]] = defaultdict(partial(array, "I"))
        self.lengths = array("B")
        self.block_documents = array("H")
        self.first_blocks = array("H")
        self.parts = (array("H"), array("I"), array("B"))
        """Of documents with several sections: the document, where a section begins, which it is."""
        self.total = 0
        self._next = 0
        self._count = 0
        self._sections: list[tuple[int, int]] = []
        self._often: Columns = {}

    def add(self, number: int, section: str, text: str) -> list[str]:
        """Take in one section of document ``number``; ``text`` is light. Gives back the words it begins with."""
        if self._sections:
            self._next += 1
        else:
            self._fill(number)
        self._sections.append((self._next, SECTIONS.index(section)))
        first: list[str] | None = None
        limit = self._next + MOST_OF_DOCUMENT
        for piece in _pieces(text):
            plain = plain_words(piece)
            tokens = sequence(piece) if plain is None else plain
            del tokens[limit - self._next :]
            end = self._next + len(tokens)
            deque(map(array.append, map(self.words.__getitem__, tokens), range(self._next, end)), maxlen=0)
            for spaced, place in spaced_keys(piece, tokens) if plain is None else ():
                self.words[spaced].append(self._next + place)
            self._next = end
            self._count += len(tokens)
            first = tokens if first is None else first
        return first or []

    def _fill(self, number: int) -> None:
        """Documents before this one had nothing in this field."""
        missing = number - len(self.lengths)
        self.lengths.extend(bytes(missing))
        self.first_blocks.extend([self._next // BLOCK] * missing)

    def finish_document(self) -> None:
        """The present document is complete; the next one begins in a new block."""
        if not self._sections:
            return
        number = len(self.lengths)
        if len(self._sections) > 1:
            for start, section in self._sections:
                for column, value in zip(self.parts, (number, start, section), strict=True):
                    column.append(value)
        self.first_blocks.append(len(self.block_documents))
        self._next += BLOCK - self._next % BLOCK
        self.block_documents.extend([number] * (self._next // BLOCK - len(self.block_documents)))
        self.lengths.append(length_to_byte(self._count))
        self.total += self._count
        self._count = 0
        self._sections.clear()

    def columns(self, documents_in_all: int) -> Columns:
        """What the segment must know of the field besides its words."""
        self._fill(documents_in_all)
        self.first_blocks.append(len(self.block_documents))
        documents, starts, sections = self.parts
        return {
            "lengths": self.lengths, "blocks": self.block_documents, "first blocks": self.first_blocks,
            "part documents": documents,
            "part starts": starts, "part sections": sections, **self._often,
        }  # fmt: skip

    def write(self, words: Path, postings: Path) -> tuple[FileStamp, FileStamp]:
        """Write dictionary and postings."""
        table = self._table()
        self._often = self._often_columns(table)
        keys = sorted(table)
        heads, written = encode(map(table.__getitem__, keys), self.block_documents)
        return write_checked(words, dictionary_chunks(keys, heads)), write_checked(postings, written)

    def _often_columns(self, table: Mapping[str, array[int]]) -> Columns:
        """The documents of the commonest words, and how often each has the word: so that nobody needs to count."""
        columns: Columns = {}
        for key, positions in table.items():
            if len(positions) >= OFTEN and key[0] > POINT and BESIDE not in key:
                data = positions.tobytes()
                blocks = bytearray(len(data) // 2)
                blocks[0::2], blocks[1::2] = data[1::4], data[2::4]
                counted = Counter(map(self.block_documents.__getitem__, memoryview(blocks).cast("H")))
                columns[f"often {key}"] = array("H", counted)
                columns[f"how often {key}"] = array("B", map(min, counted.values(), repeat(MOST_FREQUENT)))
        return columns

    def _table(self) -> dict[str, array[int]]:
        """Every key (with its form, when that is another word) and where it stands."""
        self.words.pop(SKIP, None)
        table: dict[str, array[int]] = {}
        others: dict[str, array[int]] = {}
        for word, positions in self.words.items():
            (table if word.isascii() and word.isalnum() else others)[word] = positions
        together = fold("\n".join(others)).split("\n") if others else ()
        for (word, positions), folded in zip(others.items(), together, strict=True):
            if len(word) <= 2 and is_run(word):
                table[_key(folded, word)] = positions
            else:
                table.update((_key(key, word), positions) for key in keys(word) if key)
        points = sorted(chain.from_iterable(places for word, places in self.words.items() if word[0] == "."))
        if points:
            table[POINT] = array("I", points)
        return table | word_pairs(table, self._next + 1)


def _pieces(text: str) -> Iterator[str]:
    """A long text in pieces, cut where no word and nothing that is counted between words can be cut."""
    start = 0
    while len(text) - start > _PIECE and (cut := _CUT.search(text, start + _PIECE)):
        yield text[start : cut.start()]
        start = cut.start()
    yield text[start:] if start else text


def _key(key: str, word: str) -> str:
    return key if key == word else f"{key}\x01{word}"
