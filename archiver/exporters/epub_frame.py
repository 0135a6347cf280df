"""The documents that every EPUB 3 needs: container, package, table of contents, and the frame of a chapter.

Pure strings. A keepsake names the people in it and the days it spans, and nothing else: no program, no place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archiver.exporters.markup import escaped
from archiver.i18n import _

CONTAINER = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="book/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>\n'
)

STYLE = """\
body { line-height: 1.5; }
h1 { margin: 2em 0 0.5em; }
.title-page { text-align: center; margin-top: 30%; }
.date, .speaker, .missing, figcaption { color: #666; font-size: 0.85em; }
.speaker { margin: 1.5em 0 0.2em; page-break-after: avoid; break-after: avoid; }
.user .words { border-left: 0.2em solid #ccc; padding-left: 0.8em; }
figure { margin: 1em 0; text-align: center; page-break-inside: avoid; break-inside: avoid; }
img { max-width: 100%; }
pre { white-space: pre-wrap; font-size: 0.85em; }
table { border-collapse: collapse; }
th, td { border: 1px solid #ccc; padding: 0.2em 0.5em; }
.left { text-align: left; }
.center { text-align: center; }
.right { text-align: right; }
.document { border: 1px solid #ccc; padding: 0 1em; }
"""


@dataclass(frozen=True, slots=True)
class Item:
    """One file of the book."""

    id: str
    name: str
    media_type: str
    properties: str = ""
    fallback: str = ""
    """Id of an item that a reader shows when it does not know this type."""


@dataclass(frozen=True, slots=True)
class Book:
    """What is said of the whole book."""

    title: str
    people: tuple[str, ...]
    identifier: str
    modified: str
    """A moment in UTC."""
    dates: str
    """The days it spans, in words."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the table of contents."""

    title: str
    name: str


def xhtml(title: str, body: str) -> str:
    """A whole XHTML document."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">\n'
        f'<head><title>{escaped(title)}</title><link rel="stylesheet" type="text/css" href="style.css"/></head>\n'
        f"<body>\n{body}</body>\n</html>\n"
    )


def title_page(book: Book) -> str:
    """Title, people and days."""
    people = f'<p class="people">{escaped(" · ".join(book.people))}</p>\n' if book.people else ""
    dates = f'<p class="date">{escaped(book.dates)}</p>\n' if book.dates else ""
    words = f'<h1 dir="auto">{escaped(book.title)}</h1>\n{people}{dates}'
    return xhtml(book.title, f'<section class="title-page" epub:type="titlepage">{words}</section>\n')


def contents(entries: Sequence[Entry]) -> str:
    """The table of contents, for people and for the reader's menu."""
    lines = "".join(
        f'<li><a href="{escaped(entry.name)}"><span dir="auto">{escaped(entry.title)}</span></a></li>\n'
        for entry in entries
    )
    title = escaped(_("Contents"))
    return xhtml(_("Contents"), f'<nav epub:type="toc" id="toc"><h1>{title}</h1>\n<ol>\n{lines}</ol></nav>\n')


def package(book: Book, items: Sequence[Item], spine: Sequence[str]) -> str:
    """The list of everything in the book, and the order of reading."""
    people = "".join(f"<dc:creator>{escaped(person)}</dc:creator>\n" for person in book.people)
    manifest = "".join(
        f'<item id="{item.id}" href="{escaped(item.name)}" media-type="{item.media_type}"'
        + (f' properties="{item.properties}"' if item.properties else "")
        + (f' fallback="{item.fallback}"' if item.fallback else "")
        + "/>\n"
        for item in items
    )
    order = "".join(f'<itemref idref="{id_}"/>\n' for id_ in spine)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="book-id">\n'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        f'<dc:identifier id="book-id">{book.identifier}</dc:identifier>\n'
        f"<dc:title>{escaped(book.title)}</dc:title>\n<dc:language>mul</dc:language>\n{people}"
        f'<meta property="dcterms:modified">{book.modified}</meta>\n</metadata>\n'
        f"<manifest>\n{manifest}</manifest>\n<spine>\n{order}</spine>\n</package>\n"
    )
