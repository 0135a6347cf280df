"""The bytes that a message points to are found under every era's names."""

from __future__ import annotations

from pathlib import Path

import pytest

from archiver.records import Asset
from tests import builders
from tests.importers.reading import read

TALK = builders.conversation("Rivers", [("user", "Look.")])
FILES = [
    builders.picture(),
    builders.picture("photo of 2024.png", era=2024),
    builders.generated_picture(),
    builders.sound(conversation=TALK["id"]),
    builders.document(),
]


def assets(path: Path) -> dict[str, Asset]:
    """Assets by pointer."""
    found = read(path)
    assert not found.problems
    return {asset.pointer: asset for asset in found.assets}


@pytest.mark.parametrize("layout", builders.LAYOUTS)
def test_every_file_is_found_by_its_id(tmp_path: Path, layout: builders.Layout) -> None:
    """With its own name and the type that its bytes show."""
    found = assets(builders.write_zip(tmp_path / "export.zip", [TALK], layout, files=FILES))
    assert set(found) == {file.id for file in FILES}
    for file in FILES:
        asset = found[file.id]
        assert asset.size == len(file.data)
        assert asset.mime == file.mime
        assert "/" not in asset.name
        if layout != "portal":
            assert asset.name == file.name


def one(tmp_path: Path, name: str, data: bytes, **more: bytes) -> Asset:
    """The asset that a member of this name and content is."""
    path = builders.write_members(
        tmp_path / "export.zip", {"conversations.json": builders.json_bytes([TALK]), name: data, **more}
    )
    found = read(path).assets
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("member", "pointer", "name"),
    [
        ("file-AbC123.png", "file-AbC123", "file-AbC123.png"),
        ("file-AbC123", "file-AbC123", "file-AbC123.png"),
        ("file-AbC123-my cat.png", "file-AbC123", "my cat.png"),
        ("file-AbC123-IMG-2024.png", "file-AbC123", "IMG-2024.png"),
        ("file_00ff12-sanitized.png", "file_00ff12", "sanitized.png"),
        (
            "user-x/file_00ff12-0a1b2c3d-0000-4000-8000-0a1b2c3d4e5f.png",
            "file_00ff12",
            "file_00ff12-0a1b2c3d-0000-4000-8000-0a1b2c3d4e5f.png",
        ),
        ("file_00ff12.dat", "file_00ff12", "file_00ff12.png"),
        ("user-x/0a1b/mnt/data/plot.png", "/mnt/data/plot.png", "plot.png"),
        ("pictures/cat.png", "pictures/cat.png", "cat.png"),
    ],
)
def test_names_tell_pointer_and_own_name(tmp_path: Path, member: str, pointer: str, name: str) -> None:
    """The id is what stands before the first hyphen or dot behind it."""
    asset = one(tmp_path, member, builders.png())
    assert (asset.pointer, asset.name, asset.mime) == (pointer, name, "image/png")


def test_extensions_can_lie(tmp_path: Path) -> None:
    """The bytes are believed."""
    assert one(tmp_path, "file-A-photo.png", builders.webp()).mime == "image/webp"
    assert one(tmp_path, "file-A-clip.ts", b"export const answer: number = 42;\n").mime == "text/plain"
    assert one(tmp_path, "file-A-letter.docx", builders.zip_bytes({"a": b""})).mime.endswith(
        "wordprocessingml.document"
    )
    assert one(tmp_path, "file-A-table.csv", b"a,b\n1,2\n").mime == "text/csv"
    assert one(tmp_path, "file-A-nothing", b"").mime == "application/octet-stream"


def test_a_list_of_names_that_is_damaged_is_a_problem(tmp_path: Path) -> None:
    """The file is found all the same."""
    members = {
        "conversations.json": builders.json_bytes([TALK]),
        "conversation_asset_file_names.json": b"{",
        "library_files.json": b'[null, 5, {"file_id": 7}, {"file_id": "file_1", "file_name": null}]',
        "file_1.dat": builders.png(),
    }
    found = read(builders.write_members(tmp_path / "export.zip", members))
    assert [asset.pointer for asset in found.assets] == ["file_1"]
    assert "names" in found.said


def test_names_from_lists_are_no_paths(tmp_path: Path) -> None:
    """Folders in them are left out."""
    names = builders.json_bytes({"file_1.dat": "../../etc/cat.png"})
    asset = one(tmp_path, "file_1.dat", builders.png(), **{"conversation_asset_file_names.json": names})
    assert asset.name == "cat.png"


def test_the_page_tells_where_files_of_other_names_lie(tmp_path: Path) -> None:
    """Only then is it looked into."""
    page = (
        b"<html><script>var jsonData = [];\nvar assetsJson = "
        b'{"file-service://file-Xyz": "pictures/cat.png", "sediment://file_9": {"file_path": "dog.png"}};</script>'
    )
    members = {
        "conversations.json": builders.json_bytes([TALK]), "chat.html": page,
        "pictures/cat.png": builders.png(), "dog.png": builders.png(),
    }  # fmt: skip
    assert set(assets(builders.write_members(tmp_path / "export.zip", members))) == {"file-Xyz", "file_9"}


@pytest.mark.parametrize("layout", ["My Export/", "tmp/a/"])
def test_the_page_counts_paths_from_its_own_place(tmp_path: Path, layout: str) -> None:
    """In a folder around the export, in a zip inside the download."""
    page = b'<script>var jsonData = [];\nvar assetsJson = {"sediment://file_9": "odd/cat.png"};</script>'
    inside = {
        "conversations.json": builders.json_bytes([TALK]), "chat.html": b"<html>" + page, "odd/cat.png": builders.png(),
    }  # fmt: skip
    wrapped = {layout + name: data for name, data in inside.items()}
    assert set(assets(builders.write_members(tmp_path / "wrapped.zip", wrapped))) == {"file_9"}
    outer = {f"{layout}Conversations__a-0001.zip": builders.zip_bytes(inside)}
    assert set(assets(builders.write_members(tmp_path / "outer.zip", outer))) == {"file_9"}


@pytest.mark.parametrize("list_", [b"{'a': broken}", b"[]", b"7", b'{"a": 5, "b": {}, "c": null}'])
def test_a_page_whose_list_is_no_json_does_no_harm(tmp_path: Path, list_: bytes) -> None:
    """The path stands for itself."""
    page = b"<html><script>var jsonData = [];\nvar assetsJson = " + list_ + b";</script></html>"
    members = {"conversations.json": builders.json_bytes([TALK]), "chat.html": page, "cat.png": builders.png()}
    assert set(assets(builders.write_members(tmp_path / "export.zip", members))) == {"cat.png"}


def test_inner_zips_that_were_read_are_no_assets_and_others_are(tmp_path: Path) -> None:
    """An attached zip is somebody's file."""
    attached = {"file-A-code.zip": builders.zip_bytes({"a.py": b""})}
    assert set(assets(builders.write_zip(tmp_path / "a.zip", [TALK], extra=attached))) == {"file-A"}
    assert not assets(builders.write_zip(tmp_path / "b.zip", [TALK], "portal"))
