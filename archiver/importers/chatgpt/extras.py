"""Content that the provider puts into a message's metadata instead of its content.

Pictures of a program's output, attached files, custom instructions, a report inside a widget: whoever reads only
``content`` loses them. A table from the metadata key to the function that adds what it holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, TypeAlias

from archiver.importers.chatgpt.assets import attached
from archiver.importers.chatgpt.content import parts_of
from archiver.importers.chatgpt.fields import Fields, mapping, text, whole, without_shown
from archiver.importers.chatgpt.raw_json import from_json, to_json
from archiver.importers.chatgpt.scene import Scene
from archiver.importers.chatgpt.writing import added
from archiver.records import (
    AssetReference,
    Document,
    Instructions,
    Memory,
    Part,
    Quote,
    Reasoning,
    ToolResult,
    Unknown,
    asset_id,
)

Extra: TypeAlias = Callable[[Any, Scene, list[Part]], list[Part]]


def with_extras(keys: tuple[str, ...], scene: Scene, parts: list[Part]) -> list[Part]:
    """``parts`` with what the metadata adds."""
    for key in keys:
        value = scene.metadata[key]
        if value:
            parts = EXTRAS[key](value, scene, parts)
    return parts


def _attachments(value: Any, scene: Scene, parts: list[Part]) -> list[Part]:
    return attached(value, scene, parts)


def _program(value: Any, scene: Scene, parts: list[Part]) -> list[Part]:
    """The result of a program: how it ended, its pictures, and output that the content leaves out."""
    fields = Fields(mapping(value))
    status = fields.text("status")
    written = [replace(part, status=status) if isinstance(part, ToolResult) else part for part in parts]
    shown = "\n".join(part.text for part in written if isinstance(part, ToolResult))
    written += (ToolResult(scene.author, words, status) for words in _printed(fields, shown))
    seen: set[str] = set()
    for picture in (*_drawn(fields), *_displayed(fields)):
        name = asset_id(picture.pointer)
        if name not in seen:
            seen.add(name)
            written.append(picture)
    return written


def _printed(fields: Fields, shown: str) -> Iterator[str]:
    """What the program printed, its last value, and how it failed, as far as it is not ``shown`` anyway."""
    streams = [mapping(item) for item in fields.items("messages")]
    streamed = without_shown(
        [text(item.get("text")) for item in streams if item.get("message_type") == "stream"], shown
    )
    final = text(fields.value.get("final_expression_output"))
    yield from (words for words in (streamed, final) if words.strip() and words not in shown)
    for key in ("in_kernel_exception", "system_exception"):
        failure = mapping(fields.value.get(key))
        trace = failure.get("traceback")
        lines = [line for line in trace if isinstance(line, str)] if isinstance(trace, list) else []
        name = text(failure.get("name"))
        words = "\n".join(lines if any(name in line for line in lines) else (name, *lines))
        if words and words not in shown:
            yield words


def _drawn(fields: Fields) -> Iterator[AssetReference]:
    for item in fields.items("messages"):
        note = Fields(mapping(item))
        if note.value.get("message_type") == "image" and (pointer := note.text("image_url")):
            yield AssetReference(
                pointer, "image", width=whole(note.number("width")), height=whole(note.number("height"))
            )


def _displayed(fields: Fields) -> Iterator[AssetReference]:
    """Pictures as the notebook itself lists them."""
    for item in fields.items("jupyter_messages"):
        shown = mapping(mapping(mapping(item).get("content")).get("data"))
        for kind, pointer in shown.items():
            if kind.startswith("image/vnd.openai.fileservice") and isinstance(pointer, str) and pointer:
                yield AssetReference(pointer, "image")


def _charts(value: Any, _scene: Scene, parts: list[Part]) -> list[Part]:
    """Charts and tables that the provider draws itself, from a file."""
    known = {asset_id(part.pointer) for part in parts if isinstance(part, AssetReference)}
    drawn: list[Part] = []
    for item in value if isinstance(value, list) else ():
        fields = Fields(mapping(item))
        pointer = fields.text("file_id")
        if pointer and asset_id(pointer) not in known:
            drawn.append(AssetReference(pointer, "file", fields.text("title")))
    return [*parts, *drawn]


def _instructions(value: Any, _scene: Scene, parts: list[Part]) -> list[Part]:
    """Custom instructions without the words around them, and often fuller than the content."""
    fields = Fields(mapping(value))
    plain = Instructions(fields.text("about_user_message"), fields.text("about_model_message"))
    if not plain.text:
        return parts
    at = next((place for place, part in enumerate(parts) if isinstance(part, Instructions)), None)
    if at is None:
        return [*parts, plain]
    known = parts[at]
    assert isinstance(known, Instructions)
    about_user, more_user = _fuller(known.about_user, plain.about_user)
    about_model, more_model = _fuller(known.about_model, plain.about_model)
    joined = [*parts[:at], Instructions(about_user, about_model), *parts[at + 1 :]]
    return [*joined, Instructions(more_user, more_model)] if more_user or more_model else joined


def _fuller(known: str, plain: str) -> tuple[str, str]:
    """What to show of two forms of the same words; and the second one, where they differ.

    What the content has beside the plain words are the provider's own, unless they were taken out of their fence.
    """
    if plain.strip() in known:
        return (plain, "") if plain and "```" in known else (known, "")
    return (plain, "") if known.strip() in plain else (known, plain)


def _pending_memory(value: Any, _scene: Scene, parts: list[Part]) -> list[Part]:
    words = text(mapping(value).get("pending_memory_content"))
    is_known = any(isinstance(part, Memory) and words in part.text for part in parts)
    return parts if is_known or not words else [*parts, Memory(words)]


def _canvas(value: Any, _scene: Scene, parts: list[Part]) -> list[Part]:
    """Documents that the person began themselves; those of the model are replayed from its calls."""
    begun = mapping(value).get("user_created_textdocs")
    documents: list[Part] = []
    for item in begun if isinstance(begun, list) else ():
        fields = Fields(mapping(item))
        words = fields.text("content")
        if words:
            name = fields.text("user_created_temp_textdoc_id")
            documents.append(Document(name, words, fields.text("title"), fields.text("type")))
    return [*parts, *documents]


def _widget(value: Any, scene: Scene, parts: list[Part]) -> list[Part]:
    """A report of deep research lives in the state of a widget, as JSON inside a string."""
    sdk = mapping(value)
    response = mapping(sdk.get("tool_response_metadata"))
    for state in (sdk.get("widget_state"), response.get("venus_widget_state")):
        parts = _widget_state(state, scene, parts)
    page = text(sdk.get("html_asset_pointer"))
    return [*parts, AssetReference(page, "file", mime="text/html")] if page else parts


def _widget_state(value: Any, scene: Scene, parts: list[Part]) -> list[Part]:
    state = from_json(value) if isinstance(value, str) else value
    if not state:
        return (
            [*parts, Unknown("widget_state", to_json(value))]
            if isinstance(value, str) and value.strip("{}[] \n")
            else parts
        )
    known = {part for part in parts if not isinstance(part, AssetReference)}
    fields = mapping(state)
    report = mapping(fields.get("report_message"))
    found = [*_plan(mapping(fields.get("plan"))), *_report(report, scene)]
    if not found and isinstance(value, str):
        found = [Unknown("widget_state", value)]
    return [*parts, *(part for part in found if part not in known)]


def _plan(plan: Any) -> list[Part]:
    steps = plan.get("steps")
    lines = [text(mapping(step).get("text")) for step in steps] if isinstance(steps, list) else []
    title = text(plan.get("title"))
    return [Reasoning("\n".join(filter(None, lines)), title)] if title or any(lines) else []


def _report(report: Any, scene: Scene) -> list[Part]:
    """The report, as the answer that the provider's screen shows."""
    if not report:
        return []
    metadata = mapping(report.get("metadata"))
    return parts_of(report.get("content"), replace(scene, role="assistant", recipient="", metadata=metadata))


