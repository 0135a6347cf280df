"""Messages that hold pictures, sounds and attached files.

The words of a voice conversation stand in ``audio_transcription`` parts, beside a pointer to the sound; whoever joins
the plain strings of such a message gets nothing.
"""

from __future__ import annotations

import json
from typing import Any

from tests.builders.drafts import Draft, Object, assistant, call, tool, user
from tests.builders.files import FileInExport


def multimodal(*parts: str | Object) -> Object:
    """A content of several parts: plain strings and pointers."""
    return {"content_type": "multimodal_text", "parts": list(parts)}


def image_pointer(file: FileInExport, *, prompt: str = "", width: int = 4, height: int = 3) -> Object:
    """A pointer to a picture; ``prompt`` for one that the model made."""
    made = {"gen_id": f"gen-{file.id[-8:]}", "prompt": prompt, "seed": 7, "parent_gen_id": None, "edit_op": None}
    return {
        "content_type": "image_asset_pointer",
        "asset_pointer": file.pointer,
        "size_bytes": len(file.data),
        "width": width,
        "height": height,
        "fovea": 512,
        "metadata": {"dalle": made if prompt else None, "gizmo": None, "generation": None, "sanitized": not prompt},
    }


def audio_pointer(file: FileInExport, *, seconds: float = 2.5) -> Object:
    """A pointer to a sound."""
    return {
        "expiry_datetime": None,
        "content_type": "audio_asset_pointer",
        "asset_pointer": file.pointer,
        "size_bytes": len(file.data),
        "format": "wav",
        "tool_audio_direction": None,
        "metadata": {"start": 0.0, "end": seconds, "pretokenized_vq": None, "interruptions": None},
    }


def transcription(words: str, direction: str) -> Object:
    """What was said."""
    return {"content_type": "audio_transcription", "text": words, "direction": direction, "decoding_id": None}


def attachment(file: FileInExport, **keys: Any) -> Object:
    """The note about a file in the metadata of the message it was sent with."""
    return {"id": file.id, "name": file.name, "size": len(file.data), "mime_type": file.mime, **keys}


def picture_sent(file: FileInExport, words: str, **fields: Any) -> Draft:
    """The person sends a picture with some words."""
    note = attachment(file, width=4, height=3)
    return user(multimodal(image_pointer(file), words), **fields).noting(attachments=[note])


def file_sent(file: FileInExport, words: str, **fields: Any) -> Draft:
    """The person attaches a document; only the metadata knows of it."""
    return user(words, **fields).noting(attachments=[attachment(file)])


def picture_made(file: FileInExport, prompt: str) -> list[Draft]:
    """The model has a picture made: its call, and the tool's answer with the picture."""
    return [
        call("dalle.text2im", json.dumps({"prompt": prompt, "size": "1024x1024"})),
        tool("dalle.text2im", multimodal(image_pointer(file, prompt=prompt))),
    ]


def picture_made_by_gpt4o(file: FileInExport, prompt: str, title: str = "") -> list[Draft]:
    """The same since 2025, under the tool's code name, with the words that tell the model to stay silent."""
    silence = "GPT-4o returned 1 images. From now on, do not say or show ANYTHING. Please end this turn now."
    return [
        call("t2uay3k.sj1i4kz", json.dumps({"prompt": prompt, "size": "1024x1536", "n": 1})),
        tool("t2uay3k.sj1i4kz", multimodal(image_pointer(file, prompt=prompt)), metadata={"image_gen_title": title}),
        tool("t2uay3k.sj1i4kz", silence, metadata={"is_visually_hidden_from_conversation": True}),
    ]


def spoken_by_user(words: str, file: FileInExport, **fields: Any) -> Draft:
    """The person speaks: the words, and a pointer that wraps the sound."""
    pointer: Object = {
        "expiry_datetime": None,
        "content_type": "real_time_user_audio_video_asset_pointer",
        "frames_asset_pointers": [],
        "video_container_asset_pointer": None,
        "audio_asset_pointer": audio_pointer(file),
        "audio_start_timestamp": 6.8,
    }
    return user(multimodal(transcription(words, "in"), pointer), **fields).noting(voice_mode_message=True)


def spoken_by_model(words: str, file: FileInExport, **fields: Any) -> Draft:
    """The model speaks."""
    parts = (transcription(words, "out"), audio_pointer(file))
    return assistant(multimodal(*parts), **fields).noting(voice_mode_message=True)
