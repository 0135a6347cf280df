"""A folder that an export writes into: names, whole files or none, and respect for what a person changed there.

    want a key at a name -> where did it stand last time, or where has it been moved? -> same bytes: unchanged
                         -> ours and old: written over      -> edited by hand: ours goes beside, theirs stays

Each file is written under another name and then moved into place. It is not synced one by one: an export can be made
again at any time, and two thousand syncs would take longer than the export.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from archiver.exporters.manifest import NAME as MANIFEST_NAME
from archiver.exporters.manifest import Entry, Manifest
from archiver.exporters.names import file_name, same_to_a_file_system
from archiver.exporters.options import KeptFile
from archiver.files import writing_errors
from archiver.i18n import _
from archiver.reports import StoredAsset

CHUNK = 1 << 20
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
        self._dry_run = dry_run
        self._taken = {same_to_a_file_system(entry.path): entry.key for entry in self.manifest.entries.values()}
        self._taken[same_to_a_file_system(MANIFEST_NAME)] = "manifest"
        self._moved: dict[str, str] | None = None
        self._made: set[Path] = set()

    def place(self, key: str, subfolder: str, stem: str, extension: str, mark: str) -> str:
        """The path for a thing: where it already is, else a free name; ``mark`` tells two of one name apart."""
        entry = self.manifest.entries.get(key)
        if entry is not None and (self.folder / entry.path).is_file():
            return entry.path
        moved = self._moved_files().get(key)
        if moved is not None:
            return moved
        return self._claim(key, subfolder, stem, extension, mark)

    def _claim(self, key: str, subfolder: str, stem: str, extension: str, mark: str) -> str:
        attempt = 0
        while True:
            suffix = "" if attempt == 0 else f"-{mark}" if attempt == 1 else f"-{mark}-{attempt}"
            path = str(PurePosixPath(subfolder) / file_name(stem, extension, suffix))
            seen = same_to_a_file_system(path)
            owner = self._taken.get(seen)
            if owner == key or (owner is None and not os.path.lexists(self.folder / path)):
                self._taken[seen] = key
                return path
            attempt += 1

    def write(self, entry_key: str, path: str, data: bytes, **about: object) -> str:
        """Bring ``data`` to ``path``; returns where it stands now."""
        return self._settle(
            entry_key, path, hashlib.sha256(data).hexdigest(), len(data), lambda file: file.write(data), about
        )

    def write_stream(self, entry_key: str, path: str, chunks: Iterable[bytes], **about: object) -> str:
        """The same for what is too long to hold at once."""

        def fill(file: BinaryIO) -> None:
            for chunk in chunks:
                file.write(chunk)

        return self.write_with(entry_key, path, fill, **about)

    def write_with(self, entry_key: str, path: str, fill: Callable[[BinaryIO], None], **about: object) -> str:
        """The same for what ``fill`` writes into an open file; it goes to a temporary file first."""
        if self._dry_run:
            with tempfile.TemporaryFile() as file:
                fill(file)
                size = file.tell()
                file.seek(0)
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            return self._settle(entry_key, path, digest, size, _nothing, about)
        with self._temporary(path) as (temporary, file):
            fill(file)
            file.close()
            place = self._settle(
                entry_key, path, _hash_file(temporary) or "", temporary.stat().st_size, temporary, about
            )
            temporary.unlink(missing_ok=True)
            return place

    def copy(
        self,
        key: str,
        path: str,
        size: int,
        asset: StoredAsset,
        copy_asset: Callable[[StoredAsset, BinaryIO], None],
    ) -> bool:
        """Copy an asset unless it is there already, told by its size; says whether it was copied."""
        target = self.folder / path
        if target.is_file() and not target.is_symlink() and target.stat().st_size == size:
            self.unchanged += 1
            self.manifest.entries.setdefault(key, Entry(key, path, _hash_file(target) or "", size))
            return False
        if not self._dry_run:
            with self._temporary(path) as (temporary, file):
                copy_asset(asset, file)
                file.close()
                os.replace(temporary, target)
        self.written.append(path)
        self.manifest.entries[key] = Entry(key, path, _hash_file(target) or "", size)
        return True

    def _settle(
        self,
        key: str,
        path: str,
        digest: str,
        size: int,
        source: Path | Callable[[BinaryIO], object],
        about: dict[str, object],
    ) -> str:
        before = self.manifest.entries.get(key)
        own = before.own if before is not None else ()
        target = self.folder / path
        on_disk = _hash_file(target)
        if on_disk == digest:
            self.unchanged += 1
        elif on_disk is None:
            self._put(path, source)
            self.written.append(path)
        elif before is not None and before.sha256 == on_disk:
            self._put(path, source)
            self.updated.append(path)
        else:
            theirs, path = path, self._beside(key, path)
            own = (*own, theirs)
            is_new = _hash_file(self.folder / path) is None
            if _hash_file(self.folder / path) == digest:
                self.unchanged += 1
            else:
                self._put(path, source)
                (self.written if is_new else self.updated).append(path)
            self.kept.append(KeptFile(theirs, path))
        self.manifest.entries[key] = Entry(key, path, digest, size, own=own, **about)  # type: ignore[arg-type]
        return path

    def _beside(self, key: str, path: str) -> str:
        pure = PurePosixPath(path)
        # Translators: added to a file name when a newer version is written beside a file that was edited by hand.
        stem = f"{pure.stem} ({_('from the archive')})"
        return self._claim(key, str(pure.parent) if str(pure.parent) != "." else "", stem, pure.suffix, key[-8:])

    def _put(self, path: str, source: Path | Callable[[BinaryIO], object]) -> None:
        if self._dry_run:
            return
        target = self.folder / path
        with writing_errors(target):
            if isinstance(source, Path):
                self._make_parent(target)
                os.replace(source, target)
                return
            with self._temporary(path) as (temporary, file):
                source(file)
                file.close()
                os.replace(temporary, target)

    @contextmanager
    def _temporary(self, path: str) -> Iterator[tuple[Path, BinaryIO]]:
        """A file beside ``path`` to write into; whoever asks for it moves it into place."""
        target = self.folder / path
        with writing_errors(target):
            self._make_parent(target)
            temporary = target.with_name(f".{os.getpid()}.{hashlib.sha256(path.encode()).hexdigest()[:12]}.part")
            flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
            try:
                descriptor = os.open(temporary, flags, 0o666)
            except FileExistsError:
                # Left by an export that was cut off and had the number of this process.
                temporary.unlink()
                descriptor = os.open(temporary, flags, 0o666)
            try:
                with open(descriptor, "wb") as file:
                    yield temporary, file
            except BaseException:
                temporary.unlink(missing_ok=True)
                raise

    def _make_parent(self, target: Path) -> None:
        if target.parent not in self._made:
            target.parent.mkdir(parents=True, exist_ok=True)
            self._made.add(target.parent)

    def _moved_files(self) -> dict[str, str]:
        """Files that were renamed or moved, by what they are: the id in their front matter tells, or their bytes."""
        if self._moved is None:
            known = {entry.path for entry in self.manifest.entries.values()}
            known.update(path for entry in self.manifest.entries.values() for path in entry.own)
            gone = {
                (entry.size, entry.sha256): entry.key
                for entry in self.manifest.entries.values()
                if not (self.folder / entry.path).is_file()
            }
            sizes = {size for size, _digest in gone}
            self._moved = {}
            for file in sorted(self.folder.rglob("*")) if self.folder.is_dir() else ():
                path = file.relative_to(self.folder).as_posix()
                if path in known or file.is_symlink() or not file.is_file():
                    continue
                if file.suffix == ".md" and (id_ := _conversation_id(file)):
                    self._moved.setdefault(f"markdown:{id_}", path)
                elif (size := file.stat().st_size) in sizes and (key := gone.get((size, _hash_file(file) or ""))):
                    self._moved.setdefault(key, path)
        return self._moved

    def finish(self) -> None:
        """Write the manifest: last, so that it never names what is not there."""
        data = self.manifest.to_bytes()
        target = self.folder / MANIFEST_NAME
        if self._dry_run or (not self.manifest.entries and not target.exists()):
            return
        if _hash_file(target) != hashlib.sha256(data).hexdigest():
            self._put(MANIFEST_NAME, lambda file: file.write(data))


def _hash_file(path: Path) -> str | None:
    """SHA-256 of a file; None when there is none. A link is not followed and counts as a file of the person's."""
    try:
        if path.is_symlink():
            return "link"
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return None
    except OSError:
        return "unreadable"


def _nothing(_file: BinaryIO) -> None:
    """What a dry run writes."""


def _conversation_id(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            head = opened.read(_HEAD)
    except OSError:
        return ""
    match = _ID_LINE.search(head) if head.startswith(b"---") else None
    return match[1].decode("utf-8", "replace") if match else ""
