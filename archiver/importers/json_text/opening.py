"""Finds where the elements begin: inside an array, inside the array of an object, or at the first of several values."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from typing import NamedTuple

from archiver.errors import DamagedSource
from archiver.i18n import _
from archiver.importers.json_text.scan import BracketScan, Mismatch

_LIST_KEY = re.compile(rb'"conversations"\s*+:\s*+\[')
_ANYTHING = bytes(range(256))
_SPACE = re.compile(rb"\s*+")
_LONGEST_PREAMBLE = 1 << 20
_LARGEST_UTF16 = 64 << 20


class Opening(NamedTuple):
    """Where reading elements can start."""

    data: bytes
    """The first bytes, perhaps more than were given."""
    start: int
    """The first element, or the end of an empty array."""
    in_array: bool
    closers: bytes
    """What may follow the array."""


def opening_of(data: bytes, start: int, read: Callable[[int], bytes]) -> Opening:
    """Look at the first bytes of a member; ``start`` is where the list begins in a page, else 0."""
    if start:
        return Opening(data, start + 1, in_array=True, closers=_ANYTHING)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        data = _recoded(data, read)
    space = _SPACE.match(data, len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0)
    place = space.end() if space else 0
    if data.startswith(b"[", place):
        return Opening(data, place + 1, in_array=True, closers=b"")
    for match in _LIST_KEY.finditer(data, place, place + _LONGEST_PREAMBLE):
        if _is_top_key(data, place, match.start()):
            return Opening(data, match.end(), in_array=True, closers=b",}")
    return Opening(data, place, in_array=False, closers=b"")


def _is_top_key(data: bytes, start: int, place: int) -> bool:
    """Whether nothing but the outermost object is open at ``place``."""
    scan = BracketScan(start)
    try:
        scan.end(data, place)
    except Mismatch:
        return False
    return scan.open == b"{"


def _recoded(data: bytes, read: Callable[[int], bytes]) -> bytes:
    """All of a member in UTF-16 as UTF-8. No provider writes that, but a small file saved again by hand may be so."""
    pieces = [data]
    size = len(data)
    while block := read(1 << 20):
        pieces.append(block)
        size += len(block)
        if size > _LARGEST_UTF16:
            raise DamagedSource(_("This file is in UTF-16 and too large to be read so. Save it as UTF-8 first."))
    return b"".join(pieces).decode("utf-16", "replace").encode("utf-8", "replace")
