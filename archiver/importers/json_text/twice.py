"""Notices messages that a JSON object holds twice under one key, of which every reader keeps only the last.

Reading with a look at every key is slow, so it is done only where a count of the bytes shows that something is hidden:
each node of a conversation has one ``message``.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from archiver.importers.json_text.faults import sentences

_MARK = b'"message":'


def keys_twice(data: bytes, conversation: dict[str, Any]) -> tuple[str, ...]:
    """A sentence if keys of ``data`` hide different values under one name."""
    mapping = conversation.get("mapping")
    if not isinstance(mapping, dict) or data.count(_MARK) <= len(mapping):
        return ()
    faults: Counter[str] = Counter()

    def counted(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        value: dict[str, Any] = {}
        for key, inner in pairs:
            if key in value and value[key] != inner:
                faults["twice"] += 1
            value[key] = inner
        return value

    try:
        json.loads(data.decode("utf-8", "replace"), object_pairs_hook=counted, strict=False)
    except (ValueError, RecursionError):
        return ()
    return sentences(faults)
