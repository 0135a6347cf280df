"""The same conversation as other years and other doors of the provider write it.

Each function takes a conversation in the form of 2025 (``conversations.conversation``) and leaves it unchanged.

    earliest   Dec 2022     nodes carry author and content themselves, or messages carry ``role``
    of_2023    2023-2024    14 keys, no ``channel``, UUID root
    slim       mid-2026     no ``children``, only what people and models said, few keys, metadata only sometimes
    from_api   any time     one object as the website itself receives it: ``id`` null, a few more keys
    paged      Oct 2026     the website's newer form: a list of messages instead of a tree
    captured   2026         a browser extension's wrapper around the website's object
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from tests.builders.drafts import Object

_KEYS_OF_2023 = (
    "title", "create_time", "update_time", "mapping", "moderation_results", "current_node", "plugin_ids",
    "conversation_id", "conversation_template_id", "gizmo_id", "is_archived", "safe_urls", "default_model_slug", "id",
)  # fmt: skip
_SLIM_KEYS = (
    "conversation_id", "conversation_template_id", "create_time", "current_node", "default_model_slug", "id",
    "is_archived", "is_do_not_remember", "is_read_only", "is_starred", "is_study_mode", "mapping", "memory_scope",
    "pinned_time", "plugin_ids", "title", "update_time", "voice",
)  # fmt: skip
_SLIM_CONTENT = {"text", "multimodal_text", "thoughts", "reasoning_recap"}
_SLIM_METADATA = ("model_slug", "content_references")
_LOST_REFERENCE_KEYS = ("start_idx", "end_idx", "matched_text")


def earliest(conversation: Object, *, flat: bool = False) -> Object:
    """The first exports: ``message.role`` and no author, or (``flat``) nodes that are messages themselves."""
    value = of_2023(conversation)
    for id, node in value["mapping"].items():
        message = node.pop("message")
        if message is None:
            node["message"] = None
        elif flat:
            node |= {"author": message["author"], "content": message["content"], "create_time": message["create_time"]}
        else:
            kept = {"id": id, "role": message["author"]["role"]}
            node["message"] = kept | {key: message[key] for key in ("content", "create_time", "metadata")}
    return value


def of_2023(conversation: Object) -> Object:
    """The fourteen keys of 2023 and 2024; messages without ``channel``."""
    value = {key: copy.deepcopy(conversation[key]) for key in _KEYS_OF_2023 if key in conversation}
    for node in value["mapping"].values():
        if node["message"]:
            node["message"].pop("channel", None)
    return value


def slim(conversation: Object, *, models: bool = True) -> Object:
    """The form since about June 2026, which leaves out tools, system messages, ``children`` and most metadata.

    Args:
        models: whether replies keep their model; some exports have no metadata on any message.
    """
    value = {key: conversation[key] for key in _SLIM_KEYS if key in conversation}
    kept = {
        id: node for id, node in conversation["mapping"].items() if not node["message"] or _is_said(node["message"])
    }
    value["mapping"] = {
        id: {
            "id": id,
            "message": _slim_message(node["message"], models=models) if node["message"] else None,
            "parent": next((above for above in _ancestors(conversation, id) if above in kept), None),
        }
        for id, node in kept.items()
    }
    tip = conversation["current_node"]
    line = (tip, *_ancestors(conversation, tip))
    value["current_node"] = next((id for id in line if id in kept), None)
    return value


def from_api(conversation: Object) -> Object:
    """What the website receives for one conversation."""
    more = {"is_temporary_chat": False, "sectioned_conversation": False, "atlas_mode_enabled": None}
    return copy.deepcopy(conversation) | more | {"id": None}


def paged(conversation: Object) -> Object:
    """The website's form of late 2026: no tree, one page of messages along the branch that is shown."""
    tip = conversation["current_node"]
    path = [tip, *_ancestors(conversation, tip)]
    listed = [conversation["mapping"][id]["message"] for id in reversed(path)]
    value = copy.deepcopy({key: entry for key, entry in conversation.items() if key != "mapping"})
    value["messages"] = copy.deepcopy([message for message in listed if message])
    value["page_info"] = {
        "start_cursor": value["messages"][0]["id"] if value["messages"] else None,
        "end_cursor": value["messages"][-1]["id"] if value["messages"] else None,
        "has_previous_page": False,
        "has_next_page": False,
    }
    return value


def captured(conversation: Object) -> Object:
    """A capture by a browser extension: the website's object inside a wrapper that repeats some of it."""
    return {
        "polylogue_capture_kind": "browser_llm_session",
        "schema_version": 1,
        "capture_id": "chatgpt-native-0001",
        "source": "browser-extension",
        "provenance": {
            "source_url": f"https://chatgpt.com/c/{conversation['conversation_id']}",
            "page_title": conversation["title"],
            "captured_at": "2026-07-29T10:00:00.000Z",
            "adapter_name": "chatgpt-native-v1",
            "adapter_version": "0.1.0",
            "capture_mode": "snapshot",
        },
        "session": {
            "provider": "chatgpt",
            "provider_session_id": conversation["conversation_id"],
            "title": conversation["title"],
            "turns": [],
            "attachments": [],
        },
        "raw_provider_payload": from_api(conversation),
    }


def _ancestors(conversation: Object, id: str) -> Iterator[str]:
    """Ids above a node, nearest first."""
    parent = conversation["mapping"][id]["parent"]
    while parent is not None:
        yield parent
        parent = conversation["mapping"][parent]["parent"]


def _is_said(message: Object) -> bool:
    is_spoken = message["author"]["role"] in {"user", "assistant"} and message["recipient"] in {"all", None}
    return is_spoken and message["content"]["content_type"] in _SLIM_CONTENT


def _slim_message(message: Object, *, models: bool) -> Object:
    kept: Object = {key: copy.deepcopy(message[key]) for key in ("author", "content", "create_time", "id")}
    metadata = _slim_metadata(message["metadata"]) if models else {}
    return kept | ({"metadata": metadata} if metadata else {})


def _slim_metadata(metadata: Any) -> Object:
    kept: Object = {key: copy.deepcopy(metadata[key]) for key in _SLIM_METADATA if metadata.get(key)}
    for reference in kept.get("content_references", ()):
        for key in _LOST_REFERENCE_KEYS:
            reference.pop(key, None)
    return kept
