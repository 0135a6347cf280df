"""The order of messages: a function of the tree alone, whatever is wrong with the tree."""

from __future__ import annotations

import random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from archiver.importers import Understood
from archiver.importers.chatgpt.tree import understand
from archiver.records import Message, Text
from tests import builders


def node(name: str, parent: str | None, *, created: Any = None, **keys: Any) -> builders.Object:
    """A full node with a message that says its name."""
    message = {
        "id": name,
        "author": {"role": "user", "name": None, "metadata": {}},
        "create_time": created,
        "content": builders.text(name),
        "metadata": {},
    }
    return {"id": name, "message": message, "parent": parent, **keys}


def empty(name: str, parent: str | None = None, **keys: Any) -> builders.Object:
    """A node without a message."""
    return {"id": name, "message": None, "parent": parent, **keys}


def of(*nodes: builders.Object, **fields: Any) -> Understood:
    """A conversation of these nodes."""
    return understand({"id": "c", "mapping": {each["id"]: each for each in nodes}, **fields}, {})


def links(found: Understood) -> list[tuple[str, str | None]]:
    """Every message with the one it follows, in order."""
    return [(message.id, message.parent) for message in found.conversation.messages]


def sentences(found: Understood) -> list[str]:
    """What was odd."""
    return [problem.what for problem in found.problems]


def test_parents_come_before_children_in_any_order_of_the_mapping() -> None:
    """Real exports list nodes in no order."""
    found = of(node("c", "b"), node("a", "root"), node("b", "a"), empty("root", ""))
    assert links(found) == [("a", None), ("b", "a"), ("c", "b")]
    assert not found.problems


def test_siblings_stand_by_time_then_id() -> None:
    """Timeless ones first; ties by id."""
    t = 1_700_000_000.0
    found = of(
        node("a", None),
        node("late", "a", created=t + 9),
        node("z", "a", created=t),
        node("b", "a", created=t),
        node("none", "a"),
        node("under", "b", created=t + 99),
    )
    assert [name for name, _ in links(found)] == ["a", "none", "b", "under", "z", "late"]


def test_nodes_without_a_message_are_stepped_over() -> None:
    """Their children follow what they followed."""
    found = of(empty("root"), node("a", "root"), empty("gap", "a"), empty("gap2", "gap"), node("b", "gap2"))
    assert links(found) == [("a", None), ("b", "a")]


def test_children_help_where_a_parent_is_missing() -> None:
    """``parent`` is the truth where both are there."""
    found = of(
        empty("root", children=["a", "stray"]),
        node("a", "root", children=["b"]),
        node("b", None, children=["a"]),
        node("c", "root", children=["b"]),
    )
    assert links(found) == [("a", None), ("b", "a"), ("c", None)]
    assert not found.problems


def test_a_missing_parent_makes_a_branch_of_its_own() -> None:
    """It is told once, with the number of cases."""
    found = of(node("a", None), node("b", "gone"), node("c", "gone too"))
    assert links(found) == [("a", None), ("b", None), ("c", None)]
    assert sentences(found) == ["2 messages follow ones that are not in the export; each begins a branch of its own."]
    assert found.problems[0].where == "message b"


def test_a_parent_may_be_named_by_the_id_of_its_message() -> None:
    """Node ids and message ids are not always the same."""
    first = node("a", None)
    first["message"]["id"] = "other"
    assert links(of(first, node("b", "other"))) == [("a", None), ("b", "a")]


def test_a_circle_is_opened_at_its_earliest_message() -> None:
    """Every message of it is kept."""
    t = 1_700_000_000.0
    found = of(node("a", "c", created=t + 2), node("b", "a", created=t), node("c", "b", created=t + 1), node("d", "a"))
    assert links(found) == [("b", None), ("c", "b"), ("a", "c"), ("d", "a")]
    assert sentences(found) == [
        "Messages follow each other in a circle; the circle was opened at its earliest message."
    ]


