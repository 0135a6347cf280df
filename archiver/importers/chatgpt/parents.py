"""Which node follows which, where exports are damaged or were joined.

    1  the node's own ``parent``
    2  where that is missing: the node that has this id inside, or that lists the node among its ``children``
    3  where an older export knows a longer way: that way

The third is needed because exports since mid-2026 leave out what tools and the system said, and give each message the
nearest parent that is left. Joined with an older export, an answer would stand beside the tool calls that led to it,
as if it were another version of them; ``children``, which only the older export has, tell the way between.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from archiver.importers.chatgpt.findings import Findings, parent_missing

Links: TypeAlias = dict[str, str | None]
"""By node: the node it follows."""

_LONGEST_WAY = 5_000
"""Nodes of tools between two messages that were said."""
_STEPS = 2_000_000
"""Nodes looked at for all ways of a conversation: an end for data that is made to have none."""
_SAID = ("user", "assistant")
_KEPT_KINDS = ("text", "multimodal_text", "thoughts", "reasoning_recap")


def links_of(mapping: Mapping[str, Any], messages: Mapping[str, Any], findings: Findings) -> tuple[Links, set[str]]:
    """The node that each node follows; and the nodes for which that was only inferred."""
    links = _own_parents(mapping)
    inferred = _find_lost(mapping, links, messages, findings)
    inferred |= _take_longer_ways(links, _contradictions(mapping, links))
    inferred |= _append_to_tools(mapping, links, messages)
    return links, inferred


def _own_parents(mapping: Mapping[str, Any]) -> Links:
    links = {name: node.get("parent") if type(node) is dict else None for name, node in mapping.items()}
    wrong = [name for name, parent in links.items() if type(parent) is not str or not parent]
    links.update(dict.fromkeys(wrong))
    return links


def _find_lost(mapping: Mapping[str, Any], links: Links, messages: Mapping[str, Any], findings: Findings) -> set[str]:
    """Give nodes whose parent is missing the one that others name for them."""
    lost = [name for name, parent in links.items() if parent is None or parent not in mapping]
    if len(lost) < 2 and all(links[name] is None for name in lost):
        return set()
    aliases, claims = _aliases(mapping), _claims(mapping)
    found = set()
    for name in lost:
        parent = links[name]
        alias = aliases.get(parent) if parent is not None else None
        links[name] = alias if alias is not None and alias != name else claims.get(name)
        if links[name] is not None:
            found.add(name)
        elif parent is not None and name in messages:
            findings.odd(parent_missing, name)
    return found


def _aliases(mapping: Mapping[str, Any]) -> dict[str, str]:
    """Ids that nodes and messages give themselves, where these differ from the key they stand under."""
    found: dict[str, str] = {}
    for name in sorted(mapping):
        node = mapping[name]
        if type(node) is dict:
            message = node.get("message")
            own = (node.get("id"), message.get("id") if type(message) is dict else None)
            for alias in own:
                if type(alias) is str and alias not in mapping:
                    found.setdefault(alias, name)
    return found


def _claims(mapping: Mapping[str, Any]) -> dict[str, str]:
    """Which node lists which others as its children; the smallest id where several do."""
    found: dict[str, str] = {}
    for name in sorted(mapping):
        for child in _children(mapping[name]):
            if child != name:
                found.setdefault(child, name)
    return found


def _children(node: Any) -> list[str]:
    children = node.get("children") if type(node) is dict else None
    return [child for child in children if type(child) is str] if type(children) is list else []


def _contradictions(mapping: Mapping[str, Any], links: Links) -> list[tuple[str, str]]:
    """Children that follow another node than the one that lists them."""
    items = mapping.items()
    try:
        # Whole exports, which are most, need no look at single types.
        return [(child, name) for name, node in items for child in node["children"] if links.get(child, name) != name]
    except (KeyError, TypeError):
        return [(child, name) for name, node in items for child in _children(node) if links.get(child, name) != name]


def _take_longer_ways(links: Links, claims: list[tuple[str, str]]) -> set[str]:
    """Where a node below the parent of a message claims that message, the message follows that node."""
    left = _STEPS
    longer: dict[str, str] = {}
    for child, claimant in sorted(claims):
        way = 0
        above: str | None = claimant
        while above is not None and above not in (links[child], child) and way < min(_LONGEST_WAY, left):
            above = links.get(above)
            way += 1
        left -= way
        if above is not None and above == links[child]:
            longer.setdefault(child, claimant)
    links.update(longer)
    return set(longer)


def _append_to_tools(mapping: Mapping[str, Any], links: Links, messages: Mapping[str, Any]) -> set[str]:
    """A message that only a newer export has follows what the older one has of tools after the same message."""
    newer = [name for name in mapping if type(mapping[name]) is dict and "children" not in mapping[name]]
    if len(newer) == len(mapping):
        return set()
    appended = set()
    lines = _ToolLines(mapping, messages)
    for name in sorted(newer):
        last = lines.end_below(links[name])
        if last is not None and last != name:
            links[name] = last
            appended.add(name)
    return appended


class _ToolLines:
    """Lines of tool messages that lead nowhere, as an older export has them."""

    def __init__(self, mapping: Mapping[str, Any], messages: Mapping[str, Any]) -> None:
        self._mapping = mapping
        self._messages = messages
        self._ends: dict[str, str | None] = {}
        self._left = _STEPS

    def end_below(self, start: str | None) -> str | None:
        """The end of the line below ``start``; None where there is no such line, or it goes on."""
        if start is None:
            return None
        if start not in self._ends:
            self._ends[start] = self._look_below(start)
        return self._ends[start]

    def _look_below(self, start: str) -> str | None:
        last: str | None = None
        current = start
        for _step in range(min(_LONGEST_WAY, self._left)):
            self._left -= 1
            node = self._mapping.get(current)
            if type(node) is not dict or "children" not in node:
                return None
            below = _children(node)
            if not below:
                return last
            if len(below) > 1 or below[0] not in self._messages or not _is_left_out(self._messages[below[0]]):
                return None
            last = current = below[0]
        return None


def _is_left_out(message: dict[str, Any]) -> bool:
    """Whether exports since mid-2026 leave a message out."""
    author = message.get("author")
    content = message.get("content")
    role = author.get("role") if type(author) is dict else message.get("role")
    kind = content.get("content_type") if type(content) is dict else None
    return role not in _SAID or kind not in _KEPT_KINDS or message.get("recipient") not in (None, "", "all")
