"""Content that stands in a message's metadata: attachments, pictures of programs, reports, instructions."""

from __future__ import annotations

import json
from typing import Any

import pytest

from archiver.importers.chatgpt.keys import WITH_CONTENT
from archiver.records import AssetReference, Document, Instructions, Memory, Quote, Reasoning, Text, ToolResult, Unknown
from tests import builders
from tests.importers.understanding import messages, parts, understood

PICTURE = builders.picture()


def test_an_attachment_is_not_doubled_but_joined_with_its_pointer() -> None:
    """The content knows the size of a picture, the attachment its name."""
    picture, words = parts(builders.picture_sent(PICTURE, "What is this?"))
    assert words == Text("What is this?")
    assert isinstance(picture, AssetReference)
    assert (picture.pointer, picture.name, picture.mime) == (PICTURE.pointer, PICTURE.name, PICTURE.mime)
    assert (picture.media, picture.width, picture.height, picture.size) == ("image", 4, 3, len(PICTURE.data))


def test_a_file_known_only_to_the_metadata_is_a_part() -> None:
    """Documents have no pointer in the content."""
    file = builders.document()
    _, reference = parts(builders.file_sent(file, "Read it."))
    assert isinstance(reference, AssetReference)
    assert (reference.pointer, reference.media, reference.name) == (file.id, "file", file.name)


@pytest.mark.parametrize(
    ("note", "media"),
    [
        ({"id": "file-1", "name": "a.png", "mimeType": "image/png"}, "image"),
        ({"id": "file-1", "name": "a.ts", "mime_type": "video/mp2t"}, "file"),
        ({"id": "file-1", "name": "a.mp4"}, "video"),
        ({"id": "file-1", "name": "a.wav", "mime_type": "audio/wav"}, "audio"),
        ({"id": "file-1"}, "file"),
        ({"name": "no id.pdf"}, "file"),
    ],
)
def test_the_kind_of_an_attachment(note: dict[str, Any], media: str) -> None:
    """From either spelling of its type, else from its name."""
    reference = parts(builders.user("Look.").noting(attachments=[note]))[-1]
    assert isinstance(reference, AssetReference)
    assert reference.media == media
    assert reference.pointer == note.get("id", note.get("name"))


def test_damaged_attachments_do_no_harm() -> None:
    """Wrong types are kept raw, and what is no object is passed over."""
    found = parts(builders.user("Look.").noting(attachments=[None, 3, {"id": 7, "name": "a.pdf", "size": -1}]))
    assert found[0] == Text("Look.")
    assert AssetReference("a.pdf", "file", "a.pdf", "application/pdf") in found
    assert Unknown("attachment", '{"id":7}') in found


def test_pictures_of_a_program_are_found_in_both_its_lists_once() -> None:
    """Charts are known only to ``aggregate_result``."""
    _, result = builders.code_run("plot()", "<image>", pictures=[PICTURE])
    listed = {**result.metadata["aggregate_result"]}
    shown = {"content": {"data": {"image/vnd.openai.fileservice.png": PICTURE.pointer, "text/plain": "<Figure>"}}}
    other = {"content": {"data": {"image/vnd.openai.fileservice2.png": "file-service://file-other"}}}
    listed["jupyter_messages"] = [shown, other, {"content": None}, 4]
    pictures = [part for part in parts(result.noting(aggregate_result=listed)) if isinstance(part, AssetReference)]
    assert [picture.pointer for picture in pictures] == [PICTURE.pointer, "file-service://file-other"]


def test_output_that_the_content_leaves_out_is_added() -> None:
    """Streams, the last value, and the words of an error."""
    listed = {
        "status": "failed_with_in_kernel_exception",
        "messages": [{"message_type": "stream", "text": "line\n"}, {"message_type": "stream", "text": "shown"}],
        "final_expression_output": "42",
        "in_kernel_exception": {"name": "ValueError", "traceback": ["Traceback …", "ValueError: no"], "args": []},
    }
    content = {"content_type": "execution_output", "text": "shown"}
    found = parts(builders.tool("python", content, metadata={"aggregate_result": listed}))
    assert [part.text for part in found if isinstance(part, ToolResult)] == [
        "shown",
        "line\n",
        "42",
        "Traceback …\nValueError: no",
    ]


def test_charts_that_the_provider_draws_point_to_their_file() -> None:
    """Known by the file's id; the title is a name for people."""
    drawn = [{"type": "chart", "file_id": "file-1", "title": "Rivers"}, {"type": "table"}, None]
    result = builders.tool("python", {"content_type": "execution_output", "text": "done"}).noting(
        ada_visualizations=drawn
    )
    assert parts(result)[1:] == [AssetReference("file-1", "file", "Rivers")]


def test_instructions_in_the_metadata_are_kept_where_the_content_lacks_them() -> None:
    """The content wraps the same words; some exports leave it empty."""
    assert parts(builders.custom_instructions("I grow roses.", "Be short.")) == [
        Instructions("I grow roses.", "Be short.")
    ]
    data = {"about_user_message": "I grow roses.", "about_model_message": None}
    empty = {"content_type": "user_editable_context", "user_profile": "", "user_instructions": ""}
    found = parts(builders.user(empty).noting(user_context_message_data=data))
    assert found == [Instructions("I grow roses.", "")]


