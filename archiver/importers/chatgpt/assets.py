"""Pointers to pictures, sounds, videos and files, wherever the provider hides them.

A pointer stands in the content, in the metadata's list of attachments, or in both for the same file: the two are
joined, since only the content knows how large a picture is and only the attachment knows the file's own name.
"""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

from archiver.importers.chatgpt.fields import Fields, mapping, text, whole
from archiver.importers.chatgpt.keys import words
from archiver.importers.chatgpt.scene import Scene
from archiver.records import AssetReference, Part, Speech, asset_id

IMAGE = words("content_type asset_pointer size_bytes width height fovea metadata mime_type")
AUDIO = words("content_type asset_pointer size_bytes format expiry_datetime tool_audio_direction metadata decoding_id")
CONVERSED = words("""
    content_type audio_asset_pointer video_container_asset_pointer frames_asset_pointers audio_start_timestamp
    expiry_datetime
    """)
_MIMES = ("mime_type", "mimeType")
_OFFER = re.compile(r"\(sandbox:(/[^)\n]{1,400})\)|sandbox:(/[^\s)\"'<>\]]+)")
_MEDIA = ("image", "audio", "video")


def image(value: dict[str, Any], scene: Scene) -> list[Part]:
    """A picture that was sent or generated."""
    fields = Fields(value)
    notes = fields.fields("metadata")
    made = mapping(notes.get("dalle"))
    reference = AssetReference(
        fields.text("asset_pointer"),
        "image",
        mime=fields.text("mime_type"),
        size=whole(fields.number("size_bytes")),
        width=whole(fields.number("width")),
        height=whole(fields.number("height")),
        caption=text(made.get("prompt")) or text(notes.get("caption")),
    )
    return [reference, *fields.unknown("image_asset_pointer", scene)]


def audio(value: dict[str, Any], scene: Scene) -> list[Part]:
    """A sound; some repeat the words that are spoken in it."""
    fields = Fields(value)
    notes = fields.fields("metadata")
    spoken = text(notes.get("transcription"))
    form = fields.text("format")
    reference = AssetReference(
        fields.text("asset_pointer"),
        "audio",
        mime=form if "/" in form else f"audio/{form}" if form else "",
        size=whole(fields.number("size_bytes")),
        seconds=_length(notes.get("start"), notes.get("end")),
    )
    words: list[Part] = [Speech(spoken)] if spoken else []
    return [*words, reference, *fields.unknown("audio_asset_pointer", scene)]


def conversed(value: dict[str, Any], scene: Scene) -> list[Part]:
    """What a voice conversation recorded of the person: a sound, perhaps a video and single pictures of it."""
    fields = Fields(value)
    parts: list[Part] = []
    for key, media in (("audio_asset_pointer", "audio"), ("video_container_asset_pointer", "video")):
        parts += _nested(value.get(key), media, fields, key, scene)
    for frame in fields.items("frames_asset_pointers"):
        parts += _nested(frame, "image", fields, "frames_asset_pointers", scene)
    return [*parts, *fields.unknown("real_time_user_audio_video_asset_pointer", scene)]


def _nested(value: Any, media: str, fields: Fields, key: str, scene: Scene) -> list[Part]:
    if isinstance(value, str) and value:
        return [AssetReference(value, media)]
    if isinstance(value, dict) and isinstance(value.get("asset_pointer"), str):
        if media == "audio":
            return audio(value, scene)
        form = text(value.get("format"))
        mime = f"{media}/{form}" if form else text(value.get("mime_type"))
        found = image(value, scene)
        return [replace(part, media=media, mime=mime) if isinstance(part, AssetReference) else part for part in found]
    fields.leave(key)
    return []


def may_offer(words: str) -> bool:
    """Whether an answer may hold a link to a file of the model's workspace."""
    return "sandbox:/" in words


def offered(words: str) -> list[AssetReference]:
    """The files that an answer offers to download: no id names them, only their path in the workspace."""
    paths = dict.fromkeys(unquote(match[1] or match[2]) for match in _OFFER.finditer(words))
    return [AssetReference(path, *named(path.rpartition("/")[2])) for path in paths]


def any_pointer(value: dict[str, Any]) -> AssetReference:
    """A pointer of a kind that is not known yet."""
    kind = text(value.get("content_type"))
    return AssetReference(text(value.get("asset_pointer")), next((media for media in _MEDIA if media in kind), "file"))


def attached(value: Any, scene: Scene, parts: Sequence[Part]) -> list[Part]:
    """``parts`` with the files of ``metadata.attachments``: names added to pointers, other files added behind."""
    pointers = {asset_id(part.pointer): place for place, part in enumerate(parts) if isinstance(part, AssetReference)}
    joined = list(parts)
    for fields in _objects(value):
        reference = _attachment(fields)
        place = pointers.get(asset_id(reference.pointer))
        if place is None:
            pointers[asset_id(reference.pointer)] = len(joined)
            joined.append(reference)
        else:
            joined[place] = _join(joined[place], reference)
        joined += fields.unknown("attachment", scene)
    return joined


def _attachment(fields: Fields) -> AssetReference:
    name = fields.text("name")
    return AssetReference(
        fields.text("id") or name,
        *named(name, next(filter(None, map(fields.text, _MIMES)), "")),
        whole(fields.number("size")),
        whole(fields.number("width")),
        whole(fields.number("height")),
    )


def named(name: str, mime: str = "") -> tuple[str, str, str]:
    """Kind, name and type of a file called ``name``."""
    mime = mime or mimetypes.guess_type(name)[0] or ""
    kind = mime.partition("/")[0]
    # TypeScript files are called a video format (.ts), so a name that is surely text counts more.
    return ("file" if kind not in _MEDIA or name.endswith((".ts", ".tsx")) else kind), name, mime


def _join(part: Part, attachment: AssetReference) -> Part:
    if not isinstance(part, AssetReference):
        return part
    return replace(
        part,
        name=part.name or attachment.name,
        mime=part.mime or attachment.mime,
        size=attachment.size if part.size is None else part.size,
        width=attachment.width if part.width is None else part.width,
        height=attachment.height if part.height is None else part.height,
    )


def _objects(value: Any) -> Iterable[Fields]:
    return (Fields(item) for item in value if isinstance(item, dict)) if isinstance(value, list) else ()


def _length(start: Any, end: Any) -> float | None:
    numbers = [number for number in (start, end) if isinstance(number, int | float) and not isinstance(number, bool)]
    return round(numbers[1] - numbers[0], 3) if len(numbers) == 2 and 0 <= numbers[1] - numbers[0] < 1e6 else None
