"""Turns documents into one segment: collected in memory, written at once.

documents --light--> texts of two fields --> their words, many texts at a time (field_builder) --> files
"""

from __future__ import annotations

import secrets
from array import array
from collections.abc import Sequence
from pathlib import Path
from struct import Struct
from typing import Final

import numpy as np

from archiver.index.columns import COLUMNS, Columns, column_chunks
from archiver.index.documents import NOBODY, SECTIONS, VISIBLE, Document
from archiver.index.field_builder import FieldBuilder
from archiver.index.pages import FileStamp, write_checked
from archiver.index.postings import BLOCK, MOST_BLOCKS
from archiver.index.segment import SegmentInfo
from archiver.text.fold import light

MOST_TOKENS = 8_000_000
"""Words and pairs of one segment; keeps memory within bounds."""
MOST_DOCUMENTS = 65_536
"""Of one segment, whose numbers take two bytes; a message without words in a field has no block there."""


_PROPERTIES: Final = Struct("=" + "".join(COLUMNS.values()))
_BITS: Final = {section: 1 << number for number, section in enumerate(SECTIONS)}
_FIELD_OF: Final = {section: "body" if section in VISIBLE else "hidden" for section in SECTIONS}
_SPOKEN: Final = frozenset({"text", "title"})
"""Sections whose words tell the languages."""


class Builder:
    """Collects the documents of one segment."""

    def __init__(self, share: int = 1) -> None:
        """``share`` tells among how many processes the memory is shared out."""
        self._most_tokens = MOST_TOKENS // share
        self._fields = {"body": FieldBuilder(_SPOKEN), "hidden": FieldBuilder()}
        self._properties = bytearray()
        """Of each document, in the order of ``COLUMNS``; the languages are known in the end."""
        self._names: dict[str, int] = {"": 0}
        self._titles: list[Document] = []
        self._count = 0

    def has_room(self, documents: Sequence[Document]) -> bool:
        """Whether these documents surely fit."""
        characters = sum(len(text) for document in documents for _name, text in document.sections)
        more = 2 * (len(documents) + len(self._titles))
        if not self._has_room(characters, more) and any(field.waiting for field in self._fields.values()):
            for field in self._fields.values():
                field.count()
        return self._has_room(characters, more)

    def _has_room(self, characters: int, documents: int) -> bool:
        """A text that waits has fewer words than characters."""
        if self._count + documents > MOST_DOCUMENTS:
            return False
        fields = self._fields.values()
        characters += sum(field.waiting for field in fields)
        blocks = max(len(field.block_documents) + field.texts_waiting for field in fields) + documents
        tokens = sum(field.total for field in fields)
        return blocks + characters // BLOCK < MOST_BLOCKS and tokens + characters < self._most_tokens

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
        sections = 0
        for name, text in document.sections:
            section = name if name in _BITS else "metadata"
            self._fields[_FIELD_OF[section]].add(self._count, section, light(text))
            sections |= _BITS[section]
        self._properties += _PROPERTIES.pack(
            document.message,
            document.conversation,
            min(max(document.created, 0), 0xFFFFFFFF),
            self._name(document.asked),
            self._name(document.answered),
            document.speaker if document.message else NOBODY,
            document.flags & 255,
            sections,
            0,
        )
        self._count += 1

    def _columns(self) -> Columns:
        rows = np.frombuffer(self._properties, np.dtype([(name, f"={code}") for name, code in COLUMNS.items()]))
        return {name: array(code, rows[name].tobytes()) for name, code in COLUMNS.items()}

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
        for field in self._fields.values():
            field.finish(self._count)
        columns = self._columns()
        for document, bits in self._fields["body"].languages.items():
            columns["languages"][document] = bits
        for name, field in self._fields.items():
            if field.total:
                words, postings = f".{name}.words", f".{name}.postings"
                files[words], files[postings] = field.write(folder / (id_ + words), folder / (id_ + postings))
                columns |= {f"{name} {column}": values for column, values in field.columns().items()}
                totals[name] = field.total
        files[".columns"] = write_checked(folder / f"{id_}.columns", column_chunks(columns, list(self._names)))
        return SegmentInfo(id_, self._count, first_title, totals, files)
