"""Pictures of a book: told by their first bytes, since a book is refused for one that is not what it says.

Sounds and videos are named in words: no reader on paper-like screens plays them.
"""

from __future__ import annotations

from archiver.errors import ArchiveDamaged, DamagedSource
from archiver.exporters.epub_frame import Item
from archiver.exporters.markup import escaped
from archiver.exporters.part_markup import missing_html, named_html
from archiver.exporters.work import Work
from archiver.records import AssetReference
from archiver.reports import StoredAsset

_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png", "png"),
    (b"\xff\xd8\xff", "image/jpeg", "jpg"),
    (b"GIF8", "image/gif", "gif"),
)
_NOT_SHOWN = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c63b80b0000df00de297970b60000000049454e44ae426082"
)
"""A single grey point: what older readers show for a WebP picture, which EPUB knows since 3.3 only."""
_NOT_SHOWN_ID = "not-shown"


class Pictures:
    """The pictures of one book, each once."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._names: dict[str, str | None] = {}
        self.items: list[Item] = []
        self.data: list[tuple[str, bytes]] = []
        """Pictures that were named since this was last emptied."""

    def markup(self, part: AssetReference) -> str:
        """The HTML of one asset."""
        asset = self._work.archive.find_assets([part]).get(part.pointer)
        if asset is None:
            return missing_html(part)
        if part.media != "image" or not self._work.options.pictures:
            return named_html(part)
        if part.pointer not in self._names:
            self._names[part.pointer] = self._take(asset)
        name = self._names[part.pointer]
        if name is None:
            return missing_html(part)
        caption = f'<figcaption dir="auto">{escaped(part.caption)}</figcaption>' if part.caption else ""
        return f'<figure><img src="{name}" alt="{escaped(part.caption or part.name)}" />{caption}</figure>'

    def _take(self, asset: StoredAsset) -> str | None:
        """The name of a picture in the book; None when it is none that can be shown."""
        try:
            data = self._work.archive.read_asset(asset)
        except (ArchiveDamaged, DamagedSource) as error:
            self._work.note(str(error))
            return None
        kind = next(((mime, ending) for start, mime, ending in _SIGNATURES if data.startswith(start)), None)
        is_webp = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
        if kind is None and not is_webp:
            return None
        mime, ending = kind or ("image/webp", "webp")
        number = len(self._names) + 1
        name = f"picture-{number:04d}.{ending}"
        if is_webp and not any(item.id == _NOT_SHOWN_ID for item in self.items):
            self._add(Item(_NOT_SHOWN_ID, "not-shown.png", "image/png"), _NOT_SHOWN)
        self._add(Item(f"picture-{number:04d}", name, mime, fallback=_NOT_SHOWN_ID if is_webp else ""), data)
        return name

    def _add(self, item: Item, data: bytes) -> None:
        self.items.append(item)
        self.data.append((item.name, data))
