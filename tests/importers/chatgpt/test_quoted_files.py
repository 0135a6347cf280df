"""Documents that only quotes name."""

from __future__ import annotations

from pathlib import Path

from archiver.archive import Archive
from archiver.records import AssetReference
from tests import builders
from tests.archives import imported
from tests.importers.understanding import messages

_HERE, _GONE = "file-AAAAbbbb1111CCCCdddd2222", "file_00ff00ff00ff00ff00ff00ff00ff00ff"


def quoted(url: str, title: str = "doc.pdf") -> builders.Draft:
    """A passage that was put before the model."""
    return builders.tool("myfiles_browser", builders.quote("A passage.", title, url))


def references(*turns: builders.Turn) -> list[list[str]]:
    """The files that each message names."""
    return [
        [part.pointer for part in message.parts if isinstance(part, AssetReference)] for message in messages(*turns)
    ]


def test_each_quoted_document_is_named_once() -> None:
    """By the first quote of it; addresses of the web are no files."""
    found = references(
        quoted(_HERE), quoted(_HERE), quoted(f"sediment://{_GONE}"), quoted("https://example.org/file-1")
    )
    assert found == [[_HERE], [], [f"sediment://{_GONE}"], []]


def test_a_document_that_a_message_has_attached_is_not_named_again() -> None:
    """The attachment knows more of it."""
    asked = builders.user("Read it.", metadata={"attachments": [{"id": _HERE, "name": "doc.pdf", "size": 5}]})
    assert references(quoted(_HERE), asked) == [[], [_HERE]]


def test_quoted_documents_are_found_or_missing_and_never_unused(tmp_path: Path) -> None:
    """One is in the zip, one is not."""
    talk = builders.conversation("A talk", [quoted(_HERE), quoted(_GONE, "lost.pdf")])
    path = builders.write_zip(tmp_path / "export.zip", [talk], extra={f"{_HERE}-doc.pdf": b"%PDF-1.4"})
    report = imported(tmp_path / "archive", path)
    assert (report.assets_found, report.assets_missing, report.assets_unused) == (1, 1, 0)
    with Archive.open(tmp_path / "archive") as archive:
        assert [entry.reference.name for entry in archive.gaps().missing_assets] == ["lost.pdf"]
