"""A folder that an export writes into: names, what changed, and respect for what a person changed there.

want a key at a name -> where did it stand last time, or where has it been moved? -> same bytes: unchanged
                     -> ours and old: written over      -> edited by hand: ours goes beside, theirs stays
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from archiver.exporters.manifest import NAME as MANIFEST_NAME
from archiver.exporters.manifest import Entry, Manifest
from archiver.exporters.names import file_name, same_to_a_file_system
from archiver.exporters.options import KeptFile
from archiver.exporters.whole_files import filled, hash_of, write_bytes
from archiver.i18n import _

_HEAD = 4096
_ID_LINE = re.compile(rb'^conversation_id: "([^"\\\r\n]+)"\r?$', re.MULTILINE)


class ExportFolder:
    """Writes the files of one export and remembers what it did."""

    def __init__(self, folder: Path, *, dry_run: bool = False) -> None:
        self.folder = folder
        self.manifest = Manifest.read(folder)
        self.written: list[str] = []
        self.updated: list[str] = []
        self.unchanged = 0
        self.kept: list[KeptFile] = []
        self._root = str(folder)
        self._dry_run = dry_run
        self._taken = {same_to_a_file_system(entry.path): entry.key for entry in self.manifest.entries.values()}
        self._taken[same_to_a_file_system(MANIFEST_NAME)] = "manifest"
        self._free: set[str] = set()
        """Names just looked up and found to be nobody's."""
        self._moved: dict[str, str] | None = None

    def place(self, key: str, subfolder: str, stem: str, extension: str, mark: str) -> str:
        """The path for a thing: where it already is, else a free name; ``mark`` tells two of one name apart."""
        entry = self.manifest.entries.get(key)
        if entry is not None and os.path.isfile(self._at(entry.path)):
            return entry.path
        moved = self._moved_files().get(key)
        if moved is not None:
            return moved
        return self._claim(key, subfolder, stem, extension, mark)

    def write(self, key: str, path: str, data: bytes, **about: object) -> str:
        """Bring ``data`` to ``path``; returns where it stands now."""
        digest = hashlib.sha256(data).hexdigest()
        return self._settle(key, path, digest, len(data), lambda target: write_bytes(target, data), about)

    def write_stream(self, key: str, path: str, chunks: Iterable[bytes], **about: object) -> str:
        """The same for what is too long to hold at once."""

        def fill(file: BinaryIO) -> None:
            for chunk in chunks:
                file.write(chunk)

        return self.write_with(key, path, fill, **about)

    def write_with(self, key: str, path: str, fill: Callable[[BinaryIO], None], **about: object) -> str:
        """The same for what ``fill`` writes into an open file."""
        if self._dry_run:
            with tempfile.TemporaryFile() as file:
                fill(file)
                size = file.tell()
                file.seek(0)
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            return self._settle(key, path, digest, size, _nothing, about)
        with filled(self._at(path), fill) as temporary:
            digest, size = hash_of(temporary) or "", os.path.getsize(temporary)
            return self._settle(key, path, digest, size, lambda target: os.replace(temporary, target), about)

    def copy(self, key: str, path: str, size: int, fill: Callable[[BinaryIO], None]) -> bool:
        """Copy an asset unless it is there already, told by its size; says whether it was copied."""
        target = self._at(path)
        if os.path.isfile(target) and not os.path.islink(target) and os.path.getsize(target) == size:
            self.unchanged += 1
            if key not in self.manifest.entries:
                self.manifest.entries[key] = Entry(key, path, hash_of(target) or "", size)
            return False
        if self._dry_run:
            self.written.append(path)
        else:
            self.write_with(key, path, fill)
        return True

    def finish(self) -> None:
        """Write the manifest: last, so that it never names what is not there."""
        data = self.manifest.to_bytes()
        target = self._at(MANIFEST_NAME)
        if self._dry_run or (not self.manifest.entries and not os.path.exists(target)):
            return
        if hash_of(target) != hashlib.sha256(data).hexdigest():
            write_bytes(target, data)

    def _at(self, path: str) -> str:
        return f"{self._root}/{path}"

    def _claim(self, key: str, subfolder: str, stem: str, extension: str, mark: str) -> str:
        """A name that nothing else has, on any file system."""
        attempt = 0
        while True:
            suffix = "" if attempt == 0 else f"-{mark}" if attempt == 1 else f"-{mark}-{attempt}"
            name = file_name(stem, extension, suffix)
            path = f"{subfolder}/{name}" if subfolder else name
            seen = same_to_a_file_system(path)
            owner = self._taken.get(seen)
            if owner == key or (owner is None and not os.path.lexists(self._at(path))):
                self._taken[seen] = key
                self._free.add(path)
                return path
            attempt += 1

    def _settle(
        self, key: str, path: str, digest: str, size: int, put: Callable[[str], None], about: dict[str, object]
    ) -> str:
        before = self.manifest.entries.get(key)
        own = before.own if before is not None else ()
        on_disk = None if path in self._free else hash_of(self._at(path))
        if on_disk is not None and on_disk != digest and (before is None or before.sha256 != on_disk):
            theirs, path = path, self._beside(key, path, digest)
            own = (*own, theirs)
            self.kept.append(KeptFile(theirs, path))
            on_disk = hash_of(self._at(path))
        if on_disk == digest:
            self.unchanged += 1
        else:
            (self.written if on_disk is None else self.updated).append(path)
            if not self._dry_run:
                put(self._at(path))
        self._free.discard(path)
        self.manifest.entries[key] = Entry(key, path, digest, size, own=own, **about)  # type: ignore[arg-type]
        return path

    def _beside(self, key: str, path: str, digest: str) -> str:
        """Where to write what belongs at ``path``, which a person has made their own."""
        pure = PurePosixPath(path)
        folder = "" if pure.parent == PurePosixPath() else str(pure.parent)
        # Translators: added to a file name when a newer version is written beside a file that was edited by hand.
        stem = f"{pure.stem} ({_('from the archive')})"
        usual = str(pure.with_name(file_name(stem, pure.suffix)))
        if hash_of(self._at(usual)) == digest:
            return usual
        return self._claim(key, folder, stem, pure.suffix, hashlib.sha256(key.encode()).hexdigest()[:8])

    def _moved_files(self) -> dict[str, str]:
        """Files that were renamed or moved, by what they are: the id in their front matter tells, or their bytes."""
        if self._moved is None:
            self._moved = {}
            entries = self.manifest.entries.values()
            known = {path for entry in entries for path in (entry.path, *entry.own)}
            gone = {
                (entry.size, entry.sha256): entry.key for entry in entries if not os.path.isfile(self._at(entry.path))
            }
            sizes = {size for size, _digest in gone}
            for file in sorted(self.folder.rglob("*")) if self.folder.is_dir() else ():
                path = file.relative_to(self.folder).as_posix()
                if path in known or file.is_symlink() or not file.is_file():
                    continue
                if file.suffix == ".md" and (id_ := _conversation_id(file)):
                    self._moved.setdefault(f"markdown:{id_}", path)
                elif (size := file.stat().st_size) in sizes and (key := gone.get((size, hash_of(str(file)) or ""))):
                    self._moved.setdefault(key, path)
        return self._moved


def _nothing(_target: str) -> None:
    """What a dry run puts in place."""


def _conversation_id(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            head = opened.read(_HEAD)
    except OSError:
        return ""
    match = _ID_LINE.search(head) if head.startswith(b"---") else None
    return match[1].decode("utf-8", "replace") if match else ""
