"""Reads a large JSON object piece by piece.

A parser holds its own form of everything it reads until the end, twice the bytes again. Of a conversation of months
that is more than all messages take, so its members are read one after the other, and those of its members too. The
values are the same; what is odd in any way is left to the parser.
"""

from __future__ import annotations

import re
from typing import Any

import orjson

from archiver.importers.json_text.scan import BracketScan, Mismatch, scalar_end

LARGE = 8 << 20
"""Bytes of an object from which on this is worth its time."""
_DEPTH = 2
"""So many levels of objects are read by their members: a conversation's, then its nodes."""
_KEY = re.compile(rb'[\s]*("(?:[^"\\]++|\\.)*+")\s*:\s*', re.DOTALL)
_AFTER = re.compile(rb"\s*([,}])")
_EMPTY = re.compile(rb"\{\s*\}")


def read_large(data: bytes, start: int, end: int) -> dict[str, Any] | None:
    """The object that is exactly ``data[start:end]``; None when it is none, or not the usual kind."""
    try:
        value, place = _object(data, start, end, _DEPTH)
    except (orjson.JSONDecodeError, Mismatch, _Odd):
        return None
    return value if place == end else None


class _Odd(Exception):
    """No usual object."""


def _object(data: bytes, start: int, end: int, depth: int) -> tuple[dict[str, Any], int]:
    """The object at ``start`` by its members, and where it ends."""
    if data[start : start + 1] != b"{":
        raise _Odd
    if empty := _EMPTY.match(data, start, end):
        return {}, empty.end()
    view = memoryview(data)
    found: dict[str, Any] = {}
    place = start + 1
    while key := _KEY.match(data, place, end):
        place = key.end()
        value: Any
        if data[place : place + 1] == b"{" and depth > 1:
            value, place = _object(data, place, end, depth - 1)
        else:
            begin, place = place, _end(data, place, end)
            value = orjson.loads(view[begin:place])
        found[orjson.loads(key.group(1))] = value
        after = _AFTER.match(data, place, end)
        if after is None:
            break
        place = after.end()
        if after.group(1) == b"}":
            return found, place
    raise _Odd


def _end(data: bytes, start: int, limit: int) -> int:
    """Where the value at ``start`` ends."""
    is_bracketed = data[start : start + 1] in (b"{", b"[")
    end = BracketScan(start).end(data, limit) if is_bracketed else scalar_end(data, start)
    if end is None or end > limit:
        raise _Odd
    return end
