"""What the person adds is appended, survives damage to a line, and can be undone."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from archiver.annotations import Annotations, Favourite
from archiver.archive import Archive
from archiver.errors import ArchiveMissing
from tests import builders
from tests.archives import archive_of


def test_a_conversation_put_away_stays_away_after_reopening(tmp_path: Path) -> None:
    """Marks are on the disk at once."""
    file = tmp_path / "annotations.jsonl"
    Annotations(file).put_away("c1")
    assert Annotations(file).put_away_ids() == {"c1"}


def test_bringing_back_undoes_putting_away(tmp_path: Path) -> None:
    """Nothing is ever gone."""
    annotations = Annotations(tmp_path / "annotations.jsonl")
    annotations.put_away("c1")
    annotations.bring_back("c1")
    assert annotations.put_away_ids() == frozenset()


def test_undo_takes_back_one_act_at_a_time(tmp_path: Path) -> None:
    """The last act first, then the one before it."""
    annotations = Annotations(tmp_path / "annotations.jsonl")
    annotations.put_away("c1")
    annotations.set_favourite("c2", "m1")
    assert annotations.undo() == "favourite"
    assert annotations.favourites() == ()
    assert annotations.undo() == "put_away"
    assert annotations.put_away_ids() == frozenset()
    assert annotations.undo() == ""


def test_reading_positions_are_no_acts_to_undo(tmp_path: Path) -> None:
    """Undo must not jump back to an older reading position."""
    annotations = Annotations(tmp_path / "annotations.jsonl")
    annotations.set_favourite("c1")
    annotations.set_position("c1", "m9")
    assert annotations.undo() == "favourite"
    assert annotations.position("c1") == "m9"


def test_favourites_keep_the_order_they_were_marked_in(tmp_path: Path) -> None:
    """Marking again moves to the end; unmarking removes."""
    annotations = Annotations(tmp_path / "annotations.jsonl")
    for conversation in ("a", "b", "a"):
        annotations.set_favourite(conversation)
    annotations.set_favourite("b", is_favourite=False)
    assert annotations.favourites() == (Favourite("a", ""),)


def test_the_latest_note_at_a_place_counts(tmp_path: Path) -> None:
    """An empty note takes it away; any script survives."""
    annotations = Annotations(tmp_path / "annotations.jsonl")
    annotations.write_note("c", "m1", "first")
    annotations.write_note("c", "m1", "忘れない — “stay”")
    annotations.write_note("c", "m2", "gone")
    annotations.write_note("c", "m2", "")
    assert [(note.message_id, note.text) for note in annotations.notes()] == [("m1", "忘れない — “stay”")]


def test_a_line_cut_short_by_a_power_cut_costs_only_itself(tmp_path: Path) -> None:
    """What comes after it begins on a line of its own."""
    file = tmp_path / "annotations.jsonl"
    Annotations(file).put_away("c1")
    file.write_bytes(file.read_bytes() + b'{"do":"put_aw')
    Annotations(file).put_away("c2")
    assert Annotations(file).put_away_ids() == {"c1", "c2"}


def test_lines_of_a_later_version_are_left_alone(tmp_path: Path) -> None:
    """An unknown act is kept in the file and changes nothing here."""
    file = tmp_path / "annotations.jsonl"
    file.write_text('{"do":"colour","conversation":"c1","as":"blue"}\n[]\n', "utf-8")
    Annotations(file).put_away("c1")
    assert "colour" in file.read_text("utf-8")
    assert Annotations(file).put_away_ids() == {"c1"}


def test_marks_say_when_the_archive_is_gone(tmp_path: Path) -> None:
    """A disk that was pulled out is named as one; nothing begins a new archive in its place."""
    archive_of(tmp_path, [builders.conversation()]).close()
    archive = Archive.open(tmp_path / "archive")
    (tmp_path / "archive").rename(tmp_path / "elsewhere")
    acts: list[Callable[[], object]] = [
        lambda: archive.annotations.write_note("c1", "", "words"),
        lambda: archive.put_away(archive.latest(1)[0][0].id),
        lambda: archive.search("words"),
        archive.verify,
    ]
    with closing(archive):
        for act in acts:
            with pytest.raises(ArchiveMissing, match="no longer there"):
                act()
    assert not (tmp_path / "archive").exists()
