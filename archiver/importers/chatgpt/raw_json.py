"""JSON text of what is kept raw, and JSON that the provider put inside strings.

orjson is fast but refuses half a surrogate pair, whole numbers beyond 64 bits and deep nesting; all three occur, and
raw JSON must never be what gets lost. Keys are sorted, so that the same content gives the same text.
"""

from __future__ import annotations

import json
from typing import Any

import orjson

from archiver.importers.json_text.value import read_json

_TYPES = {type(None): "null", bool: "true or false", int: "number", float: "number", str: "text", list: "list"}


def type_name(value: Any) -> str:
    """What kind of JSON value this is, in the words of JSON."""
    return _TYPES.get(type(value), "object")


def to_json(value: Any) -> str:
    """``value`` as JSON text, whatever it holds."""
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()
    except TypeError:
        pass
    try:
        return json.dumps(value, sort_keys=True)
    except RecursionError:
        return _deep(value)


def from_json(text: str) -> Any:
    """The value of JSON text inside a string; None where it is none."""
    try:
        return orjson.loads(text)
    except ValueError:
        return None


def from_damaged_json(text: str) -> Any:
    """The value of JSON text, also with the faults that ``read_json`` mends; None where it is none."""
    try:
        return read_json(text.encode("utf-8", "surrogatepass"))[0]
    except ValueError:
        return None


def _deep(value: Any) -> str:
    """JSON text of a value nested deeper than any recursion goes."""
    written: list[str] = []
    waiting: list[tuple[bool, Any]] = [(False, value)]
    while waiting:
        is_text, current = waiting.pop()
        if is_text:
            written.append(current)
        elif isinstance(current, dict):
            waiting.append((True, "}"))
            for place, key in enumerate(sorted(current, reverse=True)):
                waiting += [(False, current[key]), (True, json.dumps(key) + ":")]
                waiting += [(True, ",")] if place + 1 < len(current) else []
            waiting.append((True, "{"))
        elif isinstance(current, list):
            waiting.append((True, "]"))
            for place, item in enumerate(reversed(current)):
                waiting.append((False, item))
                waiting += [(True, ",")] if place + 1 < len(current) else []
            waiting.append((True, "["))
        else:
            written.append(json.dumps(current))
    return "".join(written)
