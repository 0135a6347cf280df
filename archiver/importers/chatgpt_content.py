"""One message's content as typed parts: a table from the provider's content type to the function that reads it.

Nothing is dropped: a type, a part or a key that is not in the tables becomes an ``Unknown`` with its raw JSON, is shown
like any other part, and is counted. Strings are handed on exactly as they stand, one part for each, so that nobody has
to know how the provider would have joined them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from archiver.importers import chatgpt_assets as assets
from archiver.importers.chatgpt_citations import has_markers, resolve
from archiver.importers.chatgpt_json import from_json, to_json
from archiver.importers.chatgpt_keys import Shapes
from archiver.importers.chatgpt_keys import words as key_set
from archiver.importers.chatgpt_scene import Fields, Scene, mapping, text, without_shown
from archiver.importers.chatgpt_writing import has_block, split
from archiver.records import (
    Code,
    Instructions,
    Memory,
    Notice,
    Part,
    Quote,
    Reasoning,
    Speech,
    Text,
    ToolCall,
    ToolResult,
    Unknown,
)

Reader: TypeAlias = Callable[[dict[str, Any], Scene], list[Part]]

_DEEPEST = 8
"""Contents inside contents; only data made to exhaust the machine nests further, and is kept raw from there on."""

# What the model writes to its notebook when the account may not keep notes.
_NO_MEMORY = "ignore"


def parts_of(content: Any, scene: Scene) -> list[Part]:
    """Everything that a message's content holds."""
    if type(content) is not dict or not content:
        return _bare(content or None, scene)
    kind = content.get("content_type")
    if kind is None and ("parts" in content or "text" in content):
        kind = "text"
    if type(kind) is not str or kind not in KINDS:
        scene.findings.unknown((f"content_type.{kind if isinstance(kind, str) else type(kind).__name__}",))
        return [Unknown(text(kind) or "content", to_json(content))]
    read, shapes = KINDS[kind]
    parts = read(content, scene)
    unknown = shapes[tuple(content)].unknown
    return [*parts, *_new_keys(content, shapes.name, unknown, scene)] if unknown else parts


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
    return role == "assistant" and not (has_markers(words) or has_block(words) or assets.may_offer(words))


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
    written = resolve(words, scene) if has_markers(words) else Text(words)
    parts: list[Part] = split(written, scene) if has_block(words) else [written]
    return [*parts, *assets.offered(words)] if assets.may_offer(words) else parts


def _bare(content: Any, scene: Scene) -> list[Part]:
    """Content that is no object: plain words in the oldest exports, damage elsewhere."""
    if isinstance(content, str):
        return said(content, scene)
    if isinstance(content, list):
        return _items(content, scene)
    return [] if content is None else [Unknown("content", to_json(content))]


def _new_keys(value: dict[str, Any], label: str, unknown: tuple[str, ...], scene: Scene) -> tuple[Unknown, ...]:
    """Keys nobody has seen before: counted, and shown where they say something."""
    scene.findings.unknown(unknown)
    fields = Fields(value)
    for name in unknown:
        fields.leave(name.removeprefix(f"{label}."))
    return fields.unknown(label, scene)


def _items(items: list[Any], scene: Scene) -> list[Part]:
    parts: list[Part] = []
    for item in items:
        if type(item) is str:
            parts += said(item, scene)
        elif isinstance(item, dict):
            parts += _item(item, scene)
        elif item is not None:
            parts.append(Unknown("part", to_json(item)))
    return parts


def _item(item: dict[str, Any], scene: Scene) -> list[Part]:
    kind = item.get("content_type")
    if isinstance(kind, str) and kind in ITEMS:
        read, shapes = ITEMS[kind]
        return [*read(item, scene), *_new_keys(item, shapes.name, shapes[tuple(item)].unknown, scene)]
    if isinstance(kind, str) and kind in KINDS and scene.depth < _DEEPEST:
        scene.depth += 1
        parts = parts_of(item, scene)
        scene.depth -= 1
        return parts
    scene.findings.unknown((f"part.{kind if isinstance(kind, str) else type(kind).__name__}",))
    raw = Unknown(text(kind) or "part", to_json(item))
    return [assets.any_pointer(item), raw] if isinstance(item.get("asset_pointer"), str) else [raw]


