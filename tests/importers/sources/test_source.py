"""Zips, folders and files are seen as named members, and what is none of them is refused in one plain sentence."""

from __future__ import annotations

import gzip
import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from archiver.errors import ArchiverError, DiskFull, NotAnExport
from archiver.importers import importer_for, open_source
from tests import builders
from tests.importers.reading import read

TALKS = [builders.conversation(f"Talk {number}", [("user", "Hello.")]) for number in range(3)]


@pytest.mark.parametrize("layout", builders.LAYOUTS)
def test_zip_and_folder_show_the_same_members(tmp_path: Path, layout: builders.Layout) -> None:
    """Also what is inside inner zips."""
    zipped = builders.write_zip(tmp_path / "export.zip", TALKS, layout)
    folder = builders.write_folder(tmp_path / "export", TALKS, layout)
    with open_source(zipped) as one, open_source(folder) as other:
        assert set(one.members) == set(other.members)
        assert not one.problems
        assert not other.problems
        for name in one.members:
            assert one.read(name, 1 << 20) == other.read(name, 1 << 20)


def test_members_are_read_in_pieces_of_any_size(tmp_path: Path) -> None:
    """One byte at a time gives the same as all at once."""
    path = builders.write_zip(tmp_path / "export.zip", TALKS)
    with open_source(path) as source, source.open("conversations.json") as stream:
        pieces = b"".join(iter(lambda: stream.read(7), b""))
    with zipfile.ZipFile(path) as archive:
        assert pieces == archive.read("conversations.json")


def test_members_of_an_inner_zip_are_named_after_it(tmp_path: Path) -> None:
    """So that a name says where to look."""
    path = builders.write_zip(tmp_path / "portal.zip", TALKS, "portal")
    with open_source(path) as source:
        inner = "User Online Activity/Conversations__1f0a-chatgpt-0001.zip!conversations-000.json"
        assert inner in source.members


def test_zips_that_somebody_sent_in_a_chat_are_not_opened(tmp_path: Path) -> None:
    """An export with conversations of its own is not searched for others."""
    attached = builders.zip_bytes({"conversations.json": builders.json_bytes(TALKS)})
    path = builders.write_zip(tmp_path / "export.zip", TALKS[:1], extra={"file-Abc-backup.zip": attached})
    assert len(read(path).ids) == 1
    with open_source(path) as source:
        assert not any("!" in name for name in source.members)


def test_a_folder_of_downloads_gives_the_exports_in_it(tmp_path: Path) -> None:
    """Other zips beside them are left alone."""
    builders.write_zip(tmp_path / "one.zip", TALKS[:1])
    builders.write_zip(tmp_path / "two.zip", TALKS[1:])
    builders.write_members(tmp_path / "holiday.zip", {"beach.png": builders.png()})
    found = read(tmp_path)
    assert len(found.ids) == 3
    with open_source(tmp_path) as source:
        assert "holiday.zip!beach.png" not in source.members


def test_parts_of_a_portal_download_are_joined(tmp_path: Path) -> None:
    """Two zips of conversations and one of files."""
    pictures = [builders.picture()]
    inside = {
        "report.html": b"<!DOCTYPE html><title>Your data</title>",
        "A/Conversations__1-chatgpt-0001.zip": builders.zip_bytes(builders.members(TALKS[:1], "slim")),
        "A/Conversations__1-chatgpt-0002.zip": builders.zip_bytes(builders.members(TALKS[1:], "slim")),
        "A/Files__1-files-0001.zip": builders.zip_bytes({f"{file.id}.dat": file.data for file in pictures}),
    }
    found = read(builders.write_members(tmp_path / "portal.zip", inside))
    assert len(found.ids) == 3
    assert [asset.pointer for asset in found.assets] == [pictures[0].id]
    del inside["A/Conversations__1-chatgpt-0001.zip"]
    found = read(builders.write_members(tmp_path / "portal.zip", inside))
    assert len(found.ids) == 2
    assert "Conversations__1-chatgpt-0001.zip" in found.said


