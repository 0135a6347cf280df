"""Pictures, sounds, files and canvas documents that are written beside the conversations that name them, each once."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING

from archiver.errors import ArchiveDamaged, DamagedSource
from archiver.exporters.encoded import encoded
from archiver.exporters.files import ExportFolder
from archiver.exporters.markdown_blocks import document_file
from archiver.exporters.names import asset_name
from archiver.records import AssetReference, Document
from archiver.reports import StoredAsset

if TYPE_CHECKING:
    from archiver.archive import Archive


class Copies:
    """Copies things out of the archive and knows where they went."""

    def __init__(self, archive: Archive, folder: ExportFolder) -> None:
        self.copied = 0
        self.unreadable: list[tuple[str, str]] = []
        """(pointer, sentence) of assets whose bytes could not be read."""
        self._archive = archive
        self._folder = folder
        self._places: dict[str, str | None] = {}

    @property
    def missing(self) -> int:
        """How many different assets no source holds."""
        return sum(1 for place in self._places.values() if place is None)

    def of_assets(self, references: Iterable[AssetReference]) -> dict[str, str]:
        """Paths by pointer, without those that no source holds."""
        asked = {reference.pointer: reference for reference in references}
        new = [reference for pointer, reference in asked.items() if pointer not in self._places]
        if new:
            stored = self._archive.find_assets(new)
            for reference in new:
                asset = stored.get(reference.pointer)
                self._places[reference.pointer] = self._copy(reference, asset) if asset is not None else None
        return {pointer: place for pointer in asked if (place := self._places[pointer]) is not None}

    def _copy(self, reference: AssetReference, asset: StoredAsset) -> str | None:
        name = asset_name(reference.name or asset.name, mark_of(reference.pointer), asset.mime)
        path = f"assets/{name}"
        try:
            fill = partial(self._archive.copy_asset, asset)
            self.copied += self._folder.copy(f"asset:{reference.pointer}", path, asset.size, fill)
        except (ArchiveDamaged, DamagedSource) as error:
            self.unreadable.append((reference.pointer, str(error)))
            return None
        return path

    def of_document(self, conversation_id: str, document: Document) -> str:
        """The path of a canvas document."""
        key = f"document:{conversation_id}:{document.id}"
        name, extension, text = document_file(document)
        path = self._folder.place(key, "documents", name, extension, mark_of(key))
        return self._folder.write(key, path, encoded(text))


def mark_of(id_: str) -> str:
    """Eight characters that tell things of one name apart; newer ids begin with a time, so their beginning does not."""
    return sha256(id_.encode("utf-8", "replace")).hexdigest()[:8]
