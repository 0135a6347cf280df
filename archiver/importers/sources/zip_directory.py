"""Reads a zip's table of contents and refuses one that is built to mislead.

The standard library reads zips whose two tables disagree, whose members overlap or that hold two members of one name
without a word. Here both headers of every member are compared, bodies may not overlap, and bytes that no header
accounts for are reported. Only what is certain is read.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from archiver.errors import UnsafeSource
from archiver.i18n import _, ngettext
from archiver.importers.sources.region import Region
from archiver.importers.sources.zip_entry import (
    DESCRIPTOR,
    ENCRYPTED,
    ZipEntry,
    decoded_name,
    has_two_names,
    unix_time,
    with_zip64,
)

MAX_ENTRIES = 200_000
_MAX_DIRECTORY = 96 << 20
_LONGEST_COMMENT = 0xFFFF

_END = struct.Struct("<4s4H2LH")
_END64_LOCATOR = struct.Struct("<4sLQL")
_END64 = struct.Struct("<4sQ2H2L4Q")
_CENTRAL = struct.Struct("<4s4B4HL2L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")


class NoDirectory(Exception):
    """The zip has no usable table of contents, most often because the file ends early."""


class ZipDirectory(NamedTuple):
    """What a zip says it holds."""

    entries: list[ZipEntry]
    remarks: list[str]
    """Sentences about oddities that do not keep it from being read."""
    is_incomplete: bool = False
    """Whether this is only what could be found of a damaged zip."""


class _End(NamedTuple):
    entries: int
    start: int
    """Offset of the table of contents in the file."""
    size: int
    stub: int
    """Bytes before the zip proper, which all offsets leave out."""
    trailing: int
    """Bytes after the zip proper."""


class _Central(NamedTuple):
    raw_name: bytes
    entry: ZipEntry
    header: int


def read_directory(zip_file: Region) -> ZipDirectory:
    """The members of ``zip_file``; raises ``NoDirectory`` or ``UnsafeSource``."""
    end = _find_end(zip_file)
    table = zip_file.read_at(end.start, end.size)
    if len(table) != end.size:
        raise NoDirectory
    centrals = list(_centrals(table, end))
    if len(centrals) != end.entries and len(centrals) & 0xFFFF != end.entries:
        raise refused(_("This zip holds another number of files than it says, so nothing of it is read."))
    entries, covered = _located(zip_file, centrals, end)
    remarks = []
    uncovered = end.start - end.stub - covered
    if uncovered > 0:
        remarks.append(
            ngettext(
                "{count} byte of the zip belongs to no file in it.",
                "{count} bytes of the zip belong to no file in it.",
                uncovered,
            ).format(count=uncovered)
        )
    if end.stub:
        remarks.append(_("Other data stands before the zip in this file; it is left out."))
    if end.trailing:
        remarks.append(_("Other data stands after the zip in this file; it is left out."))
    return ZipDirectory(entries, remarks)


def refused(what: str) -> UnsafeSource:
    """The error for a zip of which nothing is read, with what to do next."""
    return UnsafeSource(f"{what} {_('Download the export again, then import that file.')}")


def _find_end(zip_file: Region) -> _End:
    """The record that ends a zip; the one that ends exactly with the file where several look alike."""
    start = max(0, zip_file.size - _END.size - _LONGEST_COMMENT)
    tail = zip_file.read_at(start, zip_file.size - start)
    candidates = []
    position = tail.rfind(b"PK\5\6")
    while position >= 0:
        if position + _END.size <= len(tail):
            comment = _END.unpack_from(tail, position)[7]
            rest = len(tail) - position - _END.size - comment
            if rest >= 0:
                candidates.append((rest, position))
        position = tail.rfind(b"PK\5\6", 0, position)
    for rest, position in sorted(candidates):
        end = _end_at(zip_file, start + position, rest)
        if end is not None:
            return end
    raise NoDirectory


def _end_at(zip_file: Region, position: int, trailing: int) -> _End | None:
    """The end record at ``position`` if it leads to a table of contents."""
    _sig, disk, first_disk, here, entries, size, offset, _comment = _END.unpack(zip_file.read_at(position, _END.size))
    table_end = position
    locator = zip_file.read_at(position - _END64_LOCATOR.size, _END64_LOCATOR.size)
    is_saturated = 0xFFFF in (here, entries) or 0xFFFFFFFF in (size, offset)
    if locator[:4] == b"PK\6\7" and len(locator) == _END64_LOCATOR.size:
        wide = _end64(zip_file, position, locator)
        if wide is None:
            if is_saturated:
                return None
        else:
            table_end, entries64, size64, offset64, disks64 = wide
            if not is_saturated and (entries64, size64, offset64) != (entries, size, offset):
                raise refused(_("This zip has two tables of contents that disagree, so nothing of it is read."))
            entries, size, offset, disk, first_disk = entries64, size64, offset64, disks64, 0
    if disk or first_disk:
        raise UnsafeSource(
            _("This is one piece of a zip in several pieces. Join the pieces first, then import the whole zip.")
        )
    if entries > MAX_ENTRIES or size > _MAX_DIRECTORY:
        raise refused(_("This zip says it holds more files than any export does, so nothing of it is read."))
    start = table_end - size
    stub = start - offset
    if stub < 0 or start < 0:
        return None
    if entries and zip_file.read_at(start, 4) != b"PK\1\2":
        return None
    return _End(entries, start, size, stub, trailing)


def _end64(zip_file: Region, end: int, locator: bytes) -> tuple[int, int, int, int, int] | None:
    """Position, entries, size, offset and disk of the zip64 end record, which stands right before its locator."""
    offset = _END64_LOCATOR.unpack(locator)[2]
    usual = end - _END64_LOCATOR.size - _END64.size
    for position in (usual, offset):
        record = zip_file.read_at(position, _END64.size)
        fields = _END64.unpack(record) if len(record) == _END64.size else ()
        if fields and fields[0] == b"PK\6\6" and position + 12 + fields[1] == end - _END64_LOCATOR.size:
            return position, fields[7], fields[8], fields[9], fields[4] | fields[5]
    return None


def _centrals(table: bytes, end: _End) -> Iterator[_Central]:
    """Each record of the table of contents."""
    position = 0
    while position + _CENTRAL.size <= len(table) and table.startswith(b"PK\1\2", position):
        fields = _CENTRAL.unpack_from(table, position)
        (_sig, _made, system, _needs, _os, flags, method, clock, date, crc, packed, size, name_length, extra_length,
         comment_length, disk, _internal, external, header) = fields  # fmt: skip
        name_end = position + _CENTRAL.size + name_length
        raw = table[position + _CENTRAL.size : name_end]
        extra = table[name_end : name_end + extra_length]
        size, packed, header = with_zip64(extra, size, packed, header)
        if disk not in (0, 0xFFFF):
            raise UnsafeSource(
                _("This is one piece of a zip in several pieces. Join the pieces first, then import the whole zip.")
            )
        entry = ZipEntry(
            name=decoded_name(raw, flags, extra),
            method=method,
            flags=flags,
            crc=crc,
            packed=packed,
            size=size,
            body=0,
            unix_mode=external >> 16 if system in (3, 19) else 0,
            is_contradicted=has_two_names(raw, extra),
            modified=unix_time(date, clock),
        )
        yield _Central(raw, entry, header + end.stub)
        position = name_end + extra_length + comment_length
    if position != len(table):
        raise NoDirectory


def _located(zip_file: Region, centrals: list[_Central], end: _End) -> tuple[list[ZipEntry], int]:
    """The entries with the place of their bodies, in the order of the table; and how many bytes they account for."""
    placed: list[tuple[int, int]] = []
    entries = []
    covered = 0
    for central in centrals:
        entry, stop = _with_body(zip_file, central)
        if stop > end.start:
            if stop > zip_file.size:
                raise NoDirectory
            raise refused(_("Files inside this zip overlap, as no export’s do, so nothing of it is read."))
        entries.append(entry)
        placed.append((central.header, stop))
    placed.sort()
    previous = end.stub
    for start, stop in placed:
        if start < previous:
            raise refused(_("Files inside this zip overlap, as no export’s do, so nothing of it is read."))
        covered += stop - start
        previous = stop
    return entries, covered


def _with_body(zip_file: Region, central: _Central) -> tuple[ZipEntry, int]:
    """The entry as both headers describe it, and where it ends."""
    entry = central.entry
    header = zip_file.read_at(central.header, _LOCAL.size + len(central.raw_name))
    if len(header) < _LOCAL.size or header[:4] != b"PK\3\4":
        raise NoDirectory
    (_sig, _needs, flags, method, _time, _date, crc, packed, size, name_length, extra_length) = _LOCAL.unpack_from(
        header
    )
    body = central.header + _LOCAL.size + name_length + extra_length
    has_descriptor = bool(flags & DESCRIPTOR)
    is_contradicted = (
        entry.is_contradicted
        or header[_LOCAL.size :] != central.raw_name
        or name_length != len(central.raw_name)
        or method != entry.method
        or (flags ^ entry.flags) & ENCRYPTED != 0
    )
    if not has_descriptor and not is_contradicted:
        is_wide = 0xFFFFFFFF in (packed, size)
        is_contradicted = crc != entry.crc or (not is_wide and (packed, size) != (entry.packed, entry.size))
    stop = body + entry.packed
    if has_descriptor:
        stop += _descriptor_size(zip_file.read_at(stop, 24), entry)
    return (
        ZipEntry(
            entry.name, entry.method, entry.flags, entry.crc, entry.packed, entry.size, body, entry.unix_mode,
            is_contradicted=is_contradicted, modified=entry.modified,
        ),
        stop,
    )  # fmt: skip


def _descriptor_size(data: bytes, entry: ZipEntry) -> int:
    """How many bytes repeat the sizes after a body that was written before they were known."""
    for marker in (b"PK\7\x08", b""):
        for layout in ("<LLL", "<LQQ"):
            end = len(marker) + struct.calcsize(layout)
            if len(data) < end or not data.startswith(marker):
                continue
            if struct.unpack_from(layout, data, len(marker)) == (entry.crc, entry.packed, entry.size):
                return end
    return 0
