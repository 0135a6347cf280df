"""What a turn of the demo holds, in the provider's words: one function for every kind.

Some kinds are several messages: a memory, for example, is the model's call to a tool and the tool's answer.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from archiver.demo import drawing

Object = dict[str, Any]

_HIDDEN = {"is_visually_hidden_from_conversation": True}
_SOURCE_MARK = re.compile(r"⟦(\d+)⟧")
_TEXTDOC = "demo-letter"


@dataclass(frozen=True, slots=True)
class Draft:
    """A message before it has an id, a time and a parent."""

    role: str
    content: Object
    name: str | None = None
    recipient: str = "all"
    metadata: Object = field(default_factory=dict)
    is_timeless: bool = False


def drafts(turn: Object) -> list[Draft]:
    """The messages of one turn."""
    for key, make in _KINDS.items():
        if key in turn:
            return make(turn)
    return _written(turn)


def files(turn: Object, conversation: str) -> dict[str, bytes]:
    """The files that a turn brings, by their path in the export."""
    if "picture" in turn and not turn.get("is_left_out"):
        folder = "dalle-generations/" if "prompt" in turn else ""
        name = turn["picture"]
        return {f"{folder}{_file_id(name)}-{name}.png": drawing.picture(name)}
    if turn.get("has_sound"):
        name = turn["sound"]
        return {f"{conversation}/audio/{_file_id(name)}-{name}.wav": drawing.melody()}
    return {}


def hidden_start() -> Draft:
    """The empty system message that every conversation begins with."""
    return Draft("system", _text(""), metadata=_HIDDEN, is_timeless=True)


def instructions(about_user: str, about_model: str) -> Draft:
    """What the person told the model about themselves."""
    content = {
        "content_type": "user_editable_context",
        "user_profile": f"The user provided the following information about themselves:\n```{about_user}```",
        "user_instructions": f"The user provided the additional info about how they would like you to respond:\n"
        f"```{about_model}```",
    }
    data = {"about_user_message": about_user, "about_model_message": about_model}
    return Draft("user", content, metadata={**_HIDDEN, "user_context_message_data": data}, is_timeless=True)


def _written(turn: Object) -> list[Draft]:
    """Plain words, with sources where the turn names any."""
    text = turn["text"].strip()
    metadata: Object = {}
    if "sources" in turn:
        text, references = _cited(text, turn["sources"])
        metadata = {"content_references": references}
    return [Draft(turn["role"], _text(text), turn.get("name"), metadata=metadata)]


def _spoken(turn: Object) -> list[Draft]:
    direction = "in" if turn["role"] == "user" else "out"
    words = {"content_type": "audio_transcription", "text": turn["speech"], "direction": direction, "decoding_id": None}
    sound = {
        "content_type": "audio_asset_pointer",
        "asset_pointer": _pointer(turn["sound"]),
        "size_bytes": len(drawing.melody()),
        "format": "wav",
        "expiry_datetime": None,
        "metadata": {"start": 0.0, "end": turn["seconds"]},
    }
    if direction == "in":
        sound = {
            "content_type": "real_time_user_audio_video_asset_pointer",
            "frames_asset_pointers": [],
            "video_container_asset_pointer": None,
            "audio_asset_pointer": sound,
            "audio_start_timestamp": 0.0,
            "expiry_datetime": None,
        }
    return [Draft(turn["role"], _parts(words, sound), metadata={"voice_mode_message": True})]


def _with_picture(turn: Object) -> list[Draft]:
    """A picture that the person sent or, where the turn has a prompt, that a tool made."""
    name, prompt = turn["picture"], turn.get("prompt", "")
    made = {"gen_id": f"gen-{name}", "prompt": prompt, "seed": 1, "parent_gen_id": None, "edit_op": None}
    pointer = {
        "content_type": "image_asset_pointer",
        "asset_pointer": _pointer(name),
        "size_bytes": len(drawing.picture(name)),
        "width": drawing.WIDTH,
        "height": drawing.HEIGHT,
        "fovea": None,
        "metadata": {"dalle": made if prompt else None, "sanitized": not prompt},
    }
    words = [turn["text"].strip()] if "text" in turn else []
    sent = {"id": _file_id(name), "name": f"{name}.png", "mime_type": "image/png", "size": pointer["size_bytes"]}
    metadata = {} if prompt else {"attachments": [sent]}
    return [Draft(turn["role"], _parts(pointer, *words), turn.get("name"), metadata=metadata)]


def _tool_call(turn: Object) -> list[Draft]:
    return [_call(turn["recipient"], turn["code"].strip())]


def _tool_output(turn: Object) -> list[Draft]:
    result = {"status": "success", "code": "", "final_expression_output": turn["output"], "messages": []}
    content = {"content_type": "execution_output", "text": turn["output"]}
    return [Draft("tool", content, turn["name"], metadata={"aggregate_result": result})]


def _web_page(turn: Object) -> list[Draft]:
    page = turn["page"]
    content = {
        "content_type": "sonic_webpage",
        "url": page["url"],
        "domain": page["url"].split("/")[2],
        "title": page["title"],
        "text": turn["text"],
        "snippet": turn["text"],
        "pub_date": None,
        "crawl_date": None,
        "pub_timestamp": None,
        "ref_id": page["ref"],
    }
    return [Draft("tool", content, turn["name"])]


def _reasoned(turn: Object) -> list[Draft]:
    thoughts = [
        {"summary": thought["title"], "content": thought["text"], "chunks": [], "finished": True}
        for thought in turn["thoughts"]
    ]
    content = {"content_type": "thoughts", "thoughts": thoughts, "source_analysis_msg_id": "demo"}
    return [
        Draft("assistant", content),
        Draft("assistant", {"content_type": "reasoning_recap", "content": turn["recap"]}),
    ]


def _remembered(turn: Object) -> list[Draft]:
    answer = Draft("tool", _text("Model set context updated."), "bio")
    return [Draft("assistant", _text(turn["memory"]), recipient="bio"), answer]


def _document_created(turn: Object) -> list[Draft]:
    document = turn["document"]
    body = {"name": document["title"], "type": "document", "content": document["text"].strip()}
    return _canvas("canmore.create_textdoc", body, document["title"], version=1)


def _document_changed(turn: Object) -> list[Draft]:
    change = turn["change"]
    update = {"pattern": re.escape(change["replace"]), "multiple": False, "replacement": change["by"]}
    return _canvas("canmore.update_textdoc", {"updates": [update]}, change["title"], version=2)


def _with_writing_block(turn: Object) -> list[Draft]:
    """An answer with a draft in a box; what the person made of the draft is in the metadata alone."""
    block = turn["writing"]
    inside = f':::writing{{variant="email" id="38274" subject="{block["subject"]}"}}\n{block["text"].strip()}\n:::'
    note = {
        "id": "38274",
        "content": block["edited"].strip(),
        "edited": True,
        "title": None,
        "variant": "email",
        "metadata": {"recipient": None, "subject": block["subject"]},
        "updated_at": "2026-05-16T07:40:00Z",
        "previewable": False,
    }
    return [Draft("assistant", _text(f"{turn['text']}\n\n{inside}"), metadata={"writing_blocks": {"0": note}})]


_KINDS: dict[str, Callable[[Object], list[Draft]]] = {
    "speech": _spoken,
    "picture": _with_picture,
    "code": _tool_call,
    "output": _tool_output,
    "page": _web_page,
    "thoughts": _reasoned,
    "memory": _remembered,
    "document": _document_created,
    "change": _document_changed,
    "writing": _with_writing_block,
}


def _text(words: str) -> Object:
    return {"content_type": "text", "parts": [words]}


def _parts(*parts: str | Object) -> Object:
    return {"content_type": "multimodal_text", "parts": list(parts)}


def _call(recipient: str, words: str) -> Draft:
    content = {"content_type": "code", "language": "unknown", "response_format_name": None, "text": words}
    return Draft("assistant", content, recipient=recipient)


def _canvas(tool: str, body: Object, title: str, version: int) -> list[Draft]:
    canvas = {"textdoc_id": _TEXTDOC, "textdoc_type": "document", "version": version, "title": title}
    answer = Draft(
        "tool", _text(f"Text document '{_TEXTDOC}' is at version {version}."), tool, metadata={"canvas": canvas}
    )
    return [_call(tool, json.dumps(body, ensure_ascii=False)), answer]


def _cited(text: str, sources: list[Object]) -> tuple[str, list[Object]]:
    """Words with the provider's citation marks in place of ``⟦0⟧``, and what the marks refer to."""
    references: list[Object] = []
    written = ""
    position = 0
    for mark in _SOURCE_MARK.finditer(text):
        number = int(mark[1])
        written += text[position : mark.start()]
        marker = f"\ue200cite\ue202turn0search{number}\ue201"
        references.append(_reference(marker, len(written), number, sources[number]))
        written += marker
        position = mark.end()
    return written + text[position:], references


def _reference(marker: str, start: int, number: int, source: Object) -> Object:
    return {
        "matched_text": marker,
        "start_idx": start,
        "end_idx": start + len(marker),
        "alt": f"([{source['title']}]({source['url']}))",
        "type": "grouped_webpages",
        "items": [{"title": source["title"], "url": source["url"], "attribution": source["url"].split("/")[2]}],
        "refs": [{"turn_index": 0, "ref_type": "search", "ref_index": number}],
    }


def _file_id(name: str) -> str:
    return f"file_{hashlib.sha256(name.encode()).hexdigest()[:32]}"


def _pointer(name: str) -> str:
    return f"sediment://{_file_id(name)}"