def _found(value: Any, scene: Scene, parts: list[Part]) -> list[Part]:
    """What a search found, one page below the other; the content of the tool's message is often empty."""
    pages = [
        "\n".join(filter(None, (text(page.get("title")), text(page.get("url")), text(page.get("snippet")))))
        for group in (value if isinstance(value, list) else ())
        for entry in Fields(mapping(group)).items("entries")
        if (page := mapping(entry))
    ]
    found = "\n\n".join(filter(None, pages))
    return [*parts, ToolResult(scene.author, found)] if found else parts


def _replied_to(value: Any, _scene: Scene, parts: list[Part]) -> list[Part]:
    """The words of an earlier message that the person chose to reply to."""
    return [Quote(value), *parts] if isinstance(value, str) else parts


def _edited(format_: str) -> Extra:
    return lambda value, _scene, parts: added(value, parts, format_)


EXTRAS: dict[str, Extra] = {
    "ada_visualizations": _charts,
    "aggregate_result": _program,
    "attachments": _attachments,
    "canvas": _canvas,
    "chatgpt_sdk": _widget,
    "code_blocks": _edited("code"),
    "pending_memory_info": _pending_memory,
    "search_result_groups": _found,
    "targeted_reply": _replied_to,
    "user_context_message_data": _instructions,
    "venus_widget_state": _widget_state,
    "writing_blocks": _edited("writing"),
}
"""Metadata keys that hold something to read; ``keys.WITH_CONTENT`` names the same ones."""
