"""Turns documents into one segment: collected in memory, written at once.

    text --light--> words and pairs in order --> for each: append its position to its array --> files

Everything that happens for each word happens inside C loops (``map``, ``deque``); folding and the other keys of a word
are worked out once for each different word, when the segment is written.
"""

from __future__ import annotations

import secrets
from array import array
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path

from whoosh.util.numeric import length_to_byte

from archiver.index.columns import COLUMNS, Columns, column_chunks
from archiver.index.dictionary import dictionary_chunks
from archiver.index.documents import NOBODY, SECTIONS, VISIBLE, Document
from archiver.index.languages import languages
from archiver.index.pages import FileStamp, write_checked
from archiver.index.postings import BLOCK, MOST_BLOCKS, encode
from archiver.index.segment import SegmentInfo
from archiver.text.fold import fold, light
from archiver.text.keys import keys
from archiver.text.tokens import SKIP, is_run, sequence, spaced_keys

MOST_TOKENS = 12_000_000
"""Words and pairs of one segment; keeps memory within bounds."""
MOST_OF_DOCUMENT = 14_000_000
"""Words of one document that a segment has numbers for; a message of about 80 MB."""
_SAMPLE, _WORDS = 400, 60
"""So many characters or words tell the languages."""


class _Positions(dict[str, "array[int]"]):
    """The positions of each word."""

    def __missing__(self, word: str) -> array[int]:
        positions = self[word] = array("I")
        return positions


class _Field:
    """The words of one field of all documents."""

    def __init__(self) -> None:
        self.words = _Positions()
        self.lengths = array("B")
        self.block_documents = array("H")
        self.parts = (array("H"), array("I"), array("B"))
        """Of documents with several sections: the document, where a section begins, which it is."""
        self.total = 0
        self._next = 0
        self._count = 0
        self._sections: list[tuple[int, int]] = []

    def add(self, section: str, text: str) -> list[str]:
        """Take in one section of the present document; ``text`` is light."""
        if self._sections:
            self._next += 1
        self._sections.append((self._next, SECTIONS.index(section)))
        tokens = sequence(text)
        del tokens[MOST_OF_DOCUMENT:]
        end = self._next + len(tokens)
        deque(map(array.append, map(self.words.__getitem__, tokens), range(self._next, end)), maxlen=0)
        for number, place in spaced_keys(text, tokens) if " " in text and not text.isalpha() else ():
            self.words[number].append(self._next + place)
        self._next = end
        self._count += len(tokens)
        return tokens

    def finish_document(self, number: int) -> None:
        """The document is complete; the next one begins in a new block."""
        if len(self._sections) > 1:
            for start, section in self._sections:
                for column, value in zip(self.parts, (number, start, section), strict=True):
                    column.append(value)
        if self._sections:
            self._next += BLOCK - self._next % BLOCK
            self.block_documents.extend([number] * (self._next // BLOCK - len(self.block_documents)))
        self.lengths.append(length_to_byte(self._count))
        self.total += self._count
        self._count = 0
        self._sections.clear()

    def columns(self) -> Columns:
        """What the segment must know of the field besides its words."""
        documents, starts, sections = self.parts
        return {
            "lengths": self.lengths, "blocks": self.block_documents, "part documents": documents,
            "part starts": starts, "part sections": sections,
        }  # fmt: skip

    def write(self, words: Path, postings: Path) -> tuple[FileStamp, FileStamp]:
        """Write dictionary and postings."""
        written: list[bytes] = []
        stamp = write_checked(words, dictionary_chunks(self._entries(written)))
        return stamp, write_checked(postings, written)

    def _entries(self, written: list[bytes]) -> Iterator[tuple[bytes, int]]:
        table = self._table()
        for key in sorted(table):
            head, data = encode(table[key], self.block_documents)
            if data:
                written.append(data)
            yield key.encode(), head

    def _table(self) -> dict[str, array[int]]:
        """Every key (with its form, when that is another word) and where it stands."""
        self.words.pop(SKIP, None)
        table: dict[str, array[int]] = {}
        others = []
        for word, positions in self.words.items():
            if word.isascii() and word.isalnum():
                table[word] = positions
            else:
                others.append(word)
        together = fold("\n".join(others)).split("\n") if others else ()
        for word, folded in zip(others, together, strict=True):
            if len(word) <= 2 and is_run(word):
                table[_key(folded, word)] = self.words[word]
            else:
                table.update((_key(key, word), self.words[word]) for key in keys(word) if key)
        return table


def _key(key: str, word: str) -> str:
    return key if key == word else f"{key}\x01{word}"


class Builder:
    """Collects the documents of one segment."""

    def __init__(self) -> None:
        self._fields = {"body": _Field(), "hidden": _Field()}
        self._columns = {name: array(code) for name, code in COLUMNS.items()}
        self._names: dict[str, int] = {"": 0}
        self._titles: list[Document] = []
        self._count = 0

    def has_room(self, documents: Sequence[Document]) -> bool:
        """Whether these documents surely fit."""
        characters = sum(len(text) for document in documents for _name, text in document.sections)
        blocks = max(len(field.block_documents) for field in self._fields.values())
        tokens = sum(field.total for field in self._fields.values())
        more = characters // BLOCK + 2 * (len(documents) + len(self._titles))
        return blocks + more < MOST_BLOCKS and tokens + characters < MOST_TOKENS

    @property
    def is_empty(self) -> bool:
        """Whether nothing was added."""
        return not self._count and not self._titles

    def add(self, document: Document) -> None:
        """Take a document in. Titles get the last numbers of the segment, so that they are known by their number."""
        if document.message:
            self._take(document)
        else:
            self._titles.append(document)

    def _take(self, document: Document) -> None:
        sections = spoken = 0
        for name, text in document.sections:
            section = name if name in SECTIONS else "metadata"
            field = self._fields["body" if section in VISIBLE else "hidden"]
            lighter = light(text)
            words = field.add(section, lighter)
            sections |= 1 << SECTIONS.index(section)
            spoken |= languages(lighter[:_SAMPLE], words[:_WORDS]) if section in {"text", "title"} else 0
        for field in self._fields.values():
            field.finish_document(self._count)
        values = (
            document.message,
            document.conversation,
            min(max(document.created, 0), 0xFFFFFFFF),
            self._name(document.asked),
            self._name(document.answered),
            document.speaker if document.message else NOBODY,
            document.flags & 255,
            sections,
            spoken,
        )
        for column, value in zip(self._columns.values(), values, strict=True):
            column.append(value)
        self._count += 1

    def _name(self, name: str) -> int:
        return self._names.setdefault(name, len(self._names))

    def write(self, folder: Path) -> SegmentInfo:
        """Write the segment into ``folder`` and give back what the stamp must know of it."""
        first_title = self._count
        for title in self._titles:
            self._take(title)
        id_ = secrets.token_hex(8)
        files: dict[str, FileStamp] = {}
        totals: dict[str, int] = {}
        columns: Columns = dict(self._columns)
        for name, field in self._fields.items():
            if field.total:
                words, postings = f".{name}.words", f".{name}.postings"
                files[words], files[postings] = field.write(folder / (id_ + words), folder / (id_ + postings))
                columns |= {f"{name} {column}": values for column, values in field.columns().items()}
                totals[name] = field.total
        files[".columns"] = write_checked(folder / f"{id_}.columns", column_chunks(columns, list(self._names)))
        return SegmentInfo(id_, self._count, first_title, totals, files)
