"""originals/: every source exactly as it came, in a BagIt bag (RFC 8493) that ``sha256sum -c`` can check.

An original is written once and never changed. A zip or a JSON file becomes one file; a folder becomes a folder, and its
SHA-256 is that of its own list of files, one ``<sha256>  <path>`` line each, sorted by path.
"""

from __future__ import annotations

import itertools
import os
import re
import shutil
import time
import unicodedata
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from archiver.bag import KEPT_NAME, Bag
from archiver.copying import (
    OnAmount,
    are_same,
    copy_file,
    files_of,
    hash_if_there,
    hash_of,
    list_hash,
    put_in_place,
    size_of,
    unwatched,
)
from archiver.errors import Cancelled
from archiver.files import make_private_folder, printable
from archiver.i18n import _

OnBytes = Callable[[int, int, str], None]
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
        self._bag = Bag(self.folder)

    def create(self) -> None:
        """Make an empty bag; an existing one stays as it is."""
        self._bag.create()

    def mend_list(self) -> None:
        """Take originals back into the list that are not in it because it is damaged or gone, or came too late."""
        self._bag.mend()

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
        files = {name: found for name, found in files_of(source).items() if only is None or name in only}
        total = sum(size for _, size in files.values())

        def counter(whole: int) -> OnAmount:
            done = 0

            def look(amount: int) -> None:
                nonlocal done
                done += amount
                on_bytes(done, whole, source.name)
                if cancelled():
                    raise Cancelled(_("Stopped. Nothing of this source was kept yet; start again any time."))

            return look

        if _might_be_known(total, self._bag.entries(), self._archive):
            look = counter(2 * total)
            hashes = {name: hash_if_there(path, look) for name, (path, _size) in files.items()}
            known = self._known(hashes, source, {name: path for name, (path, _size) in files.items()}, look)
            if known:
                return Original(known, _identity(hashes, source), total, is_new=False)
        incoming = self._archive / "tmp" / f"incoming-{os.getpid()}-{time.monotonic_ns()}"
        make_private_folder(incoming)
        try:
            hashes = {}
            look = counter(total)
            for inner, (path, _size) in files.items():
                hashes[inner] = copy_file(path, incoming / inner, look)
            sha256 = _identity(hashes, source)
            known = self._known(hashes, source, {name: incoming / name for name in files}, unwatched)
            if known:
                return Original(known, sha256, total, is_new=False)
            listed = next((original.path for original in self.originals() if original.sha256 == sha256), "")
            place = self._archive / listed if listed else self._new_place(sha256, name or source.name)
            put_in_place(incoming, place, list(hashes) if source.is_dir() else None)
            if not listed:
                self._bag.write({**self._bag.entries(), **_entries(place, hashes, source)})
            return Original(f"originals/data/{place.name}", sha256, total, is_new=not listed, is_mended=bool(listed))
        finally:
            shutil.rmtree(incoming, ignore_errors=True)

    def _new_place(self, sha256: str, name: str) -> Path:
        """Where a source is to be kept that is not kept yet; never the place of another one."""
        beginning = f"{time.strftime('%Y-%m-%d')}-{sha256[:8]}"
        name = safe_name(printable(name))
        further = (f"{beginning}-{number}-{name}" for number in itertools.count(2))
        places = (self._bag.data / each for each in itertools.chain([f"{beginning}-{name}"], further))
        return next(place for place in places if not os.path.lexists(place))

    def has_originals(self) -> bool:
        """Whether anything was ever kept here, also when the list of it is gone."""
        return bool(self.paths())

    def paths(self) -> list[str]:
        """Paths of all originals relative to the archive folder, also of those that are not in the list or missing."""
        there = {path.name for path in self._bag.data.glob("*") if KEPT_NAME.match(path.name)}
        listed = {PurePosixPath(path).parts[1] for path in self._bag.entries()}
        return [f"originals/data/{name}" for name in sorted(there | listed)]

    def take_back(self, original: Original) -> None:
        """Undo ``keep`` of a source that turned out to be no export; the person's own file is untouched."""
        place = self._archive / original.path
        self._bag.write(
            {
                path: digest
                for path, digest in self._bag.entries().items()
                if not f"originals/{path}/".startswith(f"{original.path}/")
            }
        )
        if place.is_dir():
            shutil.rmtree(place, ignore_errors=True)
        else:
            place.unlink(missing_ok=True)

    def originals(self) -> list[Original]:
        """Every kept source, in the order of their names (so by day of import)."""
        grouped: dict[str, dict[str, str]] = {}
        for path, digest in self._bag.entries().items():
            parts = PurePosixPath(path).parts
            grouped.setdefault(parts[1], {})["/".join(parts[2:])] = digest
        found = []
        for name, hashes in sorted(grouped.items()):
            sha256 = hashes[""] if "" in hashes else list_hash(hashes)
            place = self._bag.data / name
            size = sum(size for _, size in files_of(place).values()) if place.exists() else 0
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
        manifest = self._bag.entries()
        sizes = {path: size_of(self.folder / path) for path in manifest}
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
                actual = hash_of(self.folder / path, count)
            except FileNotFoundError:
                yield shown, _("This original is missing.")
            except OSError as error:
                yield shown, _("This original cannot be read ({reason}).").format(reason=error.strerror)
            else:
                yield shown, "" if actual == digest else _("This original is not what was kept: its SHA-256 differs.")
            done = start + sizes[path]
        if not manifest and any(self._bag.data.glob("*")):
            yield "originals/manifest-sha256.txt", _("The list of originals is missing or empty.")
            return
        for stray in self._bag.strays(manifest):
            yield f"originals/{stray}", _("This file is not in the list of originals.")

    def _known(self, hashes: dict[str, str], source: Path, given: dict[str, Path], count: OnAmount) -> str:
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
            if all(are_same(kept, path, count) for kept, path in files.items()):
                if original.sha256 != sha256:
                    # It is the list that is damaged.
                    self._bag.write({**self._bag.entries(), **_entries(place, hashes, source)})
                return original.path
        return ""

    def identity(self, original: Original, count: OnAmount) -> str:
        """The SHA-256 that an original has now, which is another one than it was kept with when it is damaged.

        Empty when it is missing or cannot be read.
        """
        place = self._archive / original.path
        if not place.is_dir():
            return hash_if_there(place, count)
        inside = f"data/{place.name}/"
        names = [path.removeprefix(inside) for path in self._bag.entries() if path.startswith(inside)]
        return list_hash({name: hash_if_there(place / name, count) for name in names})


