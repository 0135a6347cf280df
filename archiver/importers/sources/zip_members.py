"""Lists the members of a zip, and says what is odd about their names."""

from __future__ import annotations

import re
from typing import BinaryIO, cast

from archiver.errors import DamagedSource
from archiver.i18n import _, ngettext
from archiver.importers.sources.members import CONVERSATIONS, Member, Members
from archiver.importers.sources.region import Region
from archiver.importers.sources.zip_directory import NoDirectory, ZipDirectory, read_directory, refused
from archiver.importers.sources.zip_entry import STORED, ZipEntry
from archiver.importers.sources.zip_salvage import salvage
from archiver.importers.sources.zip_stream import ZipStream, check_readable

_NAMED_AT_MOST = 20
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\..*)?", re.IGNORECASE)
_NOT_PRINTABLE = re.compile("[\0-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def is_zip(whole: Region) -> bool:
    """Whether a file is a zip, also a damaged one or one with something before it."""
    if whole.read_at(0, 4) in (b"PK\3\4", b"PK\5\6"):
        return True
    try:
        return bool(read_directory(whole).entries)
    except NoDirectory:
        return False


def add_zip(zip_file: Region, members: Members, prefix: str) -> None:
    """Add the members of ``zip_file``, each name with ``prefix`` before it."""
    directory = _directory(zip_file)
    where = prefix.removesuffix("!")
    for remark in directory.remarks:
        members.remark(remark, where, is_loss=directory.is_incomplete)
    odd_names = []
    for entry in directory.entries:
        if entry.is_folder or _is_ignored(entry.name):
            continue
        if entry.is_link:
            members.remark(_("This is a link to another place; it is not followed."), prefix + entry.name)
            continue
        if _is_odd(entry.name):
            odd_names.append(entry.name)
        _add_entry(zip_file, entry, members, prefix)
    _remark_odd_names(odd_names, members, where)


def _directory(zip_file: Region) -> ZipDirectory:
    try:
        return read_directory(zip_file)
    except NoDirectory:
        entries = salvage(zip_file)
    if not entries:
        raise DamagedSource(
            _("This zip is damaged and nothing in it can be read. Download the export again, then import that file.")
        )
    return ZipDirectory(
        entries,
        [
            _(
                "The zip ends early or is damaged, so its download was probably not complete. What can be read of it is"
                " imported; download the export again and import that file too."
            )
        ],
        is_incomplete=True,
    )


def _is_ignored(name: str) -> bool:
    """What a Mac adds to a zip."""
    return name.startswith("__MACOSX/") or "/__MACOSX/" in name or name.rsplit("/", 1)[-1] == ".DS_Store"


def _is_odd(name: str) -> bool:
    """Whether unpacking under this name could write elsewhere, or the name misleads the eye."""
    pieces = name.split("/")
    return (
        name.startswith("/")
        or name[1:2] == ":"
        or not name
        or ".." in pieces
        or _NOT_PRINTABLE.search(name) is not None
        or any(_DEVICE.fullmatch(piece) or len(piece.encode()) > 255 for piece in pieces)
    )


def _remark_odd_names(names: list[str], members: Members, where: str) -> None:
    for name in names[:_NAMED_AT_MOST]:
        shown = _NOT_PRINTABLE.sub("\N{REPLACEMENT CHARACTER}", name[:200])
        members.remark(_("“{name}” is an unsafe file name; it is only read, never written.").format(name=shown), where)
    more = len(names) - _NAMED_AT_MOST
    if more > 0:
        members.remark(
            ngettext("{count} more unsafe file name.", "{count} more unsafe file names.", more).format(count=more),
            where,
        )


class ZipMember(Member):
    """A file inside a zip."""

    __slots__ = ("_entry", "_members", "_zip_file")

    def __init__(self, name: str, entry: ZipEntry, zip_file: Region, members: Members) -> None:
        super().__init__(name, entry.size)
        self._entry = entry
        self._zip_file = zip_file
        self._members = members

    @property
    def packed(self) -> int:
        return self._entry.packed

    @property
    def modified(self) -> float | None:
        return self._entry.modified

    @property
    def in_place(self) -> Region | None:
        entry = self._entry
        return self._zip_file.part(entry.body, entry.packed) if entry.method == STORED else None

    def open(self) -> BinaryIO:
        return cast(BinaryIO, ZipStream(self._zip_file, self._entry, self._remark))

    def check(self) -> None:
        check_readable(self._entry)

    def is_same(self, other: Member) -> bool:
        return (
            isinstance(other, ZipMember)
            and self._entry.crc is not None
            and (self._entry.crc, self.size) == (other._entry.crc, other.size)
        )

    def _remark(self, what: str) -> None:
        self._members.remark(what, self.name, is_loss=True)


def _add_entry(zip_file: Region, entry: ZipEntry, members: Members, prefix: str) -> None:
    member = ZipMember(prefix + entry.name, entry, zip_file, members)
    taken = members.by_name.get(member.name)
    if taken is not None:
        if member.is_same(taken):
            members.remark(_("The zip holds this file twice; one is read."), member.name)
            return
        if CONVERSATIONS.fullmatch(member.name):
            raise refused(
                _(
                    "This zip holds two different files called “{name}”, so it is not certain which one is meant."
                ).format(name=member.name)
            )
        members.remark(_("The zip holds two different files of this name; both are kept."), member.name)
        member.name = _free_name(member.name, members)
    members.add(member)


def _free_name(name: str, members: Members) -> str:
    number = 2
    while f"{name} ({number})" in members.by_name:
        number += 1
    return f"{name} ({number})"
