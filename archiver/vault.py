"""originals/: every source exactly as it came, in a BagIt bag (RFC 8493) that ``sha256sum -c`` can check.

An original is written once and never changed. A zip or a JSON file becomes one file; a folder becomes a folder, and its
SHA-256 is that of its own list of files, one ``<sha256>  <path>`` line each, sorted by path.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import time
import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from archiver.errors import Cancelled, DamagedSource
from archiver.files import CHUNK, atomic_file, make_private_folder, printable, sync_folder, writing_errors
from archiver.i18n import _

OnBytes = Callable[[int, int, str], None]
_KEPT_NAME = re.compile(r"\d{4}-\d\d-\d\d-([0-9a-f]{8})-.", re.DOTALL)
"""How the names of originals begin: the day they were kept, and the beginning of their SHA-256."""
_LINE = re.compile(r"([0-9a-f]{64})  (data/.+)")
"""A line of the list of originals; what a damaged disk made of others is none."""
_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*\u200b-\u200f\u202a-\u202e\u2060-\u2069\ud800-\udfff]')


@dataclass(frozen=True, slots=True)
class Original:
    """A kept source."""

    path: str
    """Relative to the archive folder, with forward slashes."""
    sha256: str
    size: int
    is_new: bool
    is_mended: bool = False
    """Whether the kept copy was missing or damaged, and is whole again now."""


class Vault:
    """The originals of one archive folder."""

    def __init__(self, archive: Path) -> None:
        self._archive = archive
        self.folder = archive / "originals"
        self._data = self.folder / "data"

    def create(self) -> None:
        """Make an empty bag; an existing one stays as it is."""
        make_private_folder(self._data)
        if not (self.folder / "bagit.txt").exists():
            _write(self.folder / "bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
        if not (self.folder / "manifest-sha256.txt").exists():
            self._write_manifest({})
        else:
            self.mend_list()

    def keep(
        self,
        source: Path,
        on_bytes: OnBytes,
        cancelled: Callable[[], bool],
        *,
        only: Collection[str] | None = None,
        name: str = "",
    ) -> Original:
        """Copy a zip, JSON file or folder into the bag, synced to disk; exactly the same bytes are kept once only.

        Of a folder, ``only`` names the files to keep, by their path inside it. ``name`` is what to call the source when
        that is not the name of its file. Raises ``Cancelled``, ``DiskFull``, ``CannotWrite``, or ``DamagedSource`` when
        the source cannot be read.
        """
        files = {name: found for name, found in _files_of(source).items() if only is None or name in only}
        total = sum(size for _, size in files.values())
        manifest = self.manifest()
        manifest = self.manifest()

        def counter(whole: int) -> Callable[[int], None]:
            done = 0

            def count(amount: int) -> None:
                nonlocal done
                done += amount
                on_bytes(done, whole, source.name)
                if cancelled():
                    raise Cancelled(_("Stopped. Nothing of this source was kept yet; start again any time."))

            return count

        if _might_be_known(total, manifest, self._archive):
            count = counter(2 * total)
            hashes = {name: _hash_if_there(path, count) for name, (path, _size) in files.items()}
            known = self._known(hashes, source, {name: path for name, (path, _size) in files.items()}, count)
            if known:
                return Original(known, _identity(hashes, source), total, is_new=False)
        incoming = self._archive / "tmp" / f"incoming-{os.getpid()}-{time.monotonic_ns()}"
        make_private_folder(incoming)
        try:
            hashes = {}
            count = counter(total)
            for inner, (path, _size) in files.items():
                with writing_errors(self._archive):
                    hashes[inner] = _copy(path, incoming / inner, count)
            sha256 = _identity(hashes, source)
            known = self._known(hashes, source, {name: incoming / name for name in files}, _ignore)
            if known:
                return Original(known, sha256, total, is_new=False)
            listed = next((original.path for original in self.originals() if original.sha256 == sha256), "")
            place = self._archive / listed if listed else self._new_place(sha256, name or source.name)
            _put(incoming, place, list(hashes) if source.is_dir() else None)
            if not listed:
                self._write_manifest({**self.manifest(), **_entries(place, hashes, source)})
            return Original(f"originals/data/{place.name}", sha256, total, is_new=not listed, is_mended=bool(listed))
        finally:
            shutil.rmtree(incoming, ignore_errors=True)

    def _new_place(self, sha256: str, name: str) -> Path:
        """Where a source is to be kept that is not kept yet; never the place of another one."""
        name = safe_name(printable(name))
        number = 1
        while True:
            place = (
                self._data / f"{time.strftime('%Y-%m-%d')}-{sha256[:8]}-{name if number == 1 else f'{number}-{name}'}"
            )
            if not os.path.lexists(place):
                return place
            number += 1

    def has_originals(self) -> bool:
        """Whether anything was ever kept here, also when the list of it is gone."""
        return bool(self.manifest()) or any(_KEPT_NAME.match(path.name) for path in self._data.glob("*"))

    def take_back(self, original: Original) -> None:
        """Undo ``keep`` of a source that turned out to be no export; the person's own file is untouched."""
        place = self._archive / original.path
        self._write_manifest(
            {
                path: digest
                for path, digest in self.manifest().items()
                if not f"originals/{path}/".startswith(f"{original.path}/")
            }
        )
        if place.is_dir():
            shutil.rmtree(place, ignore_errors=True)
        else:
            place.unlink(missing_ok=True)

    def manifest(self) -> dict[str, str]:
        """SHA-256 by path inside the bag (``data/…``)."""
        try:
            text = (self.folder / "manifest-sha256.txt").read_text("utf-8", "surrogateescape")
        except FileNotFoundError:
            return {}
        entries = {}
        for line in text.split("\n"):
            if found := _LINE.fullmatch(line):
                digest, path = found.groups()
                entries[path.replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")] = digest
        return entries

    def originals(self) -> list[Original]:
        """Every kept source, in the order of their names (so by day of import)."""
        grouped: dict[str, dict[str, str]] = {}
        for path, digest in self.manifest().items():
            parts = PurePosixPath(path).parts
            grouped.setdefault(parts[1], {})["/".join(parts[2:])] = digest
        found = []
        for name, hashes in sorted(grouped.items()):
            sha256 = hashes[""] if "" in hashes else _list_hash(hashes)
            place = self._data / name
            size = sum(size for _, size in _files_of(place).values()) if place.exists() else 0
            found.append(Original(f"originals/data/{name}", sha256, size, is_new=False))
        return found

    def kept_at(self, original: Original) -> float:
        """When an original was kept: the time of its file, unless copying has changed that; its name has the day."""
        day = PurePosixPath(original.path).name[:10]
        try:
            written = (self._archive / original.path).stat().st_mtime
            if time.strftime("%Y-%m-%d", time.localtime(written)) == day:
                return written
            return time.mktime(time.strptime(day, "%Y-%m-%d"))
        except (OSError, ValueError, OverflowError):
            return time.time()

    def check(self, on_bytes: OnBytes, cancelled: Callable[[], bool]) -> Iterator[tuple[str, str]]:
        """Hash every original again: (path, what is wrong with it; empty when nothing is).

        Also names files of the bag that no manifest line knows.
        """
        manifest = self.manifest()
        sizes = {path: _size(self.folder / path) for path in manifest}
        total, done = sum(sizes.values()), 0
        for path, digest in manifest.items():
            if cancelled():
                raise Cancelled(_("Stopped before everything was checked."))
            shown = f"originals/{path}"
            start = done

            def count(amount: int, shown: str = shown) -> None:
                nonlocal done
                done += amount
                on_bytes(done, total, shown)

            try:
                actual = _hash(self.folder / path, count)
            except FileNotFoundError:
                yield shown, _("This original is missing.")
            except OSError as error:
                yield shown, _("This original cannot be read ({reason}).").format(reason=error.strerror)
            else:
                yield shown, "" if actual == digest else _("This original is not what was kept: its SHA-256 differs.")
            done = start + sizes[path]
        if not manifest and any(self._data.glob("*")):
            yield "originals/manifest-sha256.txt", _("The list of originals is missing or empty.")
            return
        for stray in self._strays(manifest):
            yield f"originals/{stray}", _("This file is not in the list of originals.")

    def _strays(self, manifest: dict[str, str]) -> list[str]:
        """Files of the bag that no manifest line knows."""
        names = (path.relative_to(self.folder).as_posix() for path in self._data.rglob("*") if path.is_file())
        return sorted(name for name in names if name not in manifest)

    def mend_list(self) -> None:
        """Take back into the list what was kept whole and is not in it: the list is damaged or gone, or came too late.

        Such an original names the beginning of its own SHA-256; anything else is left for ``check`` to report.
        """
        manifest = self.manifest()
        groups: dict[str, dict[str, str]] = {}
        for name in self._strays(manifest):
            parts = PurePosixPath(name).parts
            if _KEPT_NAME.match(parts[1]):
                groups.setdefault(parts[1], {})["/".join(parts[2:])] = _hash(self.folder / name, _ignore)
        found = {
            f"data/{place}/{inner}".rstrip("/"): digest
            for place, hashes in groups.items()
            if place[11:19] == (hashes[""] if "" in hashes else _list_hash(hashes))[:8]
            for inner, digest in hashes.items()
        }
        if found:
            self._write_manifest({**manifest, **found})

    def _known(self, hashes: dict[str, str], source: Path, given: dict[str, Path], count: Callable[[int], None]) -> str:
        """Where a source with these hashes is kept already, whole; empty when it is not. ``given`` are its files.

        The kept bytes themselves are looked at: a list says nothing about what a disk has done to them since. They are
        compared with those of the source, which takes a fifth of the time of hashing them.
        """
        sha256 = _identity(hashes, source)
        for original in self.originals():
            place = self._archive / original.path
            if place.name[11:19] != sha256[:8] or place.is_dir() != source.is_dir():
                continue
            files = {place / name if source.is_dir() else place: path for name, path in given.items()}
            if all(_are_same(kept, path, count) for kept, path in files.items()):
                if original.sha256 != sha256:
                    # It is the list that is damaged.
                    self._write_manifest({**self.manifest(), **_entries(place, hashes, source)})
                return original.path
        return ""

    def identity(self, original: Original, count: Callable[[int], None]) -> str:
        """The SHA-256 that an original has now, which is another one than it was kept with when it is damaged.

        Empty when it is missing or cannot be read.
        """
        place = self._archive / original.path
        if not place.is_dir():
            return _hash_if_there(place, count)
        inside = f"data/{place.name}/"
        names = [path.removeprefix(inside) for path in self.manifest() if path.startswith(inside)]
        return _list_hash({name: _hash_if_there(place / name, count) for name in names})

    def _write_manifest(self, entries: dict[str, str]) -> None:
        lines = (
            f"{digest}  {path.replace('%', '%25').replace(chr(10), '%0A').replace(chr(13), '%0D')}\n"
            for path, digest in sorted(entries.items())
        )
        _write(self.folder / "manifest-sha256.txt", "".join(lines))
        size = sum(_size(self.folder / path) for path in entries)
        _write(
            self.folder / "bag-info.txt",
            f"Bagging-Date: {time.strftime('%Y-%m-%d')}\nPayload-Oxum: {size}.{len(entries)}\n",
        )


def _entries(place: Path, hashes: dict[str, str], source: Path) -> dict[str, str]:
    """The lines of the list for an original kept at ``place``."""
    inside = [f"data/{place.name}/{inner}" if source.is_dir() else f"data/{place.name}" for inner in hashes]
    return dict(zip(inside, hashes.values(), strict=True))


def _put(incoming: Path, place: Path, names: Sequence[str] | None) -> None:
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


def safe_name(name: str, limit: int = 100) -> str:
    """A file name legal on every system, at most ``limit`` bytes, that keeps letters of every script and the ending."""
    name = _UNSAFE.sub("_", unicodedata.normalize("NFC", name)).strip(". ") or "export"
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 10:
        stem, dot, ending = name, "", ""
    room = limit - len((dot + ending).encode())
    return stem.encode()[:room].decode(errors="ignore") + dot + ending


def _files_of(source: Path) -> dict[str, tuple[Path, int]]:
    """The files of a source by their path inside it, sorted; links are not followed."""
    if not source.is_dir():
        return {source.name: (source, _size(source))}
    found = {}
    for folder, folders, names in os.walk(source):
        folders.sort()
        for name in names:
            path = Path(folder, name)
            if path.is_file() and not path.is_symlink():
                found[path.relative_to(source).as_posix()] = (path, _size(path))
    return dict(sorted(found.items()))


def _might_be_known(total: int, manifest: dict[str, str], archive: Path) -> bool:
    """Whether an original of this size is kept: only then is it worth hashing before copying."""
    sizes: dict[str, int] = {}
    for path in manifest:
        group = "/".join(PurePosixPath(path).parts[:2])
        sizes[group] = sizes.get(group, 0) + _size(archive / "originals" / path)
    return total in sizes.values()


def _identity(hashes: dict[str, str], source: Path) -> str:
    return _list_hash(hashes) if source.is_dir() else next(iter(hashes.values()))


def _list_hash(hashes: dict[str, str]) -> str:
    lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(hashes.items()))
    return hashlib.sha256(lines.encode("utf-8", "surrogateescape")).hexdigest()


