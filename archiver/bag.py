"""The list of a bag (BagIt, RFC 8493): the SHA-256 of every file in its ``data`` folder, as ``sha256sum -c`` reads it.

The list lies on the same disk as what it lists, so it may be damaged or lost alone; it can be mended from the names of
the originals, which hold the beginning of their SHA-256.
"""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from archiver.copying import hash_if_there, list_hash, size_of, unwatched
from archiver.files import atomic_file, make_private_folder

KEPT_NAME = re.compile(r"\d{4}-\d\d-\d\d-([0-9a-f]{8})-.", re.DOTALL)
"""How the names of originals begin: the day they were kept, and the beginning of their SHA-256."""
_LINE = re.compile(r"([0-9a-f]{64})  (data/.+)")
"""A line of the list of originals; what a damaged disk made of others is none."""


class Bag:
    """One bag on the disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"
        self._list = folder / "manifest-sha256.txt"

    def create(self) -> None:
        """Make an empty bag; an existing one stays as it is, with its list mended."""
        make_private_folder(self.data)
        if not (self.folder / "bagit.txt").exists():
            _write(self.folder / "bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
        if not self._list.exists():
            self.write({})
        self.mend()

    def entries(self) -> dict[str, str]:
        """SHA-256 by path inside the bag (``data/…``)."""
        try:
            text = self._list.read_text("utf-8", "surrogateescape")
        except FileNotFoundError:
            return {}
        entries = {}
        for line in text.split("\n"):
            found = _LINE.fullmatch(line.rstrip("\r"))
            if found and ".." not in PurePosixPath(found[2]).parts:
                digest, path = found.groups()
                entries[path.replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")] = digest
        return entries

    def write(self, entries: Mapping[str, str]) -> None:
        """Make this the list, and say in the bag how much there is in it."""
        lines = (
            f"{digest}  {path.replace('%', '%25').replace(chr(10), '%0A').replace(chr(13), '%0D')}\n"
            for path, digest in sorted(entries.items())
        )
        _write(self._list, "".join(lines))
        size = sum(size_of(self.folder / path) for path in entries)
        _write(
            self.folder / "bag-info.txt",
            f"Bagging-Date: {time.strftime('%Y-%m-%d')}\nPayload-Oxum: {size}.{len(entries)}\n",
        )

    def strays(self, entries: Mapping[str, str]) -> list[str]:
        """Files of the bag that no line of the list knows."""
        names = (path.relative_to(self.folder).as_posix() for path in self.data.rglob("*") if path.is_file())
        return sorted(name for name in names if name not in entries)

    def mend(self) -> None:
        """Take back into the list what was kept whole and is not in it: the list is damaged or gone, or came too late.

        Such an original names the beginning of its own SHA-256; anything else is left for ``check`` to report.
        """
        entries = self.entries()
        groups: dict[str, dict[str, str]] = {}
        for name in self.strays(entries):
            parts = PurePosixPath(name).parts
            if KEPT_NAME.match(parts[1]):
                groups.setdefault(parts[1], {})["/".join(parts[2:])] = hash_if_there(self.folder / name, unwatched)
        found = {
            f"data/{place}/{inner}".rstrip("/"): digest
            for place, hashes in groups.items()
            if place[11:19] == (hashes[""] if "" in hashes else list_hash(hashes))[:8]
            for inner, digest in hashes.items()
        }
        if found:
            self.write({**entries, **found})


def _write(path: Path, text: str) -> None:
    with atomic_file(path) as file:
        file.write(text.encode("utf-8", "surrogateescape"))
