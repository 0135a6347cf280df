"""Files find their messages: by the export's own list, in any order of imports, and never another chat's."""

from __future__ import annotations

from pathlib import Path

import pytest

from archiver.archive import Archive
from archiver.errors import NotAnExport
from archiver.reports import UnusedFile
from tests import builders
from tests.archives import imported

SOUP = builders.conversation("Soup", [("user", "A recipe?"), ("assistant", "Leeks and potatoes.")])


PLAN = builders.FileInExport("file_00aa", "plan.pdf", b"%PDF-1.4", "", "application/pdf", False, "it", "talk")


TALK = builders.conversation(
    "A plan", [builders.user("Make me a plan.", id="ask"), builders.assistant("Here you are.", id="it")], id="talk"
)


@pytest.mark.parametrize("order", [1, -1])
def test_a_list_of_files_tells_of_conversations_that_other_exports_hold(tmp_path: Path, order: int) -> None:
    """Whichever is imported first: the picture is found with its message."""
    listed = builders.write_zip(tmp_path / "listed.zip", [SOUP], "slim", files=[PLAN])
    talk = builders.write_zip(tmp_path / "talk.zip", [TALK])
    for path in (listed, talk)[::order]:
        imported(tmp_path / "archive", path)
    with Archive.open(tmp_path / "archive") as archive:
        (entry,) = archive.asset_list()
        assert (entry.conversation_id, entry.message_id, entry.reference.name) == ("talk", "it", "plan.pdf")
        assert entry.asset is not None
        assert archive.read_asset(entry.asset) == PLAN.data
        assert not archive.gaps().unused_files


def test_a_file_that_no_message_names_is_told_by_name(tmp_path: Path) -> None:
    """In the report by number, among the gaps by name."""
    lonely = builders.FileInExport("file_00cc", "lonely.pdf", b"%PDF-1.4", "", "application/pdf")
    path = builders.write_zip(tmp_path / "export.zip", [TALK], "slim", files=[PLAN, lonely])
    report = imported(tmp_path / "archive", path)
    assert (report.assets_found, report.assets_missing, report.assets_unused) == (1, 0, 1)
    with Archive.open(tmp_path / "archive") as archive:
        assert archive.gaps().unused_files == (UnusedFile("lonely.pdf", "file_00cc.dat", "export.zip", 8),)


def test_chats_do_not_get_each_others_files(tmp_path: Path) -> None:
    """Both name the same path of a workspace; there is one file, and nothing tells whose it is."""
    link = "[Plan](sandbox:/mnt/data/plan.pdf)"
    one, other = (builders.conversation(name, [("user", "Go"), ("assistant", link)]) for name in ("One", "Other"))
    members = {
        "conversations.json": builders.json_bytes([one]),
        "user-Ab0/00ff/mnt/data/plan.pdf": b"%PDF-1.4",
    }
    imported(tmp_path / "archive", builders.write_members(tmp_path / "one.zip", members))
    with Archive.open(tmp_path / "archive") as archive:
        assert archive.asset_list()[0].asset is not None
        assert not archive.gaps().unused_files
    imported(tmp_path / "archive", builders.write_zip(tmp_path / "other.zip", [other]))
    with Archive.open(tmp_path / "archive") as archive:
        assert [entry.asset for entry in archive.asset_list()] == [None, None]
        assert [file.name for file in archive.gaps().unused_files] == ["plan.pdf"]


PHOTO = builders.FileInExport(
    "file_" + "0a" * 16, "Großmutter.png", builders.png(), "", "image/png", False, "it", "talk"
)
LOST = builders.FileInExport("file-" + "Ab1" * 8, "letter.png", b"", "", "image/png")


def download(folder: Path) -> tuple[Path, Path, Path]:
    """A download of the Privacy Portal whole, and its two parts: conversations, files."""
    turns: list[builders.Turn] = [builders.user("Look.", id="ask"), builders.assistant("I see.", id="it")]
    talk = builders.conversation("A photo", turns, id="talk")
    picture = {"content_type": "image_asset_pointer", "asset_pointer": f"file-service://{LOST.id}"}
    talk["mapping"]["ask"]["message"]["content"] = {"content_type": "multimodal_text", "parts": ["Look.", picture]}
    members = builders.members([talk], "slim", files=[PHOTO], sidecars={})
    members["conversation_asset_file_names.json"] = builders.json_bytes({f"{LOST.id}.dat": LOST.name})
    files = {name: data for name, data in members.items() if name.endswith(".dat")}
    conversations = {name: data for name, data in members.items() if name not in files}
    parts = {
        "Conversations__abc-chatgpt-0001.zip": builders.zip_bytes(conversations),
        "Files__abc-files-0001.zip": builders.zip_bytes(files),
    }
    for name, data in parts.items():
        (folder / name).write_bytes(data)
    outer = {f"User Online Activity/{name}": data for name, data in parts.items()}
    whole = builders.write_members(folder / "download.zip", outer)
    return whole, folder / "Conversations__abc-chatgpt-0001.zip", folder / "Files__abc-files-0001.zip"


def test_the_parts_of_a_download_are_the_same_as_the_whole(tmp_path: Path) -> None:
    """Together or one after the other, in any order; names that another part tells included."""
    whole, conversations, files = download(tmp_path)
    found = []
    for number, orders in enumerate(
        [
            [[whole]],
            [[conversations, files]],
            [[files, conversations]],
            [[conversations], [files]],
            [[files], [conversations]],
        ]
    ):
        for paths in orders:
            assert not imported(tmp_path / f"{number}", *paths).has_losses
        with Archive.open(tmp_path / f"{number}") as archive:
            found.append(
                [
                    (
                        entry.reference.pointer,
                        entry.reference.name,
                        entry.asset and (entry.asset.name, entry.asset.mime),
                    )
                    for entry in archive.asset_list()
                ]
            )
            assert not archive.gaps().unused_files
    assert found[0] == [
        (f"file-service://{LOST.id}", "letter.png", None),
        (PHOTO.id, PHOTO.name, (PHOTO.name, "image/png")),
    ]
    assert all(each == found[0] for each in found)


def test_a_part_with_files_says_what_it_is(tmp_path: Path) -> None:
    """Somebody gives it alone; it is kept."""
    report = imported(tmp_path / "archive", download(tmp_path)[2])
    assert (report.found, report.has_losses) == (0, False)
    assert [problem.what for problem in report.problems] == [
        "This is a part with files only; the conversations are in another part."
    ]
    with Archive.open(tmp_path / "archive") as archive:
        assert [file.size for file in archive.gaps().unused_files] == [len(PHOTO.data)]


@pytest.mark.parametrize(
    "names", [("file_1.png", "notes.txt"), ("cat.png",), (f"{PHOTO.id}.dat", "notes.txt"), (LOST.id, "a.json")]
)
def test_other_zips_are_no_such_part(tmp_path: Path, names: tuple[str, ...]) -> None:
    """Of any other program, or with something else in it that must not go unread."""
    path = builders.write_members(tmp_path / "other.zip", dict.fromkeys(names, b"[{}]"))
    with pytest.raises(NotAnExport):
        imported(tmp_path / "archive", path)
