"""Short ways to ask what was understood, and the check that no word of the raw content is lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from archiver.importers import Understood
from archiver.importers.chatgpt.keys import words
from archiver.importers.chatgpt.tree import understand
from archiver.records import (
    AssetReference,
    Conversation,
    Document,
    Instructions,
    Message,
    Part,
    Quote,
    Reasoning,
    Text,
    Unknown,
)
from tests import builders

NOT_WORDS = words("""
    asset_pointer computer_id connector_id connector_source content_type decoding_id direction expiry_datetime format
    language message_type os_name pub_date crawl_date ref_id response_format_name source_analysis_msg_id
    tool_audio_direction type id gen_id edit_op parent_gen_id gen_size orientation
    """)
"""Keys whose strings are ids and switches, not something to read."""


def understood(*turns: builders.Turn, **fields: Any) -> Understood:
    """A conversation of these turns, understood."""
    return understand(builders.conversation("A talk", turns, **fields), {})


def conversation(*turns: builders.Turn, **fields: Any) -> Conversation:
    """The same without counts and problems."""
    return understood(*turns, **fields).conversation


def messages(*turns: builders.Turn, **fields: Any) -> list[Message]:
    """The messages of the turns, without the system message that the builder puts first."""
    return [message for message in conversation(*turns, **fields).messages if message.role != "system"]


def parts(*turns: builders.Turn) -> list[Part]:
    """Every part of every message."""
    return [part for message in messages(*turns) for part in message.parts]


def strings(value: Any, key: str = "") -> Iterator[str]:
    """Every string of a raw content that is there to be read."""
    if isinstance(value, str):
        if value and key not in NOT_WORDS:
            yield value
    elif isinstance(value, list):
        for item in value:
            yield from strings(item, key)
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from strings(item, name)


def shown(found: Iterable[Part]) -> str:
    """Everything that can be read in parts, one below the other."""
    return "\n".join(words for part in found for words in _words(part))


def _words(part: Part) -> Iterator[str]:
    match part:
        case AssetReference():
            yield from (part.caption, part.name, part.pointer)
        case Instructions():
            yield from (part.about_user, part.about_model)
        case Document():
            yield from (part.text, *part.versions, part.title)
        case Quote():
            yield from (part.text, part.title, part.url)
        case Reasoning():
            yield from (part.text, part.title)
        case Unknown():
            yield part.raw
        case Text():
            yield from (part.text, *(f"{citation.title} {citation.url}" for citation in part.citations))
        case _:
            yield part.text
            yield getattr(part, "name", "")
