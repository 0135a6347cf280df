"""Messages as rows and back.

Most messages are one plain text: that text stands in the column ``text`` and nothing else is needed. All that a column
does not hold goes into ``rest``, a JSON object without the fields that have their usual value.
"""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import orjson

from archiver.records import PART_CLASSES, AssetReference, Citation, Message, Part, Text

_CLASSES = {part_class.kind: part_class for part_class in PART_CLASSES}
_REST = ("author", "updated", "answered_from", "asked_from", "status", "recipient", "channel", "rating")


def part_to_json(part: Part) -> dict[str, Any]:
    """A part as a JSON object: its kind, then its fields."""
    values: dict[str, Any] = {"kind": part.kind}
    for field in fields(part):
        value = getattr(part, field.name)
        if field.name == "citations":
            value = [{"start": c.start, "end": c.end, "title": c.title, "url": c.url} for c in value]
        values[field.name] = value
    return values


def part_from_json(values: dict[str, Any]) -> Part:
    """The part that ``part_to_json`` wrote."""
    arguments = {name: value for name, value in values.items() if name != "kind"}
    if "citations" in arguments:
        arguments["citations"] = tuple(Citation(**citation) for citation in arguments["citations"])
    if "versions" in arguments:
        arguments["versions"] = tuple(arguments["versions"])
    return _CLASSES[values["kind"]](**arguments)


def rest_of(message: Message, *, with_parts: bool) -> bytes | None:
    """The JSON of everything that no column holds; None when there is nothing."""
    rest: dict[str, Any] = {name: value for name in _REST if (value := getattr(message, name))}
    if message.notes:
        rest["notes"] = message.notes
    if message.details:
        rest["details"] = message.details
    if with_parts:
        rest["parts"] = [part_to_json(part) for part in message.parts]
    return orjson.dumps(rest) if rest else None


def is_plain(parts: tuple[Part, ...]) -> bool:
    """Whether the message is one text without citations, which the column ``text`` holds alone."""
    return len(parts) == 1 and type(parts[0]) is Text and not parts[0].citations


def message_from_row(
    id_: str,
    parent: str | None,
    role: str,
    created: float | None,
    answered: str,
    asked: str,
    hidden: str,
    text: str | None,
    rest: bytes | str | None,
) -> Message:
    """The message whose columns these are; ``parent`` is already an id."""
    values: dict[str, Any] = orjson.loads(rest) if rest else {}
    parts: tuple[Part, ...]
    if text is not None:
        parts = (Text(text),)
    else:
        parts = tuple(part_from_json(part) for part in values.pop("parts", ()))
    if "notes" in values:
        values["notes"] = tuple(values["notes"])
    if "details" in values:
        values["details"] = tuple((name, words) for name, words in values["details"])
    return Message(id_, parent, role, parts, created=created, answered=answered, asked=asked, hidden=hidden, **values)


def measure(parts: tuple[Part, ...]) -> tuple[int, int, bool]:
    """Characters, newlines, and whether the text is mostly wide: enough to guess a height without the text."""
    characters = newlines = 0
    sample = ""
    for part in parts:
        if isinstance(part, AssetReference):
            newlines += 1
            continue
        text = part.text
        characters += len(text)
        newlines += text.count("\n") + 1
        sample = sample or text[len(text) // 2 : len(text) // 2 + 1]
    return characters, max(0, newlines - 1), sample > "\u2e7f"
