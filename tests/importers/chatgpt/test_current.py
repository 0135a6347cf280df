"""The last message of the branch that the provider shows."""

from __future__ import annotations

from typing import Any

import pytest

from archiver.importers.chatgpt.tree import understand
from tests import builders

SECOND = 1_715_000_000.0


def two_answers(**fields: Any) -> builders.Object:
    """A prompt with two answers, the older of them listed last."""
    turns = [
        builders.user("Which?", id="question", seconds=SECOND),
        builders.assistant("New", id="new", seconds=SECOND + 20),
        builders.assistant("Old", id="old", beside="new", seconds=SECOND + 10),
    ]
    return builders.conversation("A talk", turns, **fields)


def current(value: builders.Object) -> str | None:
    """What is understood as current."""
    return understand(value, {}).conversation.current


def test_the_current_node_is_believed() -> None:
    """Also when it is not the newest."""
    assert current(two_answers(current="old")) == "old"
    assert current(two_answers(current="question")) == "question"


def test_a_current_node_without_a_message_means_the_one_above() -> None:
    """Some tips hold nothing."""
    value = two_answers(current="old")
    value["mapping"]["tip"] = {"id": "tip", "message": None, "parent": "old", "children": []}
    assert current(value | {"current_node": "tip"}) == "old"


def test_a_current_node_may_be_the_id_of_a_message() -> None:
    """Where node and message have different ids."""
    value = two_answers()
    value["mapping"]["old"]["message"]["id"] = "own"
    assert current(value | {"current_node": "own"}) == "old"


@pytest.mark.parametrize("wanted", [None, "gone", 7, ["old"], "client-created-root"])
def test_without_a_current_node_the_newest_leaf_counts(wanted: Any) -> None:
    """Missing, pointing nowhere, of a wrong type, or the root."""
    assert current(two_answers() | {"current_node": wanted}) == "new"


def test_the_chosen_answer_of_a_pair_counts() -> None:
    """The prompt names the chosen variant; the loser is never the end of the talk."""
    value = two_answers() | {"current_node": None}
    value["mapping"]["question"]["message"]["metadata"]["paragen_variant_choice"] = "old"
    assert current(value) == "old"


def test_the_loser_of_a_pair_is_left_with_all_that_follows_it() -> None:
    """A newer message below the loser does not win."""
    value = two_answers() | {"current_node": None}
    value["mapping"]["question"]["message"]["metadata"]["paragen_variant_choice"] = "old"
    later = builders.conversation("x", [builders.user("Later", id="later", seconds=SECOND + 99)])["mapping"]["later"]
    value["mapping"]["later"] = later | {"parent": "new"}
    assert current(value) == "old"


def test_timeless_leaves_are_told_apart_by_depth() -> None:
    """The deeper branch is the talk; the shallow one was left."""
    value = two_answers() | {"current_node": None}
    deeper = builders.conversation("x", [builders.user("Deeper", id="deeper")])["mapping"]["deeper"]
    value["mapping"]["deeper"] = deeper | {"parent": "old"}
    for node in value["mapping"].values():
        if node["message"]:
            node["message"]["create_time"] = None
    assert current(value) == "deeper"


def test_a_conversation_without_messages_has_no_current_one() -> None:
    """Empty shells occur."""
    assert current({"id": "c", "mapping": {}, "current_node": "x"}) is None
