"""Read one conversation of the demo and turn it into provider JSON.

A file has a language, a title, a starting time, a model and turns. A turn says who speaks and holds a ``text`` or one
of the other keys that ``contents`` knows (``speech``, ``picture``, ``document`` …). ``beside = "id"`` makes it another
version of an earlier turn, ``at`` gives it a time of its own, ``model`` another author.
"""

from __future__ import annotations

import tomllib
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from archiver.demo import contents
from archiver.demo.contents import Draft

USER = "user-DemoReader0000000000000"
_ROOT = "client-created-root"
_SECONDS_BETWEEN = 74.25
_NAMESPACE = uuid.UUID("6b0e0d0c-5d0a-5c1e-9b57-0c5f4a1d2e3f")


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation and what lies beside it in the export."""

    conversation: dict[str, Any]
    files: dict[str, bytes]
    """Pictures and sounds by their path in the zip."""
    ratings: list[dict[str, Any]]
    """Lines of ``message_feedback.json``."""


def read(name: str, text: str) -> Talk:
    """The talk of this name, written in TOML."""
    data = tomllib.loads(text)
    id = str(uuid.uuid5(_NAMESPACE, name))
    created: datetime = data["created"]
    start = [contents.hidden_start()]
    if about := data.get("instructions"):
        start.append(contents.instructions(about["about_user"], about["about_model"]))
    turns: list[dict[str, Any]] = data["turn"]
    drafts = [(turn, draft) for turn in turns for draft in contents.drafts(turn)]
    nodes, ids = _tree(id, start, drafts, created.timestamp(), data["model"])
    files = {path: made for turn in turns for path, made in contents.files(turn, id).items()}
    rated = [(node, turn["rating"]) for node, (turn, _) in zip(ids, drafts, strict=True) if "rating" in turn]
    times = [node["message"]["create_time"] or 0 for node in nodes.values() if node["message"]]
    conversation = {
        "title": data.get("title"),
        "create_time": created.timestamp(),
        "update_time": max(times),
        "mapping": nodes,
        "moderation_results": [],
        "current_node": ids[-1],
        "plugin_ids": None,
        "conversation_id": id,
        "conversation_template_id": None,
        "gizmo_id": None,
        "is_archived": False,
        "is_starred": None,
        "safe_urls": [source["url"] for turn in turns for source in turn.get("sources", ())],
        "default_model_slug": data["model"],
        "voice": data.get("voice"),
        "id": id,
    }
    return Talk(conversation, files, [_rating(id, node, rating) for node, rating in rated])


def _tree(
    id: str, start: list[Draft], drafts: list[tuple[dict[str, Any], Draft]], created: float, model: str
) -> tuple[dict[str, Any], list[str]]:
    """The nodes of a conversation by id, and the ids of the turns in their order."""
    nodes: dict[str, Any] = {_ROOT: {"id": _ROOT, "message": None, "parent": None, "children": []}}
    node_of: dict[str, str] = {}
    previous, time = _ROOT, created - _SECONDS_BETWEEN
    ids: list[str] = []
    for position, (turn, draft) in enumerate([*(({}, draft) for draft in start), *drafts]):
        node = str(uuid.uuid5(_NAMESPACE, f"{id}/{position}"))
        parent = nodes[node_of[turn["beside"]]]["parent"] if "beside" in turn else previous
        if not draft.is_timeless:
            time = turn["at"].timestamp() if "at" in turn else time + _SECONDS_BETWEEN
        message = _message(node, parent, draft, time, turn.get("model", model), model)
        nodes[node] = {"id": node, "message": message, "parent": parent, "children": []}
        nodes[parent]["children"].append(node)
        node_of[turn.get("id", node)] = previous = node
        if position >= len(start):
            ids.append(node)
    return nodes, ids


def _message(id: str, parent: str, draft: Draft, time: float, answered: str, asked: str) -> dict[str, Any]:
    """One message with all its keys."""
    models = {"model_slug": answered, "default_model_slug": asked, "is_complete": True, "parent_id": parent}
    return {
        "id": id,
        "author": {"role": draft.role, "name": draft.name, "metadata": {}},
        "create_time": None if draft.is_timeless else time,
        "update_time": None,
        "content": draft.content,
        "status": "finished_successfully",
        "end_turn": draft.recipient == "all" if draft.role == "assistant" else None,
        "weight": 0.0 if draft.role == "system" else 1.0,
        "metadata": {**(models if draft.role == "assistant" else {}), "timestamp_": "absolute", **draft.metadata},
        "recipient": draft.recipient,
        "channel": None,
    }


def _rating(conversation: str, message: str, rating: str) -> dict[str, Any]:
    return {
        "id": message,
        "conversation_id": conversation,
        "user_id": USER,
        "rating": rating,
        "create_time": "2026-01-10T10:00:00.000000Z",
        "update_time": "2026-01-10T10:00:00.000000Z",
        "workspace_id": None,
        "content": "{}",
        "evaluation_name": None,
        "evaluation_treatment": None,
    }
