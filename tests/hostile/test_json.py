"""Exports whose JSON is wrong in any way: read, read with named problems, or refused, and nothing else ever."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import builders
from tests.importers.reading import Reading, read

TALKS = [
    builders.conversation(f"Talk {number}", [("user", "Hello."), ("assistant", "Hello to you.", {"model": "gpt-4o"})])
    for number in range(3)
]
NAME, NODE = next((name, node) for name, node in TALKS[0]["mapping"].items() if node["message"])


def with_keys(**keys: Any) -> dict[str, Any]:
    """The first talk with other values under these keys."""
    return copy.deepcopy(TALKS[0]) | keys


def with_message(**keys: Any) -> dict[str, Any]:
    """The first talk with other values in its first message."""
    talk = copy.deepcopy(TALKS[0])
    talk["mapping"][NAME]["message"] |= keys
    return talk


def nodes(parents: dict[str, str | None]) -> dict[str, Any]:
    """A talk whose nodes have these parents."""
    mapping = {
        name: copy.deepcopy(NODE) | {"id": name, "parent": parent, "children": []} for name, parent in parents.items()
    }
    return with_keys(mapping=mapping, current_node=next(iter(parents)))


ODD: dict[str, Callable[[], Any]] = {
    "no title": lambda: with_keys(title=None),
    "a title that is a list": lambda: with_keys(title=["a"]),
    "a title of escapes": lambda: with_keys(title="\x1b[2J\x00\u202e"),
    "no times": lambda: with_keys(create_time=None, update_time=None),
    "a time as ISO text": lambda: with_keys(create_time="2024-05-06T12:55:00Z"),
    "a time in milliseconds": lambda: with_keys(create_time=1_700_000_000_000),
    "the year 1970": lambda: with_keys(create_time=0),
    "the year 9999": lambda: with_keys(create_time=253402300799),
    "a time beyond all years": lambda: with_keys(create_time=1e300),
    "a time of many digits": lambda: with_keys(create_time=10**40),
    "an id that is a number": lambda: with_keys(id=5, conversation_id=5),
    "no id": lambda: with_keys(id=None, conversation_id=None),
    "a mapping that is a list of nodes": lambda: with_keys(mapping=list(TALKS[0]["mapping"].values())),
    "a mapping that is a text": lambda: with_keys(mapping="none"),
    "a node that is null": lambda: with_keys(mapping=TALKS[0]["mapping"] | {"x": None}),
    "a node that is a list": lambda: with_keys(mapping=TALKS[0]["mapping"] | {"x": [1]}),
    "a current node that is not there": lambda: with_keys(current_node="nowhere"),
    "a current node that is an object": lambda: with_keys(current_node={}),
    "a parent that is not there": lambda: nodes({"a": "nowhere", "b": "a"}),
    "a circle": lambda: nodes({"a": "c", "b": "a", "c": "b"}),
    "its own parent": lambda: nodes({"a": "a"}),
    "many roots": lambda: nodes({f"n{number}": None for number in range(500)}),
    "one parent of many": lambda: nodes({"root": None} | {f"n{number}": "root" for number in range(3_000)}),
    "a chain of 5,000": lambda: nodes({f"n{n}": f"n{n - 1}" if n else None for n in range(5_000)}),
    "an author that is a text": lambda: with_message(author="user"),
    "a role nobody has": lambda: with_message(author={"role": "oracle"}),
    "no content": lambda: with_message(content=None),
    "content that is a list": lambda: with_message(content=["Hello."]),
    "a content type that is a number": lambda: with_message(content={"content_type": 5, "parts": ["a"]}),
    "a content type nobody knows": lambda: with_message(content={"content_type": "holo_deck_v9", "data": [1]}),
    "parts of every type": lambda: with_message(
        content={"content_type": "multimodal_text", "parts": [None, 5, True, [], {}, {"content_type": None}, "a"]}
    ),
    "metadata that is a list": lambda: with_message(metadata=[1]),
    "nothing but null": lambda: dict.fromkeys(TALKS[0]),
    "every key the wrong type": lambda: {key: [[key]] for key in TALKS[0]},
    "keys that are empty": lambda: with_keys(**{"": {"": ""}}),
    "deep metadata": lambda: with_message(metadata={"x": json.loads("[" * 900 + "]" * 900)}),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_values_cost_nothing_else(tmp_path: Path, name: str) -> None:
    """The other conversations come out, this one too or it is named."""
    found = read(builders.write_json(tmp_path / "export.json", [TALKS[1], ODD[name](), TALKS[2]]), understand=True)
    assert found.ids[0] == TALKS[1]["id"]
    assert found.ids[-1] == TALKS[2]["id"]
    assert len(found.ids) + found.failed == 3
    assert found.failed <= len(found.problems)


TEXTS: dict[str, tuple[bytes, str]] = {
    "half a character": (b'"Hello \\ud83d."', "half character"),
    "a raw control character": (b'"Hello \x01."', "control character"),
    "bytes that are no UTF-8": (b'"Hello \xff\xfe."', "no valid text"),
    "NaN for a text": (b"NaN", "number"),
    "infinity for a text": (b"-Infinity", "number"),
    "a number too big": (b"1e999", "number"),
    "a broken escape": (b'"Hello \\x."', "escape"),
    "brackets without end": (b"[" * 5_000 + b"]" * 5_000, "deeper"),
    "an open bracket": (b"[", "broken"),
    "an open text": (b'"Hello', "broken"),
}


@pytest.mark.parametrize("name", TEXTS)
def test_broken_json_costs_only_its_conversation(tmp_path: Path, name: str) -> None:
    """And is named."""
    text, remark = TEXTS[name]
    slices = [builders.json_bytes(talk) for talk in TALKS]
    slices[1] = slices[1].replace(b'"Hello."', text, 1)
    path = tmp_path / "export.json"
    path.write_bytes(b"[" + b", ".join(slices) + b"]")
    found = read(path, understand=True)
    assert {TALKS[0]["id"], TALKS[2]["id"]} <= set(found.ids)
    assert len(found.ids) + found.failed == 3
    assert remark in found.said


oddities: st.SearchStrategy[Any] = st.sampled_from(
    [
        None,
        0,
        -1,
        1.5,
        10**20,
        True,
        "",
        "x",
        "\x00\u202e\x1b",
        [],
        {},
        [None],
        {"": None},
        {"content_type": "?"},
        [[[]]],
    ]
)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """The talks with some values exchanged, then some bytes."""
    talks: Any = copy.deepcopy(TALKS[:2])
    for _ in range(draw(st.integers(0, 4))):
        holder = talks
        while isinstance(holder, dict | list) and holder:
            places = list(holder) if isinstance(holder, dict) else range(len(holder))
            place = draw(st.sampled_from(places))
            if draw(st.integers(0, 3)) == 0 or not isinstance(holder[place], dict | list):
                holder[place] = copy.deepcopy(draw(oddities))
                break
            holder = holder[place]
    data = bytearray(json.dumps(talks).encode())
    for _ in range(draw(st.integers(0, 3))):
        place = draw(st.integers(0, len(data)))
        data[place : place + draw(st.integers(0, 30))] = draw(
            st.sampled_from([b"", b'"', b"}", b"[", b"\\", b"\0\xff"])
        )
    return bytes(data)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(damaged(), st.sampled_from(["conversations.json", "conversations-000.json", "other.json"]))
def test_no_damage_raises_anything_of_ours(tmp_path: Path, data: bytes, name: str) -> None:
    """Read, read with problems, or refused in a sentence."""
    found: Reading = read(builders.write_members(tmp_path / "export.zip", {name: data}), understand=True)
    assert found.refusal or found.ids or found.problems
    if found.refusal:
        assert found.refusal.endswith(".")
