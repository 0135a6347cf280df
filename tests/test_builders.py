"""What the builders promise: the provider's true keys, the same bytes every time, every layout readable."""

from __future__ import annotations

import io
import json
import wave
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest

from archiver.importers import RawConversation, importer_for, open_source
from archiver.records import Asset
from tests import builders


def test_a_conversation_of_2025_has_a_root_without_message_and_a_hidden_system_message() -> None:
    """The tree begins with client-created-root, then an empty system message, then the first turn."""
    value = builders.conversation(turns=[("user", "Hello"), ("assistant", "Good morning.")])
    root = value["mapping"][builders.ROOT]
    system = value["mapping"][root["children"][0]]["message"]
    assert root["message"] is None
    assert system["author"]["role"] == "system"
    assert system["metadata"]["is_visually_hidden_from_conversation"] is True
    assert builders.texts(value) == ["Hello", "Good morning."]


def test_a_message_has_the_eleven_keys_of_the_provider() -> None:
    """Key sets are what importers count as known or unknown."""
    keys = {"id", "author", "create_time", "update_time", "content", "status", "end_turn", "weight", "metadata"}
    for message in builders.messages(builders.conversation()).values():
        assert set(message) == keys | {"recipient", "channel"}


def test_children_and_parents_agree() -> None:
    """Every child names its parent, also where prompts were edited and answers regenerated."""
    mapping = builders.branching()["mapping"]
    for node in mapping.values():
        assert all(mapping[child]["parent"] == node["id"] for child in node["children"])
    assert mapping["edited"]["children"] == ["first", "second", "third"]


def test_a_turn_may_name_its_model_or_none() -> None:
    """An empty model takes the conversation's; None records nothing."""
    value = builders.conversation(
        turns=[
            ("user", "Hello"),
            ("assistant", "One", {"id": "one"}),
            ("assistant", "Two", {"id": "two", "model": "o3"}),
            ("assistant", "Three", {"id": "three", "model": None}),
        ],
        model="gpt-4o",
    )
    slugs = {id: message["metadata"].get("model_slug") for id, message in builders.messages(value).items()}
    assert (slugs["one"], slugs["two"], slugs["three"]) == ("gpt-4o", "o3", None)


def test_the_slim_form_drops_children_tools_and_most_keys() -> None:
    """Messages on either side of a left-out tool are joined."""
    turns: list[builders.Turn] = [
        ("user", "Count.", {"id": "asked"}),
        *builders.code_run("1+1", "2"),
        ("assistant", "Two.", {"id": "said"}),
    ]
    value = builders.slim(builders.conversation(turns=turns))
    assert len(value) == 18
    assert all("children" not in node for node in value["mapping"].values())
    assert value["mapping"]["said"]["parent"] == "asked"
    assert set(value["mapping"]["asked"]["message"]) == {"author", "content", "create_time", "id"}
    assert value["mapping"]["said"]["message"]["metadata"] == {"model_slug": "gpt-4o"}


def test_the_slim_form_leaves_the_original_as_it_was() -> None:
    """Eras are copies."""
    value = builders.conversation(
        turns=[("user", "Hello"), builders.cited("Yes{0}.", [builders.Source("A", "https://a.org/b")])]
    )
    before = json.dumps(value)
    builders.slim(value)
    builders.earliest(value, flat=True)
    builders.paged(value)
    assert json.dumps(value) == before


def test_citation_offsets_point_at_their_markers() -> None:
    """Offsets count code points and the marked text is exactly the marker."""
    sources = [builders.Source("Temples", "https://example.org/a"), builders.Source("寺", "https://example.org/b")]
    new = builders.cited("京都 \U0001f3ef{0} and{0,1}.", sources)
    for reference in new.metadata["content_references"][:-1]:
        assert new.content["parts"][0][reference["start_idx"] : reference["end_idx"]] == reference["matched_text"]
    old = builders.cited_in_2023("First{0}, second{1}.", sources)
    marks = [old.content["parts"][0][c["start_ix"] : c["end_ix"]] for c in old.metadata["citations"]]
    assert marks == ["【0†source】", "【1†source】"]


def test_pictures_and_sounds_are_valid() -> None:
    """A strict reader accepts them."""
    png = builders.png((1, 2, 3), 2, 2)
    start = png.index(b"IDAT") + 4
    assert (
        zlib.decompress(png[start : start + int.from_bytes(png[start - 8 : start - 4])]) == (b"\0" + b"\1\2\3" * 2) * 2
    )
    with wave.open(io.BytesIO(builders.wav(0.5))) as sound:
        assert sound.getnframes() / sound.getframerate() == 0.5


@pytest.mark.parametrize("layout", builders.LAYOUTS)
def test_every_layout_holds_every_conversation(layout: builders.Layout, tmp_path: Path) -> None:
    """However deep they lie, the same titles are found, and twice the same bytes are written."""
    talks = [builders.conversation(f"Talk {number}") for number in range(5)]
    photo = builders.picture()
    path = builders.write_zip(tmp_path / "a.zip", talks, layout, files=[photo], shard_size=2)
    again = builders.write_zip(tmp_path / "b.zip", talks, layout, files=[photo], shard_size=2)
    assert sorted(_titles(path.read_bytes())) == [f"Talk {number}" for number in range(5)]
    assert path.read_bytes() == again.read_bytes()
    assert photo.data in list(_all_members(path.read_bytes()).values())


def test_a_folder_is_the_unpacked_zip(tmp_path: Path) -> None:
    """The same members, as files."""
    talks = [builders.conversation()]
    builders.write_folder(tmp_path / "export", talks, "shards")
    written = {
        str(file.relative_to(tmp_path / "export")): file.read_bytes()
        for file in (tmp_path / "export").rglob("*")
        if file.is_file()
    }
    assert written == builders.members(talks, "shards")


def test_a_lone_file_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    """As a text editor of Windows leaves it."""
    path = builders.write_json(tmp_path / "conversations.json", {"conversations": []}, bom=True)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf{")


@pytest.mark.parametrize("layout", builders.LAYOUTS)
def test_the_importer_knows_every_key_that_is_written(layout: builders.Layout, tmp_path: Path) -> None:
    """Builders and importer were written from the same description, each without looking at the other."""
    sample = builders.one_of_everything()
    path = builders.write_zip(tmp_path / "export.zip", [sample.conversation], layout, files=sample.files)
    with open_source(path) as source:
        importer = importer_for(source)
        (raw,) = importer.read(source, lambda done, total, name: None, lambda: False)
        assert isinstance(raw, RawConversation)
        value, problems = importer.parse(raw.data)
        understood = importer.understand(value, {})
        found = [asset.name for asset in importer.assets(source) if isinstance(asset, Asset)]
    assert problems == understood.problems == ()
    assert understood.unknown_keys == {}
    assert sorted(found) == sorted(file.name for file in sample.files)


def _all_members(data: bytes) -> dict[str, bytes]:
    """Members of a zip and of the zips inside it."""
    found: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            found |= _all_members(content) if name.endswith(".zip") else {name: content}
    return found


def _titles(data: bytes) -> list[Any]:
    return [
        conversation["title"]
        for name, content in _all_members(data).items()
        if "__MACOSX" not in name and name.rpartition("/")[2].startswith("conversations")
        for conversation in json.loads(content)
    ]
