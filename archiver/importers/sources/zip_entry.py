"""One member of a zip as its headers describe it, and how header fields are read.

Names are text to show and to compare, never paths: nothing is ever written under them.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime

STORED, DEFLATED = 0, 8
ENCRYPTED = 0x0001
DESCRIPTOR = 0x0008
_STRONGLY_ENCRYPTED = 0x0040
_UTF8 = 0x0800
_HEADERS_MASKED = 0x2000
_ANY_ENCRYPTION = ENCRYPTED | _STRONGLY_ENCRYPTED | _HEADERS_MASKED
_ZIP64_EXTRA = 0x0001
_UNICODE_PATH_EXTRA = 0x7075
_SATURATED = 0xFFFFFFFF
_FIRST_YEAR, _LAST_YEAR = 2022, 2100

METHOD_NAMES = {
    1: "Shrink", 6: "Implode", 9: "Deflate64", 12: "bzip2", 14: "LZMA", 93: "Zstandard", 95: "XZ", 98: "PPMd",
    99: "AES",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ZipEntry:
    """Where a member's bytes lie and what they should be."""

    name: str
    method: int
    flags: int
    crc: int | None
    """None when the source does not say."""
    packed: int
    size: int
    """Unpacked; -1 when the source does not say."""
    body: int
    """Offset of the packed bytes in the zip."""
    unix_mode: int = 0
    is_cut: bool = False
    """The file ends before the member does."""
    is_contradicted: bool = False
    """The two headers of this member describe different things."""
    modified: float | None = None
    """When the member was written, as UTC; zips do not tell the time zone."""

    @property
    def is_folder(self) -> bool:
        """Whether this entry only names a folder."""
        return self.name.endswith("/")

    @property
    def is_link(self) -> bool:
        """Whether unpacking would make a link instead of a file."""
        return self.unix_mode & 0o170000 == 0o120000

    @property
    def is_encrypted(self) -> bool:
        """Whether a password is needed."""
        return bool(self.flags & _ANY_ENCRYPTION) or self.method == 99


def unix_time(date: int, clock: int) -> float | None:
    """A header's date and time; None for one that no export can have been made at."""
    year, month, day = 1980 + (date >> 9), date >> 5 & 15, date & 31
    if not _FIRST_YEAR <= year < _LAST_YEAR:
        return None
    try:
        moment = datetime(year, month, day, clock >> 11, clock >> 5 & 63, (clock & 31) * 2, tzinfo=UTC)
    except ValueError:
        return None
    return moment.timestamp()


def decoded_name(raw: bytes, flags: int, extra: bytes) -> str:
    """A member's name as text: marked UTF-8, else a checked Unicode field, else UTF-8 that fits, else code page 437."""
    if flags & _UTF8:
        name = raw.decode("utf-8", "replace")
    else:
        name = _unicode_path(raw, extra) or _utf8_or_437(raw)
    name = name.replace("\\", "/")
    while name.startswith("./"):
        name = name[2:]
    return name


def has_two_names(raw: bytes, extra: bytes) -> bool:
    """Whether the Unicode field gives a member another name than its plain one, which needs no such field."""
    unicode = _unicode_path(raw, extra)
    return unicode != "" and raw.isascii() and b"?" not in raw and unicode != raw.decode("ascii")


def _utf8_or_437(raw: bytes) -> str:
    """Macs write UTF-8 without saying so; bytes of another code page are hardly ever valid UTF-8."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp437")


def _unicode_path(raw: bytes, extra: bytes) -> str:
    field = extra_field(extra, _UNICODE_PATH_EXTRA)
    if len(field) < 6 or field[0] != 1 or int.from_bytes(field[1:5], "little") != zlib.crc32(raw):
        return ""
    try:
        return field[5:].decode("utf-8")
    except UnicodeDecodeError:
        return ""


def extra_field(extra: bytes, wanted: int) -> bytes:
    """The content of the first extra field with this id; empty when there is none."""
    position = 0
    while position + 4 <= len(extra):
        identity, length = struct.unpack_from("<HH", extra, position)
        if identity == wanted:
            return extra[position + 4 : position + 4 + length]
        position += 4 + length
    return b""


def with_zip64(extra: bytes, *values: int) -> list[int]:
    """``values`` with those that are too big for 32 bits taken from the zip64 field, in its fixed order."""
    wide = extra_field(extra, _ZIP64_EXTRA)
    result = []
    for value in values:
        is_wide = value == _SATURATED and len(wide) >= 8
        result.append(int.from_bytes(wide[:8], "little") if is_wide else value)
        wide = wide[8:] if is_wide else wide
    return result
