"""Every content type of the provider, and what is kept of those nobody knows."""

from __future__ import annotations

import json
from typing import Any

import pytest

from archiver.records import (
    AssetReference,
    Code,
    Instructions,
    Memory,
    Notice,
    Part,
    Quote,
    Reasoning,
    Speech,
    Text,
    ToolCall,
    ToolResult,
    Unknown,
)
from tests import builders
from tests.importers.understanding import messages, parts, shown, strings, understood


def of(content: Any, role: str = "assistant", **fields: Any) -> list[Part]:
    """The parts of a message with this content."""
    return parts(builders.Draft(role, content, **fields))


def test_a_text_stays_exactly_as_it_was_written() -> None:
    """Line ends, spaces, em dashes and damaged characters are the person's, not ours."""
    words = "  one — “two”\r\n\r\n\tthree \ufffd\u0000\u202e \U0001f9e1\u200d\U0001f525\n"
    assert of(builders.text(words)) == [Text(words)]
    assert of(builders.text(words), "user") == [Text(words)]


def test_each_string_of_a_text_is_a_part_of_its_own() -> None:
    """Nobody knows how the provider would have joined them."""
    assert of(builders.text("one", "", "two")) == [Text("one"), Text("two")]


@pytest.mark.parametrize(
    "content",
    [
        {"content_type": "text", "text": "words"},
        {"content_type": "text", "parts": "words"},
        {"content_type": "text", "parts": [None, "words", None]},
        {"parts": ["words"]},
        {"text": "words"},
        "words",
        ["words"],
    ],
)
def test_words_are_found_in_every_form_a_text_has_had(content: Any) -> None:
    """Parts missing, content a plain string, content type missing."""
    assert of(content) == [Text("words")]


@pytest.mark.parametrize(
    "content", [None, {}, {"content_type": "text", "parts": None}, builders.text(), builders.text("")]
)
def test_a_message_without_words_has_no_parts(content: Any) -> None:
    """It is kept as an empty message."""
    assert of(content) == []


def test_parts_that_are_no_text_are_kept_raw() -> None:
    """Numbers and unknown objects stand where they stood."""
    found = of(builders.text("a", 5, {"content_type": "hologram", "words": "b"}, [1]))
    assert found == [
        Text("a"),
        Unknown("part", "5"),
        Unknown("hologram", '{"content_type":"hologram","words":"b"}'),
        Unknown("part", "[1]"),
    ]


def test_an_unknown_content_type_is_shown_and_counted() -> None:
    """New kinds of content appear without notice."""
    result = understood(builders.unknown("super_widget", deep={"words": "inside"}))
    assert result.content_types == {"text": 1, "super_widget": 1}
    assert result.unknown_keys == {"content_type.super_widget": 1}
    (unknown,) = result.conversation.messages[-1].parts
    assert isinstance(unknown, Unknown)
    assert json.loads(unknown.raw)["deep"] == {"words": "inside"}
    assert not result.conversation.messages[-1].hidden


def test_a_new_key_of_a_known_content_is_kept_and_counted() -> None:
    """A text that gets a translation one day must not lose it."""
    result = understood(builders.assistant({**builders.text("hello"), "translation": "bonjour", "nothing": None}))
    assert result.conversation.messages[-1].parts == (Text("hello"), Unknown("text", '{"translation":"bonjour"}'))
    assert result.unknown_keys == {"text.translation": 1, "text.nothing": 1}


def test_a_known_key_with_a_wrong_value_is_kept_and_told() -> None:
    """Nothing is dropped for being of another type than yesterday."""
    result = understood(builders.assistant({"content_type": "code", "text": {"lines": ["a"]}, "language": 7}))
    assert result.conversation.messages[-1].parts == (Unknown("code", '{"language":7,"text":{"lines":["a"]}}'),)
    assert [problem.what for problem in result.problems] == [
        "A field holds something this program does not expect; its raw JSON is kept."
    ]


