"""ChatGPT's exports of every era come out as the same conversations, and what is missing is named."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest

from archiver.errors import Cancelled
from archiver.importers import RawConversation, importer_for, open_source
from archiver.importers.chatgpt.importer import ChatGPT
from archiver.importers.sources.zip_stream import RATIO_FREE
from archiver.records import Observation, Problem, Text
from tests import builders
from tests.importers.reading import read

TALKS = [
    builders.conversation(f"Talk {number}", [("user", "Hello."), ("assistant", "Hello to you.")]) for number in range(7)
]
IDS = tuple(talk["conversation_id"] for talk in TALKS)
IMPORTER = ChatGPT()


def parsed(value: Any) -> dict[str, Any]:
    """One conversation as the importer understands its form."""
    return IMPORTER.parse(builders.json_bytes(value))[0]


@pytest.mark.parametrize("layout", builders.LAYOUTS)
def test_every_layout_holds_the_same_conversations(tmp_path: Path, layout: builders.Layout) -> None:
    """In order, without a problem, from zip and from folder."""
    for path in (
        builders.write_zip(tmp_path / "export.zip", TALKS, layout, shard_size=2),
        builders.write_folder(tmp_path / "export", TALKS, layout, shard_size=2),
    ):
        found = read(path, understand=True)
        assert found.ids == IDS
        assert not found.problems


FILES: dict[str, Callable[[], Any]] = {
    "a list": lambda: TALKS,
    "an object with a list": lambda: {"version": 1, "conversations": TALKS},
    "one conversation": lambda: TALKS[0],
    "one from the website": lambda: builders.from_api(TALKS[0]),
    "one page of messages": lambda: builders.paged(TALKS[0]),
    "a capture": lambda: builders.captured(TALKS[0]),
    "a capture inside a capture": lambda: {"data": builders.captured(TALKS[0])},
    "a list of captures": lambda: [builders.captured(talk) for talk in TALKS],
    "the first exports": lambda: [builders.earliest(talk) for talk in TALKS],
    "flat nodes": lambda: [builders.earliest(talk, flat=True) for talk in TALKS],
    "2023": lambda: [builders.of_2023(talk) for talk in TALKS],
    "slim": lambda: [builders.slim(talk) for talk in TALKS],
}


@pytest.mark.parametrize("bom", [False, True])
@pytest.mark.parametrize("name", FILES)
def test_a_lone_file_of_any_form_is_read(tmp_path: Path, name: str, bom: bool) -> None:
    """Whatever it is called."""
    found = read(builders.write_json(tmp_path / "a file.txt", FILES[name](), bom=bom), understand=True)
    assert found.ids in (IDS, IDS[:1])
    assert not found.failed
    assert not [problem for problem in found.problems if problem.is_loss]


def test_conversations_one_a_line_are_read(tmp_path: Path) -> None:
    """As tools write them that add one after the other."""
    path = tmp_path / "talks.jsonl"
    path.write_text("\n".join(json.dumps(talk) for talk in TALKS), "utf-8")
    assert read(path).ids == IDS


def test_a_file_in_utf_16_is_read(tmp_path: Path) -> None:
    """As an editor on Windows may save it."""
    path = tmp_path / "conversations.json"
    path.write_text(json.dumps(TALKS, ensure_ascii=False), "utf-16")
    assert read(path).ids == IDS


def test_shards_are_read_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    """Not in the order of their letters, also without leading zeros."""
    members = {f"conversations-{number}.json": builders.json_bytes([talk]) for number, talk in enumerate(TALKS * 2)}
    found = read(builders.write_members(tmp_path / "export.zip", dict(reversed(members.items()))))
    assert found.ids == IDS * 2


def test_the_page_is_read_when_the_json_is_gone(tmp_path: Path) -> None:
    """And only then."""
    members = builders.members(TALKS, "single")
    del members["conversations.json"]
    found = read(builders.write_members(tmp_path / "export.zip", members))
    assert found.ids == IDS
    assert "page" in found.said
    page = tmp_path / "chat.html"
    page.write_bytes(members["chat.html"])
    assert read(page).ids == IDS


def test_captures_beside_an_export_are_read_too(tmp_path: Path) -> None:
    """A folder where somebody keeps everything."""
    folder = builders.write_folder(tmp_path / "all", TALKS[:3])
    builders.write_json(folder / "capture.json", builders.captured(TALKS[3]))
    (folder / "001_talk").mkdir()
    builders.write_json(folder / "001_talk" / "conversation.json", TALKS[4])
    assert sorted(read(folder).ids) == sorted(IDS[:5])


def test_json_that_was_sent_in_a_chat_is_no_source(tmp_path: Path) -> None:
    """Somebody else's export, attached to a message or left in a workspace; it is a file of the conversation."""
    sent = {
        "file-AbCdEf-conversations.json": builders.json_bytes(TALKS[3:]),
        "user-x/0a1b/mnt/data/conversations.json": builders.json_bytes(TALKS[3:]),
    }
    path = builders.write_zip(tmp_path / "export.zip", TALKS[:3], extra=sent, sidecars={})
    assert {asset.pointer for asset in read(path).assets} == {"file-AbCdEf", "/mnt/data/conversations.json"}
    with open_source(path) as source:
        assert not list(IMPORTER.sidecars(source))
    assert read(builders.write_zip(tmp_path / "export.zip", TALKS[:3], extra=sent)).ids == IDS[:3]


