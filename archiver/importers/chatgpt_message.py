"""One message of the provider -> ``Message``.

This runs for every message of an import, so the common case (a text, a few metadata keys) takes no detour: what a
message might hold besides is decided by its order of keys alone, which is looked up (``chatgpt_keys``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from archiver.importers.base import Feedback
from archiver.importers.chatgpt_content import parts_of
from archiver.importers.chatgpt_extras import with_extras
from archiver.importers.chatgpt_findings import Findings
from archiver.importers.chatgpt_json import to_json
from archiver.importers.chatgpt_keys import AUTHOR_SHAPES, MESSAGE_SHAPES, METADATA_SHAPES, NO_SHAPE
from archiver.importers.chatgpt_models import NOT_RECORDED, models_of
from archiver.importers.chatgpt_scene import EVERYBODY, FindLinks, Scene, text
from archiver.importers.chatgpt_times import EARLIEST, LATEST
from archiver.importers.chatgpt_visibility import why_hidden
from archiver.records import Message, Part, Unknown

_ROLES = frozenset(("user", "assistant", "tool", "system", "developer"))
_NORMAL_ENDS = frozenset(("finished_successfully", "finished"))
_CUT_OFF = frozenset(("interrupted", "max_tokens"))


@dataclass(slots=True)
class Reading:
    """What is the same for all messages of a conversation."""

    conversation_id: str
    findings: Findings
    feedback: Mapping[str, Feedback]
    find_links: FindLinks


def read_message(name: str, parent: str | None, raw: dict[str, Any], reading: Reading) -> Message:
    """The message of the node ``name``."""
    findings = reading.findings
    role, author, more = _author(raw, findings)
    metadata = raw.get("metadata")
    if type(metadata) is dict:
        shape = METADATA_SHAPES[tuple(metadata)]
    else:
        more += () if metadata is None else (Unknown("metadata", to_json(metadata)),)
        metadata, shape = {}, NO_SHAPE
    if shape.unknown:
        findings.unknown(shape.unknown)
    recipient = raw.get("recipient")
    if recipient in EVERYBODY or type(recipient) is not str:
        recipient = ""
    scene = Scene(name, role, author, recipient, metadata, findings, reading.find_links)

    content = raw.get("content")
    parts = parts_of(content, scene)
    if shape.content:
        parts = with_extras(shape.content, scene, parts)
    unknown = MESSAGE_SHAPES[tuple(raw)].unknown
    if unknown or more:
        parts = [*parts, *more, *_new_keys(raw, unknown, findings)]

    kind = _kind(content)
    findings.content_types[kind] = findings.content_types.get(kind, 0) + 1
    models = models_of(metadata, role) if metadata else NOT_RECORDED
    rating, rated = _rating(name, raw, reading) if reading.feedback else ("", ())
    notes = (*models.notes, *rated, *_notes(metadata, shape.notes)) if models.notes or rated or shape.notes else ()
    if raw.get("id", name) != name:
        notes = (*notes, f"message id: {raw['id']}")
    return Message(
        name,
        parent,
        role,
        tuple(parts),
        author,
        _time(raw.get("create_time"), name, findings),
        _time(raw.get("update_time"), name, findings),
        models.answered,
        models.answered_from,
        models.asked,
        models.asked_from,
        why_hidden(kind, raw, scene, shape.visibility, parts),
        _status(raw, metadata),
        recipient,
        text(raw.get("channel")),
        rating,
        notes,
    )


def _author(raw: dict[str, Any], findings: Findings) -> tuple[str, str, tuple[Part, ...]]:
    """Role, tool name, and what is left over of the author."""
    author = raw.get("author")
    if type(author) is not dict:
        role = raw.get("role", author)
        more: tuple[Part, ...] = () if author is None or author is role else (Unknown("author", to_json(author)),)
        author = {"role": role}
    else:
        unknown = AUTHOR_SHAPES[tuple(author)].unknown
        more = (Unknown("author", to_json(author)),) if unknown else ()
        findings.unknown(unknown)
    role = author.get("role")
    if role not in _ROLES:
        findings.unknown((f"role.{role if isinstance(role, str) else type(role).__name__}",))
        if not isinstance(role, str):
            more = (*more, *(() if role is None else (Unknown("role", to_json(role)),)))
            role = ""
    name = author.get("name")
    details = author.get("metadata")
    if not name and details and role != "user" and type(details) is dict:
        name = details.get("real_author")
    return role or "unknown", text(name), more


def _kind(content: Any) -> str:
    if type(content) is dict:
        kind = content.get("content_type")
        return kind if type(kind) is str else "unknown"
    return "none" if content is None else "text" if type(content) is str else "unknown"


def _new_keys(raw: dict[str, Any], unknown: tuple[str, ...], findings: Findings) -> tuple[Unknown, ...]:
    """Keys of a message that nobody has seen before."""
    findings.unknown(unknown)
    names = (name.removeprefix("message.") for name in unknown)
    new = {name: raw[name] for name in names if raw[name] is not None}
    return (Unknown("message", to_json(new)),) if new else ()


def _time(value: Any, name: str, findings: Findings) -> float | None:
    if type(value) is float and EARLIEST <= value < LATEST:
        return value
    return None if value is None else findings.time(value, name)


def _status(raw: dict[str, Any], metadata: Mapping[str, Any]) -> str:
    status = text(raw.get("status"))
    if status and status not in _NORMAL_ENDS:
        return status
    details = metadata.get("finish_details")
    end = details.get("type") if type(details) is dict else None
    return end if type(end) is str and end in _CUT_OFF else ""


def _rating(name: str, raw: dict[str, Any], reading: Reading) -> tuple[str, tuple[str, ...]]:
    own = raw.get("id")
    found = reading.feedback.get(name) or (reading.feedback.get(own) if isinstance(own, str) else None)
    # Message ids repeat when a chat was branched into a new one; the rating belongs to one of them.
    if found is None or (found.conversation_id and found.conversation_id != reading.conversation_id):
        return "", ()
    return found.rating, (found.note,) if found.note else ()


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
    return tuple(notes)
