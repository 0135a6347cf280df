"""Joins pages of messages that belong to one conversation, before anything else sees them.

The web page's newer requests give a conversation as pages of ``messages`` with ``page_info``; somebody who saved them
has several, in one list or one file each, and only some of them may name the conversation. Pages belong together when
they name the same conversation or one names a message of the other. Pages that name nothing belong to the only
conversation there is; where there is none, those of one folder that say they are parts belong together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

from archiver.importers.base import RawConversation
from archiver.importers.chatgpt.shapes import is_page, missing_pages, page_id, unwrapped
from archiver.importers.json_text.value import BrokenJson, read_json
from archiver.importers.sources.members import folder_of

_CURSORS = ("start_cursor", "end_cursor")
_LINKS = ("id", "node_id", "parent", "parent_id", "parent_message_id")


@dataclass
class _Group:
    """Pages of one conversation."""

    names: set[str] = field(default_factory=set)
    """The conversation's id, and ids of messages, that a page mentions."""
    pages: list[RawConversation] = field(default_factory=list)
    has_id: bool = False
    """Whether a page says which conversation it belongs to."""

    is_part: bool = False
    """Whether a page says that there are others."""

    def with_later(self, other: _Group) -> _Group:
        """Both as one, in the order they were seen."""
        return _Group(
            self.names | other.names,
            self.pages + other.pages,
            self.has_id or other.has_id,
            self.is_part or other.is_part,
        )


class Pages:
    """Pages set aside until all have been seen."""

    def __init__(self) -> None:
        self._groups: list[_Group] = []

    def take(self, raw: RawConversation) -> bool:
        """Set ``raw`` aside if it is a page."""
        value = _page_in(raw)
        if value is None:
            return False
        group = _Group(_names_in(value), [raw], bool(page_id(value)), missing_pages(value))
        related = [other for other in self._groups if other.names & group.names]
        if related:
            self._groups = [other for other in self._groups if other not in related]
            group = reduce(_Group.with_later, [*related, group])
        self._groups.append(group)
        return True

    def joined(self) -> Iterator[RawConversation]:
        """One conversation for each group: a single page as it is, several as a JSON list of them."""
        for group in self._with_strays_at_home():
            first = group.pages[0]
            if len(group.pages) == 1:
                yield first
            else:
                data = b"[" + b",".join(page.data for page in group.pages) + b"]"
                yield RawConversation(data, first.member, first.offset, first.number)

    def _with_strays_at_home(self) -> list[_Group]:
        """The groups, after pages that name nothing have joined those they can only belong to."""
        named = [group for group in self._groups if group.has_id]
        nameless = [group for group in self._groups if not group.has_id]
        if len(named) == 1:
            return [reduce(_Group.with_later, nameless, named[0])]
        parts = [group for group in nameless if group.is_part]
        whole = [group for group in nameless if not group.is_part]
        if len({folder_of(group.pages[0].member) for group in parts}) == 1:
            parts = [reduce(_Group.with_later, parts)]
        return named + parts + whole


def _page_in(raw: RawConversation) -> dict[str, Any] | None:
    """The page that ``raw`` is, if it is one."""
    if b'"mapping"' in raw.data or b'"messages"' not in raw.data:
        return None
    value: Any = raw.value
    if value is None:
        try:
            value, _faults = read_json(raw.data)
        except BrokenJson:
            return None
    value = unwrapped(value)
    return value if is_page(value) else None


def _names_in(page: dict[str, Any]) -> set[str]:
    names = {page_id(page)}
    info = page.get("page_info")
    if isinstance(info, dict):
        names |= {info[key] for key in _CURSORS if isinstance(info.get(key), str)}
    for item in page["messages"]:
        if isinstance(item, dict):
            metadata = item.get("metadata")
            for holder in (item, metadata if isinstance(metadata, dict) else {}):
                names |= {holder[key] for key in _LINKS if isinstance(holder.get(key), str)}
    return names - {""}
