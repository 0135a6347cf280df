"""The forms in which one ChatGPT conversation comes, brought into the one form with a ``mapping`` of nodes.

Exports have that form; captures of the web page's own requests wrap it, or list messages page by page instead.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any

import orjson

from archiver.i18n import _
from archiver.importers.json_text.value import BrokenJson, read_json

_WRAPPERS = ("raw_provider_payload", "conversation", "payload", "data", "response", "body")
_DEEPEST_WRAPPING = 5
_IDS = ("conversation_id", "id", "shared_conversation_id")


def normalised(value: Any) -> dict[str, Any]:
    """One conversation with a ``mapping``; ``ValueError`` with a sentence when ``value`` is none."""
    value = unwrapped(value)
    if value is None:
        return {}
    if isinstance(value, list):
        return _from_pages([page for item in value if is_page(page := unwrapped(item))])
    if not isinstance(value, dict):
        raise ValueError(_("This is no conversation."))
    mapping = value.get("mapping")
    if isinstance(mapping, dict):
        return value
    if "chat_messages" in value:
        raise ValueError(_("This is a conversation with Claude."))
    if isinstance(mapping, list):
        return value | {"mapping": _as_mapping(mapping)}
    if isinstance(value.get("messages"), list):
        return _from_pages([value])
    return value


def unwrapped(value: Any) -> Any:
    """What a capture's wrappers hold; ``value`` itself where there are none."""
    for _depth in range(_DEEPEST_WRAPPING):
        if not isinstance(value, dict) or "mapping" in value or isinstance(value.get("messages"), list):
            break
        inner = next((value[key] for key in _WRAPPERS if isinstance(value.get(key), dict | list | str)), None)
        if isinstance(inner, str):
            try:
                inner, _faults = read_json(inner.encode())
            except BrokenJson:
                break
        if not isinstance(inner, dict | list):
            break
        value = inner
    return value


def is_page(value: Any) -> bool:
    """Whether ``value`` holds messages one after the other instead of a mapping."""
    if not isinstance(value, dict) or "mapping" in value:
        return False
    messages = value.get("messages")
    if not isinstance(messages, list):
        return False
    return "page_info" in value or "shared_conversation_id" in value or any(map(_looks_like_message, messages[:20]))


def page_id(value: dict[str, Any]) -> str:
    """The conversation that a value says it is, or is a page of; empty when it does not say."""
    return next((value[key] for key in _IDS if isinstance(value.get(key), str) and value[key]), "")


def derived_id(value: dict[str, Any]) -> str:
    """An id for a conversation that has none, the same for its full and its slim form.

    Made of what every form keeps: when it began, and its first message of the person.
    """
    basis: list[Any] = [value.get("create_time")]
    mapping = value.get("mapping")
    if isinstance(mapping, dict) and mapping:
        firsts = [key for key, node in mapping.items() if _role(node) == "user"] or list(mapping)
        basis.append(min(firsts, key=lambda key: (message_time(mapping[key]), key)))
    else:
        basis.append(value)
    try:
        form = orjson.dumps(basis, default=str, option=orjson.OPT_SORT_KEYS)
    except TypeError:
        # orjson goes 254 levels deep and knows no whole numbers beyond 64 bits; the standard library does both.
        form = json.dumps(basis, default=str, sort_keys=True).encode()
    return "no-id-" + hashlib.sha256(form).hexdigest()[:24]


def has_messages(value: dict[str, Any]) -> bool:
    """Whether any node holds a message."""
    mapping = value.get("mapping")
    if not isinstance(mapping, dict):
        return False
    return any(
        isinstance(node, dict) and (node.get("message") or "content" in node or "author" in node)
        for node in mapping.values()
    )


def missing_pages(value: dict[str, Any]) -> bool:
    """Whether a conversation joined from pages says that there are more of them."""
    info = value.get("page_info")
    return isinstance(info, dict) and bool(info.get("has_previous_page") or info.get("has_next_page"))


