"""One conversation of the provider -> ``Conversation``: the door between the provider's words and this program's.

    JSON object  ->  tree (order)  ->  messages (message)  ->  canvas documents, prompts  ->  Understood

The object may be the union of several exports, may come from any year and any tool, and may be damaged: nothing about
it is trusted, nothing in it stops the work, and every node of it is counted once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from archiver.importers.base import Feedback, FindFiles, Understood, no_files
from archiver.importers.chatgpt.canvas import replay
from archiver.importers.chatgpt.current import current_message
from archiver.importers.chatgpt.differences import other_models
from archiver.importers.chatgpt.fields import Fields, text
from archiver.importers.chatgpt.findings import Findings, no_mapping
from archiver.importers.chatgpt.keys import CONVERSATION_SHAPES
from archiver.importers.chatgpt.links import Links
from archiver.importers.chatgpt.message import Reading, read_message
from archiver.importers.chatgpt.order import Tree, tree_of
from archiver.importers.chatgpt.origins import with_files
from archiver.importers.chatgpt.prompts import with_prompts
from archiver.importers.chatgpt.quoted_files import KIND, with_quoted_files
from archiver.importers.chatgpt.raw_json import to_json
from archiver.importers.chatgpt.shapes import derived_id
from archiver.records import Conversation, Disagreement, Message, Unknown
from archiver.text.times import seconds

_FACTS = (
    "async_status",
    "atlas_mode_enabled",
    "context_scopes",
    "context_truncation_continuation",
    "conversation_origin",
    "disabled_tool_ids",
    "gizmo_type",
    "is_do_not_remember",
    "is_read_only",
    "is_study_mode",
    "is_temporary_chat",
    "memory_scope",
    "moderation_results",
    "pinned_time",
    "plugin_ids",
    "sectioned_conversation",
    "voice",
)
"""Plain facts that are kept; ``owner`` is left in the raw JSON alone, since it names people."""


def understand(
    value: dict[str, Any],
    feedback: Mapping[str, Feedback],
    find_files: FindFiles = no_files,
    disagreements: Sequence[Disagreement] = (),
) -> Understood:
    """A conversation in this program's words, and what was odd or new in it; ``feedback`` is keyed by message id."""
    findings = Findings()
    findings.unknown(CONVERSATION_SHAPES[tuple(value)].unknown)
    id_ = text(value.get("conversation_id")) or text(value.get("id")) or derived_id(value)
    mapping = value.get("mapping")
    if not isinstance(mapping, dict):
        if mapping is not None:
            findings.odd(no_mapping)
        mapping = {}
    tree = tree_of(mapping, findings)
    reading = Reading(id_, findings, feedback, Links(tree).find, tree.messages, other_models(disagreements))
    messages = [
        read_message(name, tree.parents[name], tree.messages[name], reading, _beside(name, mapping, tree))
        for name in tree.order
    ]
    messages = replay(messages, tree, findings)
    messages = with_prompts(messages)
    if KIND in findings.content_types:
        messages = with_quoted_files(messages)
    if files := find_files(id_, tree.messages):
        messages = with_files(messages, files, tree.messages)
    updated = findings.time(value.get("update_time"), "")
    created, created_from = _created(value, id_, messages, updated, findings)
    conversation = Conversation(
        "chatgpt",
        id_,
        text(value.get("title")),
        tuple(messages),
        created,
        updated or max((message.created for message in messages if message.created is not None), default=created),
        current_message(value.get("current_node"), messages, tree),
        text(value.get("default_model_slug")),
        text(value.get("gizmo_id")) or text(value.get("conversation_template_id")),
        value.get("is_archived") is True,
        value.get("is_starred") is True,
        _facts(value, created_from, tree),
    )
    return Understood(conversation, findings.problems(id_), findings.content_types, findings.unknown_keys)


def _created(
    value: dict[str, Any], id_: str, messages: list[Message], updated: float | None, findings: Findings
) -> tuple[float | None, str]:
    """When the conversation began, and where that is known from if not from its own field."""
    own = findings.time(value.get("create_time"), "")
    if own is not None:
        return own, ""
    times = [message.created for message in messages if message.created is not None]
    if times:
        return min(times), "messages"
    from_id = _time_in_id(id_)
    if from_id is not None:
        return from_id, "id"
    return updated, "update_time" if updated is not None else ""


def _time_in_id(id_: str) -> float | None:
    """Ids with the version digit 8 begin with the time of creation (export format §2)."""
    if len(id_) != 36 or id_[14] != "8":
        return None
    try:
        return seconds(int(id_[:8], 16))
    except ValueError:
        return None


def _beside(name: str, mapping: Mapping[str, Any], tree: Tree) -> tuple[Unknown, ...]:
    """What stands in a node beside its message, under keys that nobody has seen before."""
    if name not in tree.new:
        return ()
    fields = Fields(mapping[name])
    for key in tree.new[name]:
        fields.leave(key.removeprefix("node."))
    return (Unknown("node", to_json(fields.leftover)),) if fields.leftover else ()


def _facts(value: dict[str, Any], created_from: str, tree: Tree) -> tuple[tuple[str, str], ...]:
    facts = {"created_from": created_from} if created_from else {}
    new = (name.removeprefix("conversation.") for name in CONVERSATION_SHAPES[tuple(value)].unknown)
    for name in (*_FACTS, *new):
        fact = value.get(name)
        if fact not in (None, False, "", [], {}):
            facts[name] = _as_words(fact)
    for name in ("title", "default_model_slug"):
        if value.get(name) is not None and not isinstance(value[name], str):
            facts[name] = to_json(value[name])
    template = text(value.get("conversation_template_id"))
    if template and template != (text(value.get("gizmo_id")) or template):
        facts["conversation_template_id"] = template
    for name in sorted(tree.new.keys() - tree.messages.keys()):
        for unknown in _beside(name, value["mapping"], tree):
            facts[f"node {name}"] = unknown.raw
    return tuple(sorted(facts.items()))


def _as_words(fact: Any) -> str:
    """A fact as it is shown: a list of words without its brackets."""
    listed = fact if isinstance(fact, list) else [fact]
    return ", ".join(each if isinstance(each, str) else to_json(each) for each in listed)
