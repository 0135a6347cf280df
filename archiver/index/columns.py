"""What the index knows of each document besides its words, one array a property.

The file holds the arrays one after the other, each beginning at a multiple of eight bytes; then a JSON object of
{name: [type, place, how many]} and the names of models, then the length of that JSON.
"""

from __future__ import annotations

import json
import struct
from array import array
from collections.abc import Iterator
from typing import Any, Final, TypeAlias

from archiver.index.pages import CheckedFile, Damaged

COLUMNS: Final = {
    "message": "I", "conversation": "I", "created": "I", "asked": "H", "answered": "H", "speaker": "B", "flags": "B",
    "sections": "B", "languages": "H",
}  # fmt: skip
"""Names and array types; ``asked`` and ``answered`` are places in the list of names, ``sections`` and ``languages``
bits."""

Columns: TypeAlias = dict[str, "array[int]"]
_LENGTH = struct.Struct("<I")


def column_chunks(columns: Columns, names: list[str]) -> Iterator[bytes]:
    """The file of these arrays."""
    places: dict[str, list[Any]] = {}
    position = 0
    for name, column in columns.items():
        data = column.tobytes()
        places[name] = [column.typecode, position, len(column)]
        padding = bytes(-len(data) % 8)
        yield data + padding
        position += len(data) + len(padding)
    directory = json.dumps({"columns": places, "names": names}).encode()
    yield directory + _LENGTH.pack(len(directory))


class ColumnFile:
    """Reads what ``column_chunks`` wrote; an array is checked when it is first used."""

    def __init__(self, file: CheckedFile) -> None:
        self._file = file
        end = file.length - _LENGTH.size
        (size,) = _LENGTH.unpack(file.slice(end, end + _LENGTH.size))
        directory = json.loads(file.slice(end - size, end).tobytes())
        self._places: dict[str, list[Any]] = directory["columns"]
        self.names: list[str] = directory["names"]
        self._read: dict[str, bytes | memoryview] = {}
        self._listed: dict[str, list[int]] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._places

    def __getitem__(self, name: str) -> bytes | memoryview:
        column = self._read.get(name)
        if column is None:
            if name not in self._places:
                raise Damaged(f"{self._file.path.name} has no {name}")
            code, place, count = self._places[name]
            view = self._file.slice(place, place + count * array(code).itemsize)
            column = self._read[name] = bytes(view) if code == "B" else view.cast(code)
        return column

    def listed(self, name: str) -> list[int]:
        """A column whose numbers are there already, for questions about many documents.

        An array makes each number anew when it is asked for, which takes four times as long.
        """
        listed = self._listed.get(name)
        if listed is None:
            listed = self._listed[name] = memoryview(self[name]).tolist()
        return listed
