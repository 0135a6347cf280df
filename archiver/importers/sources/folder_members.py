"""The files of an unpacked export. Links are not followed, and only plain files are read."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO

from archiver.errors import DamagedSource, UnsafeSource
from archiver.i18n import _
from archiver.importers.sources.members import Member, Members

MAX_FILES = 200_000
IGNORED_FOLDERS = frozenset({"__MACOSX", ".git", "node_modules", ".Trash"})
IGNORED_FILES = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})


class FileMember(Member):
    """A file of a folder."""

    __slots__ = ("_path",)

    def __init__(self, name: str, size: int, path: Path) -> None:
        super().__init__(name, size)
        self._path = path

    def open(self) -> BinaryIO:
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        try:
            return os.fdopen(os.open(self._path, flags), "rb", buffering=1 << 18)
        except OSError as error:
            raise DamagedSource(
                _("“{name}” cannot be opened: {reason}.").format(name=self.name, reason=error.strerror)
            ) from error


def folder_members(folder: Path, members: Members) -> None:
    """Add every file below ``folder``, in the order of their names."""
    waiting = [(folder, "")]
    while waiting:
        here, prefix = waiting.pop()
        try:
            entries = sorted(os.scandir(here), key=lambda entry: entry.name)
        except OSError as error:
            members.remark(_("This folder cannot be opened: {reason}.").format(reason=error.strerror), prefix)
            continue
        folders = []
        for entry in entries:
            name = _text(prefix + entry.name)
            if entry.is_symlink():
                members.remark(_("This is a link to another place; it is not followed."), name)
            elif entry.is_dir(follow_symlinks=False):
                if entry.name not in IGNORED_FOLDERS:
                    folders.append((Path(entry.path), prefix + entry.name + "/"))
            elif entry.is_file(follow_symlinks=False) and entry.name not in IGNORED_FILES:
                size = entry.stat(follow_symlinks=False).st_size
                members.add(FileMember(name, size, Path(entry.path)))
        if len(members.by_name) > MAX_FILES:
            raise UnsafeSource(
                _("This folder holds more files than any export does. Choose the folder of the export itself.")
            )
        waiting.extend(reversed(folders))


def _text(name: str) -> str:
    """A file name as text that can be stored, also where its bytes are no UTF-8."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
