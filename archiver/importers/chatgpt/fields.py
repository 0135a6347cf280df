"""Objects of the provider read field by field, without trusting any type.

What is new or of a wrong type is left over and becomes an ``Unknown``; it is never lost and never stops the work.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from archiver.importers.chatgpt.findings import wrong_type
from archiver.importers.chatgpt.raw_json import to_json
from archiver.importers.chatgpt.scene import Scene
from archiver.records import Unknown

Nothing = TypeVar("Nothing")

_COMPARED = 2000
"""Pieces of a text looked for one by one."""


class Fields:
    """An object of the provider, and what of it is left over."""

    __slots__ = ("has_wrong_types", "leftover", "value")

    def __init__(self, value: Mapping[str, Any]) -> None:
        self.value = value
        self.leftover: dict[str, Any] = {}
        self.has_wrong_types = False

    def text(self, key: str) -> str:
        """A text; empty where there is none."""
        found = self.value.get(key)
        return found if isinstance(found, str) else self._wrong(key, "")

    def items(self, key: str) -> list[Any]:
        """A list; empty where there is none."""
        found = self.value.get(key)
        return found if isinstance(found, list) else self._wrong(key, [])

    def fields(self, key: str) -> Mapping[str, Any]:
        """An object; empty where there is none."""
        found = self.value.get(key)
        return found if isinstance(found, dict) else self._wrong(key, {})

    def number(self, key: str) -> float | None:
        """A number; None where there is none."""
        found = self.value.get(key)
        return found if isinstance(found, int | float) and not isinstance(found, bool) else self._wrong(key, None)

    def leave(self, key: str) -> None:
        """Keep a field raw."""
        found = self.value.get(key)
        if found is not None and found not in ("", [], {}):
            self.leftover[key] = found

    def unknown(self, label: str, scene: Scene) -> tuple[Unknown, ...]:
        """What is left over, as a part."""
        if self.has_wrong_types:
            scene.findings.odd(wrong_type, scene.message_id)
        return (Unknown(label, to_json(self.leftover)),) if self.leftover else ()

    def _wrong(self, key: str, nothing: Nothing) -> Nothing:
        self.leave(key)
        self.has_wrong_types = self.has_wrong_types or key in self.leftover
        return nothing


def new_keys(value: Mapping[str, Any], label: str, unknown: Sequence[str], scene: Scene) -> tuple[Unknown, ...]:
    """Keys that nobody has seen before (``label.key``): counted, and shown where they say something."""
    scene.findings.unknown(unknown)
    fields = Fields(value)
    for name in unknown:
        fields.leave(name.removeprefix(f"{label}."))
    return fields.unknown(label, scene)


def strings(fields: Fields, key: str) -> list[str]:
    """The texts of a list; anything else in it is left over."""
    items = fields.items(key)
    if any(not isinstance(item, str) for item in items):
        fields.leave(key)
    return [item for item in items if isinstance(item, str)]


def has_words(value: Any) -> bool:
    """Whether there is something to read in a value, and not only ids, numbers and switches."""
    waiting = [value]
    while waiting:
        found = waiting.pop()
        if isinstance(found, str):
            if " " in found or not found.isascii():
                return True
        elif isinstance(found, dict):
            waiting += found.values()
        elif isinstance(found, list):
            waiting += found
    return False


def whole(number: float | None) -> int | None:
    """A number as a size; None where it is none."""
    if number is None or not 0 <= number < 2**63:
        return None
    return int(number)


def without_shown(pieces: Sequence[str], shown: str) -> str:
    """The pieces of a text that ``shown`` does not hold, together; they usually are it, cut up."""
    whole_text = "".join(pieces)
    if whole_text in shown:
        return ""
    if len(pieces) > _COMPARED:
        return whole_text
    return "".join(piece for piece in pieces if piece not in shown)


def mapping(value: Any) -> Mapping[str, Any]:
    """``value`` where it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def text(value: Any) -> str:
    """``value`` where it is a text, else an empty one."""
    return value if isinstance(value, str) else ""
