"""The smaller JSON files that come beside the conversations; all people in them are invented."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from tests.builders.drafts import Object
from tests.builders.files import FileInExport

USER: Object = {
    "id": "user-Invented0000000000000000",
    "email": "mika@example.org",
    "chatgpt_plus_user": True,
    "phone_number": "+00 000 0000",
    "birth_year": 1970,
}


def feedback(conversation: Object, message: str, *, rating: str = "thumbs_up", note: str = "") -> Object:
    """One line of ``message_feedback.json``: a rated reply; ``note`` is the label of an A/B test."""
    return {
        "id": message,
        "conversation_id": conversation["id"],
        "user_id": USER["id"],
        "rating": rating,
        "create_time": "2024-05-06T12:55:00.000000Z",
        "update_time": "2024-05-06T12:55:00.000000Z",
        "workspace_id": None,
        "content": "{}",
        "evaluation_name": note or None,
        "evaluation_treatment": "treatment" if note else None,
    }


def shared(conversation: Object) -> Object:
    """One line of ``shared_conversations.json``."""
    id = conversation["id"]
    return {"id": f"share-{id[:8]}", "conversation_id": id, "title": conversation["title"], "is_anonymous": True}


def usual(conversations: Sequence[Object], ratings: Sequence[Object] = ()) -> dict[str, Any]:
    """The sidecars of an ordinary export by name, as JSON values."""
    return {
        "user.json": USER,
        "user_settings.json": [{"user_id": USER["id"], "settings": {"theme": "dark"}}],
        "message_feedback.json": list(ratings),
        "model_comparisons.json": [],
        "shared_conversations.json": [shared(conversation) for conversation in conversations[:1]],
        "group_chats.json": {"chats": []},
        "shopping.json": [],
        "sora.json": {},
    }


def chat_html(conversations: Sequence[Object], files: Sequence[FileInExport] = ()) -> bytes:
    """The offline viewer, which repeats every conversation and knows where each file lies."""
    assets = {file.pointer: file.member for file in files if not file.is_left_out}
    page = (
        "<!DOCTYPE html>\n<html>\n<head><title>ChatGPT Data Export</title>\n<script>\n"
        f"var jsonData = {json.dumps(list(conversations))};\nvar assetsJson = {json.dumps(assets)};\n"
        '</script>\n</head>\n<body><div id="root"></div></body>\n</html>\n'
    )
    return page.encode()
