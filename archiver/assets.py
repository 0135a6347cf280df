"""Pictures, sounds and files: which message uses which, and their bytes, read out of the kept originals when asked for.

Nothing is unpacked beforehand. The original that was asked last stays open, since its neighbours are asked next and a
zip inside a zip takes a while to open.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from archiver.annotations import Annotations
from archiver.errors import ArchiveDamaged
from archiver.i18n import _
from archiver.records import AssetReference
from archiver.store import Store
from archiver.store.assets import asset_uses, find_assets, listed_file
from archiver.store.sources import all_sources

if TYPE_CHECKING:
    from archiver.importers import Source
    from archiver.reports import AssetEntry, StoredAsset


class Assets:
    """The assets of one archive folder; safe to use from several threads."""

    def __init__(self, archive: Path, store: Store, annotations: Annotations) -> None:
        self._archive = archive
        self._store = store
        self._annotations = annotations
        self._lock = threading.Lock()
        self._path: Path | None = None
        self._source: Source | None = None

    def find(self, references: Iterable[AssetReference]) -> dict[str, StoredAsset]:
        """Where the bytes of references lie, by pointer; a pointer without bytes is missing from the answer."""
        with self._store.reading() as reader:
            return find_assets(reader, (reference.pointer for reference in references))

    def listed(self) -> list[AssetEntry]:
        """Every use of a picture, sound or file, oldest first, found or not."""
        with self._store.reading() as reader:
            uses = list(asset_uses(reader))
            found = find_assets(reader, {use[4].pointer for use in uses})
            missing = {use[4].pointer for use in uses} - found.keys()
            told = {pointer: listed_file(reader, pointer) for pointer in missing}
        from archiver.reports import AssetEntry

        away = self._annotations.put_away_ids()
        entries = (AssetEntry(*use, found.get(use[4].pointer)) for use in uses if use[0] not in away)
        return [
            replace(entry, reference=_named(entry.reference, *told[entry.reference.pointer]))
            if entry.asset is None
            else entry
            for entry in entries
        ]

    def read(self, asset: StoredAsset) -> bytes:
        """The bytes of an asset. Raises ``ArchiveDamaged`` when its original is gone."""
        original = self._original(asset)
        with self._lock:
            return self._opened(original).read(asset.member, asset.size)

    def copy(self, asset: StoredAsset, target: BinaryIO) -> None:
        """Write the bytes of an asset to an open file."""
        original = self._original(asset)
        with self._lock, self._opened(original).open(asset.member) as file:
            shutil.copyfileobj(file, target, 1 << 20)

    def _original(self, asset: StoredAsset) -> Path:
        with self._store.reading() as reader:
            info = next((info for info in all_sources(reader) if info.key == asset.source), None)
        path = self._archive / info.original if info else None
        if path is None or not path.exists():
            raise ArchiveDamaged(
                _("The original that holds {name} is missing. “archiver verify” shows what else is.").format(
                    name=asset.name
                )
            )
        return path

    def close(self) -> None:
        """Let go of the original."""
        with self._lock:
            self._let_go()

    def _opened(self, original: Path) -> Source:
        if self._source is None or self._path != original:
            # 40 ms of imports that lists and texts need not wait for.
            from archiver.importers import open_source

            self._let_go()
            self._source = open_source(original)
            self._path = original
        return self._source

    def _let_go(self) -> None:
        if self._source is not None:
            self._source.close()
        self._source = self._path = None


def _named(reference: AssetReference, name: str, size: int | None) -> AssetReference:
    """A reference with the name and size that a list of files tells, where the message itself does not."""
    return replace(reference, name=reference.name or name, size=size if reference.size is None else reference.size)
