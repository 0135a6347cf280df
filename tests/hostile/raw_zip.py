"""Writes zips field by field, so that any of them can lie."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

STORED, DEFLATED = 0, 8


@dataclass(frozen=True)
class RawMember:
    """One member; what is None is told truthfully."""

    name: bytes
    data: bytes = b""
    method: int = DEFLATED
    flags: int = 0x0800
    packed: bytes | None = None
    """The body, if it is not ``data`` packed by ``method``."""
    declared_size: int | None = None
    declared_packed: int | None = None
    declared_crc: int | None = None
    local_name: bytes | None = None
    local_method: int | None = None
    extra: bytes = b""
    external: int = 0
    offset: int | None = None
    has_descriptor: bool = False
    is_listed: bool = True
    """Whether the table of contents names it."""
    is_written: bool = True
    """Whether it has a header and a body of its own."""

    @property
    def body(self) -> bytes:
        """The bytes behind the local header."""
        if self.packed is not None:
            return self.packed
        return deflated(self.data) if self.method == DEFLATED else self.data


def deflated(data: bytes, level: int = 6) -> bytes:
    """Raw deflate."""
    packer = zlib.compressobj(level, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def raw_zip(
    members: Sequence[RawMember],
    *,
    before: bytes = b"",
    after: bytes = b"",
    comment: bytes = b"",
    count: int | None = None,
    wide: bool = False,
    offsets_from_file: bool = False,
    end: bool = True,
) -> bytes:
    """A zip of exactly these members.

    Args:
        before, after: bytes around it.
        count: the number of members it claims.
        wide: whether to write the zip64 end records.
        offsets_from_file: whether ``before`` counts in the offsets.
        end: whether to write a table of contents at all.
    """
    base = len(before) if offsets_from_file else 0
    body = bytearray()
    table = bytearray()
    listed = 0
    for member in members:
        offset = base + len(body) if member.offset is None else member.offset
        crc = zlib.crc32(member.data) if member.declared_crc is None else member.declared_crc
        size = len(member.data) if member.declared_size is None else member.declared_size
        packed = len(member.body) if member.declared_packed is None else member.declared_packed
        if member.is_written:
            body += _local(member, crc, size, packed)
        if member.is_listed:
            listed += 1
            table += struct.pack(
                "<4s4B4HL2L5H2L",
                b"PK\1\2", 20, 3, 20, 0, member.flags | (8 if member.has_descriptor else 0), member.method, 0, 33, crc,
                packed, size, len(member.name), len(member.extra), 0, 0, 0, member.external, offset,
            )  # fmt: skip
            table += member.name + member.extra
    if not end:
        return before + bytes(body)
    entries = listed if count is None else count
    start = base + len(body)
    tail = bytearray()
    if wide:
        place = start + len(table)
        tail += struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, entries, entries, len(table), start)
        tail += struct.pack("<4sLQL", b"PK\6\7", 0, place, 1)
        entries, short_size, short_start = 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF
    else:
        short_size, short_start = len(table), start
    tail += struct.pack(
        "<4s4H2LH", b"PK\5\6", 0, 0, entries & 0xFFFF, entries & 0xFFFF, short_size, short_start, len(comment)
    )
    return before + bytes(body) + bytes(table) + bytes(tail) + comment + after


def _local(member: RawMember, crc: int, size: int, packed: int) -> bytes:
    name = member.name if member.local_name is None else member.local_name
    method = member.method if member.local_method is None else member.local_method
    flags = member.flags | (8 if member.has_descriptor else 0)
    told = (0, 0, 0) if member.has_descriptor else (crc, packed, size)
    header = struct.pack("<4s5H3L2H", b"PK\3\4", 20, flags, method, 0, 33, *told, len(name), 0)
    descriptor = struct.pack("<4sLLL", b"PK\7\x08", crc, packed, size) if member.has_descriptor else b""
    return header + name + member.body + descriptor