def test_an_inner_zip_needs_room_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk is said so, with what to do."""

    def full(*args: object, **keywords: object) -> io.BytesIO:
        class Full(io.BytesIO):
            def write(self, data: object) -> int:
                raise OSError(28, "No space left on device")

        return Full()

    monkeypatch.setattr("tempfile.TemporaryFile", full)
    path = builders.write_zip(tmp_path / "portal.zip", TALKS, "portal")
    with pytest.raises(DiskFull, match="no room"):
        open_source(path)


def zip_of(name: str, data: bytes) -> bytes:
    """A zip of one member."""
    return builders.zip_bytes({name: data})


def _seven_zip() -> bytes:
    return b"7z\xbc\xaf\x27\x1c" + bytes(100)


CLAUDE = [
    {"uuid": "1", "name": "A talk", "created_at": "2025-01-01", "chat_messages": [{"text": "Hello", "sender": "human"}]}
]
DEEPSEEK = [{"id": "1", "title": "A talk", "inserted_at": "2025-01-01", "mapping": {"root": {"message": None}}}]
REFUSED: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "nothing": ("export.zip", lambda: b"", "is empty"),
    "a web page": ("export.zip", lambda: b"<!DOCTYPE html><html><body>Sign in</body></html>", "is a web page"),
    "gzip": ("export.json.gz", lambda: gzip.compress(builders.json_bytes(TALKS)), "packed with gzip"),
    "7-Zip": ("export.7z", _seven_zip, "packed with 7-Zip"),
    "RAR": ("export.rar", lambda: b"Rar!\x1a\x07\x01\0" + bytes(90), "packed with RAR"),
    "a picture": ("photo.png", builders.png, "image/png"),
    "a PDF": ("report.pdf", lambda: b"%PDF-1.4\n", "application/pdf"),
    "a text": ("notes.txt", lambda: b"Hello there", "neither a zip nor JSON"),
    "noise": ("noise.bin", lambda: bytes(range(256)) * 9, "neither a zip nor JSON"),
    "other JSON": ("package.json", lambda: b'{"name": "x", "version": 1}', "holds no ChatGPT conversations"),
    "an empty list": ("empty.json", lambda: b"[]", "holds no ChatGPT conversations"),
    "Claude's JSON": ("conversations.json", lambda: builders.json_bytes(CLAUDE), "export of Claude"),
    "Claude's zip": ("claude.zip", lambda: zip_of("conversations.json", builders.json_bytes(CLAUDE)), "of Claude"),
    "Grok's zip": ("grok.zip", lambda: zip_of("ttl/prod-grok-backend.json", b'{"conversations": []}'), "of Grok"),
    "DeepSeek's zip": ("deep.zip", lambda: zip_of("conversations.json", builders.json_bytes(DEEPSEEK)), "of DeepSeek"),
    "a zip of pictures": ("photos.zip", lambda: zip_of("a.png", builders.png()), "no ChatGPT conversations"),
    "an empty zip": ("empty.zip", lambda: builders.zip_bytes({}), "nothing in it"),
    "one of several pieces": ("export.z01", lambda: zip_of("a", b"").replace(b"K\5\6\0", b"K\5\6\3"), "pieces"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_export_is_refused_by_name(tmp_path: Path, name: str) -> None:
    """One sentence or two that say what it is and what to do."""
    file_name, make, sentence = REFUSED[name]
    path = tmp_path / file_name
    path.write_bytes(make())
    refusal = read(path).refusal
    assert sentence in refusal
    assert refusal.endswith(".")
    assert "\n" not in refusal
    assert len(refusal) < 250


def test_what_is_not_there_or_no_file_is_refused(tmp_path: Path) -> None:
    """A wrong path, and a pipe that would never end."""
    assert "no file or folder" in read(tmp_path / "nowhere.zip").refusal
    os.mkfifo(tmp_path / "pipe")
    assert "neither a file nor a folder" in read(tmp_path / "pipe").refusal


def test_an_empty_folder_holds_no_conversations(tmp_path: Path) -> None:
    """It is told what to look for."""
    assert "no ChatGPT conversations" in read(tmp_path).refusal


def test_links_and_pipes_in_a_folder_are_not_followed(tmp_path: Path) -> None:
    """A link is named, a pipe is passed over."""
    folder = builders.write_folder(tmp_path / "export", TALKS)
    (folder / "outside").symlink_to("/etc/passwd")
    (folder / "loop").symlink_to(folder)
    os.mkfifo(folder / "pipe.json")
    found = read(folder)
    assert len(found.ids) == 3
    assert found.said.count("not followed") == 2


def test_a_file_name_that_is_no_text_can_be_shown(tmp_path: Path) -> None:
    """Its bytes are replaced where they are no UTF-8."""
    folder = builders.write_folder(tmp_path / "export", TALKS)
    (Path(os.fsdecode(os.fsencode(folder) + b"/file-A\xff.txt"))).write_bytes(b"x")
    for asset in read(folder).assets:
        asset.name.encode()
        asset.member.encode()


def test_a_member_that_is_gone_is_said_so(tmp_path: Path) -> None:
    """A file of the folder was taken away after it was listed."""
    folder = builders.write_folder(tmp_path / "export", TALKS)
    with open_source(folder) as source:
        (folder / "conversations.json").unlink()
        with pytest.raises(ArchiverError, match="cannot be opened"):
            source.open("conversations.json")
        with pytest.raises(ArchiverError, match="no longer"):
            source.open("never there")


def test_a_source_can_carry_another_name_than_its_file(tmp_path: Path) -> None:
    """A kept copy is called what the person called it."""
    path = tmp_path / "2026-copy.zip"
    path.write_bytes(builders.zip_bytes({"a.png": builders.png()}))
    with open_source(path, name="mine.zip") as source, pytest.raises(NotAnExport, match=r"mine\.zip"):
        importer_for(source)
