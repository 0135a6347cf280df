"""The bytes of one zip member, unpacked as they are asked for and never more than the member says it holds.

Only stored and deflated members are read: the other methods can take gigabytes of memory for a few hundred bytes.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable

from archiver.errors import DamagedSource, UnsafeSource
from archiver.i18n import _
from archiver.importers.sources.region import Region
from archiver.importers.sources.zip_entry import DEFLATED, METHOD_NAMES, STORED, ZipEntry

RATIO_LIMIT = 200
RATIO_FREE = 64 << 20
"""Members smaller than this may be packed as tightly as they like."""
_FIRST_BLOCK = 1 << 12
"""Many members are only looked at."""
_BLOCK = 1 << 18


def check_readable(entry: ZipEntry) -> None:
    """Refuse, with a sentence, a member that must not or cannot be read."""
    if entry.is_encrypted:
        raise DamagedSource(
            _(
                "“{name}” is protected with a password. Unpack the zip with your system’s own program and import the"
                " folder that gives."
            ).format(name=entry.name)
        )
    if entry.is_contradicted:
        raise UnsafeSource(
            _("The zip describes “{name}” in two ways that disagree, so it is not read.").format(name=entry.name)
        )
    if entry.method not in (STORED, DEFLATED):
        raise DamagedSource(_packed_rarely(entry))
    if entry.method == STORED and entry.size not in (-1, entry.packed) and not entry.is_cut:
        raise UnsafeSource(_("The zip gives “{name}” two different sizes, so it is not read.").format(name=entry.name))
    if entry.size > RATIO_FREE and entry.size > entry.packed * RATIO_LIMIT and not entry.is_cut:
        raise _is_bomb(entry)


def _packed_rarely(entry: ZipEntry) -> str:
    """The sentence for a member that is packed otherwise than exports are."""
    if method := METHOD_NAMES.get(entry.method):
        return _(
            "“{name}” is packed in a rare way ({method}) that is not read here. Unpack the zip with your system’s own"
            " program and import the folder that gives."
        ).format(name=entry.name, method=method)
    return _(
        "“{name}” is packed in a way that is not known here. Unpack the zip with the program that made it and import"
        " the folder that gives, or download the export again."
    ).format(name=entry.name)


def _is_bomb(entry: ZipEntry) -> UnsafeSource:
    return UnsafeSource(
        _("“{name}” would unpack to more than {ratio} times its size, as no export does, so it is not read.").format(
            name=entry.name, ratio=RATIO_LIMIT
        )
    )


class ZipStream(io.BufferedIOBase):
    """Reads one member from its beginning to its end.

    What is odd (a wrong checksum, a wrong size, an early end) is told to ``on_remark`` and the bytes that could be
    read are still handed out, so that a reader keeps what is good.
    """

    def __init__(self, zip_file: Region, entry: ZipEntry, on_remark: Callable[[str], None]) -> None:
        check_readable(entry)
        self._body = zip_file.part(entry.body, entry.packed)
        self._entry = entry
        self._on_remark = on_remark
        self._unpacker = zlib.decompressobj(-15) if entry.method == DEFLATED else None
        self._place = 0
        self._pending = b""
        self._unpacked = 0
        self._crc = 0
        self._is_done = False
        self.is_damaged = False
        """Whether something odd has been found so far."""

    def readable(self) -> bool:
        """Always."""
        return True

    def read(self, size: int | None = -1, /) -> bytes:
        """Up to ``size`` bytes; everything that is left without it."""
        if size is None or size < 0:
            return b"".join(iter(lambda: self.read(1 << 20), b""))
        pieces = []
        missing = size
        while missing and not self._is_done:
            piece = self._piece(missing)
            pieces.append(piece)
            missing -= len(piece)
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def _piece(self, size: int) -> bytes:
        """Some unpacked bytes, at most ``size``; marks the end when there are no more."""
        try:
            piece = self._unpack(size)
        except zlib.error:
            self._finish(
                _("“{name}” is damaged; what stands before the damage is read.")
                if self._unpacked
                else _("“{name}” is damaged from its beginning on, so nothing of it can be read.")
            )
            return b""
        self._unpacked += len(piece)
        declared = self._entry.size
        if 0 <= declared < self._unpacked:
            piece = piece[: len(piece) - (self._unpacked - declared)]
            self._finish(_("“{name}” holds more than it says; only as much as it says is read."))
        elif self._unpacked > RATIO_FREE and self._unpacked > (self._place + 1) * RATIO_LIMIT:
            self._is_done = True
            raise _is_bomb(self._entry)
        self._crc = zlib.crc32(piece, self._crc)
        if not piece and not self._is_done:
            self._check_end()
        return piece

    def _unpack(self, size: int) -> bytes:
        if self._unpacker is None:
            piece = self._body.read_at(self._place, min(size, 1 << 20))
            self._place += len(piece)
            return piece
        while not self._unpacker.eof:
            if not self._pending:
                self._pending = self._body.read_at(self._place, _BLOCK if self._place else _FIRST_BLOCK)
                self._place += len(self._pending)
                if not self._pending:
                    return self._unpacker.flush()
            piece = self._unpacker.decompress(self._pending, size)
            self._pending = self._unpacker.unconsumed_tail
            if piece:
                return piece
        return b""

    def _check_end(self) -> None:
        entry = self._entry
        is_short = entry.is_cut or (self._unpacker is not None and not self._unpacker.eof)
        if is_short or 0 <= self._unpacked < entry.size:
            self._finish(_("“{name}” ends early; what is there is read."))
        elif entry.crc is not None and entry.crc != self._crc:
            self._finish(_("The checksum of “{name}” is wrong, so some of it may have changed; it is read as it is."))
        else:
            self._is_done = True

    def _finish(self, remark: str) -> None:
        self._is_done = True
        self.is_damaged = True
        self._on_remark(remark.format(name=self._entry.name))