@pytest.mark.parametrize(
    ("profile", "plain", "shown"),
    [
        ("The user provided the following information about themselves:\n```Roses.```", "", ["Roses."]),
        ("The user provided this.\nUser profile:\n```Name: Ada\nRoses.```", "Roses.", ["Name: Ada\nRoses."]),
        ("Ein Mensch sagt:\n```Rosen.```", "Rosen.", ["Rosen."]),
        ("The user provided `a` and:\n```b``` and ```c```", "", ["The user provided `a` and:\n```b``` and ```c```"]),
        ("The user provided:\n```Roses.```", "Tulips.", ["Roses.", "Tulips."]),
        ("The user provided:\n```Roses.```", "Roses. And tulips.", ["Roses. And tulips."]),
    ],
)
def test_instructions_are_shown_in_the_persons_own_words(profile: str, plain: str, shown: list[str]) -> None:
    """The provider's sentence around them stays in the details."""
    content = {"content_type": "user_editable_context", "user_profile": profile, "user_instructions": ""}
    data = {"about_user_message": plain, "about_model_message": ""}
    (message,) = messages(builders.user(content).noting(user_context_message_data=data))
    assert [part.text for part in message.parts if isinstance(part, Instructions)] == shown
    if profile not in shown:
        assert ("user_profile", profile) in message.details


def test_a_memory_that_waits_is_a_memory() -> None:
    """It may stand nowhere else."""
    found = parts(builders.tool("bio", "Noted.").noting(pending_memory_info={"pending_memory_content": "Likes tea."}))
    assert found == [ToolResult("bio", "Noted."), Memory("Likes tea.")]


def test_the_words_somebody_replies_to_are_quoted_above_the_reply() -> None:
    """As on the provider's screen."""
    found = parts(builders.user("What does that mean?").noting(targeted_reply="It flows uphill."))
    assert found == [Quote("It flows uphill."), Text("What does that mean?")]


def test_a_document_the_person_began_is_a_document() -> None:
    """Its text stands in the metadata of their message."""
    begun = [{"title": "Poem", "type": "document", "content": "Roses", "user_created_temp_textdoc_id": "t1"}]
    found = parts(builders.user("Go on.").noting(canvas={"user_created_textdocs": begun}))
    assert found == [Text("Go on."), Document("t1", "Roses", "Poem", "document")]


def research(state: Any, **response: Any) -> builders.Draft:
    """The tool message that holds a widget of deep research."""
    sdk = {
        "attribution_id": "connector_openai_deep_research",
        "widget_state": state,
        "tool_response_metadata": response,
    }
    return builders.tool("api_tool.call_tool", "", metadata={"chatgpt_sdk": sdk})


def test_a_report_inside_a_widget_is_an_answer() -> None:
    """It is JSON inside a string, with sources of its own, and the provider's screen shows it."""
    mark = builders.marker("cite", "turn0search1")
    source = {"matched_text": mark, "type": "webpage", "alt": "([Danube](https://example.org/d))"}
    report = {
        "id": "r",
        "content": builders.text(f"# Rivers\nLong{mark}."),
        "metadata": {"content_references": [source]},
    }
    plan = {"plan_id": "p", "title": "Rivers", "steps": [{"id": "1", "text": "Read."}, {"id": "2", "text": "Write."}]}
    state = json.dumps({"status": "completed", "plan": plan, "report_message": report})
    pending = {"status": "waiting", "plan": plan}
    message = messages(research(state, venus_widget_state=pending))[-1]
    assert not message.hidden
    first, second = message.parts
    assert first == Reasoning("Read.\nWrite.", "Rivers")
    assert isinstance(second, Text)
    assert second.text == "# Rivers\nLong (Danube)."


@pytest.mark.parametrize("state", [None, "", "{}", "[]", 4, {"plan": None}])
def test_a_widget_without_words_adds_nothing(state: Any) -> None:
    """Most widgets only know how large they are."""
    assert parts(research(state)) == []


def test_the_state_of_any_other_widget_is_kept_raw() -> None:
    """It may hold what the person did in it."""
    assert parts(research('{"cart": ["tea"]}')) == [Unknown("widget_state", '{"cart": ["tea"]}')]
    assert parts(research("{broken")) == [Unknown("widget_state", '"{broken"')]


@pytest.mark.parametrize("key", sorted(WITH_CONTENT))
@pytest.mark.parametrize("value", [None, 0, "words", [], [3, None, [], {}], {"a": 1}, {"messages": 4, "steps": {}}])
def test_metadata_of_any_type_does_no_harm(key: str, value: Any) -> None:
    """The words of the message are there whatever stands beside them."""
    result = understood(builders.user("Hello").noting(**{key: value}))
    assert Text("Hello") in result.conversation.messages[-1].parts


def test_what_a_search_found_is_its_result() -> None:
    """The message of the tool says nothing else."""
    entries = [
        {"type": "search_result", "title": "Rivers", "url": "https://rivers.example.org", "snippet": "They are long."},
        {"type": "search_result", "title": "Lakes", "url": "https://lakes.example.org", "snippet": None},
    ]
    groups = [{"type": "search_result_group", "domain": "example.org", "entries": entries}, None, {"entries": 5}]
    found = "Rivers\nhttps://rivers.example.org\nThey are long.\n\nLakes\nhttps://lakes.example.org"
    (message,) = messages(builders.tool("web.run", "", metadata={"search_result_groups": groups}))
    assert message.parts == (ToolResult("web.run", found),)
    assert (message.hidden, message.details) == ("tool", ())
    (message,) = messages(builders.assistant("").noting(search_result_groups=groups))
    assert message.hidden == "tool"


def test_the_page_of_a_widget_is_a_file_that_may_be_missing() -> None:
    """The export names it, so it is looked for."""
    sdk = {"html_asset_pointer": "sediment://file_eee"}
    found = parts(builders.assistant("See below.", metadata={"chatgpt_sdk": sdk}))
    assert [part.pointer for part in found if isinstance(part, AssetReference)] == ["sediment://file_eee"]