def test_code_that_is_run_is_a_call_and_other_code_is_code() -> None:
    """The recipient decides; what Python runs is Python."""
    assert of(builders.code("x = 1")) == [Code("x = 1")]
    assert of(builders.code("x = 1"), recipient="python") == [ToolCall("python", "x = 1", "python")]
    assert of(builders.code("{}", "json"), recipient="web.run") == [ToolCall("web.run", "{}", "json")]
    assert of({"content_type": "code", "language": "unknown", "parts": ["a", "b"]}) == [Code("a"), Code("b")]


def test_what_a_tool_says_is_a_result() -> None:
    """Also when it comes as plain text."""
    found = parts(*builders.code_run("print(1)", "1"))
    assert found == [ToolCall("python", "print(1)", "python"), ToolResult("python", "1", "success")]
    assert parts(builders.tool("browser", "Found.")) == [ToolResult("browser", "Found.")]


def test_thoughts_keep_title_and_text() -> None:
    """Also as plain strings, as JSON inside a string, and with pieces that the text lacks."""
    assert parts(*builders.thoughts(("Plan", "Think."))) == [
        Reasoning("Think.", "Plan"),
        Reasoning("Thought for 7 seconds"),
    ]
    strange = ["plain", {"summary": "", "content": "a b", "chunks": ["a", "c"]}, None, 3]
    assert of({"content_type": "thoughts", "thoughts": strange}) == [
        Reasoning("plain"),
        Reasoning("a b"),
        Reasoning("c"),
        Unknown("thought", "3"),
    ]
    written = json.dumps([{"summary": "S", "content": "C"}])
    assert of({"content_type": "thoughts", "thoughts": written}) == [Reasoning("C", "S")]
    assert of({"content_type": "thoughts", "thoughts": "just words"}) == [Reasoning("just words")]


def test_pages_and_quotations_name_their_source() -> None:
    """A whole page keeps a snippet that it does not contain."""
    page = {
        "content_type": "sonic_webpage",
        "url": "https://example.org/t",
        "domain": "example.org",
        "title": "Trains",
        "text": "All trains.",
        "snippet": "Also buses.",
        "ref_id": "turn0search1",
    }
    assert of(page, "tool", name="web") == [
        Quote("All trains.", "Trains", "https://example.org/t"),
        Quote("Also buses.", "Trains", "https://example.org/t"),
    ]
    excerpt = builders.quote("Chapter one", "book.pdf", "file-abc")
    assert of(excerpt, "tool", name="myfiles_browser") == [
        Quote("Chapter one", "book.pdf", "file-abc"),
        AssetReference("file-abc", "file", "book.pdf", "application/pdf"),
    ]


def test_search_results_keep_their_numbers() -> None:
    """The list that the model saw stays as it saw it, with pictures of it."""
    display = {
        "content_type": "tether_browsing_display",
        "result": "# 【0†Trains†example.org】",
        "summary": "One page",
        "assets": [builders.image_pointer(builders.picture())],
        "tether_id": None,
    }
    first, second, picture = of(display, "tool", name="browser")
    assert first == ToolResult("browser", "# 【0†Trains†example.org】")
    assert second == ToolResult("browser", "One page")
    assert isinstance(picture, AssetReference)


def test_what_the_model_knew_about_the_person() -> None:
    """Custom instructions, the list of memories, and new notes."""
    (given,) = parts(builders.custom_instructions("I grow roses.", "Be short."))
    assert isinstance(given, Instructions)
    assert "I grow roses." in given.about_user
    assert "Be short." in given.about_model
    assert parts(builders.remembered("Likes tea.")) == [Memory("1. [2024-05-01]. Likes tea.")]
    assert parts(*builders.memory("Likes rivers.")) == [
        Memory("Likes rivers."),
        ToolResult("bio", "Model set context updated."),
    ]
    assert of(builders.text("ignore"), recipient="bio") == [ToolCall("bio", "ignore")]


