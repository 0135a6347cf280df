"""The tree of a conversation."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from archiver.branches import Tree, current_path, parent_positions, path_to
from archiver.records import Branch, Conversation, Message, Text


def conversation(*messages: tuple[str, str | None], current: str | None = None) -> Conversation:
    """A conversation of empty messages given as (id, parent)."""
    made = tuple(Message(id_, parent, "user", (Text(""),)) for id_, parent in messages)
    return Conversation("chatgpt", "c", "", made, current=current)


def test_the_current_path_leads_to_the_current_message() -> None:
    """The branch that the provider shows."""
    forked = conversation(("a", None), ("b1", "a"), ("b2", "a"), ("c", "b1"), current="c")
    assert current_path(forked) == [0, 1, 3]


def test_without_a_current_message_the_newest_branch_is_shown() -> None:
    """Siblings are in order of time, so the last one is the newest."""
    forked = conversation(("a", None), ("b1", "a"), ("b2", "a"), current="nowhere")
    assert current_path(forked) == [0, 2]


def test_an_empty_conversation_has_an_empty_path() -> None:
    """Nothing to show is no error."""
    assert current_path(conversation()) == []


def test_versions_of_a_message_are_numbered_from_one() -> None:
    """What the branch switcher shows."""
    tree = Tree(parent_positions(conversation(("a", None), ("b1", "a"), ("b2", "a"))))
    assert [tree.branch(position) for position in range(3)] == [Branch(1, 1), Branch(1, 2), Branch(2, 2)]
    assert tree.sibling(1, 1) == 2
    assert tree.sibling(2, 1) == 2


@given(st.lists(st.integers(-1, 30), max_size=40))
def test_every_message_lies_on_the_path_to_some_leaf(drawn: list[int]) -> None:
    """Exporting all branches exports all messages."""
    parents = [parent if parent < index else index - 1 for index, parent in enumerate(drawn)]
    seen = {position for leaf in Tree(parents).leaves() for position in path_to(parents, leaf)}
    assert seen == set(range(len(parents)))
