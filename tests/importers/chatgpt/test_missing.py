"""What an export lacks is named: by its manifest, and by gaps in the numbers of its parts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests import builders
from tests.importers.reading import read

TALKS = [builders.conversation(f"Talk {number}") for number in range(7)]
IDS = tuple(talk["conversation_id"] for talk in TALKS)


def test_a_shard_that_the_manifest_names_and_nobody_has_is_missed(tmp_path: Path) -> None:
    """By name."""
    members = builders.members(TALKS, "shards", shard_size=3)
    del members["conversations-002.json"]
    found = read(builders.write_members(tmp_path / "export.zip", members))
    assert found.ids == IDS[:6]
    assert [problem.is_loss for problem in found.problems] == [True]
    assert "conversations-002.json" in found.said


def test_a_gap_in_the_numbers_is_missed_without_a_manifest(tmp_path: Path) -> None:
    """The number before and the number after are there."""
    members = builders.members(TALKS, "shards", shard_size=2)
    del members["conversations-001.json"], members["export_manifest.json"]
    found = read(builders.write_members(tmp_path / "export.zip", members))
    assert len(found.ids) == 5
    assert "conversations-001.json" in found.said


def parts_of_a_download(path: Path, *parts: Sequence[int]) -> Path:
    """A download whose inner zips hold the shards of these numbers."""
    inside = [
        {f"conversations-{number:03}.json": builders.json_bytes([TALKS[number]]) for number in part} for part in parts
    ]
    zips = {f"Conversations__a-{place:04}.zip": builders.zip_bytes(each) for place, each in enumerate(inside, 1)}
    return builders.write_members(path, zips)


def test_shards_are_numbered_through_over_the_parts_of_a_download(tmp_path: Path) -> None:
    """What the first part does not hold is in the second."""
    assert not read(parts_of_a_download(tmp_path / "whole.zip", (0, 1), (2, 3))).problems
    assert "conversations-002.json" in read(parts_of_a_download(tmp_path / "gap.zip", (0, 1), (3,))).said


def test_exports_with_the_same_shards_do_not_fill_each_others_gaps(tmp_path: Path) -> None:
    """They are two exports, though they are called alike."""
    said = read(parts_of_a_download(tmp_path / "two.zip", (0, 1, 2), (0, 2))).said
    assert "0002.zip!conversations-001.json" in said
    assert "0001.zip" not in said


@pytest.mark.parametrize("manifest", [b"", b"[", b"null", b'{"logical_files": 7}', b'{"files": [1, {}, null]}'])
def test_a_manifest_that_says_nothing_changes_nothing(tmp_path: Path, manifest: bytes) -> None:
    """The shards are found by their names."""
    members = builders.members(TALKS, "shards") | {"export_manifest.json": manifest}
    assert read(builders.write_members(tmp_path / "export.zip", members)).ids == IDS


def test_a_shard_of_another_length_than_the_manifest_says_is_named(tmp_path: Path) -> None:
    """Whatever key holds the length."""
    members = builders.members(TALKS, "shards")
    size = len(members["conversations-000.json"])
    for key in ("size", "size_bytes", "bytes"):
        entry = {"path": "conversations-000.json", key: size}
        members["export_manifest.json"] = builders.json_bytes({"files": [entry]})
        assert not read(builders.write_members(tmp_path / "same.zip", members)).problems
        members["export_manifest.json"] = builders.json_bytes({"files": [entry | {key: size + 1}]})
        assert "not as long" in read(builders.write_members(tmp_path / "other.zip", members)).said


def test_files_of_the_manifest_that_other_parts_hold_are_no_loss(tmp_path: Path) -> None:
    """Told in one sentence; a part with conversations is missed by name."""
    listed = ["conversations-000.json", "conversations-001.json", f"file_{'0f' * 16}.dat", "file-Ab-cat.png"]
    members = {
        "conversations-000.json": builders.json_bytes(TALKS[:1]),
        "export_manifest.json": builders.json_bytes(
            {"files": [{"path": name, "size_bytes": 5} for name in listed[1:]]}
        ),
    }
    found = read(builders.write_members(tmp_path / "export.zip", members))
    assert [(problem.is_loss, problem.what[:3]) for problem in found.problems] == [(False, "2 p"), (True, "“co")]


def test_a_single_part_says_that_there_are_others(tmp_path: Path) -> None:
    """Nobody should take one of eight files for everything."""
    path = tmp_path / "conversations-007.json"
    path.write_bytes(builders.json_bytes(TALKS[:2]))
    found = read(path)
    assert found.ids == IDS[:2]
    assert "conversations-000.json" in found.said
    assert [problem.is_loss for problem in found.problems] == [False]
    first = tmp_path / "conversations-000.json"
    first.write_bytes(builders.json_bytes(TALKS[:2]))
    assert not read(first).problems


def test_behind_999_follows_1000(tmp_path: Path) -> None:
    """The numbers are not filled up to four digits for that."""
    members = {f"conversations-{number:03}.json": builders.json_bytes(TALKS[:1]) for number in (998, 1000)}
    said = read(builders.write_members(tmp_path / "export.zip", members)).said
    assert "conversations-000.json" in said
    assert "conversations-0000.json" not in said


def test_json_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    """It may be conversations, whatever it is called."""
    inside = {"conversations.json": builders.json_bytes(TALKS[:1]), "chats.json": builders.json_bytes(TALKS[1:])}
    path = builders.write_members(tmp_path / "export.zip", inside)
    data = bytearray(path.read_bytes())
    # The flag of encryption in the central directory entry (APPNOTE 4.4.4).
    entry = data.rindex(b"PK\x01\x02", 0, data.rindex(b"chats.json"))
    data[entry + 8] |= 1
    path.write_bytes(data)
    found = read(path)
    assert found.ids == IDS[:1]
    assert [problem.where for problem in found.problems if problem.is_loss] == ["chats.json"]


def test_exports_beside_each_other_in_a_folder_are_all_read(tmp_path: Path) -> None:
    """Unpacked, packed, and in a folder below; what was sent in a chat is left alone."""
    folder = tmp_path / "downloads"
    (folder / "may").mkdir(parents=True)
    (folder / "conversations.json").write_bytes(builders.json_bytes(TALKS[:1]))
    builders.write_zip(folder / "june.zip", TALKS[1:2])
    builders.write_zip(folder / "may" / "export.zip", TALKS[2:4])
    builders.write_zip(folder / "file-AbC123-their.zip", TALKS[4:])
    found = read(folder)
    assert sorted(found.ids) == sorted(IDS[:4])
    assert not found.problems


def test_a_zip_beside_the_conversations_of_a_zip_is_named(tmp_path: Path) -> None:
    """It is more likely somebody's file than an export."""
    other = builders.zip_bytes({"conversations.json": builders.json_bytes(TALKS[1:])})
    inside = {"conversations.json": builders.json_bytes(TALKS[:1]), "other.zip": other, "file-A1-b.zip": other}
    found = read(builders.write_members(tmp_path / "export.zip", inside))
    assert found.ids == IDS[:1]
    assert [problem.where for problem in found.problems] == ["other.zip"]
