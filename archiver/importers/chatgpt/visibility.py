"""Why the provider's own screen leaves a message out. Nothing is dropped for it: the reader can show every message.

The most telling reason comes first: a thought that is also flagged hidden is a thought.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from archiver.importers.chatgpt.keys import WITH_VISIBILITY
from archiver.importers.chatgpt.scene import Scene
from archiver.records import AssetReference, Document, Part, Text, ToolResult

_KINDS = {
    "thoughts": "thoughts",
    "reasoning_recap": "thoughts",
    "user_editable_context": "context",
    "model_editable_context": "context",
    "app_pairing_content": "context",
    "tether_browsing_display": "tool",
    "computer_output": "tool",
}
_FLAGS = WITH_VISIBILITY - {"is_user_system_message"}
_ORDINARY = ("user", "assistant")
# Words to the model, not to the person, that come after a generated picture.
_IMAGE_NOTE = re.compile(r"[^\n]{0,40}returned \d+ images?\. From now on,? do not say or show ANYTHING")


def why_hidden(kind: str, message: dict[str, Any], scene: Scene, flags: Sequence[str], parts: Sequence[Part]) -> str:
    """``Message.hidden`` for a message; empty when the provider shows it.

    One of ``thoughts``, ``context``, ``system``, ``tool``, ``flag``, ``weight``, ``empty``; ``commentary`` is told by
    the channel.
    """
    if kind in _KINDS:
        return _KINDS[kind]
    if (scene.role not in _ORDINARY or scene.is_call) and (reason := _by_role(scene, parts)):
        return reason
    metadata = scene.metadata
    if any(metadata[flag] is True for flag in flags if flag in _FLAGS):
        return "context" if metadata.get("is_user_system_message") is True else "flag"
    if message.get("weight", 1) == 0:
        return "weight"
    if not parts:
        return "empty"
    return "tool" if all(isinstance(part, ToolResult) for part in parts) else ""


def _by_role(scene: Scene, parts: Sequence[Part]) -> str:
    """Calls of tools, their answers, and words of the provider's system."""
    if scene.role == "tool":
        return "" if any(map(_is_shown_result, parts)) else "tool"
    if scene.is_call:
        return "" if any(isinstance(part, Document) for part in parts) else "tool"
    if scene.role in ("system", "developer") and scene.metadata.get("is_user_system_message") is not True:
        return "system"
    return "tool" if any(isinstance(part, Text) and _IMAGE_NOTE.match(part.text) for part in parts) else ""


def _is_shown_result(part: Part) -> bool:
    """Pictures that a tool made are shown, and reports that come inside a widget; pages of a document are not."""
    match part:
        case AssetReference():
            return part.media == "image" and "#" not in part.pointer
        case Text() | Document():
            return True
        case _:
            return False
