"""A conversation as a SillyTavern chat: JSON Lines with a header, importable under "Manage chat files".

    {"user_name", "character_name", "create_date", "chat_metadata"}
    {"name", "is_user", "is_system", "send_date", "mes", "extra", "swipes", "swipe_id", "swipe_info"}

Every version of a reply becomes a swipe. Times are UTC as SillyTavern writes them today.
"""

from __future__ import annotations

from typing import Any

from archiver.exporters.encoded import json_line
from archiver.exporters.moments import moment, utc
from archiver.exporters.options import ExportOptions
from archiver.exporters.turns import Turn, turns
from archiver.records import Conversation


def to_sillytavern(conversation: Conversation, options: ExportOptions) -> bytes:
    """The whole file; empty when nobody says anything."""
    said = turns(conversation)
    if not said:
        return b""
    user, character = options.user_name or "User", options.model_name or "ChatGPT"
    local = moment(conversation.created)
    created = f"{local.date}@{local.clock[:2]}h{local.clock[3:]}m{local.second:02d}s" if local else ""
    header = {"user_name": user, "character_name": character, "create_date": created, "chat_metadata": {}}
    lines = [json_line(header)]
    lines += (json_line(_message(turn, user if turn.is_user else character)) for turn in said)
    return b"".join(lines)


def _message(turn: Turn, name: str) -> dict[str, Any]:
    sent = utc(turn.messages[0].created)
    extra: dict[str, Any] = {"model": turn.answered} if turn.answered else {}
    message: dict[str, Any] = {
        "name": name,
        "is_user": turn.is_user,
        "is_system": False,
        "send_date": sent,
        "mes": turn.text,
        "extra": extra,
    }
    if turn.versions:
        message["swipes"] = list(turn.versions)
        message["swipe_id"] = turn.version
        message["swipe_info"] = [{"send_date": sent, "extra": {}} for _version in turn.versions]
    return message
