"""What an export says of one message, cut out of the JSON of its conversation and set in lines."""

from __future__ import annotations

import json
from typing import Any

_LARGEST = 400_000
"""Characters that are shown; the whole is a command away."""


def find_object(value: Any, id_: str) -> Any:
    """The outermost JSON object whose ``id`` this is; the whole value when there is none."""
    waiting = [value]
    while waiting:
        here = waiting.pop(0)
        if isinstance(here, dict):
            if here.get("id") == id_:
                return here
            waiting.extend(here.values())
        elif isinstance(here, list):
            waiting.extend(here)
    return value


def pretty(data: bytes, message_id: str) -> tuple[str, bool]:
    """(readable JSON text, whether it was cut); bytes that are no JSON are shown as they are."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        text = data.decode("utf-8", "replace")
    else:
        chosen = find_object(value, message_id) if message_id else value
        try:
            text = json.dumps(chosen, ensure_ascii=False, indent=2)
        except (ValueError, RecursionError):
            text = data.decode("utf-8", "replace")
    return text[:_LARGEST], len(text) > _LARGEST
