"""Guesses where one conversation of an array ends and the next begins, at the speed of a plain text search.

All conversations of an export start with the same keys, so the bytes between the first two are what stands between any
two. A quotation mark inside a JSON string is always escaped, so such a place is never inside a text; it can still be
inside a nested list, which is why a guess counts only once the slice before it has been parsed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

_HEAD = re.compile(rb'\{\s*"((?:[^"\\]++|\\.)*+)"\s*:\s*', re.DOTALL)
_SIMPLE_THEN_KEY = re.compile(rb'(?:"(?:[^"\\]++|\\.)*+"|[-+.\w]++)\s*+,\s*+"((?:[^"\\]++|\\.)*+)"\s*+:', re.DOTALL)
_LONGEST_HEAD = 1 << 16
_KNOWN_START = re.compile(
    rb',\s*+(?=\{\s*+"(?:title|id|conversation_id|conversation_template_id|create_time|mapping|async_status)"\s*+:)'
)


class Guess(NamedTuple):
    """A place where one element may end and the next begin."""

    end: int
    """Of the element before: behind its closing brace."""
    start: int
    """Of the element after: at its opening brace."""


@dataclass(frozen=True, slots=True)
class Start:
    """How an element begins: its first key, and the second where the first value is a simple one."""

    head: bytes
    second_key: bytes

    @classmethod
    def of(cls, data: bytes, place: int) -> Start | None:
        """How the element at ``place`` begins."""
        head = _HEAD.match(data, place, place + _LONGEST_HEAD)
        if head is None:
            return None
        follower = _SIMPLE_THEN_KEY.match(data, head.end(), head.end() + _LONGEST_HEAD)
        return cls(head.group(), follower.group(1) if follower else b"")

    def goes_on(self, data: bytes, value: int) -> bool:
        """Whether the first value at ``value`` is followed by the second key."""
        if not self.second_key:
            return True
        follower = _SIMPLE_THEN_KEY.match(data, value, value + _LONGEST_HEAD)
        return follower is not None and follower.group(1) == self.second_key

    def next_behind(self, data: bytes, start: int) -> Guess | None:
        """The next element that begins like this, after one that may have lost its end."""
        next_head = re.compile(rb",\s*+(" + re.escape(self.head) + rb")")
        for match in next_head.finditer(data, start):
            if self.goes_on(data, match.end()):
                return Guess(match.start(), match.start(1))
        return None


class Boundary:
    """What stands between two conversations, learned from the first two."""

    def __init__(self, between: bytes, start: Start) -> None:
        self.start = start
        self._mark = b"}" + between + start.head
        self._to_next = 1 + len(between)
        self.overlap = len(self._mark) + _LONGEST_HEAD
        """How many last bytes of a searched stretch must be searched again when more follows."""

    def find(self, data: bytes, start: int, stop: int) -> Guess | None:
        """The first place between ``start`` and ``stop`` that looks like a boundary."""
        while (place := data.find(self._mark, start, stop)) >= 0:
            if self.start.goes_on(data, place + len(self._mark)):
                return Guess(place + 1, place + self._to_next)
            start = place + 1
        return None


def next_known_start(data: bytes, start: int) -> Guess | None:
    """The next place after a comma that begins with a key that conversations are known to begin with."""
    match = _KNOWN_START.search(data, start)
    return Guess(match.start(), match.end()) if match else None
