"""Files find their messages: by the export's own list, in any order of imports, and never another chat's."""

from __future__ import annotations

from pathlib import Path

import pytest

from archiver.archive import Archive
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
