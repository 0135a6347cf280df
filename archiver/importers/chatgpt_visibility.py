"""Why the provider's own screen leaves a message out. Nothing is dropped for it: the reader can show every message.

The most telling reason comes first: a thought that is also flagged hidden is a thought.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from archiver.importers.chatgpt_keys import WITH_VISIBILITY
from archiver.importers.chatgpt_scene import EVERYBODY, Scene
from archiver.records import AssetReference, Document, Part, Text

_KINDS = {
    "thoughts": "thoughts",
    "reasoning_recap": "thoughts",
    "user_editable_context": "context",
    "model_editable_context": "context",
    "tether_browsing_display": "tool",
}
_FLAGS = WITH_VISIBILITY - {"is_user_system_message"}
_ORDINARY = ("user", "assistant")
# Words to the model, not to the person, that come with a generated picture.
_IMAGE_NOTE = re.compile(r".{0,40}returned \d+ images?\. From now on,? do not say or show ANYTHING", re.DOTALL)


def why_hidden(kind: str, message: dict[str, Any], scene: Scene, flags: Sequence[str], parts: Sequence[Part]) -> str:
    """``Message.hidden`` for a message; empty when the provider shows it."""
    reason = _KINDS.get(kind) or (_by_role(scene, parts) if scene.role not in _ORDINARY or scene.is_call else "")
    if reason:
        return reason
    metadata = scene.metadata
    if flags and any(metadata[flag] is True for flag in flags if flag in _FLAGS):
        return "flag"
    if message.get("weight", 1) == 0:
        return "weight"
    if not parts:
        return "empty"
    channel = message.get("channel")
    return "commentary" if channel in ("commentary", "analysis") else ""


def _by_role(scene: Scene, parts: Sequence[Part]) -> str:
    """Calls of tools, their answers, and words of the provider's system."""
    if scene.role == "tool":
        return "" if _is_shown_result(scene, parts) else "tool"
    if scene.is_call:
        return "" if any(isinstance(part, Document) for part in parts) else "tool"
    if scene.role in ("system", "developer") and scene.metadata.get("is_user_system_message") is not True:
        return "system"
    return ""


def _is_shown_result(scene: Scene, parts: Sequence[Part]) -> bool:
    """Pictures that a tool made are shown, and reports that come inside a widget; pages of a document are not."""
    if scene.recipient not in EVERYBODY and any(isinstance(part, Text) for part in parts):
        return True
    return any(
        isinstance(part, Text | Document) or (isinstance(part, AssetReference) and _is_picture(part)) for part in parts
    )


def _is_picture(part: AssetReference) -> bool:
    return part.media == "image" and "#" not in part.pointer


def is_image_note(words: str) -> bool:
    """Whether a tool's words only tell the model to stay silent after a picture."""
    return _IMAGE_NOTE.match(words) is not None
