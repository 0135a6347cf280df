"""Pictures, sounds and files inside a page: lying beside it, or held in it."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping

from archiver.exporters.links import path_target
from archiver.exporters.markup import escaped
from archiver.exporters.names import is_picture
from archiver.exporters.part_markup import AssetMarkup, missing_html, named_html
from archiver.records import AssetReference

SHOWN_PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"})
"""What every browser shows and none runs."""


def linked_asset(places: Mapping[str, str], *, with_pictures: bool) -> AssetMarkup:
    """Assets that lie beside the page, by pointer; without pictures they are named."""

    def markup(part: AssetReference) -> str:
        place = places.get(part.pointer)
        if place is None:
            return missing_html(part) if with_pictures else named_html(part)
        return asset_html(part, path_target(place), is_beside=True)

    return markup


def asset_html(part: AssetReference, source: str, *, is_beside: bool) -> str:
    """One asset at an address; one that is held in the page cannot be a link, since browsers refuse to open it."""
    words = escaped(part.caption or part.name)
    address = escaped(source)
    match part.media:
        case "image" if source.startswith("data:") or is_picture(source):
            caption = f'<figcaption dir="auto">{words}</figcaption>' if part.caption else ""
            return f'<figure><img src="{address}" alt="{words}" loading="lazy" />{caption}</figure>'
        case "audio":
            return f'<p><audio controls="" preload="none" src="{address}"></audio></p>'
        case "video":
            return f'<p><video controls="" preload="none" src="{address}"></video></p>'
        case _:
            name = escaped(part.name or source.rpartition("/")[2])
            return f'<p><a href="{address}">{name}</a></p>' if is_beside else f'<p class="missing">[{name}]</p>'


def data_address(data: bytes, mime: str) -> str:
    """Bytes as an address that holds them."""
    return f"data:{mime};base64,{b64encode(data).decode()}"