def _entries(place: Path, hashes: dict[str, str], source: Path) -> dict[str, str]:
    """The lines of the list for an original kept at ``place``."""
    inside = [f"data/{place.name}/{inner}" if source.is_dir() else f"data/{place.name}" for inner in hashes]
    return dict(zip(inside, hashes.values(), strict=True))


def safe_name(name: str, limit: int = 100) -> str:
    """A file name legal on every system, at most ``limit`` bytes, that keeps letters of every script and the ending."""
    name = _UNSAFE.sub("_", unicodedata.normalize("NFC", name)).strip(". ") or "export"
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 10:
        stem, dot, ending = name, "", ""
    room = limit - len((dot + ending).encode())
    return stem.encode()[:room].decode(errors="ignore") + dot + ending


def _might_be_known(total: int, manifest: dict[str, str], archive: Path) -> bool:
    """Whether an original of this size is kept: only then is it worth hashing before copying."""
    sizes: dict[str, int] = {}
    for path in manifest:
        group = "/".join(PurePosixPath(path).parts[:2])
        sizes[group] = sizes.get(group, 0) + size_of(archive / "originals" / path)
    return total in sizes.values()


def _identity(hashes: dict[str, str], source: Path) -> str:
    return list_hash(hashes) if source.is_dir() else next(iter(hashes.values()))
