"""Every command prints JSON for programs: valid, with the names its help tells, also when it fails."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from archiver.cli import main
from archiver.cli.json_fields import FIELDS
from archiver.cli.parser import known_commands
from tests import builders

SOUP = builders.conversation(
    "Soup",
    [
        builders.picture_sent(builders.picture("leeks.png"), "A recipe with leeks?"),
        ("assistant", "Leeks \ufffd."),
        builders.assistant("More.", model=None),
    ],
)
RIVERS = builders.conversation("Rivers", [("user", "Name one."), ("assistant", "The Danube.")], created=1_720_000_000.0)


def printed(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> Any:
    """The only object that a command prints."""
    capsys.readouterr()
    assert main([*arguments, "--json"]) == code
    (line,) = capsys.readouterr().out.splitlines()
    return json.loads(line)


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An archive of two zips, of which the second leaves things out."""
    monkeypatch.setenv("ARCHIVER_DIR", str(tmp_path / "archive"))
    old = builders.write_zip(tmp_path / "old.zip", [SOUP, RIVERS])
    new = builders.write_zip(tmp_path / "new.zip", [RIVERS | {"update_time": 1_790_000_000.0}])
    assert main(["import", str(old), str(new)]) == 0
    return tmp_path / "archive"


ARGUMENTS = {
    "import": ("{zip}",),
    "search": ("danube",),
    "list": ("--limit", "1"),
    "show": (SOUP["id"],),
    "export": ("{folder}",),
    "put-away": (SOUP["id"],),
    "bring-back": (SOUP["id"],),
}


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize("command", FIELDS)
def test_a_command_prints_the_fields_its_help_names(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No more and no fewer."""
    places = {"zip": tmp_path / "old.zip", "folder": tmp_path / "out"}
    arguments = [argument.format(**places) for argument in ARGUMENTS.get(command, ())]
    assert printed(capsys, command, *arguments).keys() == set(FIELDS[command])
    with pytest.raises(SystemExit):
        main([command, "--help"])
    told = capsys.readouterr().out
    assert all(name in told for name in FIELDS[command])


def test_every_command_but_the_demo_has_json() -> None:
    """A program can do what a person can."""
    assert set(known_commands()) - FIELDS.keys() == {"demo"}


@pytest.mark.parametrize("command", FIELDS)
def test_a_command_that_fails_prints_its_error(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Here because the archive folder is a file."""
    (tmp_path / "file").touch()
    monkeypatch.setenv("ARCHIVER_DIR", str(tmp_path / "file"))
    places = {"zip": tmp_path / "none.zip", "folder": tmp_path / "out"}
    arguments = [argument.format(**places) for argument in ARGUMENTS.get(command, ())]
    if command == "paths":
        pytest.skip("it tells where the archive would be")
    error = printed(capsys, command, *arguments, code=1)["error"]
    assert error["kind"] == "CannotWrite"
    assert "is a file" in error["message"]


def test_a_refused_file_is_an_error_object(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the sentence that people read, and the exit code of a failure."""
    monkeypatch.setenv("ARCHIVER_DIR", str(tmp_path / "archive"))
    (tmp_path / "letter.zip").write_bytes(b"Dear Sir or Madam")
    error = printed(capsys, "import", str(tmp_path / "letter.zip"), code=1)["error"]
    assert error["kind"] == "NotAnExport"
    assert "letter.zip" in error["message"]


@pytest.mark.usefixtures("archive")
def test_replies_without_a_model_are_counted_under_a_name(capsys: pytest.CaptureFixture[str]) -> None:
    """No key is the empty string."""
    report = printed(capsys, "sources")["imports"][0]
    assert report["models"] == {"gpt-4o": 2, "not recorded": 1}


@pytest.mark.usefixtures("archive")
def test_gaps_are_objects_with_named_fields(capsys: pytest.CaptureFixture[str]) -> None:
    """No bare rows."""
    gaps = printed(capsys, "gaps")
    assert gaps["damaged_texts"] == [{"conversation_id": SOUP["id"], "title": "Soup", "replacement_characters": 1}]
    (absent,) = gaps["not_in_newest"]
    assert (absent["title"], absent["newest_export"][:4]) == ("Soup", "2026")
    assert gaps["not_read"] == []
    (missing,) = gaps["missing_assets"]
    assert missing.keys() == {"conversation_id", "title", "message_id", "time", "pointer", "media", "name"}


@pytest.mark.usefixtures("archive")
def test_the_sources_of_a_conversation_are_an_object(capsys: pytest.CaptureFixture[str]) -> None:
    """Which exports hold it, and where they disagree."""
    shown = printed(capsys, "show", RIVERS["id"], "--sources")
    assert [observation["source"] for observation in shown["observations"]] == ["old.zip", "new.zip"]
    (disagreement,) = shown["disagreements"]
    assert disagreement["path"] == "update_time"
    assert disagreement["kept"] == 1_790_000_000.0


def test_a_mistake_of_this_program_is_a_sentence_and_a_line_in_the_log(
    archive: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Never a traceback, and nothing anybody wrote."""
    from archiver.archive import Archive

    def fail(self: Archive) -> None:
        raise KeyError("a title")

    monkeypatch.setattr(Archive, "gaps", fail)
    capsys.readouterr()
    assert main(["gaps", "--json"]) == 1
    captured = capsys.readouterr()
    assert json.loads(captured.out)["error"]["kind"] == "KeyError"
    assert "archiver.log" in captured.err
    log = (archive / "log" / "archiver.log").read_text("utf-8")
    assert "in gaps" in log
    assert "a title" not in log + captured.err
