"""The tree of a conversation: which message follows which, in an order that depends on the content alone.

    mapping  ->  nodes with a message, nodes without  ->  parents repaired  ->  parents before children

``parent`` is the truth; ``children`` (absent since mid-2026) only helps where a parent is missing. Nodes without a
message are stepped over. Real and hostile exports hold missing parents, circles, many roots and chains of 100,000
nodes, so nothing here recurses, and everything takes time in proportion to the number of nodes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple, TypeAlias

from archiver.importers.chatgpt_findings import Findings, circle, not_a_message, parent_missing
from archiver.importers.chatgpt_keys import NODE_SHAPES
from archiver.importers.chatgpt_times import BadTime, seconds

Age: TypeAlias = Callable[[str], tuple[float, str]]
"""From a node's id to what siblings are sorted by."""


class Tree(NamedTuple):
    """Messages in reading order, each with the message it follows."""

    messages: dict[str, dict[str, Any]]
    """By node id, not in any order."""
    order: list[str]
    """Parents before children, siblings by time, then id."""
    parents: dict[str, str | None]
    stand_ins: dict[str, str | None]
    """For nodes without a message: the nearest message above them."""


def tree_of(mapping: Mapping[str, Any], findings: Findings) -> Tree:
    """The messages of a ``mapping`` put in order."""
    messages: dict[str, dict[str, Any]] = {}
    parents: dict[str, str | None] = {}
    empty: dict[str, str | None] = {}
    for name, node in mapping.items():
        message = _message_of(node, name, findings)
        parent = node.get("parent") if type(node) is dict else None
        if type(parent) is not str:
            parent = None
        if message is None:
            empty[name] = parent
        else:
            messages[name] = message
            parents[name] = parent
    adopted = _repair(mapping, parents, empty, findings)
    _step_over(empty, adopted)
    for name, parent in parents.items():
        if parent in empty:
            parents[name] = empty[parent]

    def age(name: str) -> tuple[float, str]:
        return _time(messages[name].get("create_time")), name

    return Tree(messages, _order(parents, age, adopted, findings), parents, empty)


def _time(value: Any) -> float:
    """When a message was made, for sorting: messages without a time come first."""
    try:
        return seconds(value) or 0.0
    except BadTime:
        return 0.0


def _message_of(node: Any, name: str, findings: Findings) -> dict[str, Any] | None:
    """The message of a node; in the oldest exports the node is the message."""
    if type(node) is dict:
        unknown = NODE_SHAPES[tuple(node)].unknown
        if unknown:
            findings.unknown(unknown)
        message = node.get("message")
        if type(message) is dict:
            return message
        if message is None:
            return node if node.get("content") is not None and ("author" in node or "role" in node) else None
        findings.odd(not_a_message, name)
        return {"content": message}
    if node is None:
        return None
    findings.odd(not_a_message, name)
    return {"content": {"content_type": None, "node": node}}


def _repair(
    mapping: Mapping[str, Any], parents: dict[str, str | None], empty: dict[str, str | None], findings: Findings
) -> set[str]:
    """Give nodes whose parent is missing the parent that others name for them; returns who was given one."""
    lost = [
        (links, name, parent)
        for links in (parents, empty)
        for name, parent in links.items()
        if parent is None or parent not in mapping
    ]
    if len(lost) < 2 and all(parent is None for _links, _name, parent in lost):
        return set()
    aliases = _aliases(mapping)
    claims = _claims(mapping)
    adopted = set()
    for links, name, parent in lost:
        found = aliases.get(parent) if parent is not None else None
        found = found if found != name and found is not None else claims.get(name)
        links[name] = found
        if found is not None:
            adopted.add(name)
        elif parent is not None and links is parents:
            findings.odd(parent_missing, name)
    return adopted


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
    """Which node names which others as its children; the smallest id where several do."""
    found: dict[str, str] = {}
    for name in sorted(mapping):
        node = mapping[name]
        children = node.get("children") if type(node) is dict else None
        for child in children if type(children) is list else ():
            if type(child) is str and child != name:
                found.setdefault(child, name)
    return found


def _step_over(empty: dict[str, str | None], adopted: set[str]) -> None:
    """Point every node without a message at the nearest message above it."""
    for start in sorted(empty):
        passed: dict[str, None] = {}
        parent: str | None = start
        while parent in empty and parent not in passed:
            passed[parent] = None
            parent = empty[parent]
        above = None if parent in passed else parent
        empty.update(dict.fromkeys(passed, above))
        adopted.difference_update(passed)


def _order(parents: dict[str, str | None], age: Age, adopted: set[str], findings: Findings) -> list[str]:
    order = _downwards(parents, age)
    if len(order) < len(parents):
        for ring in _circles(parents, set(order)):
            root = _open_circle(ring, adopted, age)
            parents[root] = None
            findings.odd(circle, root)
        order = _downwards(parents, age)
    return order


def _downwards(parents: dict[str, str | None], age: Age) -> list[str]:
    """Everything that a root leads to: parents before children, siblings by age."""
    children: dict[str | None, list[str]] = {}
    for name, parent in parents.items():
        if parent in children:
            children[parent].append(name)
        else:
            children[parent] = [name]
    for siblings in children.values():
        if len(siblings) > 1:
            siblings.sort(key=age, reverse=True)
    waiting = children.get(None, [])
    order: list[str] = []
    while waiting:
        name = waiting.pop()
        order.append(name)
        if name in children:
            waiting += children[name]
    return order


def _circles(parents: dict[str, str | None], reached: set[str]) -> Iterable[list[str]]:
    """Every circle among the messages that no root leads to."""
    seen = set(reached)
    for start in sorted(parents):
        path: dict[str, None] = {}
        name: str | None = start
        while name is not None and name not in seen:
            seen.add(name)
            path[name] = None
            name = parents.get(name)
        if name in path:
            steps = list(path)
            yield steps[steps.index(name) :]


def _open_circle(ring: list[str], adopted: set[str], age: Age) -> str:
    """Where to open a circle: at a link that was only inferred, else at the earliest message."""
    return min([name for name in ring if name in adopted] or ring, key=age)