def _text(content: dict[str, Any], scene: Scene) -> list[Part]:
    items = content.get("parts")
    if type(items) is list:
        parts = said(items[0], scene) if len(items) == 1 and type(items[0]) is str else _items(items, scene)
    else:
        parts = _bare(items, scene)
    parts = [*parts, *_bare(content["text"], scene)] if "text" in content else parts
    return _without_echo(parts) if len(parts) > 1 else parts


def _without_echo(parts: list[Part]) -> list[Part]:
    """``parts`` without words that a sound repeats from the transcription beside it."""
    spoken = {part.text for part in parts if isinstance(part, Speech) and part.direction}
    return [part for part in parts if not isinstance(part, Speech) or part.direction or part.text not in spoken]


def _code(content: dict[str, Any], scene: Scene) -> list[Part]:
    fields = Fields(content)
    language = fields.text("language")
    language = "" if language == "unknown" else language
    parts: list[Part] = []
    for words in (fields.text("text"), *_strings(fields, "parts")):
        if words and scene.is_call:
            spoken = language or ("python" if scene.recipient == "python" else "")
            parts.append(ToolCall(scene.recipient, words, spoken))
        elif words:
            parts.append(Code(words, language))
    return [*parts, *fields.unknown("code", scene)]


def _strings(fields: Fields, key: str) -> list[str]:
    """The texts of a list; anything else in it is left over."""
    items = fields.items(key)
    if any(not isinstance(item, str) for item in items):
        fields.leave(key)
    return [item for item in items if isinstance(item, str)]


def _output(content: dict[str, Any], scene: Scene) -> list[Part]:
    fields = Fields(content)
    words = fields.text("text")
    parts: list[Part] = [ToolResult(scene.author, words)] if words else []
    return [*parts, *fields.unknown("execution_output", scene)]


def _thoughts(content: dict[str, Any], scene: Scene) -> list[Part]:
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
    missing = without_shown(_strings(fields, "chunks"), words)
    parts: list[Part] = [Reasoning(words, title)] if words or title else []
    parts += [Reasoning(missing)] if missing else []
    shape = _THOUGHT[tuple(thought)]
    return [*parts, *fields.unknown("thought", scene), *_new_keys(thought, "thought", shape.unknown, scene)]


def _recap(content: dict[str, Any], scene: Scene) -> list[Part]:
    fields = Fields(content)
    words = fields.text("content")
    parts: list[Part] = [Reasoning(words)] if words else []
    return [*parts, *fields.unknown("reasoning_recap", scene)]


def _quote(content: dict[str, Any], scene: Scene) -> list[Part]:
    """A passage of a page or an uploaded document; whole pages come with an extra snippet."""
    fields = Fields(content)
    words, title, snippet = fields.text("text"), fields.text("title"), fields.text("snippet")
    domain, url = fields.text("domain"), fields.text("url")
    parts: list[Part] = [Quote(words, title or domain, url)] if words or title or domain or url else []
    parts += [Quote(snippet, title or domain, url)] if snippet and snippet not in words else []
    return [*parts, *fields.unknown(text(content.get("content_type")), scene)]


def _display(content: dict[str, Any], scene: Scene) -> list[Part]:
    fields = Fields(content)
    words, summary = fields.text("result"), fields.text("summary")
    parts: list[Part] = [ToolResult(scene.author, each) for each in (words, summary) if each]
    return [*parts, *_items(fields.items("assets"), scene), *fields.unknown("tether_browsing_display", scene)]


def _instructions(content: dict[str, Any], scene: Scene) -> list[Part]:
    fields = Fields(content)
    about_user, about_model = fields.text("user_profile"), fields.text("user_instructions")
    parts: list[Part] = [Instructions(about_user, about_model)] if about_user or about_model else []
    parts += said(fields.text("text"), scene)
    return [*parts, *fields.unknown("user_editable_context", scene)]


