"""Splits a JSON array of any size into the exact bytes of its elements, one in memory at a time.

    bytes -> next element starts here -> guess its end (boundary) -> it parses: proven, and parsed already
                                                 \\-> else count brackets (scan) -> exact end
                                                              \\-> broken: give it up to the next likely start

A guessed slice that parses as one complete object is the element, because no beginning of an object is an object. So
the usual export costs one search and the one parse that is needed anyway. A broken element costs only itself, and all
looking in vain is counted, so that no arrangement of broken ones takes time without end.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import orjson

from archiver.importers.json_text.boundary import Boundary, Guess, Start, next_known_start
from archiver.importers.json_text.buffer import BLOCK, Buffer
from archiver.importers.json_text.pieces import LARGE, read_large
from archiver.importers.json_text.scan import BracketScan, Mismatch, scalar_end
from archiver.importers.json_text.value import is_readable

LARGEST = 128 << 20
"""An element longer than this is not read; real ones stay below 20 MB."""
_MOST_PATIENCE = 64 << 20
"""How far the end of an element that seems to go on is looked for before the next one is suspected to have begun."""
_FIRST_PATIENCE = 4 << 20
_LEAST_PATIENCE = 4 << 10
_COST_OF_A_STEP = 64
"""Stepping from one bracket to the next takes as long as reading so many bytes of text."""
_LONGEST_LITERAL = len("-Infinity")
_MISSES = 8
_RETRY = 64
_BETWEEN = re.compile(rb"[\s,]*+")
_SPACE = re.compile(rb"\s*+")
_STRAY = re.compile(rb"[^{]*+")
_MOST_ROWS = 10_000
"""So many values that are no objects may stand in an array of conversations before they count as garbage."""
_FOLLOWED = re.compile(rb"\s*+(?:[,\]]|\Z)")
_BRACE, _BRACKET, _CLOSING_BRACKET, _QUOTE = b'{[]"'


class Element(NamedTuple):
    """One element of the array."""

    data: bytes
    offset: int
    number: int
    value: dict[str, Any] | None
    """The parsed object, when finding its end needed parsing."""


class Stray(NamedTuple):
    """Bytes that are left out: no JSON, or too much of it at once."""

    offset: int
    size: int
    has_words: bool
    """Whether texts are among them."""
    is_too_long: bool = False


class _Slice(NamedTuple):
    """An element as it lies in the buffer."""

    end: int
    data: bytes
    value: dict[str, Any] | None


class ElementStream:
    """Iterates over the elements of an array, or of values that simply follow each other.

    ``data`` are the first bytes and ``start`` is the place of the first element; ``read`` gives the bytes that follow.
    ``closers`` are the bytes that may follow the array's own bracket; without them the array must end the stream.
    """

    def __init__(
        self, data: bytes, start: int, read: Callable[[int], bytes], *, in_array: bool, closers: bytes = b""
    ) -> None:
        self._buffer = Buffer(data, read)
        self._place = start
        self._in_array = in_array
        self._closers = closers
        self._boundary: Boundary | None = None
        self._longest = 0
        self._misses = 0
        self._rows = 0
        self._patience = _FIRST_PATIENCE
        self.is_closed = not in_array
        """Whether the array was closed by its bracket; False after the iteration means that it ends early."""

    def __iter__(self) -> Iterator[Element | Stray]:
        buffer = self._buffer
        number = 0
        previous_end = -1
        while self._to_next_value():
            start = self._place
            first = buffer.data[start]
            if first == _CLOSING_BRACKET and self._in_array:
                self.is_closed = True
                if self._ends_here(start):
                    return
            if first == _BRACE and previous_end >= buffer.offset:
                self._learn(previous_end - buffer.offset, start)
            found = self._slice(start, first, number) or self._stray(start)
            if isinstance(found, Stray):
                yield found
                previous_end = -1
                continue
            self.is_closed = not self._in_array
            self._longest = max(self._longest, len(found.data))
            self._patience = min(self._patience + len(found.data), _MOST_PATIENCE)
            element = Element(found.data, buffer.offset + start, number, found.value)
            number += 1
            previous_end = buffer.offset + found.end
            self._place = buffer.forget(found.end)
            yield element

    def _to_next_value(self) -> bool:
        """Go to the first byte of the next value or bracket; whether there is one."""
        while True:
            between = _BETWEEN.match(self._buffer.data, self._place)
            self._place = between.end() if between else self._place
            if self._place < len(self._buffer.data):
                return True
            self._place = self._buffer.forget(self._place)
            if not self._buffer.more():
                return False

    def _ends_here(self, bracket: int) -> bool:
        """Whether what follows a closing bracket fits the end of the array."""
        self._buffer.reach(bracket + BLOCK)
        space = _SPACE.match(self._buffer.data, bracket + 1)
        place = space.end() if space else bracket + 1
        return place == len(self._buffer.data) or self._buffer.data[place] in self._closers

    def _learn(self, end: int, start: int) -> None:
        """Learn what stands between elements, when the element at ``start`` begins unlike the ones before."""
        data = self._buffer.data
        if self._boundary is not None and data.startswith(self._boundary.start.head, start):
            return
        self._buffer.reach(start + BLOCK)
        beginning = Start.of(self._buffer.data, start)
        self._boundary = Boundary(self._buffer.data[end:start], beginning) if beginning else None

    def _slice(self, start: int, first: int, number: int) -> _Slice | Stray | None:
        """The element at ``start``; None when none begins there."""
        if first == _BRACE:
            return self._object(start, number)
        self._rows += 1
        if self._rows > _MOST_ROWS:
            return None
        if first == _BRACKET:
            return self._list(start)
        if first in b'"-' or chr(first).isalnum():
            return self._scalar(start)
        return None

    def _object(self, start: int, number: int) -> _Slice | Stray:
        """The object at ``start``."""
        guess = None
        if self._boundary is not None and (self._misses < _MISSES or number % _RETRY == 0):
            guess = self._guess(start)
            end = guess.end if guess else self._last_end(start)
            if end > start and (value := self._parsed(start, end)) is not None:
                self._misses = 0
                return _Slice(end, self._buffer.data[start:end], value)
            self._misses += 1
        counted = self._counted_end(start, guess)
        if counted is not None:
            value = self._parsed(start, counted)
            data = self._buffer.data[start:counted]
            if value is not None or is_readable(data):
                return _Slice(counted, data, value)
        elif len(self._buffer.data) - start > LARGEST:
            return self._too_long(start)
        end = self._broken_end(start, guess, counted)
        return _Slice(end, self._buffer.data[start:end], None)

    def _parsed(self, start: int, end: int) -> dict[str, Any] | None:
        """The object that stands there, read in place as it may be large; None when it is not exactly one."""
        if end - start > LARGE and (large := read_large(self._buffer.data, start, end)) is not None:
            return large
        try:
            value = orjson.loads(memoryview(self._buffer.data)[start:end])
        except orjson.JSONDecodeError:
            return None
        return value if isinstance(value, dict) else None

    def _list(self, start: int) -> _Slice | Stray:
        end = self._counted_end(start, None)
        if end is None and len(self._buffer.data) - start > LARGEST:
            return self._too_long(start)
        end = end or self._broken_end(start, None, None)
        return _Slice(end, self._buffer.data[start:end], None)

    def _scalar(self, start: int) -> _Slice | None:
        buffer = self._buffer
        while True:
            end = scalar_end(buffer.data, start)
            is_cut = len(buffer.data) - start < _LONGEST_LITERAL or buffer.data[start] == _QUOTE
            may_go_on = end == len(buffer.data) or (end is None and is_cut)
            if not may_go_on or len(buffer.data) - start > self._patience or not buffer.more():
                return None if end is None else _Slice(end, buffer.data[start:end], None)

    def _guess(self, start: int) -> Guess | None:
        """The next likely boundary, not much farther away than elements are long."""
        assert self._boundary is not None
        reach = start + max(BLOCK, 4 * self._longest)
        searched = start
        while (guess := self._boundary.find(self._buffer.data, searched, reach)) is None:
            searched = max(start, len(self._buffer.data) - self._boundary.overlap)
            if len(self._buffer.data) >= reach or not self._buffer.more():
                return None
        return guess

    def _last_end(self, start: int) -> int:
        """Where the last element ends if nothing but the array's bracket follows; ``start`` if it is not the last."""
        data = self._buffer.data
        if not self._buffer.is_at_end:
            return start
        end = start + len(data[start:].rstrip())
        if self._in_array and data.endswith(b"]", start, end):
            end = start + len(data[start : end - 1].rstrip())
        return end

    def _counted_end(self, start: int, guess: Guess | None) -> int | None:
        """The end of the bracketed value at ``start``; None when its brackets do not close."""
        scan = BracketScan(start)
        limit = (guess.end if guess else start) + self._patience
        try:
            while (end := scan.end(self._buffer.data, limit)) is None:
                if scan.place - start > LARGEST:
                    break
                if limit <= len(self._buffer.data):
                    if guess is not None or self._next_likely(start) is not None:
                        break
                    limit *= 2
                elif len(self._buffer.data) - start > LARGEST or not self._buffer.more():
                    break
        except Mismatch:
            end = None
        if end is None:
            data = self._buffer.data
            steps = sum(data.count(bracket, start, scan.place) for bracket in (b"{", b"}", b"[", b"]"))
            spent = scan.place - start + _COST_OF_A_STEP * steps
            self._patience = max(_LEAST_PATIENCE, self._patience - spent)
        return end

    def _too_long(self, start: int) -> Stray:
        """Step over an element of more than ``LARGEST`` bytes without holding it."""
        buffer = self._buffer
        offset = buffer.offset + start
        scan = BracketScan(start)
        try:
            while (end := scan.end(buffer.data, len(buffer.data))) is None:
                scan.place = buffer.forget(scan.place)
                if len(buffer.data) > LARGEST or not buffer.more():
                    end = len(buffer.data)
                    break
        except Mismatch:
            end = scan.place
        self._place = end
        return Stray(offset, buffer.offset + end - offset, has_words=True, is_too_long=True)

    def _broken_end(self, start: int, guess: Guess | None, counted: int | None) -> int:
        """Where to give up an element that cannot be read: before the next one that looks whole."""
        data = self._buffer.data
        if counted and _FOLLOWED.match(data, counted) and (guess is None or counted <= guess.end):
            return counted
        likely = self._next_likely(start) or guess
        return likely.end if likely else counted or len(data)

    def _next_likely(self, start: int) -> Guess | None:
        """Where the next element seems to begin, of what is in memory."""
        data = self._buffer.data
        like_this = Start.of(data, start)
        return like_this.next_behind(data, start) if like_this else next_known_start(data, start + 1)

    def _stray(self, start: int) -> Stray:
        """Step over bytes that begin no value, always by at least one, up to where an object may begin."""
        buffer = self._buffer
        offset = buffer.offset + start
        has_words = False
        place = start + 1
        while True:
            stray = _STRAY.match(buffer.data, place)
            end = stray.end() if stray else len(buffer.data)
            has_words |= buffer.data.find(b'"', place, end) >= 0
            self.is_closed |= buffer.data.find(b"]", place, end) >= 0
            if end < len(buffer.data):
                break
            end = place = buffer.forget(end)
            if not buffer.more():
                break
        self._place = end
        return Stray(offset, buffer.offset + end - offset, has_words)
