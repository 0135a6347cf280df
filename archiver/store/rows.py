"""A conversation as the rows of its tables: the head, a row for each message, and what lists show of it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from typing import Any

import orjson

from archiver.records import AssetReference, Conversation, Message
from archiver.store.encoding import is_plain, measure, rest_of

_REPLACEMENT = "\ufffd"
_HEAD = ("provider", "id", "title", "created", "updated", "default_model", "project", "is_archived", "is_starred",
         "facts", "current")  # fmt: skip
_NAMES = (*_HEAD, "first", "messages", "branches", "visible", "images", "characters", "models", "damaged", "replies",
          "unrecorded", "digest")  # fmt: skip
COLUMNS = ", ".join(_NAMES)
MARKS = ", ".join("?" * len(_NAMES))
ASSIGNMENTS = ", ".join(f"{name} = ?" for name in _NAMES)
HEAD_COLUMNS = ", ".join(_HEAD)
ROW_COLUMNS = "id, parent, role, created, answered, asked, hidden, characters, newlines, is_wide, text, rest"


def digest_of(head: tuple[Any, ...], rows: Iterable[tuple[Any, ...]]) -> bytes:
    """SHA-256 over the stored content of a conversation: its head, then every message row.

    ``head`` has the columns of ``HEAD_COLUMNS``, each row those of ``ROW_COLUMNS``.
    """
    digest = hashlib.sha256(orjson.dumps(head))
    for row in rows:
        digest.update(orjson.dumps(row))
    return digest.digest()


def head_of(conversation: Conversation, current: int) -> tuple[Any, ...]:
    """What a conversation is besides its messages, in the order of ``HEAD_COLUMNS``."""
    return (
        conversation.provider,
        conversation.id,
        conversation.title,
        conversation.created,
        conversation.updated,
        conversation.default_model,
        conversation.project,
        int(conversation.is_archived),
        int(conversation.is_starred),
        orjson.dumps(conversation.facts).decode(),
        current,
    )


def message_row(message: Message, parent: int) -> tuple[Any, ...]:
    """A message in the order of ``ROW_COLUMNS``; ``parent`` is a position in its conversation, or -1."""
    parts = message.parts
    plain = is_plain(parts)
    rest = rest_of(message, with_parts=not plain)
    characters, newlines, is_wide = measure(parts)
    return (
        message.id,
        parent,
        message.role,
        message.created,
        message.answered,
        message.asked,
        message.hidden,
        characters,
        newlines,
        int(is_wide),
        parts[0].text if plain else None,  # type: ignore[union-attr]  # is_plain says that it is a Text
        rest.decode() if rest else None,
    )


def statistics(conversation: Conversation, path: list[int], rows: list[tuple[Any, ...]]) -> tuple[Any, ...]:
    """What lists show of a conversation, counted once: the last columns of ``COLUMNS`` before the digest."""
    models: Counter[str] = Counter()
    replies = images = damaged = 0
    for message in conversation.messages:
        if message.role == "assistant" and not message.hidden:
            replies += 1
            if message.answered:
                models[message.answered] += 1
        for part in message.parts:
            if isinstance(part, AssetReference):
                images += part.media == "image"
            elif _REPLACEMENT in part.text:
                damaged += part.text.count(_REPLACEMENT)
    visible = sum(1 for position in path if not conversation.messages[position].hidden)
    ordered = [slug for slug, _ in sorted(models.items(), key=lambda item: (-item[1], item[0]))]
    return (
        visible,
        images,
        sum(row[7] for row in rows),
        orjson.dumps(ordered).decode(),
        damaged,
        replies,
        replies - models.total(),
    )
