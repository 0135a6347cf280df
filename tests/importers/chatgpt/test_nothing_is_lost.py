"""Every string of a conversation's raw JSON can be read or found, on everything the builders write."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from archiver.importers.chatgpt.content import ITEMS, KINDS
from archiver.importers.chatgpt.importer import ChatGPT
from archiver.importers.chatgpt.keys import METADATA, SWITCHES, WITH_MODELS, WITH_VISIBILITY, words
from archiver.importers.chatgpt.raw_json import from_json
from archiver.indexing import sections_of
from archiver.records import Conversation
from archiver.store import part_to_json
from tests import builders

NO_WORDS = words("""
    _id async_task_id citation_format_type connector_id content_type conversation_id current_node default_model_slug
    finish_details gen_id id language message_type model_slug name_of_tool os_name parent parent_id ref_id regex
    request_id role run_id sender source_analysis_msg_id status timestamp_ type updated_at
    """)
"""Ids, switches and times: their strings are no words of anybody."""
MARKER = re.compile("\ue200[^\ue201]*\ue201|【[^】]*】|:{3}[^\n]*")
"""What is resolved into other words: sources, and the frames of writing blocks."""
MARKDOWN = re.compile(r"[\[\](), ]+")


def strings(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Every string with its place; JSON inside a string is read as the strings in it."""
    if isinstance(value, str):
        inner = from_json(value) if value[:1] in ("{", "[") else None
        yield from strings(inner, place) if inner else ((place, value),)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item, place)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key not in NO_WORDS and place.rpartition(".")[2] != "citation_format":
                yield from strings(item, f"{place}.{key}")


def findable(conversation: Conversation) -> str:
    """What is shown or indexed, one string a line."""
    found = [conversation.title, *(fact for _name, fact in conversation.facts)]
    for message in conversation.messages:
        found += (text for _section, text in sections_of(message))
        found += (message.author, message.recipient, message.status, message.id, message.answered, *message.notes)
        found += (string for part in message.parts for _place, string in strings(part_to_json(part)))
    return "\n".join(found)


def lost(value: dict[str, Any]) -> dict[str, str]:
    """The strings with words that can neither be read nor found, by their place."""
    importer = ChatGPT()
    parsed, _problems = importer.parse(json.dumps(value).encode())
    found = findable(importer.understand(parsed, {}).conversation)
    missing = {}
    for place, string in strings(parsed):
        if place.endswith(".recipient") and string == "all":
            continue
        for piece in (MARKDOWN if place.endswith(".alt") else MARKER).split(string):
            if re.search(r"[^\W\d_]", piece) and piece.strip() not in found:
                missing[place] = piece
    return missing


def of_message(draft: builders.Draft, **more: Any) -> dict[str, str]:
    """What is lost of one message."""
    value = builders.conversation("A talk", [draft])
    next(reversed(builders.messages(value).values())).update(more)
    return lost(value)


@pytest.mark.parametrize("era", ["full", "2023", "slim", "earliest", "flat", "paged", "captured", "api"])
def test_nothing_of_a_conversation_is_lost_in_any_era(era: str) -> None:
    """One with a message of every kind."""
    whole = builders.one_of_everything().conversation
    forms = {
        "full": whole,
        "2023": builders.of_2023(whole),
        "slim": builders.slim(whole),
        "earliest": builders.earliest(whole),
        "flat": builders.earliest(whole, flat=True),
        "paged": builders.paged(whole),
        "captured": builders.captured(whole)["raw_provider_payload"],
        "api": builders.from_api(whole),
    }
    assert lost(forms[era]) == {}


SENTENCES: tuple[Any, ...] = (
    "A sentence in it",
    ["A list with words"],
    {"title": "A title in it", "q": "A query in it", "status": "Many words here", "0": {"name": "A name in it"}},
    [{"title": "A title", "text": "Words of a text", "items": [{"url": "https://example.org/a", "type": "a kind"}]}],
    json.dumps({"state": {"plan": "Words inside a string"}}),
)


@pytest.mark.parametrize("role", ["assistant", "tool", "user"])
def test_no_words_of_any_metadata_are_lost(role: str) -> None:
    """Known or new, whatever shape they come in."""
    for key in sorted(METADATA - SWITCHES - WITH_MODELS - WITH_VISIBILITY | {"brand_new"}):
        for value in SENTENCES:
            draft = builders.Draft(role, builders.text("Hello"), metadata={key: value})
            assert of_message(draft) == {}, (key, value)


@pytest.mark.parametrize("role", ["assistant", "tool", "user", "system"])
def test_no_words_of_any_content_are_lost(role: str) -> None:
    """In keys that are known for a kind, and in new ones."""
    for kind, (_read, shapes) in (*KINDS.items(), *ITEMS.items()):
        for key in sorted(shapes.known | {"brand_new"} - {"content_type"}):
            for value in SENTENCES:
                content = {"content_type": kind, key: value}
                if kind in ITEMS:
                    content = {"content_type": "multimodal_text", "parts": ["Hello", content]}
                assert of_message(builders.Draft(role, content)) == {}, (kind, key, value)


@pytest.mark.parametrize(
    "key",
    ["brand_new", "author", "metadata", "recipient", "channel", "status", "end_turn", "weight", "create_time", "id"],
)
def test_no_words_beside_a_content_are_lost(key: str) -> None:
    """In a message's own keys; some hold another type than they should."""
    for value in SENTENCES[1:4]:
        assert of_message(builders.assistant("Hello"), **{key: value}) == {}, value


def test_no_words_of_a_conversation_or_node_are_lost() -> None:
    """New keys."""
    for value in SENTENCES:
        talk = builders.conversation("A talk", brand_new=value)
        for node in talk["mapping"].values():
            node["also_new"] = value
        assert lost(talk) == {}, value