def test_another_providers_conversations_in_the_same_folder_are_left_out(tmp_path: Path) -> None:
    """And named."""
    folder = builders.write_folder(tmp_path / "all", TALKS)
    (folder / "claude").mkdir()
    builders.write_json(folder / "claude" / "conversations.json", [{"uuid": "1", "chat_messages": []}])
    found = read(folder)
    assert found.ids == IDS
    assert "claude/conversations.json" in found.said


def test_two_exports_in_one_folder_are_both_read(tmp_path: Path) -> None:
    """The same conversation comes out twice; joining is not the importer's work."""
    builders.write_folder(tmp_path / "all" / "may", TALKS[:4])
    builders.write_folder(tmp_path / "all" / "june", TALKS[2:], "slim")
    assert sorted(read(tmp_path / "all").ids) == sorted(IDS[:4] + IDS[2:])


def test_pages_of_one_conversation_become_one(tmp_path: Path) -> None:
    """In whatever order and files they were saved, and although only one of them names the conversation."""
    whole = builders.paged(builders.chain(30))
    messages = whole["messages"]
    pages = [whole | {"messages": part} for part in (messages[20:], messages[:10], messages[10:20])]
    nameless = [{"messages": page["messages"], "page_info": whole["page_info"]} for page in pages[1:]]
    for saved in (pages, [pages[0], *nameless]):
        alone = builders.write_json(tmp_path / "pages.json", saved)
        with open_source(alone) as source:
            found = list(IMPORTER.read(source, lambda *_: None, lambda: False))
        assert len(found) == 1
        assert isinstance(found[0], RawConversation)
        value, _ = IMPORTER.parse(found[0].data, found[0].value)
        assert list(value["mapping"]) == [message["id"] for message in messages]
        assert IMPORTER.conversation_id(value) == whole["conversation_id"]
    folder = tmp_path / "folder"
    folder.mkdir()
    for number, page in enumerate(pages):
        builders.write_json(folder / f"{number}.json", page)
    assert len(read(folder).ids) == 1


def test_pages_that_name_nothing_belong_together_when_they_say_they_are_parts(tmp_path: Path) -> None:
    """And two whole conversations without a name do not."""
    messages = builders.paged(builders.chain(30))["messages"]
    parts = [messages[:10], messages[10:20], messages[20:]]
    info = {"has_previous_page": True, "has_next_page": True}
    folder = tmp_path / "parts"
    folder.mkdir()
    for number, part in enumerate(parts):
        bare = [{"id": item["id"], "author": item["author"], "content": item["content"]} for item in part]
        builders.write_json(folder / f"{number}.json", {"messages": bare, "page_info": info})
    assert len(read(folder).ids) == 1
    whole = [{"messages": [{"id": name, "author": {"role": "user"}}], "page_info": {}} for name in "ab"]
    assert len(read(builders.write_json(tmp_path / "two.json", whole)).ids) == 2


def test_pages_that_are_not_there_are_missed(tmp_path: Path) -> None:
    """The page says that there are earlier ones."""
    page = builders.paged(TALKS[0])
    page["page_info"]["has_previous_page"] = True
    value = parsed(page)
    assert IMPORTER.lacks([Observation(value)])
    assert not IMPORTER.lacks([Observation(value), Observation(parsed(TALKS[0]))])


