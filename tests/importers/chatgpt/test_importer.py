"""What the importer tells of each conversation: its bytes, its progress, its oddities and its ratings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import orjson
import pytest

from archiver.errors import Cancelled
from archiver.importers import RawConversation, importer_for, open_source
from archiver.importers.chatgpt.importer import ChatGPT
from archiver.records import Problem
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


def test_what_is_no_node_in_a_list_is_named(tmp_path: Path) -> None:
    """Not passed over as if nobody had written anything."""
    talk = TALKS[0] | {"mapping": [1, None, "words"]}
    said = read(builders.write_zip(tmp_path / "export.zip", [talk]), understand=True).said
    assert "2 messages are not in the form this program knows" in said


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
