"""A slim export of the same conversation contradicts nothing of a full one."""

from __future__ import annotations

from archiver import merge
from archiver.importers.chatgpt.differences import contradictions
from archiver.importers.chatgpt.importer import ChatGPT
from archiver.records import Observation
from tests import builders

FULL = builders.conversation(
    "A talk",
    [
        builders.user("Which river is long?", id="ask"),
        *builders.browsed("rivers", [("Rivers", "https://rivers.example.org/", "Long ones.")]),
        builders.assistant("The Danube.", id="answer"),
        builders.user("Thanks.", id="thanks"),
    ],
)


def found(*values: builders.Object) -> list[str]:
    """The places where these sources contradict each other."""
    whole, differences = merge.union(map(Observation, values), ChatGPT.rules)
    return sorted(contradictions(whole, {each.path: (each.kept, *each.others) for each in differences}))


def test_a_parent_further_up_is_no_contradiction() -> None:
    """The messages between them are left out, the first ones among them."""
    slim = builders.slim(FULL)
    assert slim["mapping"]["answer"]["parent"] == "ask"
    assert FULL["mapping"]["answer"]["parent"] != "ask"
    assert found(FULL, slim) == []
    assert found(slim, FULL) == []


def test_another_parent_is_a_contradiction() -> None:
    """Somewhere else in the tree."""
    slim = builders.slim(FULL)
    slim["mapping"]["ask"]["parent"] = "thanks"
    assert found(FULL, slim) == ["mapping.ask.parent"]


def test_other_places_are_left_as_they_are() -> None:
    """Also where there is no tree at all."""
    assert contradictions({}, {"title": ("A", "B"), "mapping.parent": (1, 2)}) == {"title", "mapping.parent"}
    assert contradictions({"mapping": []}, {"mapping.a.parent": ("b", "c")}) == {"mapping.a.parent"}