@pytest.mark.parametrize(
    ("second", "sentence"),
    [
        (b"\0garbage", "damaged and holds nothing"),
        (b"", "damaged and holds nothing"),
        (b'[{"uuid": "x", "chat_messages": []}]', "no ChatGPT conversations"),
        (b"[" + b" " * (RATIO_FREE + 1) + b"]", "200 times its size"),
    ],
)
def test_a_part_that_cannot_be_read_costs_no_other_and_is_not_called_missing(
    tmp_path: Path, second: bytes, sentence: str
) -> None:
    """It is there; one sentence says what is wrong with it."""
    members = {
        "conversations-000.json": builders.json_bytes(TALKS[:1]),
        "conversations-001.json": second,
        "conversations-002.json": builders.json_bytes(TALKS[1:2]),
    }
    found = read(builders.write_members(tmp_path / "export.zip", members))
    assert sorted(found.ids) == sorted(IDS[:2])
    (problem,) = found.problems
    assert sentence in problem.what


def test_a_page_that_is_cut_off_or_has_more_than_its_data_is_read(tmp_path: Path) -> None:
    """Also one without the tag that pages begin with, as some tools save it."""
    listed = builders.json_bytes(TALKS[:3])
    begun = b"<script>var jsonData = "
    for name, page in (("cut", begun + listed[:-40]), ("twice", begun + listed + b";</script> var jsonData = [];")):
        found = read(builders.write_members(tmp_path / f"{name}.zip", {"chat.html": page}))
        assert found.ids[:2] == IDS[:2]
        assert len(found.ids) == 3


def test_a_zip_too_deep_in_others_is_not_called_damaged(tmp_path: Path) -> None:
    """The person can unpack it."""
    data = builders.zip_bytes({"conversations.json": builders.json_bytes(TALKS)})
    for number in range(4):
        data = builders.zip_bytes({f"Conversations__x-chatgpt-{number + 7:04}.zip": data})
    (tmp_path / "deep.zip").write_bytes(data)
    refusal = read(tmp_path / "deep.zip").refusal
    assert "zips inside zips" in refusal
    assert "damaged" not in refusal


def test_a_decoded_shared_page_says_each_text_once(tmp_path: Path) -> None:
    """Its words are the content, and no key that nobody knows."""
    page = {"shared_conversation_id": "abc", "messages": [{"node_id": "a", "role": "user", "text": "Hello"}]}
    understood = IMPORTER.understand(parsed(page), {})
    assert [message.parts for message in understood.conversation.messages] == [(Text("Hello"),)]
    assert "message.text" not in understood.unknown_keys


def test_a_decoded_shared_page_is_a_conversation(tmp_path: Path) -> None:
    """Plain texts with a role."""
    page = {
        "shared_conversation_id": "abc",
        "messages": [
            {"node_id": "1", "role": "user", "text": "Hi"},
            {"node_id": "2", "role": "assistant", "text": "Yes"},
        ],
    }
    found = read(builders.write_json(tmp_path / "shared.json", page), understand=True)
    assert found.ids == ("abc",)
    node = parsed(page)["mapping"]["2"]
    assert node["parent"] == "1"
    assert node["message"]["content"]["parts"] == ["Yes"]


def test_slices_are_the_bytes_of_the_source(tmp_path: Path) -> None:
    """With their place, so that anybody can look."""
    path = builders.write_zip(tmp_path / "export.zip", TALKS)
    with open_source(path) as source:
        whole = source.read("conversations.json", 1 << 30)
        for number, item in enumerate(importer_for(source).read(source, lambda *_: None, lambda: False)):
            assert isinstance(item, RawConversation)
            assert item.number == number
            assert whole[item.offset : item.offset + len(item.data)] == item.data
            assert item.value is None or item.value == json.loads(item.data)


def test_progress_is_told_in_bytes(tmp_path: Path) -> None:
    """Up to exactly the size of what is read."""
    path = builders.write_zip(tmp_path / "export.zip", TALKS, "shards", shard_size=2)
    told: list[tuple[int, int, str]] = []
    with open_source(path) as source:
        list(IMPORTER.read(source, lambda *progress: told.append(progress), lambda: False))
        size = sum(member.size for name, member in source.members.items() if name.startswith("conversations-"))
    assert [done for done, _, _ in told] == sorted(done for done, _, _ in told)
    assert told[-1][:2] == (size, size)
    assert told[0][2] == "conversations-000.json"


