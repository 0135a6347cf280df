"""The sources of an answer, as the provider's metadata lists them, in one form for all years.

2023        metadata.citations[]            start_ix, end_ix, metadata {type, title, url, name}
since 2025  metadata.content_references[]   start_idx, end_idx, matched_text, alt, items[]
mid-2026    the same without offsets and matched_text: only ``refs`` and the order are left
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from archiver.importers.chatgpt.fields import mapping, text
from archiver.importers.chatgpt.scene import Link

_MOST = 12
"""Links shown for one marker; a shopping answer lists hundreds."""
_MOST_BELOW = 200
"""Links of the list below an answer."""
_LISTS = ("items", "fallback_items", "images", "sources", "products", "businesses", "entries")
_ADDRESSES = ("url", "cloud_doc_url", "content_url", "website_url")
_NAMES = ("title", "name")
_FOOTNOTES = frozenset(("sources_footnote", "attribution", "attribution_footer"))
"""References that stand for the list below an answer, not for a place in it."""


class Reference(NamedTuple):
    """One entry of the metadata: a place in the text, and what is named there."""

    start: int
    """-1 where the export left it out."""
    end: int
    matched: str
    kind: str
    alt: str
    """How the provider would write it, as Markdown."""
    links: tuple[Link, ...]
    ids: tuple[str, ...]
    """Such as ``turn0search1``."""


def references(metadata: Mapping[str, Any]) -> list[Reference]:
    """Everything that a message's metadata says about its sources."""
    found = [_content_reference(value) for value in _dicts(metadata.get("content_references"))]
    return [*found, *(_citation(value) for value in _dicts(metadata.get("citations")))]


def is_footnote(reference: Reference) -> bool:
    """Whether a reference names sources of the whole answer."""
    return reference.kind in _FOOTNOTES


def _content_reference(value: dict[str, Any]) -> Reference:
    return Reference(
        _offset(value.get("start_idx")),
        _offset(value.get("end_idx")),
        text(value.get("matched_text")),
        text(value.get("type")),
        text(value.get("alt")),
        tuple(links_in(value)),
        tuple(reference_ids(value)),
    )


def _citation(value: dict[str, Any]) -> Reference:
    source = mapping(value.get("metadata"))
    link = link_of(source)
    return Reference(
        _offset(value.get("start_ix")),
        _offset(value.get("end_ix")),
        "",
        text(source.get("type")),
        "",
        (link,) if link else (),
        (),
    )


def links_in(value: Mapping[str, Any]) -> Iterator[Link]:
    """The pages and files that a reference names: its list, or itself."""
    most = _MOST_BELOW if text(value.get("type")) in _FOOTNOTES else _MOST
    for key in _LISTS:
        listed = [link for item in _dicts(value.get(key))[:most] if (link := link_of(item))]
        if listed:
            yield from listed
            return
    own = link_of(value)
    if own:
        yield own


def link_of(item: Mapping[str, Any]) -> Link | None:
    """One page, picture or file; None where it has neither name nor address."""
    shown = mapping(item.get("image_result")) or mapping(item.get("entity_data")) or item
    url = _first(shown, _ADDRESSES)
    title = _first(shown, _NAMES)
    if not is_address(url):
        return Link(title, title, "") if title else None
    return Link(text(shown.get("attribution")) or site(url) or title or url, title or url, url)


def reference_ids(value: Mapping[str, Any]) -> Iterator[str]:
    """Ids such as ``turn0search1`` in a reference and its items."""
    for holder in (value, *_dicts(value.get("items"))):
        listed = holder.get("refs")
        for each in listed if isinstance(listed, list) else ():
            if isinstance(each, str):
                yield each
            elif isinstance(each, dict) and (name := id_of(each)):
                yield name


def id_of(value: Mapping[str, Any]) -> str:
    """``turn0search1`` from its three parts; empty where one is missing."""
    turn, kind, index = value.get("turn_index"), value.get("ref_type"), value.get("ref_index")
    whole = isinstance(turn, int) and isinstance(index, int) and isinstance(kind, str)
    return f"turn{turn}{kind}{index}" if whole else ""


def is_address(url: str) -> bool:
    """Whether a text is the address of a page."""
    return url.startswith(("https://", "http://"))


def site(url: str) -> str:
    """The name of a page's site, such as ``example.org``; empty where the address has none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


_MARKDOWN_LINK = re.compile(
    r"!?\[((?:[^\[\]]|\[[^\[\]]*+\])*+)\]\((https?://[^\s()]*+(?:\([^\s()]*+\)[^\s()]*+)*+)[^()]*+\)"
)
_LONGEST = 20_000


def links_of_markdown(alt: str) -> Iterator[tuple[str, Link | None]]:
    """Markdown cut into plain pieces and links; the words of a link lose their brackets."""
    if len(alt) > _LONGEST:
        yield alt, None
        return
    at = 0
    for match in _MARKDOWN_LINK.finditer(alt):
        yield alt[at : match.start()], None
        words, url = match[1], match[2]
        yield words, Link(words, words, url)
        at = match.end()
    yield alt[at:], None


def _first(value: Mapping[str, Any], keys: Iterable[str]) -> str:
    return next((found for key in keys if (found := text(value.get(key)))), "")


def _offset(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else -1


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
