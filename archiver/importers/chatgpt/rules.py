"""What decides where several exports say different things of one conversation (export format §5.2 and §8).

Models are rewritten when a conversation is opened after its model has left: the provider then names the successor. So
of a reply the earliest export is believed, also about what it was asked; of the conversation, whose own slug is its
last choice, the earliest export of its last state. What a message follows is rewritten, too: slim exports leave out the
tools before an answer.
"""

from __future__ import annotations

from typing import Any

from archiver.records import JoiningRules

ANSWERED = ("model_slug", "resolved_model_slug")
ASKED = ("default_model_slug", "requested_model_slug")


def _kind_of(value: dict[str, Any]) -> object:
    """Who speaks in a message, of what type a content is."""
    author = value.get("author")
    role = author.get("role") if isinstance(author, dict) else value.get("role", author)
    return role if isinstance(role, str) and role else value.get("content_type")


RULES = JoiningRules(
    newest=frozenset(
        {
            "title", "update_time", "current_node", "is_archived", "is_starred", "pinned_time", "is_do_not_remember",
            "memory_scope", "context_scopes", "async_status", "voice", "disabled_tool_ids",
        }
    ),
    choices=frozenset({"default_model_slug"}),
    records=(ANSWERED, ASKED, ("sonicberry_model_id",), ("parent",)),
    texts=frozenset({"content"}),
    kind_of=_kind_of,
)  # fmt: skip