def test_a_message_may_follow_itself() -> None:
    """The smallest circle; and one of nodes without messages."""
    found = of(node("a", "a"), empty("x", "y"), empty("y", "x"), node("b", "x"))
    assert links(found) == [("a", None), ("b", None)]


def test_a_circle_that_children_made_is_opened_where_it_was_inferred() -> None:
    """A wrong ``children`` list does not reorder a talk."""
    found = of(node("a", None), node("b", "a", children=["a"]), node("c", "b"), node("other", None))
    assert ("b", "a") in links(found)
    assert ("c", "b") in links(found)
    assert ("a", None) in links(found)


def test_the_first_exports_had_the_role_in_the_message_or_no_message_at_all() -> None:
    """Two forms of December 2022."""
    talk = builders.conversation("A talk", [("user", "Hello"), ("assistant", "Hi")])
    for flat in (False, True):
        messages = understand(builders.earliest(talk, flat=flat), {}).conversation.messages
        spoken = [
            (message.role, [part.text for part in message.parts if isinstance(part, Text)]) for message in messages
        ]
        assert [each for each in spoken if each[1]] == [("user", ["Hello"]), ("assistant", ["Hi"])]
        assert not understand(builders.earliest(talk, flat=flat), {}).unknown_keys


def test_nodes_of_any_type_are_counted_once() -> None:
    """What is no node is kept raw as a message of its own."""
    value = {
        "id": "c",
        "mapping": {"a": None, "b": 3, "c": ["x"], "d": {"message": "words"}, "e": {}, "f": {"message": []}},
    }
    found = understand(value, {})
    assert [message.id for message in found.conversation.messages] == ["b", "c", "d", "f"]
    assert sum(found.content_types.values()) == 4
    assert sentences(found)[0].startswith("4 messages are not in the form this program knows")


def test_chains_of_any_length_are_read() -> None:
    """Nothing recurses."""
    length = 30_000
    nodes = [node(str(number), str(number - 1) if number else None) for number in range(length)]
    random.Random(1).shuffle(nodes)
    found = of(*nodes).conversation.messages
    assert [message.id for message in found] == [str(number) for number in range(length)]


def test_many_roots_and_many_gaps_take_no_longer() -> None:
    """Each orphan names another parent; a long row of empty nodes leads to each message."""
    orphans = [node(f"o{number}", f"gone{number}") for number in range(20_000)]
    gaps = [empty(f"g{number}", f"g{number - 1}") for number in range(20_000)]
    leaves = [node(f"l{number}", "g19999") for number in range(2_000)]
    assert len(of(*orphans, *gaps, *leaves).conversation.messages) == 22_000


NAMES = st.sampled_from("abcdefgh")
NODE = st.fixed_dictionaries(
    {"has_message": st.booleans(), "parent": NAMES | st.none() | st.just("gone")},
    optional={"children": st.lists(NAMES, max_size=3), "created": st.sampled_from([None, 1.7e9, 1.8e9, "x"])},
)


@given(st.dictionaries(NAMES, NODE), st.randoms(use_true_random=False))
def test_any_tree_is_ordered_by_its_content_alone(drawn: dict[str, dict[str, Any]], shuffle: random.Random) -> None:
    """Shuffling the mapping changes nothing; every message is there once, after its parent."""
    nodes = {
        name: (
            node(name, each["parent"], created=each.get("created"))
            if each["has_message"]
            else empty(name, each["parent"])
        )
        | {"children": each.get("children", [])}
        for name, each in drawn.items()
    }
    found = understand({"id": "c", "mapping": nodes}, {})
    names = list(nodes)
    shuffle.shuffle(names)
    assert understand({"id": "c", "mapping": {name: nodes[name] for name in names}}, {}) == found
    messages = found.conversation.messages
    assert sorted(message.id for message in messages) == sorted(name for name in drawn if drawn[name]["has_message"])
    _parents_come_first(messages)


def _parents_come_first(messages: tuple[Message, ...]) -> None:
    seen: set[str | None] = {None}
    for message in messages:
        assert message.parent in seen
        seen.add(message.id)
