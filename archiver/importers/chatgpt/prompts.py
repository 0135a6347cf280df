"""The words that generated pictures were made from, where only the call before them has these.

The picture's own metadata has them in the years of DALL·E; since 2025 they stand in the call alone, as JSON.
"""

from __future__ import annotations

from dataclasses import replace

from archiver.importers.chatgpt.fields import mapping, text
from archiver.importers.chatgpt.raw_json import from_json
from archiver.records import AssetReference, Message, Part, ToolCall


def with_prompts(messages: list[Message]) -> list[Message]:
    """``messages`` with a caption for each picture that a tool made from a prompt."""
    made = [place for place, message in enumerate(messages) if message.role == "tool" and _lacks_caption(message)]
    if not made:
        return messages
    places = {message.id: place for place, message in enumerate(messages)}
    captioned = list(messages)
    for place in made:
        message = messages[place]
        call = messages[places[message.parent]] if message.parent is not None else None
        prompts = _prompts(call, message.author) if call else []
        if prompts:
            captioned[place] = replace(message, parts=_captioned(message.parts, prompts))
    return captioned


def _lacks_caption(message: Message) -> bool:
    return any(
        isinstance(part, AssetReference) and part.media == "image" and not part.caption for part in message.parts
    )


def _prompts(call: Message, tool: str) -> list[str]:
    """The prompts of a call to ``tool``; none where the message before is something else."""
    if not tool or call.recipient.partition(".")[0] != tool.partition(".")[0]:
        return []
    body = mapping(next((from_json(part.text) for part in call.parts if isinstance(part, ToolCall)), None))
    several = body.get("prompts")
    found = several if isinstance(several, list) else [body.get("prompt")]
    return [prompt for prompt in map(text, found) if prompt]


def _captioned(parts: tuple[Part, ...], prompts: list[str]) -> tuple[Part, ...]:
    """Each picture with the prompt of its number; all with the same one where there is only one."""
    written: list[Part] = []
    number = 0
    for part in parts:
        if isinstance(part, AssetReference) and part.media == "image":
            prompt = prompts[min(number, len(prompts) - 1)]
            number += 1
            written.append(part if part.caption else replace(part, caption=prompt))
        else:
            written.append(part)
    return tuple(written)
