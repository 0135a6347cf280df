"""What an import, the gaps, a check and the sources are for programs; the names are those of ``json_fields``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from archiver.cli.output import utc
from archiver.records import UNDATED, Problem
from archiver.reports import AssetEntry, CheckReport, GapReport, ImportReport, SourceInfo, with_losses

NOT_RECORDED = "not recorded"
"""Stands where a name would be; no provider's slug has a space in it."""


def report_object(report: ImportReport) -> dict[str, object]:
    """What an import did."""
    return {
        "sources": [
            {
                "path": source.path,
                "sha256": source.sha256,
                "original": source.original,
                "size": source.size,
                "is_new": source.is_new,
                "files_read": source.files_read,
                "other_files": list(source.sidecars),
            }
            for source in report.sources
        ],
        "found": report.found,
        "added": report.added,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "empty": report.empty,
        "failed": report.failed,
        "messages": report.messages,
        "branches": report.branches,
        "assets_found": report.assets_found,
        "assets_missing": report.assets_missing,
        "assets_unused": report.assets_unused,
        "assets_recovered": report.assets_recovered,
        "content_types": _named(report.content_types),
        "models": _named(report.models),
        "unknown_keys": _named(report.unknown_keys),
        "not_in_newest": report.not_in_newest,
        "problems": [problem_object(problem) for problem in report.problems],
        "imported_at": utc(report.imported_at),
        "was_stopped": report.was_stopped,
    }


def problem_object(problem: Problem) -> dict[str, object]:
    """Something odd; ``archiver show`` prints the raw JSON by ``conversation_id`` or ``slice``."""
    return {
        "where": problem.where or None,
        "what": problem.what,
        "conversation_id": problem.conversation_id or None,
        "slice": problem.slice or None,
        "is_loss": problem.is_loss,
    }


def source_object(info: SourceInfo) -> dict[str, object]:
    """A source that the archive keeps."""
    values = asdict(info) | {"imported_at": utc(info.imported_at), "newest": utc(info.newest)}
    values["made"] = None if info.made == UNDATED else utc(info.made)
    del values["key"]
    return values


def gaps_object(report: GapReport, reports: Sequence[ImportReport]) -> dict[str, object]:
    """What the exports leave missing, and what of them could not be read."""
    return {
        "not_read": [
            {"sources": [source.path for source in each.sources], "what": problem.what, "where": problem.where}
            for each in with_losses(reports)
            for problem in each.problems
            if problem.is_loss
        ],
        "missing_assets": [_missing_object(entry) for entry in report.missing_assets],
        "replies": report.replies,
        "replies_without_model": report.replies_without_model,
        "damaged_texts": [
            {"conversation_id": id_, "title": title, "replacement_characters": count}
            for id_, title, count in report.damaged_texts
        ],
        "left_out": [
            {"conversation_id": id_, "title": title, "what": sentence} for id_, title, sentence in report.left_out
        ],
        "not_in_newest": [
            {"conversation_id": id_, "title": title, "newest_export": utc(date)}
            for id_, title, date in report.not_in_newest
        ],
        "unused_files": [asdict(file) for file in report.unused_files],
    }


def _missing_object(entry: AssetEntry) -> dict[str, object]:
    reference = entry.reference
    return {
        "conversation_id": entry.conversation_id,
        "title": entry.title,
        "message_id": entry.message_id,
        "time": utc(entry.created),
        "pointer": reference.pointer,
        "media": reference.media,
        "name": reference.name or None,
    }


def check_object(report: CheckReport) -> dict[str, object]:
    """Whether the archive is whole."""
    return {
        "is_whole": report.is_whole,
        "originals": report.originals,
        "conversations": report.conversations,
        "damaged": [problem_object(problem) for problem in report.damaged],
        "checked_at": utc(report.checked_at),
    }


def _named(counts: Mapping[str, int]) -> dict[str, int]:
    """Counts, of which the one that has no name gets one."""
    return {name or NOT_RECORDED: count for name, count in counts.items()}
