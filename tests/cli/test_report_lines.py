"""An import report in lines that people read."""

from __future__ import annotations

from archiver.cli.report_lines import report_lines
from archiver.records import Problem
from archiver.reports import ImportReport


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
