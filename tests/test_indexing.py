"""Which words of a message belong to which section of the search language."""

from __future__ import annotations

from pathlib import Path

from archiver.archive import Archive
from archiver.indexing import sections_of
from archiver.ingest import import_sources
from archiver.records import Citation, Message, Notice, Quote, Text
from tests import builders


def test_titles_of_sources_and_details_are_metadata() -> None:
    """The text names a source by its site alone."""
    text = Text(
        "It is long (rivers.example.org).", (Citation(12, 30, "Rivers of Europe", "https://rivers.example.org"),)
    )
    message = Message("it", None, "assistant", (text,), notes=("a note",), details=(("args", "longest river"),))
    assert dict(sections_of(message)) == {
        "text": text.text,
        "metadata": "Rivers of Europe\n\na note\n\nargs: longest river",
    }


def test_the_address_of_a_quoted_page_is_metadata() -> None:
    """People remember where something came from."""
    message = Message("it", None, "tool", (Quote("Rivers are long.", "Rivers", "https://rivers.example.org/long"),))
    assert dict(sections_of(message)) == {
        "text": "Rivers\nRivers are long.",
        "metadata": "https://rivers.example.org/long",
    }


def test_the_name_of_an_error_is_found_with_it() -> None:
    """People look for the name."""
    message = Message("it", None, "tool", (Notice("The page did not answer.", "BrowserTimeout"),))
    assert dict(sections_of(message)) == {"tool": "BrowserTimeout\nThe page did not answer."}


def test_facts_of_a_conversation_are_found_in_its_metadata(tmp_path: Path) -> None:
    """Also what a future export adds."""
    source = builders.write_zip(tmp_path / "export.zip", [builders.conversation("A talk", season="springtime")])
    with Archive.open(tmp_path / "archive", create=True) as archive:
        import_sources(archive, [source])
        assert archive.search("springtime").total == 0
        (hit,) = archive.search("in:metadata springtime").hits
        assert (hit.title, hit.message_id) == ("A talk", "")