def _from_pages(pages: list[dict[str, Any]]) -> dict[str, Any]:
    """One conversation from the pages of its messages, whatever order the pages come in."""
    if not pages:
        raise ValueError(_("This is no conversation."))
    pages = sorted(pages, key=lambda page: (place_of_page(page), _first_time(page)))
    whole: dict[str, Any] = {}
    messages: list[Any] = []
    for page in pages:
        whole = {key: item for key, item in page.items() if key not in ("messages", "page_info")} | whole
        messages += page["messages"]
    whole["mapping"] = _as_mapping(messages)
    if not page_id(whole):
        whole.pop("id", None)
    elif not any(isinstance(whole.get(key), str) for key in _IDS[:2]):
        whole["id"] = page_id(whole)
    whole["page_info"] = {
        "has_previous_page": all(map(has_previous_page, pages)),
        "has_next_page": all(map(has_next_page, pages)),
    }
    return whole


def has_previous_page(page: dict[str, Any]) -> bool:
    """Whether a page says that there are messages before it."""
    return _info(page, "has_previous_page")


def has_next_page(page: dict[str, Any]) -> bool:
    """Whether a page says that there are messages after it."""
    return _info(page, "has_next_page")


def place_of_page(page: dict[str, Any]) -> int:
    """0 for a page that says it is the first, 2 for one that says it is the last, 1 between them."""
    if not has_previous_page(page):
        return 0
    return 1 if has_next_page(page) else 2


def _info(page: dict[str, Any], key: str) -> bool:
    info = page.get("page_info")
    return isinstance(info, dict) and info.get(key) is True


def _first_time(page: dict[str, Any]) -> float:
    return min(
        (message_time(item if "message" in item else {"message": item}) for item in _objects(page["messages"])),
        default=0,
    )


def _as_mapping(messages: Sequence[Any]) -> dict[str, Any]:
    """Nodes by id; a message that names no parent follows the one before it."""
    mapping: dict[str, Any] = {}
    previous: str | None = None
    for number, item in enumerate(_objects(messages)):
        node = dict(item) if "message" in item else _node_of(item)
        identity = node.get("id")
        if not isinstance(identity, str) or not identity:
            identity = f"message-{number}"
            node["id"] = identity
        if identity in mapping:
            # Pages overlap; what stands on the earlier one has its place already.
            previous = identity
            continue
        if "parent" not in node:
            node["parent"] = previous
        mapping[identity] = node
        previous = identity
    others = [item for item in messages if item is not None and not isinstance(item, dict)]
    # They are no messages, which is said of each node that is none.
    return mapping | {f"item-{number}": item for number, item in enumerate(others)}


def _node_of(message: dict[str, Any]) -> dict[str, Any]:
    """The node for a message that stands by itself."""
    identity = message.get("id") or message.get("node_id") or message.get("message_id")
    if "author" not in message and isinstance(message.get("role"), str):
        message = {"author": {"role": message["role"]}} | message
    if "content" not in message and isinstance(message.get("text"), str):
        words = {"content": {"content_type": "text", "parts": [message["text"]]}}
        message = {key: item for key, item in message.items() if key != "text"} | words
    node: dict[str, Any] = {"id": identity, "message": message}
    metadata = message.get("metadata")
    for holder in (message, metadata if isinstance(metadata, dict) else {}):
        for key in ("parent", "parent_id", "parent_message_id"):
            if isinstance(holder.get(key), str):
                return node | {"parent": holder[key]}
    return node


def _looks_like_message(item: Any) -> bool:
    return isinstance(item, dict) and ("author" in item or "message" in item or "node_id" in item)


def _objects(items: Iterable[Any]) -> Iterable[dict[str, Any]]:
    return (item for item in items if isinstance(item, dict))


def _message(node: Any) -> dict[str, Any]:
    message = node.get("message") if isinstance(node, dict) else None
    return message if isinstance(message, dict) else {}


def _role(node: Any) -> Any:
    author = _message(node).get("author")
    return author.get("role") if isinstance(author, dict) else _message(node).get("role")


def message_time(node: Any) -> float:
    """When the message of a node was written; infinity when it does not say."""
    time = _message(node).get("create_time")
    return float(time) if isinstance(time, int | float) else float("inf")
