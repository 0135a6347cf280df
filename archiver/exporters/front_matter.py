"""YAML front matter that every parser reads back as it was meant, whatever the title holds.

A JSON string is a YAML string, so values are written as JSON; what JSON leaves bare and YAML forbids or takes for a
line end is escaped as well. Numbers and moments stay bare, lists stand one item a line as Obsidian writes them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from json.encoder import encode_basestring
from typing import TypeAlias

Value: TypeAlias = str | int | bool | Sequence[str] | Mapping[str, int]

_NOT_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|[\U0001fffe\U0001ffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")


class Bare(str):
    """A value written without quotes, such as a moment that parsers should know as one."""

    __slots__ = ()


def front_matter(values: Mapping[str, Value]) -> str:
    """A whole block with both ``---`` lines; empty values are left out."""
    lines = ["---"]
    for key, value in values.items():
        if value is True or value is False:
            lines.append(f"{key}: {'true' if value else 'false'}")
        elif isinstance(value, int):
            lines.append(f"{key}: {value}")
        elif not value:
            continue
        elif isinstance(value, str):
            lines.append(f"{key}: {value if isinstance(value, Bare) else quoted(value)}")
        elif isinstance(value, Mapping):
            lines.append(f"{key}:")
            lines.extend(f"  {quoted(name)}: {number}" for name, number in value.items())
        else:
            lines.append(f"{key}:")
            lines.extend(f"  - {quoted(item)}" for item in value)
    lines.append("---\n")
    return "\n".join(lines)


def quoted(text: str) -> str:
    """One string as a YAML (and JSON) double-quoted scalar."""
    if text.isascii() and text.isprintable():
        return encode_basestring(text)
    return _NOT_YAML.sub(_escape, encode_basestring(_SURROGATE.sub("\ufffd", text)))


def _escape(match: re.Match[str]) -> str:
    number = ord(match[0])
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"


@lru_cache(maxsize=256)
def tag(text: str) -> str:
    """``text`` as an Obsidian tag: letters, digits, ``-``, ``_`` and ``/``."""
    return re.sub(r"[^\w/-]+", "-", text).strip("-")
