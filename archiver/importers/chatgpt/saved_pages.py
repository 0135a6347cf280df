"""Joins pages of one conversation that came with different sources, after each has been read by itself.

``pages`` joins those of one source. Somebody who saved a long conversation page by page may import one file today and
another next year: the messages of the later page then follow those of the earlier one, in any order of imports.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from archiver.importers.chatgpt.raw_json import to_json
from archiver.importers.chatgpt.shapes import (
    has_next_page,
    has_previous_page,
    message_time,
    missing_pages,
    place_of_page,
)
from archiver.records import Observation


def gathered(observations: Sequence[Observation]) -> list[Observation]:
    """``observations`` with those that say they are pages as one."""
    pages = [each for each in observations if _is_page(each.value)]
    if len(pages) < 2:
        return list(observations)
    whole = Observation(_joined([page.value for page in pages]), min(page.made for page in pages))
    return [*(each for each in observations if not _is_page(each.value)), whole]


def lack_pages(observations: Sequence[Observation]) -> bool:
    """Whether a page says that there are others, and no whole form of the conversation has what it has."""
    values = [each.value for each in observations]
    known = {name for value in values if not _is_page(value) for name in _nodes(value)}
    return any(known.isdisjoint(_nodes(value)) for value in values if _is_page(value))


def _is_page(value: dict[str, Any]) -> bool:
    return missing_pages(value) and isinstance(value.get("mapping"), dict)


def _nodes(value: dict[str, Any]) -> dict[str, Any]:
    mapping = value.get("mapping")
    return mapping if isinstance(mapping, dict) else {}


def _joined(pages: list[dict[str, Any]]) -> dict[str, Any]:
    """One value: a page's first message follows the last one of the page before, unless it says what it follows."""
    pages = sorted(pages, key=_order)
    whole: dict[str, Any] = {}
    mapping: dict[str, Any] = {}
    for page in pages:
        whole = {**page, **{key: item for key, item in whole.items() if item is not None}}
        previous = next(reversed(mapping), None)
        for name, node in page["mapping"].items():
            if name in mapping:
                continue
            is_loose = previous is not None and isinstance(node, dict) and node.get("parent") is None
            mapping[name] = {**node, "parent": previous} if is_loose else node
            previous = None
    whole |= {"mapping": mapping}
    whole["page_info"] = {
        "has_previous_page": all(map(has_previous_page, pages)),
        "has_next_page": all(map(has_next_page, pages)),
    }
    if not missing_pages(whole):
        del whole["page_info"]
    return whole


def _order(page: dict[str, Any]) -> tuple[int, float, str]:
    """First and last page as they say themselves, others by time, and at last by content, to be the same each time."""
    first = min(map(message_time, page["mapping"].values()), default=float("inf"))
    return place_of_page(page), first, to_json(page)
