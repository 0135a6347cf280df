"""One message: who speaks, how it ended, how it was rated, and keys that are new."""

from __future__ import annotations

from typing import Any

import pytest

from archiver.importers import Feedback
from archiver.importers.chatgpt.tree import understand
from archiver.records import Message, Text, Unknown
from tests import builders
from tests.importers.understanding import messages, understood


def changed(**keys: Any) -> Message:
    """An answer whose raw message has these keys."""
    value = builders.conversation("A talk", [builders.assistant("Hello", id="it")])
    value["mapping"]["it"]["message"].update(keys)
    return understand(value, {}).conversation.messages[-1]


def test_a_usual_message() -> None:
    """Everything that a plain answer says."""
    message = messages(builders.assistant("Hello", id="it", seconds=1_720_000_000.25))[-1]
    assert message == Message(
        id="it",
        parent=message.parent,
        role="assistant",
        parts=(Text("Hello"),),
        created=1_720_000_000.25,
        answered="gpt-4o",
        answered_from="model_slug",
        asked="gpt-4o",
        asked_from="default_model_slug",
    )


@pytest.mark.parametrize(
    ("author", "role", "tool"),
    [
        ({"role": "assistant"}, "assistant", ""),
        ({"role": "tool", "name": "web.run", "metadata": {}}, "tool", "web.run"),
        ({"role": "tool", "name": None, "metadata": {"real_author": "tool:web"}}, "tool", "tool:web"),
        ({"role": "moderator", "name": "x"}, "moderator", "x"),
        ("assistant", "assistant", ""),
        (None, "unknown", ""),
        ({}, "unknown", ""),
        ({"role": ["user"]}, "unknown", ""),
        (7, "unknown", ""),
    ],
)
def test_who_speaks(author: Any, role: str, tool: str) -> None:
    """Roles nobody knows are kept as they are; what is no role is kept raw."""
    message = changed(author=author)
    assert (message.role, message.author) == (role, tool)
    assert [part for part in message.parts if getattr(part, "text", "") == "Hello"]
    if role == "unknown" and author:
        assert any(isinstance(part, Unknown) and part.label == "author" for part in message.parts)


def test_an_unknown_role_is_counted() -> None:
    """So that the report can tell of it."""
    assert understood(builders.Draft("moderator", builders.text("Hello"))).unknown_keys == {"role.moderator": 1}


@pytest.mark.parametrize(
    ("keys", "status"),
    [
        ({"status": "finished_successfully"}, ""),
        ({"status": "in_progress"}, "in_progress"),
        ({"status": "finished_partial_completion"}, "finished_partial_completion"),
        ({"status": None}, ""),
        ({"status": 4}, ""),
        ({"metadata": {"finish_details": {"type": "stop"}}}, ""),
        ({"metadata": {"finish_details": {"type": "interrupted", "reason": "client_stopped"}}}, "interrupted"),
        ({"metadata": {"finish_details": {"type": "max_tokens"}}}, "max_tokens"),
        ({"metadata": {"finish_details": {"type": ["stop"]}}}, ""),
        ({"metadata": {"finish_details": "stop"}}, ""),
    ],
)
def test_a_reply_that_was_cut_off_says_so(keys: dict[str, Any], status: str) -> None:
    """Either of two fields tells it."""
    assert changed(**keys).status == status


@pytest.mark.parametrize(
    "keys",
    [
        {"metadata": None},
        {"metadata": "none"},
        {"recipient": None},
        {"recipient": {"name": "all"}},
        {"weight": None},
        {"weight": "1"},
        {"channel": {"name": "final"}},
        {"end_turn": "yes"},
        {"update_time": []},
        {"create_time": {}},
    ],
)
def test_wrong_types_do_not_hide_the_words(keys: dict[str, Any]) -> None:
    """Nothing around the content is trusted."""
    message = changed(**keys)
    assert Text("Hello") in message.parts
    assert not message.hidden


def test_a_slim_message_is_whole() -> None:
    """Since mid-2026 most keys are gone, on many messages the metadata too."""
    value = builders.slim(builders.conversation("A talk", [("user", "Hello"), ("assistant", "Hi")]))
    for node in value["mapping"].values():
        if node["message"]:
            node["message"].pop("metadata", None)
    found = understand(value, {}).conversation.messages
    assert [(message.role, message.parts, message.hidden) for message in found] == [
        ("user", (Text("Hello"),), ""),
        ("assistant", (Text("Hi"),), ""),
    ]


def test_new_keys_of_a_message_are_kept_and_counted() -> None:
    """New metadata is shown where there are words in it; ids and switches are details."""
    metadata = {"brand_new": {"words": "to be read"}, "new_id": "00ff", "new_switch": True}
    value = builders.conversation("A talk", [builders.assistant("Hello", id="it").noting(**metadata)])
    value["mapping"]["it"]["message"] |= {"reactions": ["smile"], "nothing": None, "empty": []}
    value["mapping"]["it"]["message"]["author"]["mood"] = "calm"
    value["mapping"]["it"]["weather"] = "fair"
    value["season"] = "spring"
    result = understand(value, {})
    assert result.unknown_keys == {
        "conversation.season": 1,
        "node.weather": 1,
        "message.reactions": 1,
        "message.nothing": 1,
        "message.empty": 1,
        "author.mood": 1,
        "metadata.brand_new": 1,
        "metadata.new_id": 1,
        "metadata.new_switch": 1,
    }
    parts = result.conversation.messages[-1].parts
    assert result.conversation.messages[-1].details == (("new_id", "00ff"), ("new_switch", "true"))
    assert Unknown("node", '{"weather":"fair"}') in parts
    assert ("season", "spring") in result.conversation.facts
    assert Unknown("message", '{"reactions":["smile"]}') in parts
    assert Unknown("metadata", '{"brand_new":{"words":"to be read"}}') in parts
    assert any(isinstance(part, Unknown) and part.label == "author" for part in parts)


def test_a_rating_belongs_to_one_message_of_one_conversation() -> None:
    """Message ids repeat when a chat is branched into a new one."""
    value = builders.conversation("A talk", [builders.assistant("Hello", id="it")], id="here")
    rated = Feedback("here", "it", "thumbs_up", "evaluation_name: calm")
    message = understand(value, {"it": rated}).conversation.messages[-1]
    assert (message.rating, message.notes) == ("thumbs_up", ("evaluation_name: calm",))
    elsewhere = Feedback("there", "it", "thumbs_down", "")
    assert understand(value, {"it": elsewhere}).conversation.messages[-1].rating == ""


def test_an_own_id_that_differs_from_the_node_is_noted() -> None:
    """Links inside the conversation go by the node; a rating may go by the message."""
    value = builders.conversation("A talk", [builders.assistant("Hello", id="node")])
    value["mapping"]["node"]["message"]["id"] = "own"
    message = understand(value, {"own": Feedback("", "own", "thumbs_up", "")}).conversation.messages[-1]
    assert (message.id, message.rating, message.notes) == ("node", "thumbs_up", ("message id: own",))


def test_facts_worth_showing_are_notes() -> None:
    """Where a chat was branched from, who really wrote, that it was spoken."""
    message = messages(
        builders.user("Hello").noting(
            branching_from_conversation_title="Rivers",
            real_author_title="Morning news",
            voice_mode_message=True,
            model_adjustments="none",
        )
    )[-1]
    assert set(message.notes) == {
        "branching_from_conversation_title: Rivers",
        "real_author_title: Morning news",
        "voice_mode_message",
        "model_adjustments: none",
    }
