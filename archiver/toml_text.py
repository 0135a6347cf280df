"""Changes single values in the text of a TOML file and leaves every other line as somebody wrote it.

The standard library reads TOML but does not write it. What a person put into their settings, comments included, is
theirs; so a changed value replaces its own line only. The result is read back: where a value was written in a form that
spans lines and the edit went wrong, the whole file is written anew from its values.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from typing import Any, TypeAlias

Value: TypeAlias = str | bool | int | float | list[str]
Place: TypeAlias = tuple[str, ...]
"""``("theme",)`` or ``("keymap", "save")``."""

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def edited(text: str, changes: Mapping[Place, Value | None]) -> str:
    """``text`` with other values at some places; None takes a value out."""
    if not changes:
        return text
    wanted = _merged(tomllib.loads(text), changes)
    lines = text.splitlines()
    for place, value in changes.items():
        _edit(lines, place, value)
    result = "\n".join(lines) + "\n"
    try:
        if _without_empty(tomllib.loads(result)) == _without_empty(wanted):
            return result
    except tomllib.TOMLDecodeError:
        pass
    return dumped(wanted)


def dumped(values: Mapping[str, Any], path: Place = ()) -> str:
    """A whole TOML text: plain values first, tables after them."""
    lines = [f"{_key(key)} = {_literal(value)}" for key, value in values.items() if not isinstance(value, dict)]
    text = "".join(line + "\n" for line in lines)
    for key, value in values.items():
        if isinstance(value, dict):
            inner = (*path, key)
            text += f"\n[{'.'.join(map(_key, inner))}]\n" + dumped(value, inner)
    return text


def _edit(lines: list[str], place: Place, value: Value | None) -> None:
    """Replace, add or take out one line."""
    *table, key = place
    start, end = _region(lines, table)
    line = None if value is None else f"{_key(key)} = {_literal(value)}"
    for index in range(start, end):
        if re.match(rf"\s*{re.escape(_key(key))}\s*=", lines[index]):
            lines[index : index + 1] = [] if line is None else [line]
            return
    if line is None:
        return
    if table and start == end == len(lines):
        lines.extend(["", f"[{'.'.join(map(_key, table))}]", line])
        return
    while end > start and not lines[end - 1].strip():
        end -= 1
    lines.insert(end, line)


def _region(lines: list[str], table: list[str]) -> tuple[int, int]:
    """First line of a table and the line after its last; both the end of the file for a table that is not there."""
    headers = [index for index, line in enumerate(lines) if line.lstrip().startswith("[")] + [len(lines)]
    if not table:
        return 0, headers[0]
    name = re.compile(rf"\s*\[\s*{re.escape('.'.join(map(_key, table)))}\s*\]\s*(#.*)?$")
    for index, header in enumerate(headers[:-1]):
        if name.match(lines[header]):
            return header + 1, headers[index + 1]
    return len(lines), len(lines)


def _merged(values: dict[str, Any], changes: Mapping[Place, Value | None]) -> dict[str, Any]:
    """The values that the edited text must have."""
    for place, value in changes.items():
        *tables, key = place
        target = values
        for table in tables:
            if not isinstance(target.get(table), dict):
                target[table] = {}
            target = target[table]
        if value is None:
            target.pop(key, None)
        else:
            target[key] = value
    return values


def _without_empty(values: dict[str, Any]) -> dict[str, Any]:
    """A table that lost its last value is the same as none."""
    return {key: value for key, value in values.items() if value != {}}


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _literal(key)


def _literal(value: Any) -> str:
    """A value as TOML writes it."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            # A JSON string is a TOML string, except that TOML wants DEL escaped too and knows no lone surrogates.
            clean = value.encode("utf-8", "replace").decode("utf-8")
            return json.dumps(clean, ensure_ascii=False).replace("\x7f", "\\u007f")
        case list():
            return "[" + ", ".join(map(_literal, value)) + "]"
        case dict():
            return "{" + ", ".join(f"{_key(key)} = {_literal(entry)}" for key, entry in value.items()) + "}"
        case _:
            return str(value).replace(" ", "T") if hasattr(value, "isoformat") else repr(value)
