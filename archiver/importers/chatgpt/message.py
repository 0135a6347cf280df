"""One message of the provider -> ``Message``.

This runs for every message of an import, so the common case (a text, a few metadata keys) takes no detour: what a
message might hold besides is decided by its order of keys alone, which is looked up (``keys``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from archiver.importers.base import Feedback
from archiver.importers.chatgpt.author import author_of
from archiver.importers.chatgpt.citations import sources_below
from archiver.importers.chatgpt.content import KINDS, parts_of
from archiver.importers.chatgpt.details import Detail, details, details_of_content, not_said_above, plain_detail
from archiver.importers.chatgpt.extras import with_extras
from archiver.importers.chatgpt.fields import has_words, new_keys
from archiver.importers.chatgpt.findings import Findings
from archiver.importers.chatgpt.keys import MESSAGE_SHAPES, METADATA_SHAPES, Shape
from archiver.importers.chatgpt.models import NOT_RECORDED, models_of
from archiver.importers.chatgpt.raw_json import to_json
from archiver.importers.chatgpt.said import plain_text
from archiver.importers.chatgpt.scene import FindLinks, Scene
from archiver.importers.chatgpt.visibility import why_hidden
from archiver.records import Message, Part, Unknown
from archiver.text.times import EARLIEST, LATEST

_NO_SYMBOLS: dict[str, Any] = {"custom_symbol_offsets": []}
"""What nearly every message of the person has."""
_NORMAL_ENDS = ("finished_successfully", "finished")
_SINGLE = ("recipient", "channel", "status", "end_turn", "weight", "create_time", "update_time", "id")
"""Keys of a message that hold a single word, number or switch."""
_SEVERAL = (dict, list)
_PLAIN = frozenset((str, float, int, bool, type(None)))
_CUT_OFF = ("interrupted", "max_tokens")


@dataclass(slots=True)
class Reading:
    """What is the same for all messages of a conversation."""

    conversation_id: str
    findings: Findings
    feedback: Mapping[str, Feedback]
    find_links: FindLinks
    messages: Mapping[str, Mapping[str, Any]]
    """All of them, raw, by node id."""
    other_models: Mapping[str, tuple[str, ...]]
    """By node id: notes about the models that other exports name for a message."""


def read_message(
    name: str, parent: str | None, raw: dict[str, Any], reading: Reading, leftover: tuple[Unknown, ...] = ()
) -> Message:
    """The message of the node ``name``; ``leftover`` is what stands beside it in the node."""
    findings = reading.findings
    role, tool, odd_author, about_author = author_of(raw, findings)
    leftover += odd_author
    metadata = raw.get("metadata")
    if type(metadata) is not dict:
        leftover += () if metadata is None else (Unknown("metadata", to_json(metadata)),)
        metadata = {}
    shape = METADATA_SHAPES[tuple(metadata)]
    new = _new_words(metadata, shape.unknown) if shape.unknown else ()
    unknown = MESSAGE_SHAPES[tuple(raw)].unknown
    recipient = raw.get("recipient")
    if recipient == "all" or type(recipient) is not str:
        recipient = ""
    content = raw.get("content")
    kind = "text"
    parts: tuple[Part, ...] = ()
    hidden = ""
    found: tuple[Detail, ...] = ()
    cites = metadata.get("content_references") or metadata.get("citations")
    if not (recipient or shape.is_rich or leftover or new or unknown or cites) and raw.get("weight", 1) == 1:
        parts = plain_text(content, role)
    if not parts:
        kind = _kind(content)
        scene = Scene(name, role, tool, recipient, metadata, findings, reading.find_links)
        parts = (
            *with_extras(shape.content, scene, parts_of(content, scene)),
            *leftover,
            *new_keys(metadata, "metadata", new, scene),
            *new_keys(raw, "message", unknown, scene),
        )
        if cites and role == "assistant":
            parts += tuple(sources_below(parts, scene))
        hidden = why_hidden(kind, raw, scene, shape.visibility, parts)
        found = tuple(scene.details)
        if kind in KINDS and type(content) is dict:
            found += details_of_content(content, parts)

    if about_author:
        found += details(("author.metadata",), {"author.metadata": about_author}, parts)
    if shape.details or shape.unknown:
        found += _metadata_details(metadata, shape, new, parts, findings)
    if found and role == "tool" and parent is not None:
        found = not_said_above(found, reading.messages[parent])
    findings.content_type(kind)
    channel = raw.get("channel")
    if channel is not None:
        channel, hidden = _channel(channel, hidden)
    created, updated, status = raw.get("create_time"), raw.get("update_time"), raw.get("status")
    if not _PLAIN.issuperset(map(type, map(raw.get, _SINGLE))):
        parts += tuple(Unknown(key, to_json(raw[key])) for key in _SINGLE if type(raw.get(key)) in _SEVERAL)
    models = models_of(metadata, role) if shape.names_models else NOT_RECORDED
    answered, answered_from, asked, asked_from, notes = models
    if shape.notes:
        notes += _notes(metadata, shape.notes)
    if reading.other_models:
        notes += reading.other_models.get(name, ())
    rating = ""
    own = raw.get("id", name)
    if own != name:
        notes += (f"message id: {own if isinstance(own, str) else to_json(own)}",)
    if reading.feedback:
        rating, rated = _rating((name, own), reading)
        notes += rated
    return Message(
        name,
        parent,
        role,
        parts,
        tool,
        created if type(created) is float and EARLIEST <= created < LATEST else findings.time(created, name),
        None if updated is None else findings.time(updated, name),
        answered,
        answered_from,
        asked,
        asked_from,
        hidden,
        _end(metadata) if status in _NORMAL_ENDS or type(status) is not str else status,
        recipient,
        channel or "",
        rating,
        notes,
        found,
    )


def _kind(content: Any) -> str:
    """The content type, as it is counted."""
    if type(content) is not dict:
        return "none" if content is None else "text" if isinstance(content, str) else "unknown"
    kind = content.get("content_type")
    return kind if type(kind) is str else "none" if kind is None else "unknown"


def _channel(channel: Any, hidden: str) -> tuple[str, str]:
    """The channel, and why the message is hidden now that it is known."""
    if not isinstance(channel, str):
        return "", hidden
    return channel, hidden or ("commentary" if channel in ("commentary", "analysis") else "")


def _new_words(metadata: dict[str, Any], unknown: tuple[str, ...]) -> tuple[str, ...]:
    """New metadata with words in it, which is shown like any part. New ids and switches come every month."""
    return tuple(name for name in unknown if has_words(metadata[name.removeprefix("metadata.")]))


def _metadata_details(
    metadata: dict[str, Any], shape: Shape, new: tuple[str, ...], parts: tuple[Part, ...], findings: Findings
) -> tuple[Detail, ...]:
    """Words of the metadata that are no part, and new keys without words."""
    filled = [key for key in shape.details if (value := metadata[key]) and value != _NO_SYMBOLS]
    found = details(filled, metadata, parts) if filled else ()
    if not shape.unknown:
        return found
    switches = [name for name in shape.unknown if name not in new]
    findings.unknown(switches)
    bare = (name.removeprefix("metadata.") for name in switches)
    return found + tuple(filter(None, (plain_detail(name, metadata[name]) for name in bare)))


def _end(metadata: Mapping[str, Any]) -> str:
    """Why a message of normal status ended early; empty when it did not."""
    details = metadata.get("finish_details")
    if type(details) is not dict:
        return ""
    end = details.get("type")
    return end if end in _CUT_OFF else ""


def _rating(names: tuple[Any, ...], reading: Reading) -> tuple[str, tuple[str, ...]]:
    for name in names:
        found = reading.feedback.get(name) if isinstance(name, str) else None
        # Message ids repeat when a chat was branched into a new one; the rating belongs to one of them.
        if found and found.conversation_id in ("", reading.conversation_id):
            return found.rating, (found.note,) if found.note else ()
    return "", ()


def _notes(metadata: Mapping[str, Any], keys: tuple[str, ...]) -> tuple[str, ...]:
    notes: list[str] = []
    for key in keys:
        value = metadata[key]
        if key == "model_adjustments" and isinstance(value, list):
            notes += [item if isinstance(item, str) else to_json(item) for item in value]
        elif value is True:
            notes.append(key)
        elif isinstance(value, str) and value:
            notes.append(f"{key}: {value}")
        elif isinstance(value, list | dict) and value:
            notes.append(f"{key}: {to_json(value)}")
    return tuple(notes)
