"""The tree of a conversation: which message follows which, in an order that depends on the content alone.

    mapping  ->  messages  ->  who follows whom (parents)  ->  parents before children

Nodes without a message are stepped over. Real and hostile exports hold missing parents, circles, many roots and chains
of 100,000 nodes, so nothing here recurses, and everything takes time in proportion to the number of nodes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple, TypeAlias

from archiver.importers.chatgpt.findings import Findings, circle, not_a_message
from archiver.importers.chatgpt.keys import MESSAGE, NODE_SHAPES
from archiver.importers.chatgpt.parents import Links, links_of
from archiver.text.times import BadTime, seconds

_LINKS = ("message", "parent", "children")

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
    new: dict[str, tuple[str, ...]]
    """By node id: keys beside the message that nobody has seen before."""


def tree_of(mapping: Mapping[str, Any], findings: Findings) -> Tree:
    """The messages of a ``mapping`` put in order."""
    messages: dict[str, dict[str, Any]] = {}
    new: dict[str, tuple[str, ...]] = {}
    for name, node in mapping.items():
        message = _message_of(node, name, findings)
        if message is not None:
            messages[name] = message
        if type(node) is dict and (unknown := NODE_SHAPES[tuple(node)].unknown):
            unknown = tuple(key for key in unknown if not _is_part_of_message(node, key.removeprefix("node.")))
            findings.unknown(unknown)
            if unknown:
                new[name] = unknown
    links, inferred = links_of(mapping, messages, findings)
    above = _step_over({name: parent for name, parent in links.items() if name not in messages})
    parents = {name: above[parent] if (parent := links[name]) in above else parent for name in messages}

    def age(name: str) -> tuple[float, str]:
        return _time(messages[name].get("create_time")), name

    return Tree(messages, _order(parents, age, inferred, findings), parents, above, new)


def _time(value: Any) -> float:
    """When a message was made, for sorting: messages without a time come first."""
    try:
        return seconds(value) or 0.0
    except BadTime:
        return 0.0


def _message_of(node: Any, name: str, findings: Findings) -> dict[str, Any] | None:
    """The message of a node; in the oldest exports the node is the message."""
    if type(node) is dict:
        message = node.get("message")
        if type(message) is dict:
            return message
        if message is None:
            return _node_as_message(node)
        findings.odd(not_a_message, name)
        return {"content": message}
    if node is None:
        return None
    findings.odd(not_a_message, name)
    return {"content": {"content_type": None, "node": node}}


def _node_as_message(node: dict[str, Any]) -> dict[str, Any] | None:
    """The first exports had no message inside the node: the node itself says who wrote what."""
    if node.get("content") is None or not ("author" in node or "role" in node):
        return None
    return {key: value for key, value in node.items() if key not in _LINKS}


def _is_part_of_message(node: dict[str, Any], key: str) -> bool:
    """Whether a key of a node is read with its message: where the node is the message, all are."""
    return node.get("message") is None and (key in MESSAGE or _node_as_message(node) is not None)


def _step_over(empty: Links) -> Links:
    """For every node without a message: the nearest message above it."""
    above: Links = {}
    for start in sorted(empty):
        passed: dict[str, None] = {}
        parent: str | None = start
        while parent in empty and parent not in passed and parent not in above:
            passed[parent] = None
            parent = empty[parent]
        if parent in above:
            parent = above[parent]
        elif parent in passed:
            parent = None
        above.update(dict.fromkeys(passed, parent))
    return above


def _order(parents: dict[str, str | None], age: Age, inferred: set[str], findings: Findings) -> list[str]:
    order = _downwards(parents, age)
    if len(order) < len(parents):
        for ring in _circles(parents, set(order)):
            root = _open_circle(ring, inferred, age)
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


def _open_circle(ring: list[str], inferred: set[str], age: Age) -> str:
    """Where to open a circle: at a link that was only inferred, else at the earliest message."""
    return min([name for name in ring if name in inferred] or ring, key=age)
