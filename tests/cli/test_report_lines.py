"""An import report in lines that people read."""

from __future__ import annotations

from archiver.cli.report_lines import report_lines
from archiver.records import Problem
from archiver.reports import ImportReport, SourceReport


def lines_of(*problems: Problem) -> list[str]:
    """The lines below the numbers."""
    report = ImportReport((), 0, 0, 0, 0, 0, 0, problems=problems)
    return list(report_lines(report))[1:]


def test_one_sentence_about_many_places_is_said_once() -> None:
    """With its number and the first places to look."""
    problems = [Problem(f"message {number}", "A time cannot be true.", f"id-{number}") for number in range(30)]
    assert lines_of(*problems, Problem("a.json", "This file is empty.")) == [
        "31 things to know:",
        "  A time cannot be true. (30 times)",
        "    message 0",
        "      archiver show id-0 --raw",
        "    message 1",
        "      archiver show id-1 --raw",
        "    message 2",
        "      archiver show id-2 --raw",
        "    … and 27 more; “archiver sources --json” has all of them",
        "  a.json: This file is empty.",
    ]


def test_more_sentences_than_anybody_reads_are_counted() -> None:
    """All of them are kept in the archive."""
    lines = lines_of(*(Problem("a.zip", f"Sentence {number}.") for number in range(25)))
    assert lines[0] == "25 things to know:"
    assert len(lines) == 22
    assert lines[-1] == "  … and 5 more; “archiver sources --json” has all of them"


def test_what_no_conversation_was_made_of_can_be_seen() -> None:
    """By the beginning of its SHA-256."""
    assert lines_of(Problem("a.json", "This is no conversation.", slice="0123456789abcdef" * 4))[-1] == (
        "    archiver show 0123456789abcdef --raw"
    )


def test_one_of_a_kind_is_told_in_the_singular() -> None:
    """The first import of many people is one saved chat."""
    report = ImportReport((), 1, 1, 0, 0, 0, 0, messages=1, branches=1, assets_found=1)
    assert list(report_lines(report))[1:] == [
        "In what was added or updated: 1 message, 1 other branch",
        "Pictures, sounds and files: 1 found, 0 not in the export",
    ]


def test_files_of_an_inner_zip_are_named_by_what_tells_them_apart() -> None:
    """The name of the inner zip alone would fill the line."""
    zip_ = "User Online Activity/Conversations__0123456789abcdef-chatgpt-0001.zip"
    names = tuple(f"{zip_}!{name}" for name in ("user.json", "shared_conversations.json"))
    (_path, _sha256, kept, *_rest) = report_lines(
        ImportReport((SourceReport("outer.zip", "00", "originals/data/x", 9, True, 1, names),), 0, 0, 0, 0, 0, 0)
    )
    assert kept == "  kept inside it as well: user.json, shared_conversations.json"
