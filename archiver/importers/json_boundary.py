"""Guesses where one conversation of an array ends and the next begins, at the speed of a plain text search.

All conversations of an export start with the same keys, so the bytes between the first two are what stands between any
two. A quotation mark inside a JSON string is always escaped, so such a place is never inside a text; it can still be
inside a nested list, which is why a guess counts only once the slice before it has been parsed.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_HEAD = re.compile(rb'\{\s*"((?:[^"\\]++|\\.)*+)"\s*:\s*', re.DOTALL)
_SIMPLE_THEN_KEY = re.compile(rb'(?:"(?:[^"\\]++|\\.)*+"|[-+.\w]++)\s*+,\s*+"((?:[^"\\]++|\\.)*+)"\s*+:', re.DOTALL)
_LONGEST_HEAD = 1 << 16
_KNOWN_START = re.compile(
    rb'\}\s*+,\s*+(?=\{\s*+"(?:title|id|conversation_id|conversation_template_id|create_time|mapping|async_status)"\s*+:)'
)


class Guess(NamedTuple):
    """A place where one element may end and the next begin."""

    end: int
    """Of the element before: right after its closing brace."""
    start: int
    """Of the element after: at its opening brace."""


class Boundary:
    """What stands between two conversations, learned from the first two."""

    def __init__(self, between: bytes, head: bytes, second_key: bytes) -> None:
        self._mark = b"}" + between + head
        self._to_next = 1 + len(between)
        self._second_key = second_key

    @classmethod
    def learned(cls, data: bytes, end: int, start: int) -> Boundary | None:
        """From the end of one element and the start of the next."""
        head = _HEAD.match(data, start, start + _LONGEST_HEAD)
        if head is None:
            return None
        follower = _SIMPLE_THEN_KEY.match(data, head.end(), head.end() + _LONGEST_HEAD)
        return cls(data[end:start], head.group(), follower.group(1) if follower else b"")

    def find(self, data: bytes, start: int) -> Guess | None:
        """The first place after ``start`` that looks like a boundary."""
        while (place := data.find(self._mark, start)) >= 0:
            value = place + len(self._mark)
            if not self._second_key:
                return Guess(place + 1, place + self._to_next)
            follower = _SIMPLE_THEN_KEY.match(data, value, value + _LONGEST_HEAD)
            if follower is not None and follower.group(1) == self._second_key:
                return Guess(place + 1, place + self._to_next)
            start = place + 1
        return None

    @property
    def overlap(self) -> int:
        """How many last bytes of a searched stretch must be searched again when more follows."""
        return len(self._mark) + _LONGEST_HEAD


def known_starts(data: bytes, start: int) -> list[Guess]:
    """Places that look like a boundary by what conversations are known to start with, nearest first."""
    return [Guess(match.start() + 1, match.end()) for match in _KNOWN_START.finditer(data, start)]
