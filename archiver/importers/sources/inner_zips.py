"""Looks into the zips inside a zip or folder, where those are what holds the conversations.

The Privacy Portal's download is built like that, and so is a folder of downloads. A zip with conversations of its
own is left alone: zips in it are files that the person once sent in a chat. In a folder, exports lie beside each other.
"""

from __future__ import annotations

import errno
import re
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO, cast

from archiver.errors import ArchiverError, DiskFull, UnsafeSource
from archiver.i18n import _
from archiver.importers.sources.members import Member, Members, basename
from archiver.importers.sources.region import Region
from archiver.importers.sources.zip_members import add_zip

DEEPEST = 2
"""Zips in zips that are looked into."""
_MAX_ZIPS = 64
_ROOM_AT_LEAST = 1 << 30
_ROOM_RATIO = 20
"""Zips hardly shrink when packed again; one that unpacks to more than this is a trap."""
_PORTAL_PART = re.compile(r"(?P<series>(?:.*/)?(?:conversations|files)__[^/]*?)(?P<number>\d{0,9})\.zip", re.IGNORECASE)
_MOST_PARTS = 1_000
_SENT = re.compile("file[-_]")
"""The beginning of the name of a file that was sent in a chat, or made there."""


class _Opener:
    """Opens inner zips until there are too many or they fill the disk."""

    def __init__(self, scratch: Path | None, stack: ExitStack, room: int) -> None:
        self._scratch = scratch
        self._stack = stack
        self._room = room
        self._opened = 0

    def open(self, member: Member) -> Region:
        self._opened += 1
        if self._opened > _MAX_ZIPS:
            raise UnsafeSource(_("There are more zips inside than any export has, so this one is not looked into."))
        if member.in_place is not None:
            member.check()
            return member.in_place
        stream = self._stack.enter_context(member.open())
        return Region.whole(stream if stream.seekable() else self._copied(stream))

    def _temporary_file(self) -> BinaryIO:
        return cast(BinaryIO, tempfile.TemporaryFile(dir=self._scratch))

    def _copied(self, stream: BinaryIO) -> BinaryIO:
        """An unpacked copy in a file without a name, which is gone when the source is closed."""
        copy = self._stack.enter_context(self._temporary_file())
        try:
            while block := stream.read(1 << 20):
                self._room -= len(block)
                if self._room < 0:
                    raise UnsafeSource(_("The zips inside unpack to more than any export does, so they are not read."))
                copy.write(block)
            copy.flush()
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
            raise DiskFull(
                _("There is no room on the disk to unpack the zip inside this one. Make room, then import it again.")
            ) from error
        return copy


def add_inner_zips(members: Members, scratch: Path | None, stack: ExitStack, *, is_folder: bool) -> None:
    """Add the members of inner zips to ``members``, as ``inner.zip!name``."""
    room = max(_ROOM_AT_LEAST, _ROOM_RATIO * sum(member.packed for member in members.by_name.values()))
    opener = _Opener(scratch, stack, room)
    level = members.zips()
    for missing in _missing_parts(level):
        members.remark(_("This part of the download is missing. Import it when you find it."), missing, is_loss=True)
    for _depth in range(DEEPEST):
        if members.has_conversations and not is_folder:
            return
        following = []
        for name in level:
            if is_folder and _SENT.match(basename(name)):
                continue
            inner = Members(members.label)
            try:
                add_zip(opener.open(members.by_name[name]), inner, name + "!")
            except DiskFull:
                raise
            except ArchiverError as error:
                members.remark(str(error), name, is_loss=True)
            if is_folder and not (inner.has_conversations or inner.zips() or _PORTAL_PART.fullmatch(name)):
                continue
            following += inner.zips()
            members.take(inner)
        level = following


def _missing_parts(names: list[str]) -> Iterator[str]:
    """Names of the parts that are not there, as far as a later part of the same series shows it."""
    series: dict[str, list[str]] = {}
    for name in names:
        match = _PORTAL_PART.fullmatch(name)
        if match and match["number"]:
            series.setdefault(match["series"], []).append(match["number"])
    for start, numbers in series.items():
        present = set(map(int, numbers))
        for number in range(1, min(max(present), _MOST_PARTS)):
            if number not in present:
                yield f"{start}{number:0{len(numbers[0])}}.zip"
