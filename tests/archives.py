"""Real archives for tests: made from exports on the fly, and compared by what they say."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from archiver.archive import Archive
from archiver.cli.showing import conversation_object
from archiver.ingest import import_sources
from archiver.reports import ImportReport
from tests import builders


def archive_of(
    folder: Path, conversations: Sequence[Any], layout: builders.Layout = "single", **export: Any
) -> Archive:
    """An archive in ``folder`` with one export of these conversations imported."""
    path = builders.write_zip(folder / "export.zip", conversations, layout, **export)
    archive = Archive.open(folder / "archive", create=True)
    import_sources(archive, [path])
    return archive


def imported(archive_folder: Path, *paths: Path) -> ImportReport:
    """Import paths into the archive in a folder, made when missing; the report."""
    with Archive.open(archive_folder, create=True) as archive:
        report = import_sources(archive, paths)
    assert report.found == report.added + report.updated + report.unchanged + report.empty + report.failed
    return report


def dump(archive: Archive) -> dict[str, Any]:
    """Everything an archive says of its conversations, and nothing of how it came to know."""
    return {
        summary.id: conversation_object(archive.conversation(summary.id))
        for summary in sorted(archive.summaries(), key=lambda summary: summary.id)
    }


def dump_of(folder: Path) -> dict[str, Any]:
    """``dump`` of the archive in a folder."""
    with Archive.open(folder) as archive:
        return dump(archive)


def said(value: dict[str, Any]) -> list[str]:
    """The texts of a dumped conversation, in order, without empty ones."""
    texts = (part.get("text", "") for message in value["messages"] for part in message["parts"])
    return [text for text in texts if text]
