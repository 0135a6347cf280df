"""A whole conversation in the form of 2025: every key, ``children`` lists, a hidden system message at the top.

    client-created-root  (no message)
      └ system           (empty, hidden)
          └ context      (custom instructions, where there are any)
              └ the turns of the test, one under the other, or beside each other where a draft says so

Ids and times are computed from the title and the starting time, so the same call gives the same JSON on every run.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable
from typing import Any

from tests.builders.drafts import Draft, Object, Turn, drafts_of, system

ROOT = "client-created-root"
START = 1_715_000_000.123456
"""6 May 2024; the starting time of conversations whose test does not care."""


def conversation(
    title: str | None = "A talk",
    turns: Iterable[Turn] = (("user", "Hello"), ("assistant", "Good morning.")),
    *,
    id: str = "",
    created: float = START,
    seconds_between: float = 30.0,
    model: str | None = "gpt-4o",
    instructions: Draft | None = None,
    current: str = "",
    root: str = ROOT,
    **fields: Any,
) -> Object:
    """One conversation as raw provider JSON.

    Args:
        model: the conversation's choice, and the author of every reply that names no other.
        instructions: a context message to stand before the first turn (see ``context.custom_instructions``).
        current: id of the message that the provider shows last; empty takes the last turn.
        fields: other values for any key of the conversation.
    """
    drafts = drafts_of(turns)
    id = id or conversation_id(f"{title}/{len(drafts)}", created)
    context = [system(""), *([instructions] if instructions else [])]
    mapping, ids = _tree(id, [*context, *drafts], root, created, seconds_between, model)
    times = [node["message"]["create_time"] for node in mapping.values() if node["message"]]
    value: Object = {
        "title": title,
        "create_time": created,
        "update_time": max((time for time in times if time is not None), default=created),
        "mapping": mapping,
        "moderation_results": [],
        "current_node": current or ids[-1],
        "plugin_ids": None,
        "conversation_id": id,
        "conversation_template_id": None,
        "gizmo_id": None,
        "gizmo_type": None,
        "is_archived": False,
        "is_starred": None,
        "safe_urls": [],
        "blocked_urls": [],
        "default_model_slug": model,
        "conversation_origin": None,
        "is_read_only": None,
        "voice": None,
        "async_status": None,
        "disabled_tool_ids": [],
        "is_do_not_remember": False,
        "memory_scope": "global_enabled",
        "context_scopes": None,
        "sugar_item_id": None,
        "sugar_item_visible": False,
        "pinned_time": None,
        "is_study_mode": False,
        "owner": None,
        "id": id,
    }
    return value | fields


def conversation_id(seed: str, created: float) -> str:
    """An id as the provider makes them since about 2025: version 8, beginning with the starting time."""
    digest = hashlib.sha256(f"{seed}/{created}".encode()).hexdigest()
    return f"{int(created) & 0xFFFFFFFF:08x}-{digest[:4]}-8{digest[4:7]}-8{digest[7:10]}-{digest[10:22]}"


def node_id(conversation: str, position: int) -> str:
    """The id of a node that has no name of its own."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{conversation}/{position}"))


def message_of(draft: Draft, id: str, parent: str, time: float, model: str | None) -> Object:
    """The provider's eleven message keys."""
    return {
        "id": id,
        "author": {"role": draft.role, "name": draft.name, "metadata": {}},
        "create_time": None if draft.timeless else time,
        "update_time": None,
        "content": draft.content,
        "status": draft.status,
        "end_turn": draft.end_turn,
        "weight": draft.weight,
        "metadata": {**_usual_metadata(draft, parent, model), **draft.metadata},
        "recipient": draft.recipient,
        "channel": draft.channel,
    }


def messages(conversation: Object) -> dict[str, Object]:
    """The messages of a conversation by node id, for tests that look at or change one."""
    return {id: node["message"] for id, node in conversation["mapping"].items() if node.get("message")}


def texts(conversation: Object) -> list[str]:
    """Every non-empty text of a conversation that stands in plain ``parts``, in the order of the mapping."""
    contents = (message["content"] for message in messages(conversation).values())
    return [part for content in contents for part in content.get("parts", ()) if isinstance(part, str) and part]


def chain(count: int, *, title: str = "A long talk", **fields: Any) -> Object:
    """A conversation of ``count`` messages in one line, for tests of length."""
    turns = [("user" if number % 2 == 0 else "assistant", f"Message number {number}.") for number in range(count)]
    return conversation(title, turns, **fields)


def branching(**fields: Any) -> Object:
    """A prompt that was edited once, and an answer to the edited one that was regenerated twice.

    question ─ answer
    edited   ─ first | second | third     (the third is shown)
    """
    turns: list[Turn] = [
        ("user", "Name a river.", {"id": "question"}),
        ("assistant", "The Danube.", {"id": "answer"}),
        ("user", "Name a river in Japan.", {"id": "edited", "beside": "question"}),
        ("assistant", "The Shinano.", {"id": "first"}),
        ("assistant", "The Tone.", {"id": "second", "beside": "first"}),
        ("assistant", "The Ishikari.", {"id": "third", "beside": "first", "model": "gpt-4o-mini"}),
    ]
    return conversation(**{"title": "Rivers", "turns": turns, **fields})


def _tree(
    conversation: str, drafts: list[Draft], root: str, created: float, seconds_between: float, model: str | None
) -> tuple[Object, list[str]]:
    """Nodes of all drafts under a root without a message, and their ids in the order of the drafts."""
    mapping: Object = {root: {"id": root, "message": None, "parent": None, "children": []}}
    ids: list[str] = []
    for position, draft in enumerate(drafts):
        id = draft.id or node_id(conversation, position)
        if id in mapping:
            raise ValueError(f"Two turns are called {id}.")
        previous = ids[-1] if ids else root
        parent = mapping[draft.beside]["parent"] if draft.beside else draft.after or previous
        time = created + seconds_between * position if draft.seconds is None else draft.seconds
        message = message_of(draft, id, parent, round(time, 6), model)
        mapping[id] = {"id": id, "message": message, "parent": parent, "children": []}
        mapping[parent]["children"].append(id)
        ids.append(id)
    return mapping, ids


def _usual_metadata(draft: Draft, parent: str, model: str | None) -> Object:
    """What the provider notes on every message of a role."""
    match draft.role:
        case "user":
            return {
                "serialization_metadata": {"custom_symbol_offsets": []},
                "request_id": "00000000-0000-4000-8000-000000000000",
                "timestamp_": "absolute",
                "message_type": None,
            }
        case "assistant":
            answered = model if draft.model == "" else draft.model
            asked = model if draft.asked == "" else draft.asked
            return {
                "finish_details": {"type": "stop", "stop_tokens": [200002]},
                "is_complete": True,
                "citations": [],
                "content_references": [],
                "message_type": "next",
                **({"model_slug": answered} if answered is not None else {}),
                **({"default_model_slug": asked} if asked is not None else {}),
                "parent_id": parent,
                "request_id": "00000000-0000-4000-8000-000000000000",
                "timestamp_": "absolute",
            }
        case "tool":
            return {"message_type": "next", "parent_id": parent, "timestamp_": "absolute"}
        case _:
            return {}
