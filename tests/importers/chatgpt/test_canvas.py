"""Canvas documents, replayed from the calls that wrote and changed them."""

from __future__ import annotations

import json

import pytest

from archiver.records import Document, Message, ToolCall
from tests import builders
from tests.importers.understanding import messages, understood


def documents(found: list[Message]) -> list[Document]:
    """The documents of all messages, in order."""
    return [part for message in found for part in message.parts if isinstance(part, Document)]


def test_each_call_shows_the_document_after_it_and_the_last_keeps_the_versions() -> None:
    """Nothing of how a text grew is lost."""
    found = messages(
        *builders.canvas_created("Poem", "Roses are red\nViolets are blue"),
        *builders.canvas_updated("Poem", [("red", "white")]),
        *builders.canvas_updated("Poem", [(".*", "Tulips")]),
    )
    first, second = "Roses are red\nViolets are blue", "Roses are white\nViolets are blue"
    assert documents(found) == [
        Document("textdoc-1", first, "Poem", "document"),
        Document("textdoc-1", second, "Poem", "document"),
        Document("textdoc-1", "Tulips", "Poem", "document", (first, second)),
    ]


def test_the_call_itself_stays_and_is_shown_with_its_document() -> None:
    """The provider's screen shows a card where the call is."""
    call, answer = messages(*builders.canvas_created("Poem", "Roses"))
    assert isinstance(call.parts[0], ToolCall)
    assert json.loads(call.parts[0].text)["content"] == "Roses"
    assert not call.hidden
    assert answer.hidden == "tool"


def test_two_documents_do_not_mix() -> None:
    """The answer of the tool says which one a call means."""
    found = messages(
        *builders.canvas_created("Poem", "one", textdoc="a"),
        *builders.canvas_created("Code", "two", kind="code/python", textdoc="b"),
        *builders.canvas_updated("Poem", [("one", "three")], textdoc="a"),
    )
    assert documents(found)[-1] == Document("a", "three", "Poem", "document", ("one",))


def test_branches_do_not_mix() -> None:
    """A regenerated change starts from the document as it was before."""
    change, reply = builders.canvas_updated("Poem", [("one", "two")])
    other, other_reply = builders.canvas_updated("Poem", [("one", "three")])
    found = messages(
        *builders.canvas_created("Poem", "one"),
        builders.user("Change it.", id="wish"),
        change.but(id="first"),
        reply,
        other.but(id="second", beside="first"),
        other_reply,
    )
    assert [(each.text, each.versions) for each in documents(found)] == [
        ("one", ()),
        ("two", ("one",)),
        ("three", ("one",)),
    ]


def test_a_call_without_answer_means_the_document_before_it() -> None:
    """Answers of tools are missing in some exports."""
    create, _ = builders.canvas_created("Poem", "one")
    change, _ = builders.canvas_updated("Poem", [("one", "two")])
    assert [each.text for each in documents(messages(create, change))] == ["one", "two"]


@pytest.mark.parametrize(
    "body",
    [
        '{"updates": [{"pattern": "nowhere", "multiple": false, "replacement": "x"}]}',
        '{"updates": [{"pattern": "(o+)+$", "multiple": false, "replacement": "x"}]}',
        '{"updates": [{"pattern": 3}]}',
        '{"updates": []}',
        '{"updates": {"pattern": "o"}}',
        "[]",
        "not JSON at all",
    ],
)
def test_a_change_that_cannot_be_repeated_is_told_and_kept(body: str) -> None:
    """The raw call is then all there is."""
    result = understood(*builders.canvas_created("Poem", "one"), builders.call("canmore.update_textdoc", body))
    last = result.conversation.messages[-1]
    assert last.parts == (ToolCall("canmore.update_textdoc", body, "json"),)
    assert last.hidden == "tool"
    assert [problem.what for problem in result.problems] == [
        "A change to a canvas document could not be repeated; the change itself is kept as it was written."
    ]


def test_a_call_that_was_cut_off_is_completed() -> None:
    """The writing of a call can stop before its last brackets."""
    body = '{"updates": [{"pattern": ".*", "multiple": false, "replacement": "two"'
    found = messages(*builders.canvas_created("Poem", "one"), builders.call("canmore.update_textdoc", body))
    assert documents(found)[-1].text == "two"


def test_documents_without_end_are_given_up() -> None:
    """A short file may not become gigabytes of versions; what was written until then is kept."""
    long = "x" * 2_000_000
    found = understood(
        *builders.canvas_created("Poem", long),
        *(each for _ in range(40) for each in builders.canvas_updated("Poem", [("y?$", "z")])),
    )
    kept = documents(list(found.conversation.messages))
    assert 1 < len(kept) < 40
    assert len(found.problems) == 1


@pytest.mark.parametrize(
    ("written", "content"),
    [
        ('{"name":"d","type":"document","content":"one\ntwo"}', "one\ntwo"),
        ('{"name":"d","type":"document","content":"hello \\ud83d x"}', "hello \ufffd x"),
        ('{"name":"d","type":"document","version":NaN,"content":"one"}', "one"),
        ('{"name":"d","type":"document","content":"one\ntw', "one\ntw"),
    ],
)
def test_a_call_whose_json_is_not_strict_is_read(written: str, content: str) -> None:
    """The model writes it, and nobody checks."""
    found = messages(builders.call("canmore.create_textdoc", written))
    assert [document.text for document in documents(found)] == [content]
