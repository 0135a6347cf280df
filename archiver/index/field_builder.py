"""Collects the words of one field of a segment and writes its dictionary and postings.

    texts --> many of them together: tokens, their numbers --> positions of each number --> lists under keys

Nothing happens for each word by itself; folding and the other keys of a word are worked out once for each different
word, when the segment is written.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np
from whoosh.util.numeric import length_to_byte

from archiver.index.columns import Columns
from archiver.index.documents import SECTIONS
from archiver.index.encoding import dictionary_chunks, encode
from archiver.index.keyed_lists import keyed_lists
from archiver.index.language_finder import LanguageFinder
from archiver.index.pages import FileStamp, write_checked
from archiver.index.position_lists import PositionLists
from archiver.index.postings import BLOCK
from archiver.text.bulk_tokens import cut, spaced_numbers
from archiver.text.vocabulary import Vocabulary

MOST_OF_DOCUMENT = 14_000_000
"""Words of one document that a segment has numbers for; a message of about 80 MB."""
_TOGETHER = 1 << 18
"""Characters that are cut together: enough for arrays to pay, few enough to stay near the processor."""
_PIECE = 1 << 20
"""Characters of one text that are cut together."""
_CUT = re.compile("\\s(?=[a-zа-яء-غف-يअ-ह])")
"""Before a letter of a script with spaces: there a new word begins, and nothing that runs left between them counts."""
_GOES_ON: Final = -1
"""Instead of a section: the text goes on."""
_SIDE_BY_SIDE: Final = frozenset(("text", "code"))
_NO_GAP: Final = 1 << 8
"""Beside a section: it follows the one before as a block of code follows the words above it, so phrases go on."""


class FieldBuilder:
    """The words of one field of all documents."""

    def __init__(self, spoken: Collection[str] = ()) -> None:
        """``spoken`` are the sections whose languages are told."""
        self.lengths = array("B")
        self.block_documents = array("H")
        self.first_blocks = array("H")
        self.parts = (array("H"), array("I"), array("B"))
        """Of documents with several sections: the document, where a section begins, which it is."""
        self.total = 0
        self.waiting = 0
        """Characters whose words are not counted yet."""
        self._before: tuple[int, str, bool] = -1, "", False
        """Of the last text: its document and section, and whether it ended a line."""
        self._texts: list[tuple[int, int, str]] = []
        """Document, section and text of what waits."""
        self.languages: dict[int, int] = {}
        """The bits of the languages of documents that are in any."""
        self._spoken = frozenset(map(SECTIONS.index, spoken))
        self._vocabulary = Vocabulary()
        self._finder = LanguageFinder(self._vocabulary) if spoken else None
        self._positions = PositionLists()
        self._document = -1
        self._next = self._limit = self._count = 0
        self._sections: list[tuple[int, int]] = []
        self._kept: Columns = {}

    @property
    def texts_waiting(self) -> int:
        """How many texts' words are not counted yet."""
        return len(self._texts)

    def add(self, number: int, section: str, text: str) -> None:
        """Take in one section of document ``number``; ``text`` is light. Documents come in order, each all at once."""
        kind = SECTIONS.index(section)
        if self._before[0] == number and (self._before[2] or text[:1] == "\n"):
            kind |= _NO_GAP if _SIDE_BY_SIDE.issuperset((section, self._before[1])) else 0
        self._before = number, section, text[-1:] == "\n"
        for piece in _pieces(text):
            self._texts.append((number, kind, piece))
            self.waiting += len(piece)
            kind = _GOES_ON
            if self.waiting >= _TOGETHER:
                self.count()

    def count(self) -> None:
        """Cut what waits into words."""
        if not self._texts:
            return
        tokens = cut([text for _document, _section, text in self._texts])
        starts, kept = self._laid_out(tokens.counts.tolist())
        numbers = self._vocabulary.add_all(tokens)
        places = np.arange(len(numbers)) - np.repeat(np.cumsum(tokens.counts) - tokens.counts, tokens.counts)
        if self._finder:
            self._note_languages(self._finder.bits(tokens, numbers, places).tolist())
        self._texts.clear()
        self.waiting = 0
        positions = places + np.repeat(starts, tokens.counts)
        has_position = places < np.repeat(kept, tokens.counts)
        if spaced := spaced_numbers(tokens):
            begins = [token for _number, token in spaced]
            numbers = np.append(numbers, [self._vocabulary.add(number) for number, _token in spaced])
            positions = np.append(positions, positions[begins])
            has_position = np.append(has_position, has_position[begins])
        if not has_position.all():
            numbers, positions = numbers[has_position], positions[has_position]
        self._positions.add(numbers, positions)

    def _note_languages(self, bits: Iterable[int]) -> None:
        """The beginning of a text is enough, so what goes on with one says nothing."""
        for (document, section, _text), each in zip(self._texts, bits, strict=True):
            if each and section & ~_NO_GAP in self._spoken:
                self.languages[document] = self.languages.get(document, 0) | each

    def _laid_out(self, counts: Sequence[int]) -> tuple[list[int], list[int]]:
        """The position at which each waiting text begins, and how many of its words have one."""
        starts, kept = [], []
        for (document, section, _text), count in zip(self._texts, counts, strict=True):
            if document != self._document:
                self._begin_document(document)
            elif section != _GOES_ON and not section & _NO_GAP:
                self._next += 1
            if section != _GOES_ON:
                self._sections.append((self._next, section & ~_NO_GAP))
            starts.append(self._next)
            kept.append(min(count, max(0, self._limit - self._next)))
            self._next += kept[-1]
            self._count += kept[-1]
        return starts, kept

    def _begin_document(self, number: int) -> None:
        """Every document begins in a new block; those left out before this one have nothing in this field."""
        self._finish_document()
        self._fill(number)
        self._document = number
        self._limit = self._next + MOST_OF_DOCUMENT

    def _fill(self, number: int) -> None:
        missing = number - len(self.lengths)
        self.lengths.extend(bytes(missing))
        self.first_blocks.extend([self._next // BLOCK] * missing)

    def _finish_document(self) -> None:
        if not self._sections:
            return
        if len(self._sections) > 1:
            for start, section in self._sections:
                for column, value in zip(self.parts, (self._document, start, section), strict=True):
                    column.append(value)
        self.first_blocks.append(len(self.block_documents))
        self._next += BLOCK - self._next % BLOCK
        self.block_documents.extend([self._document] * (self._next // BLOCK - len(self.block_documents)))
        self.lengths.append(length_to_byte(self._count))
        self.total += self._count
        self._count = 0
        self._sections.clear()

    def finish(self, documents_in_all: int) -> None:
        """Nothing more will be added."""
        self.count()
        self._finish_document()
        self._fill(documents_in_all)
        self.first_blocks.append(len(self.block_documents))

    def columns(self) -> Columns:
        """What the segment must know of the field besides its words; only of one that is finished and written."""
        documents, starts, sections = self.parts
        return {
            "lengths": self.lengths, "blocks": self.block_documents, "first blocks": self.first_blocks,
            "part documents": documents,
            "part starts": starts, "part sections": sections, **self._kept,
        }  # fmt: skip

    def write(self, words: Path, postings: Path) -> tuple[FileStamp, FileStamp]:
        """Write dictionary and postings of a finished field."""
        documents = np.frombuffer(self.block_documents, np.uint16)
        lists = keyed_lists(self._vocabulary, *self._positions.joined(len(self._vocabulary)), self._next + 1)
        self._kept = lists.columns(documents)
        heads, written = encode(lists.positions, lists.begins, lists.ends, documents)
        return write_checked(words, dictionary_chunks(lists.keys, heads)), write_checked(postings, written)


def _pieces(text: str) -> Iterator[str]:
    """A long text in pieces, cut where no word and nothing that is counted between words can be cut."""
    start = 0
    while len(text) - start > _PIECE and (cut := _CUT.search(text, start + _PIECE)):
        yield text[start : cut.start()]
        start = cut.start()
    yield text[start:] if start else text