def test_errors_screens_connectors_and_other_programs() -> None:
    """The rarer kinds of content."""
    assert parts(builders.system_error("It broke.", "tool_error")) == [Notice("It broke.", "tool_error")]
    picture, page = parts(builders.screen_of_computer(builders.picture(), title="Trains"))
    assert isinstance(picture, AssetReference)
    assert page == Quote("", "Trains", "https://example.org/trains")
    assert parts(builders.connector_output("10:00 tea", "Calendar")) == [Quote("10:00 tea", "Calendar", "")]
    assert parts(builders.app_content("def f(): ...")) == [Quote("def f(): ...")]


def test_windows_of_other_programs_name_themselves() -> None:
    """What the desktop program showed to the model, with the wishes for it."""
    content = {
        "content_type": "app_pairing_content",
        "workspaces": [{"app_name": "Terminal", "title": "make"}, "Notes", {"id": 3}],
        "context_parts": [{"text": "error: no rule"}, {"picture": 1}],
        "custom_instructions": "Be short.",
    }
    (message,) = messages(builders.Draft("user", content))
    assert message.hidden == "context"
    assert message.parts == (
        Quote("", "Terminal – make"),
        Quote("", "Notes"),
        Unknown("workspace", '{"id":3}'),
        Quote("error: no rule", "Terminal – make"),
        Unknown("context_part", '{"picture":1}'),
        Instructions("", "Be short."),
    )


def test_spoken_words_are_read() -> None:
    """The words of a voice conversation stand beside the sound, not in plain strings."""
    words, sound = parts(builders.spoken_by_user("Hello there", builders.sound()))
    assert words == Speech("Hello there", "in")
    assert isinstance(sound, AssetReference)
    words, sound = parts(builders.spoken_by_model("Good evening", builders.sound()))
    assert words == Speech("Good evening", "out")
    assert isinstance(sound, AssetReference)


def test_contents_inside_contents_end_somewhere() -> None:
    """Deep nesting is kept raw instead of followed to the end of memory."""
    content: Any = builders.text("the bottom")
    for _ in range(300):
        content = builders.text(content)
    found = of(content)
    assert "the bottom" in shown(found)


def every_kind() -> list[builders.Draft]:
    """One message or more of every kind the builders know."""
    picture, sound, document = builders.picture(), builders.sound(), builders.document()
    return [
        builders.custom_instructions("I grow roses.", "Be short."),
        builders.remembered("Likes tea.", "Has a cat."),
        builders.picture_sent(picture, "What is this?"),
        builders.file_sent(document, "Read it."),
        *builders.picture_made(builders.generated_picture(), "a heron"),
        *builders.picture_made_by_gpt4o(builders.generated_picture(), "a crane", "Crane"),
        builders.spoken_by_user("Hello there", sound),
        builders.spoken_by_model("Good evening", sound),
        *builders.code_run("print(1)", "1", pictures=[picture]),
        *builders.code_run("1/0", "division by zero", error="ZeroDivisionError"),
        *builders.browsed("trains", [("Trains", "https://example.org/t", "All trains.")]),
        builders.web_page("A long page.", "Page", "https://example.org/p"),
        *builders.canvas_created("Poem", "Roses are red"),
        *builders.canvas_updated("Poem", [("red", "blue")]),
        *builders.memory("Likes rivers."),
        *builders.thoughts(("Plan", "Think hard.")),
        builders.system_error("It broke."),
        builders.screen_of_computer(picture),
        builders.connector_output("10:00 tea"),
        builders.app_content("def f(): ..."),
        *builders.research_report("Why?", "Because."),
        builders.unknown("super_widget", words="inside"),
    ]


def test_every_string_of_a_content_can_be_read_in_its_message() -> None:
    """Whatever the kind, no word of the raw content is left out."""
    for draft, message in zip(every_kind(), messages(*every_kind()), strict=True):
        found = "\n".join((shown(message.parts), *(words for _place, words in message.details)))
        for words in strings(draft.content):
            assert words in found, (draft.content, words)
