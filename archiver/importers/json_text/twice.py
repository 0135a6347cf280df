"""Finds what a JSON object holds twice under one key, of which every reader keeps only the last.

Reading with a look at every key is slow, so it is done only where a count of the bytes shows that something is hidden:
each node of a conversation has one ``message``, a content has one ``parts``, and the keys before the messages are few.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection
from typing import Any

from archiver.importers.json_text.faults import sentences

_MESSAGE, _PARTS, _MAPPING = b'"message":', b'"parts":', b'"mapping":'
_MOST_BEFORE = 4096
"""Bytes before the messages that are looked at: the title and some times."""


def keys_twice(data: bytes, conversation: dict[str, Any]) -> tuple[dict[str, Any] | None, tuple[str, ...]]:
    """The object that ``data`` holds with both values of keys that hide different ones, and a sentence about it.

    The value that readers would lose stands under the key with a number. None where nothing is hidden.
    """
    mapping = conversation.get("mapping")
    if not isinstance(mapping, dict) or not _hides_keys(data, mapping):
        return None, ()
    faults: Counter[str] = Counter()

    def with_both(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        value: dict[str, Any] = {}
        for key, inner in pairs:
            if key in value and value[key] != inner:
                faults["twice"] += 1
                value[_free(key, value)] = value[key]
            value[key] = inner
        return value

    try:
        whole = json.loads(data.decode("utf-8", "replace"), object_pairs_hook=with_both, strict=False)
    except (ValueError, RecursionError):
        return None, ()
    return whole if faults and isinstance(whole, dict) else None, sentences(faults)


def _hides_keys(data: bytes, mapping: dict[str, Any]) -> bool:
    if data.count(_MESSAGE) > len(mapping):
        return True
    head = data[: max(0, data.find(_MAPPING, 0, _MOST_BEFORE))]
    keys = head.count(b'":')
    if keys and keys > len({piece.rpartition(b'"')[2] for piece in head.split(b'":')[:-1]}):
        return True
    return data.count(_PARTS) > _count_parts(mapping.values())


def _count_parts(nodes: Collection[Any]) -> int:
    """How many nodes have a content in parts; most exports have no nodes of another form, which take longer."""
    try:
        return sum(["parts" in node["message"]["content"] for node in nodes if node["message"]])
    except (KeyError, TypeError):
        return sum(map(_has_parts, nodes))


def _has_parts(node: Any) -> bool:
    try:
        return "parts" in node["message"]["content"]
    except (KeyError, TypeError):
        return False


def _free(key: str, value: dict[str, Any]) -> str:
    number = 2
    while f"{key} ({number})" in value:
        number += 1
    return f"{key} ({number})"
