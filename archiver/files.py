"""Writing files so that they survive: whole or not at all, on the disk before anybody is told, readable by the owner.

The order is the one backup programs settled on: a temporary file in the same folder, write, sync, rename, sync the
folder.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from archiver.errors import ArchiveMissing, CannotWrite, DiskFull
from archiver.i18n import _

CHUNK = 1 << 20


def printable(path: str) -> str:
    """A path as text that can be stored and sent on, also where its bytes are no UTF-8."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def make_private_folder(path: Path) -> None:
    """Make a folder and the parents it lacks, all of them open to their owner only."""
    with writing_errors(path):
        for folder in reversed([path, *path.parents]):
            if not folder.exists():
                folder.mkdir(mode=0o700, exist_ok=True)


def require_archive(folder: Path) -> None:
    """Raise ``ArchiveMissing`` for an archive folder that went away, so that nothing begins a new one in its place."""
    if not folder.is_dir():
        raise archive_gone(folder)


def archive_gone(folder: Path) -> ArchiveMissing:
    """What to say of an archive folder that was there before."""
    return ArchiveMissing(
        _("The archive folder {path} is no longer there. Is the disk it lies on still connected?").format(path=folder)
    )


def sync_folder(path: Path) -> None:
    """Make sure that names in a folder are on the disk. Systems that cannot open folders sync them by themselves."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(descriptor)
    except OSError:
        pass
    finally:
        os.close(descriptor)


@contextmanager
def atomic_file(path: Path, *, mode: int = 0o600) -> Iterator[BinaryIO]:
    """A file to write that takes its place at ``path`` when the block ends well, and leaves nothing behind when not.

    Raises ``DiskFull`` or ``CannotWrite``.
    """
    temporary = path.with_name(f".{path.name[:80]}.{os.getpid()}.part")
    with writing_errors(path):
        descriptor = os.open(temporary, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        try:
            with open(descriptor, "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            os.chmod(temporary, mode)
            os.replace(temporary, path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)


@contextmanager
def writing_errors(path: Path) -> Iterator[None]:
    """The system's errors while writing at ``path`` as ours, with a next step."""
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
            raise DiskFull(
                _("There is no room left on the disk for {path}. Nothing was lost; make room and try again.").format(
                    path=path
                )
            ) from error
        raise CannotWrite(
            _("{path} cannot be written ({reason}). Please choose another place or change its permissions.").format(
                path=path, reason=error.strerror or type(error).__name__
            )
        ) from error
