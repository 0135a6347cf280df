"""Data for other programs: documented fields, no formula in a cell, the shapes that others document."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.exporters import ExportOptions, Format, export
from archiver.exporters.csv_table import cell
from archiver.exporters.jsonl import MORE_FIELDS
from archiver.exporters.message_table import FIELDS
from archiver.records import Conversation, Instructions, Memory
from tests.exporters.hostile import TEXTS, TITLES
from tests.exporters.talks import START, all_ids, archive_of, message, sample, talk


def written(tmp_path: Path, format_: Format, *talks: Conversation, **options: Any) -> Path:
    """The one file that an export makes."""
    archive = archive_of(*talks)
    export(archive, all_ids(archive), tmp_path, ExportOptions(format=format_, **options))
    extension = {"csv": "csv", "memory": "txt"}.get(format_, "jsonl")
    [path] = [
        path for path in tmp_path.glob(f"*.{extension}") if ".fields" not in path.name and ".columns" not in path.name
    ]
    return path


def records(path: Path) -> list[dict[str, Any]]:
    """JSON Lines, split as every reader splits them."""
    return [json.loads(line) for line in path.read_bytes().split(b"\n") if line]


def test_json_lines_hold_every_message_of_every_branch(tmp_path: Path) -> None:
    """With the fields that the notes beside it explain, and the path marked."""
    rows = records(written(tmp_path, "jsonl", sample()))
    assert [row["message_id"] for row in rows] == [each.id for each in sample().messages]
    names = [name for name, _meaning in (*FIELDS, *MORE_FIELDS)]
    assert all(list(row) == names for row in rows)
    notes = (tmp_path / "messages.fields.txt").read_text()
    assert all(f"\n{name} " in notes for name in names)
    by_id = {row["message_id"]: row for row in rows}
    assert not by_id["a1"]["on_path"]
    assert by_id["a3"]["on_path"]
    assert (by_id["a3"]["version"], by_id["a3"]["versions"]) == (2, 2)
    assert by_id["a3"]["answered_from"] == "model_slug"
    assert by_id["q2"]["parts"][1]["pointer"] == "file-cat"


def test_json_lines_keep_hostile_text(tmp_path: Path) -> None:
    """Exactly, also line separators and half characters."""
    texts = (*TEXTS, "a\u2028b\u2029c\x85d", "half \ud83d")
    assert [row["text"] for row in records(written(tmp_path, "jsonl", talk(*texts)))] == list(texts)


@given(st.text(st.characters(), max_size=40))
def test_no_cell_is_a_formula(text: str) -> None:
    """Nor anything that a spreadsheet would strip down to one."""
    shown = cell(text)
    assert not shown.lstrip(" \t\r\n").startswith(("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20"))
    assert shown in {text.replace("\x00", "\ufffd"), "'" + text.replace("\x00", "\ufffd")}


@pytest.mark.parametrize("title", [title for title in TITLES if title.strip()[:1] in {"=", "+", "-", "@"}])
def test_a_title_is_no_formula(title: str, tmp_path: Path) -> None:
    """The known attacks begin with an apostrophe."""
    rows = list(
        csv.DictReader(io.StringIO(written(tmp_path, "csv", talk("x", title=title)).read_text("utf-8-sig"), newline=""))
    )
    assert rows[0]["title"] == "'" + " ".join(title.split())


def test_csv_keeps_every_text(tmp_path: Path) -> None:
    """Quotes, commas and line ends; the mark at the start tells spreadsheets that it is UTF-8."""
    path = written(tmp_path, "csv", talk(*TEXTS))
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["text"] for row in rows] == [cell(text) for text in TEXTS]


def test_sillytavern_reads_header_and_turns(tmp_path: Path) -> None:
    """A header line, then messages by turns; other versions of a reply are swipes."""
    header, *messages = records(written(tmp_path, "sillytavern", sample(), user_name="Ada", model_name="River"))
    assert header["user_name"] == "Ada"
    assert header["character_name"] == "River"
    assert "chat_metadata" in header
    assert [each["is_user"] for each in messages] == [True, False, True, False]
    assert all({"name", "is_user", "is_system", "send_date", "mes", "extra"} <= set(each) for each in messages)
    assert messages[0]["send_date"] == "2026-02-13T01:02:00Z"
    assert messages[1]["swipes"] == ["First try.", messages[1]["mes"]]
    assert messages[1]["swipe_id"] == 1
    assert len(messages[1]["swipe_info"]) == 2


def test_sharegpt_takes_turns(tmp_path: Path) -> None:
    """The person first, a reply last, two of one speaker joined."""
    loose = (
        message("a", None, "assistant", "Welcome."),
        message("b", "a", "user", "One."),
        message("c", "b", "user", "Two."),
        message("d", "c", "assistant", "Three.", answered="gpt-4o"),
        message("e", "d", "user", "Unanswered."),
    )
    [record] = records(written(tmp_path, "sharegpt", Conversation("chatgpt", "1", "t", loose, current="e")))
    assert record["conversations"] == [{"from": "human", "value": "One.\n\nTwo."}, {"from": "gpt", "value": "Three."}]
    assert record["model"] == "gpt-4o"


def test_openai_records_of_one_model(tmp_path: Path) -> None:
    """Only its replies, each with what it answers; conversations without any are counted as left out."""
    two = replace(talk("a", "b", "c", "d"), id="two")
    changed = replace(two, messages=(*two.messages[:3], replace(two.messages[3], answered="gpt-5")))
    archive = archive_of(changed, talk("x", "y", id_="other"))
    options = ExportOptions(format="openai", only_model="gpt-5")
    report = export(archive, all_ids(archive), tmp_path, options)
    [record] = records(tmp_path / "openai.jsonl")
    assert record == {"messages": [{"role": "user", "content": "c"}, {"role": "assistant", "content": "d"}]}
    assert report.left_out == 1


def test_records_are_split_and_can_be_replies_alone(tmp_path: Path) -> None:
    """Between exchanges, never inside one; the id tells which piece it is."""
    long = talk(*["word " * 10] * 8)
    pieces = records(written(tmp_path / "a", "sharegpt", long, split_characters=250))
    assert [len(piece["conversations"]) for piece in pieces] == [4, 4]
    assert [piece["id"] for piece in pieces] == [f"{long.id}-1", f"{long.id}-2"]
    [alone] = records(written(tmp_path / "b", "openai", long, only_replies=True))
    assert {each["role"] for each in alone["messages"]} == {"assistant"}


def test_memory_is_gathered_by_date(tmp_path: Path) -> None:
    """Each note once, with its first date; lists are taken apart; the latest instructions first."""
    wrapped = "The user provided the following information about themselves:\n```I live by a river.```"
    listed = "1. [2024-05-01]. Likes tea.\n\n2. [2024-06-01]. Has a cat."
    notes = (
        message("a", None, "tool", Memory("Likes tea."), at=START),
        message("b", "a", "tool", Memory(listed), at=START + 86400),
        message("c", "b", "user", Instructions("Old.", ""), at=START),
        message("d", "c", "user", Instructions(wrapped, "Plain words."), at=START + 86400),
    )
    text = written(tmp_path, "memory", Conversation("chatgpt", "1", "t", notes, current="d")).read_text()
    assert "- 2024-05-01: Likes tea." in text
    assert "- 2024-06-01: Has a cat." in text
    assert text.count("Likes tea.") == 1
    assert "About me:\nI live by a river.\n" in text
    assert text.index("I live by a river.") < text.index("Old.")


def test_nothing_noted_is_no_file(tmp_path: Path) -> None:
    """And the conversations are counted as having nothing for this format."""
    archive = archive_of(talk("a"))
    report = export(archive, all_ids(archive), tmp_path, ExportOptions(format="memory"))
    assert (report.written, report.left_out) == ((), 1)
