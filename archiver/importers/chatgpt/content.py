"""One message's content as typed parts: a table from the provider's content type to the function that reads it.

Nothing is dropped: a type, a part or a key that is not in the tables becomes an ``Unknown`` with its raw JSON, is shown
like any other part, and is counted. Strings are handed on exactly as they stand, one part for each, so that nobody has
to know how the provider would have joined them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from archiver.importers.chatgpt import assets, readers
from archiver.importers.chatgpt.fields import Fields, new_keys, text
from archiver.importers.chatgpt.keys import Shapes, words
from archiver.importers.chatgpt.raw_json import to_json, type_name
from archiver.importers.chatgpt.said import said
from archiver.importers.chatgpt.scene import Scene
from archiver.records import Part, Quote, Speech, ToolResult, Unknown

Reader: TypeAlias = Callable[[dict[str, Any], Scene], list[Part]]

_DEEPEST = 8
"""Contents inside contents; only data made to exhaust the machine nests further, and is kept raw from there on."""


def parts_of(content: Any, scene: Scene) -> list[Part]:
    """Everything that a message's content holds."""
    if type(content) is not dict or not content:
        return _bare(content or None, scene)
    kind = content.get("content_type")
    if kind is None and ("parts" in content or "text" in content):
        kind = "text"
    if type(kind) is not str or kind not in KINDS:
        scene.findings.unknown((f"content_type.{kind if isinstance(kind, str) else type_name(kind)}",))
        return [Unknown(text(kind) or "content", to_json(content))]
    read, shapes = KINDS[kind]
    parts = read(content, scene)
    unknown = shapes[tuple(content)].unknown
    return [*parts, *new_keys(content, shapes.name, unknown, scene)] if unknown else parts


def _bare(content: Any, scene: Scene) -> list[Part]:
    """Content that is no object: plain words in the oldest exports, damage elsewhere."""
    if isinstance(content, str):
        return said(content, scene)
    if isinstance(content, list):
        return _items(content, scene)
    return [] if content is None else [Unknown("content", to_json(content))]


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
        return [*read(item, scene), *new_keys(item, shapes.name, shapes[tuple(item)].unknown, scene)]
    if isinstance(kind, str) and kind in KINDS and scene.depth < _DEEPEST:
        scene.depth += 1
        parts = parts_of(item, scene)
        scene.depth -= 1
        return parts
    scene.findings.unknown((f"part.{kind if isinstance(kind, str) else type_name(kind)}",))
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


def _display(content: dict[str, Any], scene: Scene) -> list[Part]:
    fields = Fields(content)
    result, summary = fields.text("result"), fields.text("summary")
    parts: list[Part] = [ToolResult(scene.author, each) for each in (result, summary) if each]
    return [*parts, *_items(fields.items("assets"), scene), *fields.unknown("tether_browsing_display", scene)]


def _screen(content: dict[str, Any], scene: Scene) -> list[Part]:
    """What the agent saw on its own computer."""
    fields = Fields(content)
    state = Fields(fields.fields("state"))
    title, url, page = state.text("title"), state.text("url"), state.text("dom")
    parts: list[Part] = _item(dict(fields.fields("screenshot")), scene) if content.get("screenshot") else []
    parts += [Quote(page, title, url)] if title or url or page else []
    return [*parts, *state.unknown("state", scene), *fields.unknown("computer_output", scene)]


def _entry(name: str, read: Reader, keys: str | frozenset[str]) -> tuple[Reader, Shapes]:
    known = words(keys) | {"content_type"} if isinstance(keys, str) else keys
    return read, Shapes(name, known)


KINDS: dict[str, tuple[Reader, Shapes]] = {
    name: _entry(name, read, keys)
    for name, read, keys in (
        ("text", _text, "parts text"),
        ("multimodal_text", _text, "parts text"),
        ("code", readers.code, "language response_format_name text parts"),
        ("tether_browsing_code", readers.code, "language response_format_name text parts"),
        ("execution_output", readers.output, "text"),
        ("thoughts", readers.thoughts, "thoughts source_analysis_msg_id"),
        ("reasoning_recap", readers.recap, "content"),
        ("tether_quote", readers.quote, "url domain title text tether_id"),
        ("tether_browsing_display", _display, "result summary assets tether_id"),
        (
            "sonic_webpage",
            readers.quote,
            "url domain title text snippet pub_date crawl_date pub_timestamp crawl_timestamp ref_id",
        ),
        ("user_editable_context", readers.instructions, "user_profile user_instructions text"),
        ("model_editable_context", readers.memories, "model_set_context repository repo_summary structured_context"),
        ("system_error", readers.error, "name text"),
        ("computer_output", _screen, "computer_id screenshot state tether_id is_ephemeral"),
        ("citable_code_output", readers.connected, "output_str metadata tether_id unprocessed_output"),
        ("app_pairing_content", readers.app, "workspaces context_parts custom_instructions text title"),
    )
}
"""What a message's content can be."""

ITEMS: dict[str, tuple[Reader, Shapes]] = {
    name: _entry(name, read, keys)
    for name, read, keys in (
        ("image_asset_pointer", assets.image, assets.IMAGE),
        ("audio_transcription", readers.spoken, "text direction decoding_id"),
        ("audio_asset_pointer", assets.audio, assets.AUDIO),
        ("real_time_user_audio_video_asset_pointer", assets.conversed, assets.CONVERSED),
    )
}
"""What one of several parts of a content can be, besides a plain string."""
