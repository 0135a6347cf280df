"""A plain string of a message, as what it is there: words, a call of a tool, its result, or a note to remember."""

from __future__ import annotations

from typing import Any

from archiver.importers.chatgpt.assets import may_offer, offered
from archiver.importers.chatgpt.citations import resolve
from archiver.importers.chatgpt.markers import has_markers
from archiver.importers.chatgpt.scene import Scene
from archiver.importers.chatgpt.writing import has_block, split
from archiver.records import Memory, Part, Text, ToolCall, ToolResult

# What the model writes to its notebook when the account may not keep notes.
_NO_MEMORY = "ignore"


def plain_text(content: Any, role: str) -> tuple[Text, ...]:
    """The text of the commonest kind of message; nothing where it takes a closer look."""
    if type(content) is not dict or len(content) != 2 or content.get("content_type") != "text":
        return ()
    parts = content.get("parts")
    if type(parts) is not list or len(parts) != 1:
        return ()
    words = parts[0]
    if type(words) is not str or not words or (role != "user" and not _is_plain_answer(words, role)):
        return ()
    return (Text(words),)


def _is_plain_answer(words: str, role: str) -> bool:
    return role == "assistant" and not (has_markers(words) or has_block(words) or may_offer(words))


def said(words: str, scene: Scene) -> list[Part]:
    """A plain string, as what it is for this message."""
    if not words:
        return []
    if scene.role == "tool":
        return [ToolResult(scene.author, words)]
    if scene.is_call:
        is_note = scene.recipient == "bio" and words.strip() != _NO_MEMORY
        return [Memory(words)] if is_note else [ToolCall(scene.recipient, words)]
    if scene.role != "assistant":
        return [Text(words)]
    is_cited = scene.metadata.get("content_references") or has_markers(words)
    written, unknown = resolve(words, scene) if is_cited else (Text(words), [])
    parts: list[Part] = split(written, scene) if has_block(words) else [written]
    return [*parts, *offered(words), *unknown] if may_offer(words) or unknown else parts
