"""The bytes of pictures, sounds and files, read out of the kept originals when somebody asks for them.

Nothing is unpacked beforehand. The original that was asked last stays open, since its neighbours are asked next and a
zip inside a zip takes a while to open.
"""

from __future__ import annotations

import shutil
import threading
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from archiver.importers import Source
    from archiver.reports import StoredAsset


class AssetReader:
    """Reads assets of one archive; safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._path: Path | None = None
        self._source: Source | None = None

    def read(self, original: Path, asset: StoredAsset) -> bytes:
        """All bytes of an asset."""
        with self._lock:
            return self._opened(original).read(asset.member, asset.size)

    def copy(self, original: Path, asset: StoredAsset, target: BinaryIO) -> None:
        """Write the bytes of an asset to an open file."""
        with self._lock, self._opened(original).open(asset.member) as file:
            shutil.copyfileobj(file, target, 1 << 20)

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
