"""Sources as the metadata lists them."""

from __future__ import annotations

from typing import Any

import pytest

from archiver.importers.chatgpt.references import links_in, links_of_markdown, reference_ids, references, site
from archiver.importers.chatgpt.scene import Link
from archiver.records import Text
from tests import builders
from tests.importers.understanding import messages

PAGE = {"title": "Danube", "url": "https://www.example.org/d", "attribution": "Example"}


@pytest.mark.parametrize(
    ("value", "links"),
    [
        (PAGE, [Link("Example", "Danube", "https://www.example.org/d")]),
        (
            {"url": "https://www.example.org/d"},
            [Link("example.org", "https://www.example.org/d", "https://www.example.org/d")],
        ),
        ({"items": [PAGE], "url": "https://other.example/"}, [Link("Example", "Danube", "https://www.example.org/d")]),
        ({"items": [], "fallback_items": [PAGE, PAGE]}, [Link("Example", "Danube", "https://www.example.org/d")] * 2),
        (
            {"images": [{"image_result": {"title": "P", "content_url": "https://i.example/p"}}]},
            [Link("i.example", "P", "https://i.example/p")],
        ),
        ({"type": "file", "name": "book.pdf", "id": "file-1"}, [Link("book.pdf", "book.pdf", "")]),
        ({"title": "x", "url": "file-service://file-1"}, [Link("x", "x", "")]),
        ({"url": "javascript:alert(1)"}, []),
        ({"items": "x", "sources": [None, 4]}, []),
    ],
)
def test_links_of_a_reference(value: dict[str, Any], links: list[Link]) -> None:
    """Its list, the list it falls back to, or itself; only pages have an address."""
    assert list(links_in(value)) == links


def test_a_list_of_products_has_an_end() -> None:
    """Hundreds of links behind one marker help nobody."""
    assert len(list(links_in({"items": [PAGE] * 500}))) < 20


def test_ids_are_written_in_two_ways() -> None:
    """As text, or in three pieces; of the reference, or of its items."""
    pieces = {"turn_index": 0, "ref_type": "search", "ref_index": 3}
    value = {"refs": ["turn0search1", None, {"turn_index": "0"}], "items": [{"refs": [pieces]}]}
    assert list(reference_ids(value)) == ["turn0search1", "turn0search3"]


@pytest.mark.parametrize(
    ("alt", "words"),
    [
        ("([A](https://a.example), [B [b]](https://b.example/x_(y)))", "(A, B [b])"),
        ("![P](https://p.example/p.png)", "P"),
        ("plain [text] (no link)", "plain [text] (no link)"),
        ('[A](https://a.example "title")', "A"),
        ("[A](javascript:x)", "[A](javascript:x)"),
    ],
)
def test_markdown_links_lose_their_brackets(alt: str, words: str) -> None:
    """Everything else of the provider's own wording stays."""
    assert "".join(piece for piece, _ in links_of_markdown(alt)) == words


@pytest.mark.parametrize("url", ["https://[", "https://", "http://www.", "https://xn--/"])
def test_an_address_that_is_none_has_no_site(url: str) -> None:
    """Nothing is raised."""
    assert isinstance(site(url), str)


@pytest.mark.parametrize("metadata", [{}, {"citations": None, "content_references": {}}, {"citations": [1, None]}])
def test_metadata_without_sources_has_none(metadata: dict[str, Any]) -> None:
    """Most messages."""
    assert references(metadata) == []


@pytest.mark.parametrize("kind", [["webpage"], {"a": 1}, 5, None, True])
def test_a_type_that_is_no_word_does_no_harm(kind: object) -> None:
    """The words of the message come first."""
    reference = {"type": kind, "items": [{"title": "A page", "url": "https://example.org"}]}
    found = messages(builders.assistant("It is so.", metadata={"content_references": [reference]}))
    assert [part.text for part in found[0].parts if isinstance(part, Text)] == ["It is so."]