def _hash(path: Path, count: Callable[[int], None]) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            count(len(chunk))
    return digest.hexdigest()


def _hash_if_there(path: Path, count: Callable[[int], None]) -> str:
    """The SHA-256 of a file; empty when it is missing or cannot be read."""
    try:
        return _hash(path, count)
    except OSError:
        return ""


def _are_same(one: Path, other: Path, count: Callable[[int], None]) -> bool:
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


def _copy(source: Path, target: Path, count: Callable[[int], None]) -> str:
    digest = hashlib.sha256()
    make_private_folder(target.parent)
    try:
        file = source.open("rb")
    except OSError as error:
        raise DamagedSource(
            _("{path} cannot be read ({reason}). Please check that the file is still there.").format(
                path=source, reason=error.strerror
            )
        ) from error
    with file, target.open("wb") as copy:
        while chunk := file.read(CHUNK):
            copy.write(chunk)
            digest.update(chunk)
            count(len(chunk))
        copy.flush()
        os.fsync(copy.fileno())
        os.fchmod(copy.fileno(), 0o400)
    return digest.hexdigest()


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _ignore(_amount: int) -> None:
    """For hashing that nobody waits for."""


def _write(path: Path, text: str) -> None:
    with atomic_file(path) as file:
        file.write(text.encode("utf-8", "surrogateescape"))
