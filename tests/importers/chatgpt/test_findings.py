"""Counts and oddities of one conversation."""

from __future__ import annotations

from archiver.importers.chatgpt.findings import Findings, circle, parent_missing


def test_an_oddity_is_told_once_with_its_number_and_first_place() -> None:
    """A hundred thousand lines of the same would hide the one that matters."""
    findings = Findings()
    for name in ("c", "a", "b"):
        findings.odd(parent_missing, name)
    findings.odd(circle, "z")
    assert [(problem.where, problem.what, problem.conversation_id) for problem in findings.problems("talk")] == [
        ("message a", "3 messages follow ones that are not in the export; each begins a branch of its own.", "talk"),
        (
            "message z",
            "Messages follow each other in a circle; the circle was opened at its earliest message.",
            "talk",
        ),
    ]


def test_new_names_without_end_are_counted_together() -> None:
    """The report lists names, and a file may hold any number of them."""
    findings = Findings()
    findings.unknown(f"metadata.k{number}" for number in range(3_000))
    findings.unknown(["metadata.k1"])
    assert len(findings.unknown_keys) < 600
    assert sum(findings.unknown_keys.values()) == 3_001
    assert findings.unknown_keys["metadata.k1"] == 2
    findings.content_type("x" * 1_000_000)
    assert len(next(iter(findings.content_types))) < 200


def test_a_time_that_cannot_be_is_none_and_told() -> None:
    """No time at all is nothing odd."""
    findings = Findings()
    assert findings.time(None, "a") is None
    assert findings.time("1970-01-01", "a") is None
    assert findings.time(1_700_000_000, "a") == 1_700_000_000.0
    assert len(findings.problems("")) == 1
