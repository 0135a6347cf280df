"""The files of an unpacked export. Links are not followed, and only plain files are read."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from archiver.errors import DamagedSource, UnsafeSource
from archiver.i18n import _
from archiver.importers.members import Member, Members

MAX_FILES = 200_000
IGNORED_FOLDERS = frozenset({"__MACOSX", ".git", "node_modules", ".Trash"})
IGNORED_FILES = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})


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
                members.add(Member(name, size, size, _opener(Path(entry.path), name)))
        if len(members.by_name) > MAX_FILES:
            raise UnsafeSource(
                _("This folder holds more files than any export does. Choose the folder of the export itself.")
            )
        waiting.extend(reversed(folders))


def _text(name: str) -> str:
    """A file name as text that can be stored, also where its bytes are no UTF-8."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _opener(path: Path, name: str) -> Callable[[], BinaryIO]:
    def open_file() -> BinaryIO:
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        try:
            return os.fdopen(os.open(path, flags), "rb", buffering=1 << 18)
        except OSError as error:
            raise DamagedSource(
                _("“{name}” cannot be opened: {reason}.").format(name=name, reason=error.strerror)
            ) from error

    return open_file
