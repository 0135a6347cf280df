"""Finds where the elements begin: inside an array, inside the array of an object, or at the first of several values."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from typing import NamedTuple

from archiver.importers.json_scan import BracketScan, Mismatch

_LIST_KEY = re.compile(rb'"conversations"\s*+:\s*+\[')
_SPACE = re.compile(rb"\s*+")
_LONGEST_PREAMBLE = 1 << 20


class Opening(NamedTuple):
    """Where reading elements can start."""

    data: bytes
    """The first bytes, perhaps more than were given."""
    start: int
    """The first element, or the end of an empty array."""
    in_array: bool


def opening_of(data: bytes, start: int, read: Callable[[int], bytes]) -> Opening:
    """Look at the first bytes of a member."""
    if not start and data.startswith(codecs.BOM_UTF8):
        start = len(codecs.BOM_UTF8)
    if not start and data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        data = _recoded(data, read)
    place = _SPACE.match(data, start).end()  # type: ignore[union-attr]
    if data.startswith(b"[", place):
        return Opening(data, place + 1, in_array=True)
    for match in _LIST_KEY.finditer(data, place, place + _LONGEST_PREAMBLE):
        if _is_top_key(data, place, match.start()):
            return Opening(data, match.end(), in_array=True)
    return Opening(data, place, in_array=False)


def _is_top_key(data: bytes, start: int, place: int) -> bool:
    """Whether nothing but the outermost object is open at ``place``."""
    scan = BracketScan(start)
    try:
        scan.end(data[:place])
    except Mismatch:
        return False
    return scan.open == b"{"


def _recoded(data: bytes, read: Callable[[int], bytes]) -> bytes:
    """All of a member in UTF-16 as UTF-8. Nobody's export is in UTF-16; a small one saved again by hand may be."""
    pieces = [data]
    while block := read(1 << 20):
        pieces.append(block)
    return b"".join(pieces).decode("utf-16", "replace").encode("utf-8", "replace")
