"""The command line as a person or a program uses it."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from archiver.cli import main
from archiver.cli.finding import as_query
from archiver.cli.parser import known_commands
from archiver.lock import exclusive
from tests import builders
from tests.archives import imported

TRIP = builders.conversation(
    "京都旅行",
    [("user", "京都の紅葉はいつが見頃ですか"), ("assistant", "十一月の中旬です。", {"model": "gpt-4o"})],
)
SOUP = builders.conversation(
    "Grandmother's soup",
    [("user", "A recipe with leeks?"), ("assistant", "Leeks, potatoes — and “time”.")],
    created=1_720_000_000.0,
)


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """An archive with two conversations, chosen by the environment."""
    monkeypatch.setenv("ARCHIVER_DIR", str(tmp_path / "archive"))
    assert main(["import", str(builders.write_zip(tmp_path / "export.zip", [TRIP, SOUP]))]) == 0
    capsys.readouterr()
    return tmp_path / "archive"


def objects(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    """What was printed, a JSON object a line."""
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_import_prints_a_report_that_programs_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One object, whose numbers add up."""
    monkeypatch.setenv("ARCHIVER_DIR", str(tmp_path / "archive"))
    path = builders.write_zip(tmp_path / "export.zip", [TRIP, SOUP])
    assert main(["import", str(path), "--json"]) == 0
    (report,) = objects(capsys)
    assert report["found"] == report["added"] == 2
    assert {"updated", "unchanged", "empty", "failed", "messages", "problems"} <= report.keys()
    (source,) = report["sources"]
    assert source["path"] == str(path)
    assert (tmp_path / "archive" / source["original"]).exists()


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize(
    ("words", "title"), [("紅葉", "京都旅行"), ("leeks", "Grandmother's soup"), ("potatoes", "Grandmother's soup")]
)
def test_search_finds_words_in_any_script(words: str, title: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Also inside an unspaced sentence."""
    assert main(["search", words, "--json"]) == 0
    hit = objects(capsys)[0]
    assert hit["title"] == title
    assert hit.keys() == {"conversation_id", "message_id", "title", "role", "model", "time", "snippet", "score"}
    assert words in hit["snippet"].lower()


@pytest.mark.usefixtures("archive")
def test_a_snippet_marks_what_was_found(capsys: pytest.CaptureFixture[str]) -> None:
    """In guillemets where the output is no terminal."""
    main(["search", "potatoes"])
    assert "«potatoes»" in capsys.readouterr().out


@pytest.mark.usefixtures("archive")
def test_a_word_after_a_dash_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    """The dash belongs to the query, not to the command."""
    main(["search", "leeks", "-potatoes", "--json"])
    assert [hit["role"] for hit in objects(capsys)] == ["user"]


@pytest.mark.usefixtures("archive")
def test_two_dashes_end_the_options(capsys: pytest.CaptureFixture[str]) -> None:
    """After them everything is a word."""
    assert main(["search", "--json", "--", "leeks", "-potatoes"]) == 0
    assert [hit["role"] for hit in objects(capsys)] == ["user"]


@pytest.mark.parametrize(
    ("words", "query"),
    [
        (["soup"], "soup"),
        (["from:me grandmother OR soup"], "from:me grandmother OR soup"),
        (["leek soup", "potatoes"], '"leek soup" potatoes'),
        (["soup", "-good night"], 'soup -"good night"'),
        (["soup", "title:good night"], 'soup title:"good night"'),
        (["soup", "-titel:good night"], 'soup -titel:"good night"'),
        (["soup", "note: buy milk"], 'soup "note: buy milk"'),
        (["soup", "from:me OR from:it"], "soup from:me OR from:it"),
        (["soup", "- good night"], 'soup -" good night"'),
    ],
)
def test_an_argument_with_spaces_among_others_is_a_phrase(words: list[str], query: str) -> None:
    """The shell took the quotes away; alone it is a whole query."""
    assert as_query(words) == query


@pytest.mark.usefixtures("archive")
def test_finding_nothing_is_no_failure(capsys: pytest.CaptureFixture[str]) -> None:
    """And says what to try."""
    assert main(["search", "zzzzz"]) == 0
    assert "Nothing found" in capsys.readouterr().err


@pytest.mark.usefixtures("archive")
def test_what_only_tools_said_is_offered(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Somebody remembers a number that a program printed."""
    sums = builders.conversation(
        "Sums", [builders.user("Add."), *builders.code_run("print(9)", "quxotic"), ("assistant", "9")]
    )
    main(["import", str(builders.write_json(tmp_path / "sums.json", [sums]))])
    assert main(["search", "quxotic"]) == 0
    assert "in:all" in capsys.readouterr().err


@pytest.mark.usefixtures("archive")
def test_list_names_every_conversation(capsys: pytest.CaptureFixture[str]) -> None:
    """Newest first."""
    assert main(["list", "--json"]) == 0
    listed = objects(capsys)
    assert {value["title"] for value in listed} == {"京都旅行", "Grandmother's soup"}
    assert listed[0].keys() == {"id", "title", "created", "updated", "messages", "models"}


@pytest.mark.usefixtures("archive")
def test_show_prints_a_conversation_by_the_beginning_of_its_id(capsys: pytest.CaptureFixture[str]) -> None:
    """With speaker, time and model, and every character as it was."""
    assert main(["show", SOUP["id"][:8]]) == 0
    printed = capsys.readouterr().out
    assert "Leeks, potatoes — and “time”." in printed
    assert "gpt-4o" in printed


@pytest.mark.usefixtures("archive")
def test_show_json_holds_every_message(capsys: pytest.CaptureFixture[str]) -> None:
    """Of every branch, with its parts."""
    assert main(["show", SOUP["id"], "--json"]) == 0
    (value,) = objects(capsys)
    reply = value["messages"][-1]
    assert reply["parts"] == [{"kind": "text", "text": "Leeks, potatoes — and “time”.", "citations": []}]
    assert {"id", "parent", "role", "model", "time", "parts"} <= reply.keys()


def test_show_raw_prints_exactly_what_the_source_held(archive: Path) -> None:
    """Byte for byte."""
    command = [sys.executable, "-m", "archiver", "--archive", str(archive), "show", SOUP["id"], "--raw"]
    output = subprocess.run(command, capture_output=True, check=True).stdout
    assert json.loads(output) == SOUP
    assert output.strip() in builders.json_bytes([TRIP, SOUP])


@pytest.mark.usefixtures("archive")
def test_export_writes_markdown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One file a conversation, chosen by a search."""
    assert main(["export", str(tmp_path / "out"), "--query", "紅葉", "--no-index"]) == 0
    (file,) = (tmp_path / "out").glob("*.md")
    assert "京都旅行" in file.name
    assert "十一月の中旬です。" in file.read_text("utf-8")
    assert "1 new file" in capsys.readouterr().out


@pytest.mark.usefixtures("archive")
def test_verify_says_that_all_is_whole(capsys: pytest.CaptureFixture[str]) -> None:
    """And notes it with a date."""
    assert main(["verify"]) == 0
    assert "are whole" in capsys.readouterr().out


def test_verify_names_the_damaged_original(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With exit code 1, for scripts that run it every month."""
    (original,) = (archive / "originals" / "data").iterdir()
    original.chmod(0o600)
    with original.open("r+b") as file:
        file.seek(30)
        file.write(b"!")
    assert main(["verify"]) == 1
    assert original.name in capsys.readouterr().out
    assert "1 damaged" in (archive / "log" / "verify.log").read_text("utf-8")


@pytest.mark.usefixtures("archive")
def test_putting_away_and_bringing_back(capsys: pytest.CaptureFixture[str]) -> None:
    """Out of lists and search, and back, without losing anything."""
    assert main(["put-away", SOUP["id"]]) == 0
    main(["list", "--json"])
    main(["search", "leeks", "--json"])
    assert [value["title"] for value in objects(capsys)] == ["京都旅行"]
    assert main(["bring-back", SOUP["id"]]) == 0
    main(["search", "leeks", "--json"])
    assert len(objects(capsys)) == 2


def test_carrying_on_when_nothing_was_stopped_says_so(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A report full of noughts would look as if something had been lost; and no report of it is kept."""
    assert main(["import", "--carry-on"]) == 0
    assert "nothing is left" in capsys.readouterr().out
    assert main(["--archive", str(archive / "none"), "import", "--carry-on"]) != 0
    assert not (archive / "none").exists()
    assert main(["sources", "--json"]) == 0
    assert len(objects(capsys)[0]["imports"]) == 1


@pytest.mark.usefixtures("archive")
def test_rebuild_keeps_everything_findable(capsys: pytest.CaptureFixture[str]) -> None:
    """From the originals alone."""
    assert main(["rebuild"]) == 0
    capsys.readouterr()
    main(["search", "leeks", "--json"])
    assert len(objects(capsys)) == 2


def test_a_missing_archive_is_one_sentence_with_the_next_step(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 1, nothing made."""
    assert main(["--archive", str(tmp_path / "none"), "list"]) == 1
    assert "archiver import" in capsys.readouterr().err
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("photo.zip", b"\xff\xd8\xff\xe0 not a zip"),
        ("empty.zip", b""),
        ("nothing.zip", b"PK\x05\x06" + b"\0" * 18),
        ("page.zip", b"<!DOCTYPE html><title>Sign in</title>"),
        ("claude.json", b'[{"uuid": "x", "name": "y", "chat_messages": []}]'),
        ("notes.json", b'{"a": 1}'),
        ("notes.txt", b"hello"),
    ],
)
def test_what_is_no_export_is_refused_in_one_sentence(
    tmp_path: Path, name: str, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    """Saying what it is and what to do; no trace of Python."""
    (tmp_path / name).write_bytes(content)
    assert main(["--archive", str(tmp_path / "archive"), "import", str(tmp_path / name)]) == 1
    said = capsys.readouterr().err
    assert name in said
    assert "Traceback" not in said
    assert len(said.strip().splitlines()) == 1


@pytest.mark.parametrize("command", known_commands())
def test_every_command_has_help_with_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A newcomer types --help."""
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    assert f"archiver {command}" in capsys.readouterr().out.rpartition("example")[2]


def test_wrong_usage_ends_with_two(capsys: pytest.CaptureFixture[str]) -> None:
    """As every command-line program does."""
    with pytest.raises(SystemExit) as ended:
        main(["serach"])
    assert ended.value.code == 2
    assert "Traceback" not in capsys.readouterr().err


def test_without_a_terminal_the_bare_command_prints_its_help() -> None:
    """A script that forgot the command must not hang."""
    done = subprocess.run([sys.executable, "-m", "archiver"], stdin=subprocess.DEVNULL, capture_output=True, check=True)
    assert b"archiver import" in done.stdout


def test_the_demo_makes_an_archive_and_leaves_it(tmp_path: Path) -> None:
    """Without a terminal it says how to go on."""
    environment = {**os.environ, "HOME": str(tmp_path)}
    command = [sys.executable, "-m", "archiver", "demo", "--keep", str(tmp_path / "demo")]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=True, env=environment)
    assert b"archiver --archive" in done.stderr
    assert (tmp_path / "demo" / "library.sqlite").exists()


@pytest.mark.usefixtures("archive")
def test_hostile_titles_cannot_reach_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A title is text from outside: no escape sequence of it may act."""
    hostile = builders.conversation("\x1b]0;owned\x07\u202etitle\x9b31m", [("user", "leeks \x1b[2J\x07")])
    main(["import", str(builders.write_json(tmp_path / "hostile.json", [hostile]))])
    for command in (["list"], ["search", "leeks"], ["show", hostile["id"]], ["sources"], ["gaps"]):
        main(command)
    captured = capsys.readouterr()
    assert not set(captured.out + captured.err) & set("\x1b\x07\x9b\u202e")


def test_show_raw_finds_a_conversation_whose_id_looks_like_a_checksum(tmp_path: Path) -> None:
    """Some tools number their conversations."""
    talk = builders.conversation("Numbered", [("user", "One.")], id="1180591620717411303424")
    imported(tmp_path / "archive", builders.write_zip(tmp_path / "export.zip", [talk]))
    command = [sys.executable, "-m", "archiver", "--archive", str(tmp_path / "archive"), "show", talk["id"], "--raw"]
    assert json.loads(subprocess.run(command, capture_output=True, check=True).stdout) == talk


def test_an_import_that_goes_on_is_not_said_to_have_stopped(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Somebody may list what is there meanwhile."""
    with closing(sqlite3.connect(archive / "library.sqlite")) as library:
        library.execute("UPDATE source SET is_complete = 0")
        library.commit()
    main(["list"])
    assert "not read to its end" in capsys.readouterr().err
    with exclusive(archive / "lock"):
        main(["list"])
        main(["sources"])
    told = capsys.readouterr()
    assert "not read to its end" not in (told.err + told.out).casefold()
    assert "Is being read now" in told.out
    main(["sources"])
    assert "Not read to its end" in capsys.readouterr().out


@pytest.mark.usefixtures("archive")
def test_gaps_names_what_could_not_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In words, and for programs; an export that ends early is not passed over where nothing else is missing."""
    whole = builders.write_zip(tmp_path / "whole.zip", [builders.conversation(f"Talk {n}") for n in range(30)])
    cut = tmp_path / "cut.zip"
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size * 2 // 3])
    main(["import", str(cut)])
    capsys.readouterr()
    assert main(["gaps"]) == 0
    assert "cut.zip could not be read whole:\n  The zip ends early" in capsys.readouterr().out
    assert main(["gaps", "--json"]) == 0
    (lost,) = objects(capsys)[0]["not_read"]
    assert lost["sources"] == [str(cut)]