def test_reading_stops_when_asked_to(tmp_path: Path) -> None:
    """Between two blocks of bytes; the shards that come after are not opened."""
    path = builders.write_zip(tmp_path / "export.zip", TALKS, "shards", shard_size=1)
    found: list[object] = []
    with open_source(path) as source, pytest.raises(Cancelled):
        found.extend(IMPORTER.read(source, lambda *_: None, lambda: len(found) >= 2))
    assert len(found) == 2


def test_a_conversation_without_an_id_gets_one_that_stays(tmp_path: Path) -> None:
    """The same from its full and its slim form; another for another conversation."""
    full = [{key: value for key, value in talk.items() if key not in ("id", "conversation_id")} for talk in TALKS[:2]]
    ids = [IMPORTER.conversation_id(talk) for talk in full]
    assert ids[0] != ids[1]
    assert IMPORTER.conversation_id(builders.slim(full[0])) == ids[0]
    assert IMPORTER.conversation_id(full[0] | {"id": ""}) == ids[0]
    assert IMPORTER.conversation_id({}) == IMPORTER.conversation_id({})
    assert IMPORTER.understand(full[0], {}).conversation.id == ids[0]


@pytest.mark.parametrize(
    "value", [None, {}, {"id": "1"}, {"id": "1", "mapping": {}}, {"id": "1", "mapping": None}, {"mapping": {"a": {}}}]
)
def test_a_shell_is_an_empty_conversation(value: Any) -> None:
    """Some exports hold rows with nothing in them."""
    assert IMPORTER.is_empty(parsed(value))


def test_a_conversation_with_a_message_is_not_empty() -> None:
    """In any era."""
    talk = TALKS[0]
    for form in (talk, builders.slim(talk), builders.earliest(talk), builders.earliest(talk, flat=True)):
        assert not IMPORTER.is_empty(form)


@pytest.mark.parametrize("value", [5, "words", True, [], [1, 2], {"chat_messages": []}])
def test_a_row_that_is_no_conversation_is_said_so(value: Any) -> None:
    """In one sentence."""
    with pytest.raises(ValueError, match=r"conversation.*\."):
        parsed(value)


def test_a_list_of_nodes_is_as_good_as_an_object_of_them() -> None:
    """Somebody's tool wrote the mapping as a list."""
    talk = TALKS[0]
    assert parsed(talk | {"mapping": list(talk["mapping"].values())})["mapping"] == talk["mapping"]


