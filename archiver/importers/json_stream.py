"""Splits a JSON array of any size into the exact bytes of its elements, one in memory at a time.

    bytes -> next element starts here -> guess its end (json_boundary) -> it parses: proven, and parsed already
                                                 \\-> else count brackets (json_scan) -> exact end
                                                              \\-> broken: give it up to the next likely start

A guessed slice that parses as one complete object is the element, because no beginning of an object is an object. So
the usual export costs one search and the one parse that is needed anyway. A broken element costs only itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import orjson

from archiver.importers import json_value
from archiver.importers.json_boundary import Boundary, Guess, known_starts
from archiver.importers.json_scan import BracketScan, Mismatch, scalar_end

BLOCK = 1 << 20
_LARGEST_BLOCK = 32 << 20
_PATIENCE = 64 << 20
"""How far behind a likely boundary the end of an element that seems to go on is looked for."""
_LEAST_PATIENCE = 1 << 20
_LARGEST = 1 << 30
_FOLLOWED = re.compile(rb"\s*+(?:[,\]]|$)")
_BETWEEN = re.compile(rb"[\s,]*+")
_OTHER = re.compile(rb'[^{}\[\]"\w,-]*+')


class Element(NamedTuple):
    """One element of the array."""

    data: bytes
    offset: int
    number: int
    value: dict[str, Any] | None
    """The parsed object, when finding its end needed parsing."""


class Stray(NamedTuple):
    """Bytes between elements that are no JSON."""

    offset: int
    size: int


class ElementStream:
    """Iterates over the elements of an array, or of values that simply follow each other.

    ``data`` are the first bytes and ``start`` is the place of the first element; ``read`` gives the bytes that follow.
    """

    def __init__(self, data: bytes, start: int, read: Callable[[int], bytes], *, in_array: bool) -> None:
        self._data = data
        self._offset = 0
        self._read = read
        self._in_array = in_array
        self._place = start
        self._is_at_end = False
        self._boundary: Boundary | None = None
        self._patience = _PATIENCE
        self.is_closed = not in_array
        """Whether the array was closed by its bracket; False after the iteration means that it ends early."""

    def __iter__(self) -> Iterator[Element | Stray]:
        number = 0
        previous_end: int | None = None
        while self._to_next_value():
            start = self._place
            if previous_end is not None and self._boundary is None and self._data[start] == 0x7B:
                self._more_than(start + (1 << 12))
                self._boundary = Boundary.learned(self._data, previous_end, start)
            first = self._data[start]
            if first == 0x5D and self._in_array:
                self.is_closed = True
                return
            if first in b"}]" or (first not in b'{["' and not (chr(first).isalnum() or first == 0x2D)):
                yield self._stray(start)
                previous_end = None
                continue
            end, value = self._object_end(start) if first == 0x7B else (self._other_end(start), None)
            element = Element(self._data[start:end], self._offset + start, number, value)
            self._place = end
            number += 1
            yield element
            previous_end = self._forget(end)

    def _to_next_value(self) -> bool:
        """Go to the first byte of the next value or bracket; whether there is one."""
        while True:
            self._place = _BETWEEN.match(self._data, self._place).end()  # type: ignore[union-attr]
            if self._place < len(self._data):
                return True
            if not self._more():
                return False

    def _more(self) -> bool:
        """Read on, ever more at a time while one element fills the memory; whether there was more."""
        if self._is_at_end:
            return False
        block = self._read(min(max(BLOCK, len(self._data)), _LARGEST_BLOCK))
        self._is_at_end = not block
        self._data += block
        return bool(block)

    def _more_than(self, size: int) -> None:
        """Read until ``size`` bytes are there, if there are as many."""
        while len(self._data) < size and self._more():
            pass

    def _forget(self, end: int) -> int:
        """Drop what lies before ``end`` once it is half of what is held; the new place of ``end``."""
        if end * 2 < len(self._data):
            return end
        self._data = self._data[end:]
        self._offset += end
        self._place -= end
        return 0

    def _stray(self, start: int) -> Stray:
        """Step over bytes that begin no value, always by at least one."""
        end = max(start + 1, _OTHER.match(self._data, start + 1).end())  # type: ignore[union-attr]
        self._place = end
        return Stray(self._offset + start, end - start)

    def _other_end(self, start: int) -> int:
        """The end of an element that is no object."""
        if self._data[start] == 0x5B:
            return self._counted_end(start, None) or len(self._data)
        while (end := scalar_end(self._data, start)) is None:
            if not self._more():
                return len(self._data)
        return end

    def _object_end(self, start: int) -> tuple[int, dict[str, Any] | None]:
        """The end of the object at ``start``, and the object if it was parsed on the way."""
        guess = self._guess(start)
        if guess is not None and (value := _parsed(self._data[start : guess.end])) is not None:
            return guess.end, value
        if guess is None and self._boundary is not None and (last := self._last_end(start)) is not None:
            return last
        end = self._counted_end(start, guess)
        if end is not None:
            value = _parsed(self._data[start:end])
            if value is not None or json_value.is_readable(self._data[start:end]):
                return end, value
        return self._broken_end(start, guess, end), None

    def _guess(self, start: int) -> Guess | None:
        """The next likely boundary behind ``start``."""
        if self._boundary is None:
            return None
        searched = start
        while True:
            guess = self._boundary.find(self._data, searched)
            if guess is not None or self._is_at_end:
                return guess
            searched = max(start, len(self._data) - self._boundary.overlap)
            if len(self._data) - start > _LARGEST or not self._more():
                return self._boundary.find(self._data, searched)

    def _last_end(self, start: int) -> tuple[int, dict[str, Any]] | None:
        """The end of the last object, if nothing but the array's bracket follows it."""
        end = len(self._data.rstrip())
        if self._in_array and self._data.endswith(b"]", start, end):
            end = len(self._data[: end - 1].rstrip())
        value = _parsed(self._data[start:end])
        return None if value is None else (end, value)

    def _counted_end(self, start: int, guess: Guess | None) -> int | None:
        """The end of the bracketed value at ``start``; None when its brackets do not close."""
        scan = BracketScan(start)
        try:
            while (end := scan.end(self._data)) is None:
                passed = len(self._data) - (guess.end if guess else start)
                if passed > (self._patience if guess else _LARGEST) or not self._more():
                    return None
        except Mismatch:
            return None
        return end

    def _broken_end(self, start: int, guess: Guess | None, counted: int | None) -> int:
        """Where to give up an element that cannot be read: before the next one that looks whole."""
        self._patience = max(_LEAST_PATIENCE, self._patience // 2)
        if counted and _FOLLOWED.match(self._data, counted) and (guess is None or counted <= guess.end):
            return counted
        if guess is None:
            guess = next((place for place in known_starts(self._data, start) if self._is_whole(place.start)), None)
        if guess is not None:
            return guess.end
        return counted or len(self._data)

    def _is_whole(self, start: int) -> bool:
        """Whether a complete conversation begins at ``start``."""
        end = self._counted_end(start, Guess(start, start))
        if end is None:
            return False
        value = _parsed(self._data[start:end])
        return value is not None and "mapping" in value


def _parsed(data: bytes) -> dict[str, Any] | None:
    """The object that ``data`` is; None when it is not exactly one."""
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError:
        return None
    return value if isinstance(value, dict) else None
