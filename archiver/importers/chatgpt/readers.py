"""What each kind of content says that is no plain text: code, results, thoughts, quotations, notes, errors.

One function a kind, from the provider's object to parts; the table that names them stands in ``content``.
"""

from __future__ import annotations

import re
from typing import Any

from archiver.importers.chatgpt.fields import Fields, mapping, new_keys, strings, text, without_shown
from archiver.importers.chatgpt.keys import Shapes
from archiver.importers.chatgpt.raw_json import from_json, to_json
from archiver.importers.chatgpt.said import said
from archiver.importers.chatgpt.scene import Scene
from archiver.records import (
    Code,
    Instructions,
    Memory,
    Notice,
    Part,
    Quote,
    Reasoning,
    Speech,
    ToolCall,
    ToolResult,
    Unknown,
)

_WRAPPED = re.compile(r"\s*The user provided\b[^`]{0,2000}\s*```(?:text\n)?(?P<own>.*?)\n?```\s*", re.DOTALL)
_THOUGHT = Shapes("thought", frozenset(("summary", "content", "chunks", "finished")))


def code(content: dict[str, Any], scene: Scene) -> list[Part]:
    fields = Fields(content)
    language = fields.text("language")
    language = "" if language == "unknown" else language
    parts: list[Part] = []
    for words in (fields.text("text"), *strings(fields, "parts")):
        if words and scene.is_call:
            spoken = language or ("python" if scene.recipient == "python" else "")
            parts.append(ToolCall(scene.recipient, words, spoken))
        elif words:
            parts.append(Code(words, language))
    return [*parts, *fields.unknown("code", scene)]


def output(content: dict[str, Any], scene: Scene) -> list[Part]:
    fields = Fields(content)
    words = fields.text("text")
    parts: list[Part] = [ToolResult(scene.author, words)] if words else []
    return [*parts, *fields.unknown("execution_output", scene)]


def thoughts(content: dict[str, Any], scene: Scene) -> list[Part]:
    fields = Fields(content)
    thoughts = content.get("thoughts")
    if isinstance(thoughts, str):
        listed = from_json(thoughts)
        thoughts = listed if isinstance(listed, list) else [thoughts]
    elif not isinstance(thoughts, list):
        thoughts = fields.items("thoughts")
    parts: list[Part] = []
    for thought in thoughts:
        if isinstance(thought, dict):
            parts += _thought(thought, scene)
        elif isinstance(thought, str):
            parts += [Reasoning(thought)] if thought else []
        elif thought is not None:
            parts.append(Unknown("thought", to_json(thought)))
    return [*parts, *fields.unknown("thoughts", scene)]


def _thought(thought: dict[str, Any], scene: Scene) -> list[Part]:
    fields = Fields(thought)
    title, words = fields.text("summary"), fields.text("content")
    missing = without_shown(strings(fields, "chunks"), words)
    parts: list[Part] = [Reasoning(words, title)] if words or title else []
    parts += [Reasoning(missing)] if missing else []
    shape = _THOUGHT[tuple(thought)]
    return [*parts, *fields.unknown("thought", scene), *new_keys(thought, "thought", shape.unknown, scene)]


def recap(content: dict[str, Any], scene: Scene) -> list[Part]:
    fields = Fields(content)
    words = fields.text("content")
    parts: list[Part] = [Reasoning(words)] if words else []
    return [*parts, *fields.unknown("reasoning_recap", scene)]


def quote(content: dict[str, Any], scene: Scene) -> list[Part]:
    """A passage of a page or an uploaded document; whole pages come with an extra snippet."""
    fields = Fields(content)
    words, title, snippet = fields.text("text"), fields.text("title"), fields.text("snippet")
    domain, url = fields.text("domain"), fields.text("url")
    parts: list[Part] = [Quote(words, title or domain, url)] if words or title or domain or url else []
    parts += [Quote(snippet, title or domain, url)] if snippet and snippet not in words else []
    return [*parts, *fields.unknown(text(content.get("content_type")), scene)]


def instructions(content: dict[str, Any], scene: Scene) -> list[Part]:
    """Custom instructions, without the sentence and the fence that the provider puts around them for the model."""
    fields = Fields(content)
    about_user, about_model = unwrapped(fields.text("user_profile")), unwrapped(fields.text("user_instructions"))
    parts: list[Part] = [Instructions(about_user, about_model)] if about_user or about_model else []
    parts += said(fields.text("text"), scene)
    return [*parts, *fields.unknown("user_editable_context", scene)]


def unwrapped(words: str) -> str:
    """The person's own words of a custom instruction; everything where they are not surely told apart."""
    match = _WRAPPED.fullmatch(words)
    return match["own"] if match and "```" not in match["own"] else words


def memories(content: dict[str, Any], scene: Scene) -> list[Part]:
    fields = Fields(content)
    keys = ("model_set_context", "repository", "repo_summary", "structured_context")
    parts: list[Part] = [Memory(words) for words in map(fields.text, keys) if words]
    return [*parts, *fields.unknown("model_editable_context", scene)]


def error(content: dict[str, Any], scene: Scene) -> list[Part]:
    fields = Fields(content)
    words, name = fields.text("text"), fields.text("name")
    parts: list[Part] = [Notice(words, name)] if words or name else []
    return [*parts, *fields.unknown("system_error", scene)]


def connected(content: dict[str, Any], scene: Scene) -> list[Part]:
    """What a connected service gave back."""
    fields = Fields(content)
    source = Fields(fields.fields("metadata"))
    words, title, url = fields.text("output_str"), source.text("display_title"), source.text("display_url")
    parts: list[Part] = [Quote(words, title or source.text("connector_source"), url)] if words or title or url else []
    return [*parts, *source.unknown("citable_code_output", scene), *fields.unknown("citable_code_output", scene)]


def app(content: dict[str, Any], scene: Scene) -> list[Part]:
    """Text that the desktop program took from other windows, and which windows these were."""
    fields = Fields(content)
    parts: list[Part] = []
    title = fields.text("title")
    for window in fields.items("workspaces"):
        names = (window,) if isinstance(window, str) else (mapping(window).get(key) for key in ("app_name", "title"))
        found = " – ".join(filter(None, map(text, names)))
        title = title or found
        parts += [Quote("", found)] if found else [Unknown("workspace", to_json(window))]
    for piece in fields.items("context_parts"):
        words = text(mapping(piece).get("text"))
        parts.append(Quote(words, title) if words else Unknown("context_part", to_json(piece)))
    words, wishes = fields.text("text"), fields.text("custom_instructions")
    parts += [Quote(words, title)] if words else []
    parts += [Instructions("", wishes)] if wishes else []
    return [*parts, *fields.unknown("app_pairing_content", scene)]


def spoken(item: dict[str, Any], scene: Scene) -> list[Part]:
    fields = Fields(item)
    words = fields.text("text")
    parts: list[Part] = [Speech(words, fields.text("direction"))] if words else []
    return [*parts, *fields.unknown("audio_transcription", scene)]
