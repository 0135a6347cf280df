"""Conversations are found in every layout, by what is there and never by its date."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archiver.importers import open_source
from archiver.importers.chatgpt.importer import ChatGPT
from archiver.importers.sources.zip_stream import RATIO_FREE
from tests import builders
from tests.importers.reading import read

TALKS = [
    builders.conversation(f"Talk {number}", [("user", "Hello."), ("assistant", "Hello to you.")]) for number in range(7)
]
IDS = tuple(talk["conversation_id"] for talk in TALKS)
IMPORTER = ChatGPT()


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


def test_an_empty_shard_is_named(tmp_path: Path) -> None:
    """The others come out."""
    members = builders.members(TALKS, "shards", shard_size=4)
    members["conversations-000.json"] = b""
    found = read(builders.write_members(tmp_path / "export.zip", members))
    assert found.ids == IDS[4:]
    assert "conversations-000.json" in found.said
