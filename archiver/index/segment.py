"""One segment: documents that were indexed together, in files that never change."""

from __future__ import annotations

from base64 import b64decode, b64encode
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zlib import compress, decompress

from archiver.index.columns import ColumnFile
from archiver.index.dictionary import Dictionary
from archiver.index.pages import CheckedFile, Damaged, FileStamp

FIELDS = ("body", "hidden")
"""What is searched by default, and what only ``in:tool`` and the like ask for."""


@dataclass(frozen=True)
class SegmentInfo:
    """What the stamp of the index knows of a segment."""

    id: str
    documents: int
    first_title: int
    """Documents from this number on are titles."""
    totals: dict[str, int]
    """Words and pairs by field."""
    files: dict[str, FileStamp]
    """By the end of their name."""
    deleted: frozenset[int] = frozenset()

    def without(self, deleted: frozenset[int]) -> SegmentInfo:
        """The same segment with more documents deleted."""
        return replace(self, deleted=self.deleted | deleted)

    def to_json(self) -> dict[str, Any]:
        """For the stamp."""
        bits = bytearray(-(-self.documents // 8)) if self.deleted else bytearray()
        for number in self.deleted:
            bits[number >> 3] |= 1 << (number & 7)
        return {
            "id": self.id, "documents": self.documents, "first_title": self.first_title, "totals": self.totals,
            "files": {end: list(stamp) for end, stamp in self.files.items()},
            "deleted": b64encode(compress(bytes(bits))).decode() if bits else "",
        }  # fmt: skip

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> SegmentInfo:
        """From the stamp."""
        bits = decompress(b64decode(value["deleted"])) if value["deleted"] else b""
        return cls(
            value["id"], value["documents"], value["first_title"], value["totals"],
            {end: FileStamp(*stamp) for end, stamp in value["files"].items()},
            frozenset(number for number in range(8 * len(bits)) if bits[number >> 3] >> (number & 7) & 1),
        )  # fmt: skip


class Segment:
    """The opened files of a segment; read-only, so any number of threads may use it."""

    def __init__(self, folder: Path, info: SegmentInfo) -> None:
        self.info = info
        self._files = {end: CheckedFile(folder / f"{info.id}{end}", stamp) for end, stamp in info.files.items()}
        self.columns = ColumnFile(self._file(".columns"))
        self.dictionaries = {
            field: Dictionary(self._file(f".{field}.words"), self._file(f".{field}.postings"))
            for field in FIELDS
            if field in info.totals
        }

    def _file(self, end: str) -> CheckedFile:
        if end not in self._files:
            raise Damaged(f"{self.info.id}{end} is missing")
        return self._files[end]

    def has_changed(self) -> bool:
        """Whether a file is no longer what was opened."""
        return any(map(CheckedFile.has_changed, self._files.values()))
