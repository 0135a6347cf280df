"""Files of a source hashed, compared and copied, so that a copy is on the disk before anybody relies on it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from archiver.errors import DamagedSource
from archiver.files import CHUNK, make_private_folder, sync_folder, writing_errors
from archiver.i18n import _

OnAmount = Callable[[int], None]
"""Told how many more bytes have been read."""


def unwatched(_amount: int) -> None:
    """For hashing that nobody waits for."""


def files_of(source: Path) -> dict[str, tuple[Path, int]]:
    """The files of a source by their path inside it, sorted; links are not followed."""
    if not source.is_dir():
        return {source.name: (source, size_of(source))}
    found = {}
    for folder, folders, names in os.walk(source):
        folders.sort()
        for name in names:
            path = Path(folder, name)
            if path.is_file() and not path.is_symlink():
                found[path.relative_to(source).as_posix()] = (path, size_of(path))
    return dict(sorted(found.items()))


def size_of(path: Path) -> int:
    """Bytes of a file; none where it is missing."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def hash_of(path: Path, count: OnAmount) -> str:
    """The SHA-256 of a file. Raises ``OSError``."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            count(len(chunk))
    return digest.hexdigest()


def hash_if_there(path: Path, count: OnAmount) -> str:
    """The SHA-256 of a file; empty when it is missing or cannot be read."""
    try:
        return hash_of(path, count)
    except OSError:
        return ""


def list_hash(hashes: dict[str, str]) -> str:
    """The SHA-256 of a folder: that of the list of its files, one ``<sha256>  <path>`` line each, sorted by path."""
    lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(hashes.items()))
    return hashlib.sha256(lines.encode("utf-8", "surrogateescape")).hexdigest()


def are_same(one: Path, other: Path, count: OnAmount) -> bool:
    """Whether two files have the same bytes; not when one is missing or cannot be read."""
    try:
        with one.open("rb") as first, other.open("rb") as second:
            while (chunk := first.read(CHUNK)) == second.read(CHUNK):
                if not chunk:
                    return True
                count(len(chunk))
    except OSError:
        pass
    return False


def copy_file(source: Path, target: Path, count: OnAmount) -> str:
    """Copy a file, so that only its owner may read it and nobody change it; its SHA-256.

    Raises ``DamagedSource`` when it cannot be read to its end, ``DiskFull`` or ``CannotWrite``.
    """
    digest = hashlib.sha256()
    make_private_folder(target.parent)
    with writing_errors(target), target.open("wb") as copy:
        for chunk in _chunks(source):
            copy.write(chunk)
            digest.update(chunk)
            count(len(chunk))
        copy.flush()
        os.fsync(copy.fileno())
        os.fchmod(copy.fileno(), 0o400)
    return digest.hexdigest()


def _chunks(source: Path) -> Iterator[bytes]:
    """The bytes of a file; what its own disk does wrong must not be said of the one that is written to."""
    try:
        with source.open("rb") as file:
            while chunk := file.read(CHUNK):
                yield chunk
    except OSError as error:
        raise DamagedSource(
            _("{path} cannot be read ({reason}). Please check that the file is still there.").format(
                path=source, reason=error.strerror
            )
        ) from error


def put_in_place(incoming: Path, place: Path, names: Sequence[str] | None) -> None:
    """Move a copy to its place. Of a folder, ``names`` are the files; a damaged one is replaced file by file."""
    with writing_errors(place):
        if names is None:
            os.replace(next(incoming.iterdir()), place)
        else:
            for folder, _folders, _names in os.walk(incoming):
                sync_folder(Path(folder))
            if place.exists():
                for name in names:
                    make_private_folder((place / name).parent)
                    os.replace(incoming / name, place / name)
                    sync_folder((place / name).parent)
            else:
                os.replace(incoming, place)
    sync_folder(place.parent)
