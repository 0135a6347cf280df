"""The built-in export is sound as data, gentle in tone, and arrives whole when it is imported."""

from __future__ import annotations

import json
import re
import tomllib
import zipfile
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from archiver import demo
from archiver.archive import Archive
from archiver.ingest import import_sources

LANGUAGES = {"en", "zh_CN", "zh_TW", "ja", "fr", "de", "it", "es", "ko", "hi", "ar"}
LEFT_OUT = 4
"""Pictures and sounds that messages name and the export does not bring, as happens in real exports."""


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo, written once."""
    return demo.build(tmp_path_factory.mktemp("demo") / "demo.zip")


@pytest.fixture(scope="module")
def conversations(export: Path) -> list[dict[str, Any]]:
    """Its conversations as provider JSON."""
    with zipfile.ZipFile(export) as archive:
        names = [name for name in archive.namelist() if re.fullmatch(r"conversations-\d{3}\.json", name)]
        return [conversation for name in names for conversation in json.loads(archive.read(name))]


def test_the_same_bytes_are_written_every_time(export: Path, tmp_path: Path) -> None:
    """So that importing the demo twice is recognised."""
    assert demo.build(tmp_path / "again.zip").read_bytes() == export.read_bytes()


def test_every_language_of_the_interface_has_a_conversation() -> None:
    """A person trying the demo finds something to read."""
    assert {tomllib.loads(text)["language"] for text in _talks()} == LANGUAGES


def test_parents_and_children_agree(conversations: list[dict[str, Any]]) -> None:
    """And the shown branch ends at a message of the tree."""
    for conversation in conversations:
        nodes = conversation["mapping"]
        assert conversation["current_node"] in nodes
        for node in nodes.values():
            assert all(nodes[child]["parent"] == node["id"] for child in node["children"])


def test_conversations_show_what_exports_can_hold(conversations: list[dict[str, Any]]) -> None:
    """Versions of a message, several models, and the rarer kinds of content are there to be looked at."""
    messages = [node["message"] for talk in conversations for node in talk["mapping"].values() if node["message"]]
    kinds = {message["content"]["content_type"] for message in messages}
    slugs = {message["metadata"].get("model_slug") for message in messages}
    forks = [node for talk in conversations for node in talk["mapping"].values() if len(node["children"]) > 1]
    assert {"text", "code", "multimodal_text", "execution_output", "thoughts", "user_editable_context"} <= kinds
    assert {"gpt-4", "gpt-4o", "o3", "gpt-5", "gpt-5-2-thinking"} <= slugs
    assert len(forks) == 2
    assert any(talk["title"] is None for talk in conversations)


def test_citations_point_at_their_marks(conversations: list[dict[str, Any]]) -> None:
    """Offsets count code points."""
    references = [
        (message["content"]["parts"][0], reference)
        for talk in conversations
        for message in (node["message"] for node in talk["mapping"].values())
        if message
        for reference in message["metadata"].get("content_references", ())
    ]
    assert references
    for text, reference in references:
        assert text[reference["start_idx"] : reference["end_idx"]] == reference["matched_text"]


def test_nothing_is_loud() -> None:
    """No exclamation marks, no emoji: the words are for people who may be sad."""
    for text in _talks():
        words = "\n".join(_words(tomllib.loads(text)["turn"]))
        assert not re.search("[!！¡]", re.sub(r"```.*?```", "", words, flags=re.DOTALL))
        assert not re.search("[\U0001f300-\U0001faff☀-➿]", words)


def test_the_demo_arrives_whole(export: Path, conversations: list[dict[str, Any]], tmp_path: Path) -> None:
    """Everything is added, nothing is odd, and only what was left out is missing."""
    with Archive.open(tmp_path / "archive", create=True) as archive:
        report = import_sources(archive, [export])
        assert report.found == report.added == len(conversations)
        assert report.problems == ()
        assert report.unknown_keys == {}
        assert len(archive.gaps().missing_assets) == LEFT_OUT
        assert archive.search("花束 OR ひとつ OR 京都").total
        assert archive.search("बनानी").total


def _talks() -> Iterator[str]:
    for file in (resources.files("archiver.demo") / "talks").iterdir():
        yield file.read_text(encoding="utf-8")


def _words(value: Any) -> Iterator[str]:
    """Every string inside a value of TOML."""
    match value:
        case str():
            yield value
        case list():
            for entry in value:
                yield from _words(entry)
        case dict():
            yield from _words(list(value.values()))
