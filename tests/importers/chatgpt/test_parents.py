"""Who follows whom when an old, full export and a new, slim one are joined."""

from __future__ import annotations

import copy

from archiver.importers.chatgpt.importer import ChatGPT
from archiver.importers.chatgpt.tree import understand
from archiver.merge import union
from archiver.records import Conversation, Observation
from tests import builders

TURNS: list[builders.Turn] = [
    builders.user("Plot it.", id="u1"),
    *builders.code_run("plot()", "done"),
    builders.assistant("Here.", id="a1"),
    builders.user("Remember tea.", id="u2"),
    *builders.memory("Likes tea."),
    builders.assistant("I will.", id="a2"),
    *builders.memory("Likes green tea."),
]
LATER: list[builders.Turn] = [builders.user("And now?", id="u3"), builders.assistant("Now.", id="a3")]


def joined(*values: builders.Object) -> Conversation:
    """What several exports say together."""
    return understand(union(map(Observation, values), ChatGPT.rules)[0], {}).conversation


def shape(found: Conversation) -> list[tuple[str, str | None]]:
    """Every message with the one it follows."""
    return [(message.id, message.parent) for message in found.messages]


def test_a_slim_export_does_not_make_versions_of_tool_calls() -> None:
    """The longer way of the older export is the one that was gone."""
    full = builders.conversation("A talk", TURNS, id="c", seconds_between=30)
    slim = builders.slim(full)
    assert shape(joined(full, slim)) == shape(joined(full))
    assert shape(joined(slim, full)) == shape(joined(full))
    assert [message for message, parent in shape(joined(slim)) if parent is None] == ["u1"]


def test_a_message_of_the_newer_export_follows_the_tools_of_the_older_one() -> None:
    """The last thing the older export saw was a note being written."""
    old = builders.conversation("A talk", TURNS, id="c")
    whole = builders.conversation("A talk", [*TURNS, *LATER], id="c")
    assert shape(joined(old, builders.slim(whole))) == shape(joined(whole))
    assert joined(old, builders.slim(whole)).current == "a3"


def test_real_versions_stay_versions() -> None:
    """An edited prompt and regenerated answers are branches in both forms."""
    full = builders.branching()
    assert shape(joined(full, builders.slim(full))) == shape(joined(full))
    again = copy.deepcopy(full)
    assert shape(joined(full, again)) == shape(joined(full))


def test_a_new_version_beside_a_line_of_tools_stays_a_version() -> None:
    """Where the older line goes on to an answer, a newer message beside it is a branch."""
    old = builders.conversation("A talk", TURNS, id="c")
    whole = builders.conversation("A talk", [*TURNS, builders.assistant("Another.", id="b1", beside="a1")], id="c")
    slim = builders.slim(whole)
    slim["mapping"]["b1"]["parent"] = "u1"
    assert ("b1", "u1") in shape(joined(old, slim))


def test_children_that_contradict_without_a_way_are_not_believed() -> None:
    """``parent`` is the truth between nodes that no way joins."""
    full = builders.conversation("A talk", TURNS, id="c")
    full["mapping"]["a2"]["children"] = ["u1", "a1"]
    assert shape(joined(full)) == shape(joined(builders.conversation("A talk", TURNS, id="c")))
