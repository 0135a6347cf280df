"""What cannot be read costs only itself, and is named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from archiver.archive import Archive
from archiver.errors import NotAnExport
from archiver.ingest import import_sources
from tests import builders
from tests.archives import imported

SOUP = builders.conversation("Soup", [("user", "A recipe?"), ("assistant", "Leeks and potatoes.")])
RIVERS = builders.conversation("Rivers", [("user", "Name one."), ("assistant", "The Danube.")], created=1_720_000_000.0)


def test_one_broken_conversation_costs_only_itself(tmp_path: Path) -> None:
    """The rest is there, and the report names the place."""
    path = tmp_path / "conversations.json"
    whole = builders.json_bytes([SOUP, RIVERS])
    path.write_bytes(whole[:1] + b'{"id": "x", "mapping": {"a": tru}}, ' + whole[1:])
    report = imported(tmp_path / "archive", path)
    assert (report.added, report.failed, report.has_losses) == (2, 1, True)
    assert "conversations.json" in report.problems[0].where
    with Archive.open(tmp_path / "archive") as archive:
        assert archive.slice(report.problems[0].slice[:16]) == b'{"id": "x", "mapping": {"a": tru}}'
    assert imported(tmp_path / "archive", path).failed == 1


def test_a_file_that_ends_early_is_said_to_each_time(tmp_path: Path) -> None:
    """Importing it again must not look as if all were well now."""
    whole = builders.write_zip(tmp_path / "whole.zip", [SOUP, RIVERS]).read_bytes()
    (tmp_path / "cut.zip").write_bytes(whole[: len(whole) - 40])
    assert imported(tmp_path / "archive", tmp_path / "cut.zip").has_losses
    assert imported(tmp_path / "archive", tmp_path / "cut.zip").has_losses


def test_what_is_no_export_leaves_no_archive_content(tmp_path: Path) -> None:
    """Refused before anything is copied."""
    (tmp_path / "letter.zip").write_bytes(b"Dear Sir or Madam")
    with Archive.open(tmp_path / "archive", create=True) as archive, pytest.raises(NotAnExport):
        import_sources(archive, [tmp_path / "letter.zip"])
    with Archive.open(tmp_path / "archive") as archive:
        assert archive.vault.originals() == []
        assert archive.summaries() == []


def test_one_refused_file_does_not_stop_the_others(tmp_path: Path) -> None:
    """It is named in the report, and nothing of it is kept."""
    (tmp_path / "letter.zip").write_bytes(b"Dear Sir or Madam")
    first = builders.write_zip(tmp_path / "a.zip", [SOUP])
    second = builders.write_zip(tmp_path / "b.zip", [RIVERS])
    report = imported(tmp_path / "archive", first, tmp_path / "letter.zip", second)
    assert (report.added, report.has_losses) == (2, True)
    assert "letter.zip" in report.problems[0].where
    with Archive.open(tmp_path / "archive") as archive:
        assert len(archive.vault.originals()) == 2


def test_a_row_nested_without_end_costs_only_itself(tmp_path: Path) -> None:
    """Deeper than any parser likes, and without an id."""
    path = tmp_path / "conversations.json"
    whole = builders.json_bytes([SOUP, RIVERS])
    path.write_bytes(whole[:1] + b'{"a":' * 300 + b"1" + b"}" * 300 + b"," + whole[1:])
    assert imported(tmp_path / "archive", path).added == 2


def test_a_fault_of_this_program_costs_one_conversation_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What people bring cannot be replaced; a mistake of ours must not stand in the way of the rest."""
    from archiver.importers.chatgpt.importer import ChatGPT

    understand = ChatGPT.understand

    def fail_on_soup(self: ChatGPT, value: dict[str, Any], *more: Any) -> Any:
        if value["title"] == "Soup":
            raise KeyError("unexpected")
        return understand(self, value, *more)

    monkeypatch.setattr(ChatGPT, "understand", fail_on_soup)
    path = builders.write_zip(tmp_path / "export.zip", [SOUP, RIVERS])
    report = imported(tmp_path / "archive", path)
    assert (report.added, report.failed) == (1, 1)
    with Archive.open(tmp_path / "archive") as archive:
        assert b"Leeks" in archive.slice(report.problems[0].slice)