def test_a_conversation_cut_off_keeps_what_stands_before_the_cut() -> None:
    """If it says which one it is; else it cannot be joined with its whole later and counts as failed."""
    talk = builders.chain(40)
    early = {"id": talk["id"]} | talk
    data = builders.json_bytes(early)
    value, problems = IMPORTER.parse(data[: len(data) // 2])
    assert 10 < len(value["mapping"]) < 30
    assert problems[0].is_loss
    late = {key: value for key, value in talk.items() if key != "id"} | {"id": talk["id"]}
    late = {key: value for key, value in late.items() if key != "conversation_id"}
    with pytest.raises(ValueError, match="ends in the middle"):
        IMPORTER.parse(builders.json_bytes(late)[: len(data) // 2])


def test_a_node_that_stands_there_twice_is_noticed() -> None:
    """Both are shown."""
    talk = TALKS[0]
    name, node = next((name, node) for name, node in talk["mapping"].items() if node["message"])
    other = json.dumps(name) + ": " + json.dumps(node | {"message": None})
    data = builders.json_bytes(talk).replace(b'"mapping": {', b'"mapping": {' + other.encode() + b", ")
    value, problems = IMPORTER.parse(data)
    assert "twice" in problems[0].what
    assert value["mapping"][name] == node
    assert value["mapping"][f"{name} (2)"] == node | {"message": None}
    assert not IMPORTER.parse(builders.json_bytes(talk))[1]


@pytest.mark.parametrize(
    ("key", "first"),
    [("parts", '["the hidden words"]'), ("title", '"the hidden words"'), ("message", '{"text": "the hidden words"}')],
)
def test_a_key_that_stands_there_twice_keeps_both_values(tmp_path: Path, key: str, first: str) -> None:
    """Every reader of JSON keeps the last alone."""
    data = builders.json_bytes([builders.conversation("A talk", [builders.user("The last words.")])])
    mark = f'"{key}": '.encode()
    head, last, tail = data.rpartition(mark)
    twice = head + mark + first.encode() + b", " + last + tail
    found = read(builders.write_members(tmp_path / "export.zip", {"conversations.json": twice}))
    assert "twice" in found.said
    value, _problems = IMPORTER.parse(twice[1:-1])
    understood = IMPORTER.understand(value, {})
    said = repr(understood.conversation)
    assert all(words in said for words in ("A talk", "The last words.", "the hidden words"))
    assert understood.unknown_keys


def test_other_json_is_listed(tmp_path: Path) -> None:
    """By name, without what is in it."""
    path = builders.write_zip(
        tmp_path / "export.zip", TALKS, sidecars={"user.json": {"email": "a@b.example"}, "x.json": []}
    )
    with open_source(path) as source:
        assert sorted(IMPORTER.sidecars(source)) == ["user.json", "x.json"]


def test_nothing_about_the_person_gets_into_problems(tmp_path: Path) -> None:
    """Even when their file is damaged."""
    members = builders.members(TALKS, "single") | {"user.json": b'{"email": "mika@example.org", broken'}
    found = read(builders.write_members(tmp_path / "export.zip", members))
    assert "mika" not in found.said


def test_ratings_are_read_with_their_notes(tmp_path: Path) -> None:
    """Also what the person wrote, which is JSON inside a text."""
    rating = builders.feedback(TALKS[0], "m1", note="gpt_x_vs_y")
    said = builders.feedback(TALKS[1], "m2", rating="thumbs_down") | {
        "content": json.dumps({"text": "Too long", "tags": ["slow", "rude"]})
    }
    odd = [None, 5, {}, {"id": 5, "conversation_id": []}]
    path = builders.write_zip(tmp_path / "export.zip", TALKS, sidecars={"message_feedback.json": [rating, said, *odd]})
    found = read(path)
    assert [(item.message_id, item.rating) for item in found.feedback] == [("m1", "thumbs_up"), ("m2", "thumbs_down")]
    assert found.feedback[0].note == "evaluation_name: gpt_x_vs_y\nevaluation_treatment: treatment"
    assert found.feedback[1].note == "text: Too long\ntags: slow, rude"
    assert not found.problems


def test_ratings_that_cannot_be_read_are_a_problem(tmp_path: Path) -> None:
    """The conversations come out."""
    members = builders.members(TALKS, "single") | {"message_feedback.json": b"[{"}
    found = read(builders.write_members(tmp_path / "export.zip", members))
    assert found.ids == IDS
    assert "ratings" in found.said


def test_an_empty_shard_is_named(tmp_path: Path) -> None:
    """The others come out."""
    members = builders.members(TALKS, "shards", shard_size=4)
    members["conversations-000.json"] = b""
    found = read(builders.write_members(tmp_path / "export.zip", members))
    assert found.ids == IDS[4:]
    assert "conversations-000.json" in found.said


def test_problems_say_where(tmp_path: Path) -> None:
    """A member, and the place in it."""
    path = tmp_path / "export.json"
    path.write_bytes(b"[" + b" ?? ".join(builders.json_bytes(talk) for talk in TALKS[:2]) + b"]")
    with open_source(path) as source:
        problems = [item for item in IMPORTER.read(source, lambda *_: None, lambda: False) if isinstance(item, Problem)]
    assert [problem.where for problem in problems] == [f"export.json, byte {len(builders.json_bytes(TALKS[0])) + 2}"]


def test_a_number_beyond_64_bits_keeps_every_digit() -> None:
    """Fast readers round it; here it becomes text, and the report says so."""
    talk = builders.conversation("A talk", lucky_number=12345678901234567890123)
    data = builders.json_bytes(talk)
    value, problems = IMPORTER.parse(data, orjson.loads(data))
    assert value["lucky_number"] == "12345678901234567890123"
    assert len(problems) == 1
    assert ("lucky_number", "12345678901234567890123") in IMPORTER.understand(value, {}).conversation.facts


def test_nodes_in_a_list_bring_no_new_keys() -> None:
    """Each says which node it is and which it follows."""
    whole = builders.one_of_everything().conversation
    flat = builders.earliest(whole, flat=True)
    flat["mapping"] = list(flat["mapping"].values())
    value, _problems = IMPORTER.parse(builders.json_bytes(flat))
    understood = IMPORTER.understand(value, {})
    assert not understood.unknown_keys
    assert len(understood.conversation.messages) == len(builders.messages(whole))
