"""Files that appear whole or not at all: written under another name beside their place, then moved there.

They are not synced one by one as the archive's own files are: an export can be made again at any time, and two thousand
syncs would take longer than the export.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from archiver.files import writing_errors

_FLAGS = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def write_bytes(target: str, data: bytes) -> None:
    """Bring ``data`` to ``target``. Raises ``DiskFull`` or ``CannotWrite``."""
    with writing_errors(Path(target)):
        temporary, descriptor = _open_beside(target)
        try:
            try:
                rest = memoryview(data)
                while rest:
                    rest = rest[os.write(descriptor, rest) :]
            finally:
                os.close(descriptor)
            os.replace(temporary, target)
        except BaseException:
            _forget(temporary)
            raise


@contextmanager
def filled(target: str, fill: Callable[[BinaryIO], None]) -> Iterator[str]:
    """The name of a finished temporary file beside ``target``; it is gone at the end unless it was moved away."""
    with writing_errors(Path(target)):
        temporary, descriptor = _open_beside(target)
        try:
            with open(descriptor, "wb") as file:
                fill(file)
            yield temporary
        finally:
            _forget(temporary)


def hash_of(path: str) -> str | None:
    """SHA-256 of a file; None when there is none. A link is not followed: it is something a person put there."""
    try:
        if stat.S_ISLNK(os.lstat(path).st_mode):
            return "link"
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return None
    except OSError:
        return "unreadable"


def _open_beside(target: str) -> tuple[str, int]:
    folder, name = os.path.split(target)
    temporary = os.path.join(folder, f".{os.getpid()}-{hashlib.sha256(name.encode()).hexdigest()[:12]}.part")
    try:
        return temporary, os.open(temporary, _FLAGS, 0o666)
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)
    except FileExistsError:
        # Left by an export that was cut off and had the number of this process.
        os.unlink(temporary)
    return temporary, os.open(temporary, _FLAGS, 0o666)


def _forget(temporary: str) -> None:
    with suppress(FileNotFoundError):
        os.unlink(temporary)
