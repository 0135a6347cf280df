"""Thumbs up and down from ``message_feedback.json``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson

from archiver.errors import ArchiverError
from archiver.i18n import _
from archiver.importers.base import Feedback
from archiver.importers.json_text.value import read_json
from archiver.importers.sources.members import basename
from archiver.importers.sources.source import Source
from archiver.records import Problem
from archiver.text.times import BadTime, seconds

_NAME = "message_feedback.json"
_LIMIT = 64 << 20
_NOTED = ("evaluation_name", "evaluation_treatment")


def read_feedback(source: Source) -> Iterator[Feedback | Problem]:
    """Every rating in ``source``."""
    for member in source.members:
        if basename(member).casefold() != _NAME:
            continue
        try:
            records, _faults = read_json(source.read(member, _LIMIT))
        except (ArchiverError, ValueError):
            yield Problem(member, _("Your ratings of replies cannot be read from this file."), is_loss=True)
            continue
        for record in records if isinstance(records, list) else ():
            if isinstance(record, dict) and (feedback := _feedback(record)):
                yield feedback


def _feedback(record: dict[str, Any]) -> Feedback | None:
    conversation, message = record.get("conversation_id"), record.get("message_id") or record.get("id")
    if not (isinstance(conversation, str) and isinstance(message, str) and conversation and message):
        return None
    rating = record.get("rating")
    facts = [f"{key}: {record[key]}" for key in _NOTED if isinstance(record.get(key), str) and record[key]]
    note = "\n".join(facts + _said(record))
    return Feedback(conversation, message, rating if isinstance(rating, str) else "", note, _updated(record))


def _updated(record: dict[str, Any]) -> float:
    for key in ("update_time", "create_time"):
        try:
            if time := seconds(record.get(key)):
                return time
        except BadTime:
            continue
    return 0.0


def _said(record: dict[str, Any]) -> list[str]:
    """What the person chose or wrote beside the rating; the provider keeps it as JSON inside a text."""
    content = record.get("content")
    if isinstance(content, str):
        try:
            content = orjson.loads(content)
        except orjson.JSONDecodeError:
            return [content] if content.strip() else []
    if not isinstance(content, dict):
        return []
    said = []
    for key, value in content.items():
        words = value if isinstance(value, list) else [value]
        if text := ", ".join(word for word in words if isinstance(word, str) and word):
            said.append(f"{key}: {text}")
    return said
