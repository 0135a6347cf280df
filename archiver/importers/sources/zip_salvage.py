"""Finds the members of a zip whose table of contents is lost, by walking from one member's header to the next.

That table stands at the end of the file, so a download that stopped early has none, while every member before the cut
is whole.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import replace

from archiver.importers.sources.region import Region
from archiver.importers.sources.zip_directory import MAX_ENTRIES
from archiver.importers.sources.zip_entry import (
    DEFLATED,
    DESCRIPTOR,
    ENCRYPTED,
    STORED,
    ZipEntry,
    decoded_name,
    unix_time,
    with_zip64,
)

_LOCAL = struct.Struct("<4s5H3L2H")
_BLOCK = 1 << 20
_NEXT_HEADERS = (b"PK\3\4", b"PK\1\2", b"PK\7\x08")


def salvage(zip_file: Region) -> list[ZipEntry]:
    """Every member whose header can still be found."""
    return list(_walk(zip_file))


def _walk(zip_file: Region) -> Iterator[ZipEntry]:
    position: int | None = 0
    for _number in range(MAX_ENTRIES):
        position = _find(zip_file, b"PK\3\4", position)
        if position is None:
            return
        entry = _entry_at(zip_file, position)
        if entry is None:
            position += 4
            continue
        yield entry
        if entry.is_cut:
            return
        position = max(entry.body + entry.packed, position + _LOCAL.size)


def _find(zip_file: Region, mark: bytes, start: int | None) -> int | None:
    """Where ``mark`` next stands; usually right at ``start``."""
    if start is not None and zip_file.read_at(start, len(mark)) == mark:
        return start
    while start is not None and start < zip_file.size:
        block = zip_file.read_at(start, _BLOCK)
        place = block.find(mark)
        if place >= 0:
            return start + place
        if len(block) < _BLOCK:
            return None
        start += len(block) - len(mark) + 1
    return None


def _entry_at(zip_file: Region, position: int) -> ZipEntry | None:
    """The member whose header stands at ``position``; None when that is no header after all."""
    header = zip_file.read_at(position, _LOCAL.size)
    if len(header) < _LOCAL.size:
        return None
    _sig, needs, flags, method, clock, date, crc, packed, size, name_length, extra_length = _LOCAL.unpack(header)
    names = zip_file.read_at(position + _LOCAL.size, name_length + extra_length)
    if needs > 99 or not name_length or len(names) < name_length + extra_length:
        return None
    raw, extra = names[:name_length], names[name_length:]
    size, packed = with_zip64(extra, size, packed)
    body = position + _LOCAL.size + name_length + extra_length
    name = decoded_name(raw, flags, extra)
    if flags & DESCRIPTOR and not packed:
        entry = _measured(zip_file, name, method, flags, body)
    else:
        is_cut = body + packed > zip_file.size
        entry = ZipEntry(name, method, flags, crc, min(packed, zip_file.size - body), size, body, is_cut=is_cut)
    return replace(entry, modified=unix_time(date, clock))


def _measured(zip_file: Region, name: str, method: int, flags: int, body: int) -> ZipEntry:
    """A member whose header leaves its sizes open: they are found by unpacking it, or by the next header."""
    if method == DEFLATED and not flags & ENCRYPTED:
        packed, is_cut = _deflated_length(zip_file, body)
        return ZipEntry(name, method, flags, None, packed, -1, body, is_cut=is_cut)
    following = [place for mark in _NEXT_HEADERS if (place := _find(zip_file, mark, body)) is not None]
    stop = min(following, default=zip_file.size)
    size = stop - body if method == STORED else -1
    return ZipEntry(name, method, flags, None, stop - body, size, body, is_cut=not following)


def _deflated_length(zip_file: Region, body: int) -> tuple[int, bool]:
    """How many packed bytes there are up to the end of the deflate stream, and whether the file ends before it."""
    unpacker = zlib.decompressobj(-15)
    position = body
    pending = b""
    try:
        while not unpacker.eof:
            if not pending:
                pending = zip_file.read_at(position, 1 << 16)
                position += len(pending)
                if not pending:
                    return zip_file.size - body, True
            unpacker.decompress(pending, _BLOCK)
            pending = unpacker.unconsumed_tail
    except zlib.error:
        return position - body, False
    return position - len(unpacker.unused_data) - body, False
