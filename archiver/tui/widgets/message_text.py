"""The words of a message as they are copied: exactly as stored, without what the reader adds."""

from __future__ import annotations

from archiver.records import AssetReference, Message, Part, Reasoning, ToolCall, ToolResult

_BESIDE = (Reasoning, ToolCall, ToolResult)
"""What stands beside the words; copied only where there are no others."""


def message_text(message: Message) -> str:
    """The words of a message."""
    words = _joined([part for part in message.parts if not isinstance(part, _BESIDE)])
    return words or _joined(message.parts)


def _joined(parts: list[Part] | tuple[Part, ...]) -> str:
    texts = (part.name or part.pointer if isinstance(part, AssetReference) else part.text for part in parts)
    return "\n\n".join(filter(None, texts))
