"""Words that stand beside a message: none is lost, none is said twice."""

from __future__ import annotations

import json
from typing import Any

import pytest

from archiver.importers.chatgpt.tree import understand
from archiver.records import Message, ToolResult
from tests import builders
from tests.importers.understanding import messages


def details(role: str = "assistant", **metadata: Any) -> dict[str, str]:
    """The details of a message with this metadata."""
    draft = builders.Draft(role, builders.text("Hello"), metadata=metadata)
    return dict(messages(draft)[-1].details)


@pytest.mark.parametrize(
    ("metadata", "place", "words"),
    [
        ({"args": ["longest river"]}, "args", "longest river"),
        ({"command": "search"}, "command", "search"),
        ({"kwargs": {"query": "rivers"}}, "kwargs.query", "rivers"),
        ({"connector_source": "calendar"}, "connector_source", "calendar"),
        ({"invoked_plugin": {"namespace": "trains", "plugin_id": "plugin-0a"}}, "invoked_plugin.namespace", "trains"),
        (
            {
                "jit_plugin_data": {
                    "from_server": {"type": "preview", "body": {"params": {"link": "https://a.example"}}}
                }
            },
            "jit_plugin_data.from_server.body.params.link",
            "https://a.example",
        ),
        (
            {"aggregate_result": {"code": "print(1)", "status": "success"}},
            "aggregate_result.code",
            "print(1)",
        ),
        (
            {"aggregate_result": {"in_kernel_exception": {"name": "KeyError", "traceback": [], "args": ["sum of it"]}}},
            "aggregate_result.in_kernel_exception.args",
            "sum of it",
        ),
        ({"canvas": {"title": "Letters", "textdoc_id": "t"}}, "canvas.title", "Letters"),
        ({"canvas": {"accelerator_metadata": {"prompt": "Make it short"}}}, None, "Make it short"),
        (
            {"serialization_metadata": {"custom_symbol_offsets": [{"id": "g-1", "symbol": "@Poet", "startIndex": 0}]}},
            "serialization_metadata.custom_symbol_offsets.symbol",
            "@Poet",
        ),
        ({"search_queries": [{"type": "search", "q": "rivers of Asia"}]}, "search_queries.q", "rivers of Asia"),
        ({"writing_blocks": {"0": {"content": "Hello", "metadata": {"tone": "warm"}}}}, None, "warm"),
    ],
)
def test_words_of_the_metadata_are_details(metadata: dict[str, Any], place: str | None, words: str) -> None:
    """Each with the place where the export has it."""
    found = details("tool", **metadata)
    assert words in found.values()
    if place:
        assert found[place] == words


def test_words_inside_json_inside_a_string_are_found() -> None:
    """Widgets keep their state so."""
    state = json.dumps({"plan": {"title": "A plan"}, "steering_acknowledgement": "I will look at maps too."})
    assert "I will look at maps too." in details(chatgpt_sdk={"widget_state": state}).values()


def test_what_is_shown_anyway_is_no_detail() -> None:
    """Neither words of a part, nor those of the call above a tool's answer."""
    answer = messages(*builders.code_run("print(2)", "2"))[-1]
    assert answer.parts == (ToolResult("python", "2", "success"),)
    assert answer.details == ()
    assert details(initial_text="Hello") == {}


def test_ids_times_and_switches_are_no_words() -> None:
    """They stay in the raw JSON."""
    assert not details(
        status="finished",
        chatgpt_sdk={"attribution_id": "a-1", "websocket_url": "wss://example.org", "resource_uri": "x://y"},
        invoked_resource={"id": "5f3c0de5f3c0de5f3c0de", "when": "2026-05-01T09:00:00Z", "type": "file"},
        serialization_metadata={"custom_symbol_offsets": []},
    )


def test_words_of_a_content_that_have_no_place_in_a_part_are_details() -> None:
    """The title of a generated picture, the site of a quotation that has a title of its own."""
    photo = builders.image_pointer(builders.picture(), prompt="A bird at dawn")
    photo["metadata"]["dalle"]["serialization_title"] = "Heron"
    drawn = messages(builders.tool("dalle.text2im", builders.multimodal(photo)))[-1]
    assert dict(drawn.details) == {"parts.metadata.dalle.serialization_title": "Heron"}
    quote = builders.quote("Words", "notes.pdf", "file-1") | {"domain": "Shelf"}
    assert messages(builders.tool("browser", quote))[-1].details == (("domain", "Shelf"),)


def test_an_answer_whose_markers_were_resolved_is_not_repeated() -> None:
    """The raw text has markers that the shown one has not."""
    cited = builders.cited("It is long{0}.", [builders.Source("Rivers", "https://rivers.example.org/")])
    assert messages(cited)[-1].details == ()


def test_new_metadata_without_words_is_a_detail() -> None:
    """A new switch on every message must neither vanish nor stand under every message of the reader."""
    message = messages(builders.assistant("Hello").noting(mood="calm", new_switch=True, number=7, nothing=None))[-1]
    assert message.details == (("mood", "calm"), ("new_switch", "true"), ("number", "7"))
    assert len(message.parts) == 1


def test_what_an_author_holds_besides_is_a_detail() -> None:
    """For example who really spoke."""
    value = builders.conversation("A talk", [builders.assistant("Hello", id="it")])
    value["mapping"]["it"]["message"]["author"]["metadata"] = {"source": "The weather service"}
    message: Message = understand(value, {}).conversation.messages[-1]
    assert message.details == (("author.metadata.source", "The weather service"),)
