"""Which model answered, and which was asked: only what a field of the message itself says (export format §5.2).

    answered   resolved_model_slug, else model_slug; on replies only
    asked      requested_model_slug, else default_model_slug: the picker's choice at that moment, ``auto`` included

The conversation's own ``default_model_slug`` is its last choice and says nothing about a reply. A user message records
what was asked, too; what its fields say of an answer that is another message is kept as a note.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

_ANSWERED = ("resolved_model_slug", "model_slug")
_ASKED = ("requested_model_slug", "default_model_slug")
_NO_REPLIES = frozenset(("user", "tool", "system", "developer"))


class Models(NamedTuple):
    """Slugs, each with the name of the field it stands in; empty when not recorded."""

    answered: str = ""
    answered_from: str = ""
    asked: str = ""
    asked_from: str = ""
    notes: tuple[str, ...] = ()


NOT_RECORDED = Models()


def models_of(metadata: Mapping[str, Any], role: str) -> Models:
    """What the metadata of a message says about models."""
    answered, answered_from = _first(metadata, _ANSWERED)
    asked, asked_from = _first(metadata, _ASKED)
    notes: tuple[str, ...] = ()
    if role in _NO_REPLIES:
        if role == "user" and answered:
            notes = tuple(f"{key}: {metadata[key]}" for key in _ANSWERED if _is_slug(metadata.get(key)))
        answered = answered_from = ""
    elif answered_from == "resolved_model_slug" and _is_slug(other := metadata.get("model_slug")) and other != answered:
        notes = (f"model_slug: {other}",)
    return Models(answered, answered_from, asked, asked_from, notes)


def _first(metadata: Mapping[str, Any], keys: tuple[str, ...]) -> tuple[str, str]:
    for key in keys:
        slug = metadata.get(key)
        if isinstance(slug, str) and slug:
            return slug, key
    return "", ""


def _is_slug(value: Any) -> bool:
    return isinstance(value, str) and value != ""
