"""A whole conversation: its own facts, and that no input whatever stops the work."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.importers.chatgpt import keys
from archiver.importers.chatgpt.tree import understand
from archiver.records import Conversation, Unknown
from tests import builders
from tests.importers.chatgpt.test_content import every_kind
from tests.importers.understanding import conversation

START = builders.START


def read(**fields: Any) -> Conversation:
    """A talk with these keys of the conversation."""
    return understand(builders.conversation("A talk") | fields, {}).conversation


def test_the_facts_of_a_conversation() -> None:
    """Everything the record has a place for."""
    value = builders.conversation(
        "Rivers",
        id="c-1",
        gizmo_id="g-p-1",
        gizmo_type="snorlax",
        is_archived=True,
        is_starred=True,
        voice="cove",
        memory_scope="project_enabled",
        is_study_mode=False,
        plugin_ids=["plugin-1"],
        owner={"user_id": "u", "user_email": "someone@example.org"},
    )
    found = understand(value, {}).conversation
    assert (found.provider, found.id, found.title, found.project) == ("chatgpt", "c-1", "Rivers", "g-p-1")
    assert (found.default_model, found.is_archived, found.is_starred) == ("gpt-4o", True, True)
    assert (found.created, found.updated, found.current) == (START, value["update_time"], value["current_node"])
    assert found.facts == (
        ("gizmo_type", "snorlax"),
        ("memory_scope", "project_enabled"),
        ("plugin_ids", "plugin-1"),
        ("voice", "cove"),
    )


def test_new_keys_of_a_conversation_are_facts() -> None:
    """Whatever they hold; a new key of a node without a message as well."""
    talk = builders.conversation("A talk", season={"name": "spring"}, mood="calm", nothing=None)
    talk["title"] = ["Two", "titles"]
    talk["mapping"][builders.ROOT]["label"] = "The beginning"
    found = dict(understand(talk, {}).conversation.facts)
    assert found.pop("memory_scope") == "global_enabled"
    assert found == {
        "season": '{"name":"spring"}',
        "mood": "calm",
        "title": '["Two","titles"]',
        f"node {builders.ROOT}": '{"label":"The beginning"}',
    }


@pytest.mark.parametrize("title", [None, "", 7, ["a"], {}])
def test_a_title_that_is_no_text_is_none(title: Any) -> None:
    """The reader shows the first words instead."""
    assert read(title=title).title == ""


def test_a_title_stays_exactly_as_it_is() -> None:
    """Line breaks, slashes, directions."""
    assert read(title="a/b\n\u202ec").title == "a/b\n\u202ec"


def test_the_id_stands_under_either_key_or_is_made_from_the_content() -> None:
    """Captures have it only once; the id never is empty."""
    assert read(id=None).id == read(conversation_id=None).id == read().id
    made = read(id=None, conversation_id="").id
    assert made
    assert made == read(id=5, conversation_id=[]).id


def test_the_project_may_stand_under_its_other_key() -> None:
    """Since mid-2026 only the template is left."""
    assert read(gizmo_id=None, conversation_template_id="g-p-2").project == "g-p-2"


@pytest.mark.parametrize(
    ("fields", "created", "told"),
    [
        ({"create_time": START * 1000}, START, ""),
        ({"create_time": "2024-05-06T12:53:20Z"}, 1_715_000_000.0, ""),
        ({"create_time": None}, START, "messages"),
        ({"create_time": 0}, START, "messages"),
        (
            {"create_time": None, "mapping": {}, "conversation_id": "6a5e4247-0000-83eb-8000-000000000000"},
            1784562247,
            "id",
        ),
        ({"create_time": None, "mapping": {}, "conversation_id": "c", "update_time": START}, START, "update_time"),
        ({"create_time": None, "mapping": {}, "conversation_id": "c", "update_time": None}, None, ""),
    ],
)
def test_when_a_conversation_began(fields: dict[str, Any], created: float | None, told: str) -> None:
    """Its own field, else its first message, its id, its last change; where from is told."""
    found = read(**fields)
    assert found.created == pytest.approx(created, abs=40) if created else found.created is None
    assert dict(found.facts).get("created_from", "") == told


def test_the_last_change_is_the_last_message_where_nothing_else_says_it() -> None:
    """Lists are sorted by it."""
    found = read(update_time=None)
    assert found.updated == max(message.created or 0 for message in found.messages)


def test_a_time_that_cannot_be_is_told() -> None:
    """With the number of cases and the first place."""
    value = builders.conversation("A talk", [builders.user("Hello", id="it", seconds=0.0)], update_time=2.6e11)
    problems = understand(value, {}).problems
    assert [(problem.what, problem.conversation_id) for problem in problems] == [
        ("2 times cannot be true; they are shown as not recorded.", value["id"])
    ]


@pytest.mark.parametrize("mapping", [None, [], "x", 3])
def test_a_conversation_without_a_mapping_is_empty(mapping: Any) -> None:
    """It is kept and counted, and told where there was something."""
    result = understand({"id": "c", "title": "Empty", "mapping": mapping}, {})
    assert result.conversation.messages == ()
    assert bool(result.problems) == (mapping is not None)


@pytest.mark.parametrize("era", [builders.of_2023, builders.slim, builders.from_api])
def test_every_era_gives_the_same_words(era: Any) -> None:
    """What people and models said does not depend on the year of the export."""
    value = builders.branching()
    full = understand(value, {}).conversation
    other = understand(era(value), {})
    said = [(m.id, m.role, m.parts) for m in full.messages if not m.hidden]
    assert [(m.id, m.role, m.parts) for m in other.conversation.messages if not m.hidden] == said
    assert other.conversation.current == full.current
    assert not other.problems


def test_what_is_raw_can_be_read_as_json_again() -> None:
    """Half a surrogate pair, numbers beyond 64 bits and deep nesting included."""
    deep: Any = "bottom"
    for _ in range(3000):
        deep = [deep, {"k": 1}]
    for odd in ("\ud83d", 2**70, deep, {"b": 1, "a": [{}, []]}):
        found = understand(builders.conversation("A talk", [builders.unknown("new", odd=odd)]), {}).conversation
        part = found.messages[-1].parts[0]
        assert isinstance(part, Unknown)
        assert part.raw.encode()
        if odd is not deep:
            assert json.loads(part.raw)["odd"] == odd
        else:
            assert part.raw.count("[") == 3000


def words(listed: str) -> st.SearchStrategy[str]:
    """One of the words."""
    return st.sampled_from(sorted(keys.words(listed)))


ODD = st.sampled_from([None, True, 0, -1, 2**70, 1e308, "", "all", "\ud800", "\x00", "gpt-4o", "user"])
KEYS = words(
    """
    id message parent children author role name metadata content content_type parts text create_time update_time weight
    recipient channel status thoughts summary result assets url title language aggregate_result messages attachments
    canvas textdoc_id writing_blocks content_references items refs matched_text start_idx chatgpt_sdk widget_state
    model_slug asset_pointer size_bytes finish_details type user_profile state screenshot new
    """
)
KINDS = words(
    """
    text multimodal_text code execution_output thoughts reasoning_recap tether_quote tether_browsing_display
    sonic_webpage user_editable_context model_editable_context system_error computer_output citable_code_output
    app_pairing_content image_asset_pointer audio_transcription audio_asset_pointer tether_browsing_code
    real_time_user_audio_video_asset_pointer nobody_knows
    """
)
JSON: st.SearchStrategy[Any] = st.recursive(
    ODD,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(KEYS, inner, max_size=4)
        | st.builds(lambda kind, rest: {**rest, "content_type": kind}, KINDS, st.dictionaries(KEYS, inner, max_size=3))
    ),
    max_leaves=12,
)
MESSAGE = st.fixed_dictionaries(
    {},
    optional={
        "id": ODD,
        "author": st.fixed_dictionaries({"role": st.sampled_from(["user", "assistant", "tool", "system"])}) | JSON,
        "content": JSON,
        "metadata": st.dictionaries(KEYS, JSON, max_size=4) | JSON,
        "recipient": st.sampled_from(["all", "bio", "python", "canmore.create_textdoc", "canmore.update_textdoc"])
        | JSON,
        "create_time": ODD,
        "weight": ODD,
        "channel": ODD,
    },
)
NAMES = st.sampled_from("abcdef")
NODE = st.fixed_dictionaries(
    {"message": MESSAGE | JSON}, optional={"parent": NAMES | JSON, "children": JSON, "id": ODD}
)
CONVERSATION = st.fixed_dictionaries(
    {"conversation_id": st.just("c"), "mapping": st.dictionaries(NAMES, NODE | JSON) | JSON},
    optional={"id": ODD, "title": ODD, "create_time": ODD, "current_node": NAMES | ODD, "voice": JSON, "new": JSON},
)


@settings(max_examples=400, deadline=None)
@given(CONVERSATION)
def test_any_json_is_understood(value: dict[str, Any]) -> None:
    """Nothing is raised, every node is counted once, and the result is the same for any order of nodes."""
    result = understand(value, {})
    messages = result.conversation.messages
    mapping = value["mapping"]
    assert sum(result.content_types.values()) == len(messages)
    assert len({message.id for message in messages}) == len(messages)
    assert {message.id for message in messages} <= set(mapping if isinstance(mapping, dict) else ())
    assert (result.conversation.current is None) == (not messages)
    if isinstance(mapping, dict):
        turned = {**value, "mapping": dict(reversed(mapping.items()))}
        assert understand(turned, {}) == result


def paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place inside a JSON value."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [found for key, held in inside for found in ((*path, key), *paths(held, (*path, key)))]


TALK = json.dumps(builders.conversation("Every kind", every_kind()))
PLACES = [path for path in paths(json.loads(TALK)) if len(path) > 3]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PLACES), JSON), min_size=1, max_size=6))
def test_damage_to_one_message_leaves_the_others(damages: list[tuple[tuple[Any, ...], Any]]) -> None:
    """Whatever is changed inside messages, all of them are there, and the untouched ones say what they said."""
    value = json.loads(TALK)
    for (*way, last), odd in damages:
        place = value
        for key in way:
            place = place[key] if _holds(place, key) else None
        if _holds(place, last):
            place[last] = odd
    damaged = {path[1] for path, _ in damages}
    found = {message.id: message for message in understand(value, {}).conversation.messages}
    for message in understand(json.loads(TALK), {}).conversation.messages:
        assert message.id in found
        if message.id not in damaged and not any(part.kind == "document" for part in message.parts):
            assert found[message.id].parts == message.parts


def _holds(place: Any, key: Any) -> bool:
    return (
        key in place
        if isinstance(place, dict)
        else isinstance(place, list) and isinstance(key, int) and key < len(place)
    )


@pytest.mark.parametrize("key", ["moderation_results", "disabled_tool_ids", "anything_new"])
@pytest.mark.parametrize("depth", [3, 500, 600])
def test_facts_may_be_nested_as_deeply_as_they_like(key: str, depth: int) -> None:
    """They are shown as they are."""
    value: object = "deep"
    for _level in range(depth):
        value = [value]
    found = conversation(("user", "hello"), **{key: value})
    assert any("deep" in fact for _name, fact in found.facts)
