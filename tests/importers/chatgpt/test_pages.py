"""Pages of one conversation are put together, and those that are not there are missed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from archiver.importers import RawConversation, open_source
from archiver.importers.chatgpt.importer import ChatGPT
from archiver.records import Observation, Text
from tests import builders
from tests.importers.reading import read

TALKS = [
    builders.conversation(f"Talk {number}", [("user", "Hello."), ("assistant", "Hello to you.")]) for number in range(7)
]
IMPORTER = ChatGPT()


def parsed(value: Any) -> dict[str, Any]:
    """One conversation as the importer understands its form."""
    return IMPORTER.parse(builders.json_bytes(value))[0]


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