def _memories(content: dict[str, Any], scene: Scene) -> list[Part]:
    fields = Fields(content)
    keys = ("model_set_context", "repository", "repo_summary", "structured_context")
    parts: list[Part] = [Memory(words) for words in map(fields.text, keys) if words]
    return [*parts, *fields.unknown("model_editable_context", scene)]


def _error(content: dict[str, Any], scene: Scene) -> list[Part]:
    fields = Fields(content)
    words, name = fields.text("text"), fields.text("name")
    parts: list[Part] = [Notice(words, name)] if words or name else []
    return [*parts, *fields.unknown("system_error", scene)]


def _screen(content: dict[str, Any], scene: Scene) -> list[Part]:
    """What the agent saw on its own computer."""
    fields = Fields(content)
    state = Fields(fields.fields("state"))
    title, url, page = state.text("title"), state.text("url"), state.text("dom")
    parts: list[Part] = _item(dict(fields.fields("screenshot")), scene) if content.get("screenshot") else []
    parts += [Quote(page, title, url)] if title or url or page else []
    return [*parts, *state.unknown("state", scene), *fields.unknown("computer_output", scene)]


def _connected(content: dict[str, Any], scene: Scene) -> list[Part]:
    """What a connected service gave back."""
    fields = Fields(content)
    source = Fields(fields.fields("metadata"))
    words, title, url = fields.text("output_str"), source.text("display_title"), source.text("display_url")
    parts: list[Part] = [Quote(words, title or source.text("connector_source"), url)] if words or title or url else []
    return [*parts, *source.unknown("citable_code_output", scene), *fields.unknown("citable_code_output", scene)]


def _app(content: dict[str, Any], scene: Scene) -> list[Part]:
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


def _spoken(item: dict[str, Any], scene: Scene) -> list[Part]:
    fields = Fields(item)
    words = fields.text("text")
    parts: list[Part] = [Speech(words, fields.text("direction"))] if words else []
    return [*parts, *fields.unknown("audio_transcription", scene)]


def _entry(name: str, read: Reader, keys: str | frozenset[str]) -> tuple[Reader, Shapes]:
    known = key_set(keys) | {"content_type"} if isinstance(keys, str) else keys
    return read, Shapes(name, known)


KINDS: dict[str, tuple[Reader, Shapes]] = {
    name: _entry(name, read, keys)
    for name, read, keys in (
        ("text", _text, "parts text"),
        ("multimodal_text", _text, "parts text"),
        ("code", _code, "language response_format_name text parts"),
        ("tether_browsing_code", _code, "language response_format_name text parts"),
        ("execution_output", _output, "text"),
        ("thoughts", _thoughts, "thoughts source_analysis_msg_id"),
        ("reasoning_recap", _recap, "content"),
        ("tether_quote", _quote, "url domain title text tether_id"),
        ("tether_browsing_display", _display, "result summary assets tether_id"),
        (
            "sonic_webpage",
            _quote,
            "url domain title text snippet pub_date crawl_date pub_timestamp crawl_timestamp ref_id",
        ),
        ("user_editable_context", _instructions, "user_profile user_instructions text"),
        ("model_editable_context", _memories, "model_set_context repository repo_summary structured_context"),
        ("system_error", _error, "name text"),
        ("computer_output", _screen, "computer_id screenshot state tether_id is_ephemeral"),
        ("citable_code_output", _connected, "output_str metadata tether_id unprocessed_output"),
        ("app_pairing_content", _app, "workspaces context_parts custom_instructions text title"),
    )
}
"""What a message's content can be."""

ITEMS: dict[str, tuple[Reader, Shapes]] = {
    name: _entry(name, read, keys)
    for name, read, keys in (
        ("image_asset_pointer", assets.image, assets.IMAGE),
        ("audio_transcription", _spoken, "text direction decoding_id"),
        ("audio_asset_pointer", assets.audio, assets.AUDIO),
        ("real_time_user_audio_video_asset_pointer", assets.conversed, assets.CONVERSED),
    )
}
"""What one of several parts of a content can be, besides a plain string."""

_THOUGHT = Shapes("thought", frozenset(("summary", "content", "chunks", "finished")))
