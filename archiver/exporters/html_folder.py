"""A folder of HTML pages: one a conversation, readable without any script, and a library page with search.

index.html               the library, by month
conversations/….html     one page each
assets/                  pictures, sounds, files
code/                    style and scripts
search/000.js …          the words of all messages, loaded when something is searched
"""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from archiver.exporters.articles import Article, articles
from archiver.exporters.encoded import encoded
from archiver.exporters.html_assets import linked_asset
from archiver.exporters.html_page import FOLDER_POLICY, data_block, page, resource, script_words, search_script
from archiver.exporters.links import path_target
from archiver.exporters.markup import escaped
from archiver.exporters.moments import moment
from archiver.exporters.shown import models, title_of
from archiver.exporters.work import Work
from archiver.i18n import _, ngettext
from archiver.records import Conversation
from archiver.text import when

_PIECE = 400_000
"""Characters of text in one file of ``search/``."""
_CODE = ("search.js", "reader.js", "page.js", "finder.js", "library.js", "style.css")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the library."""

    title: str
    address: str
    created: float | None
    facts: str
    words: tuple[tuple[str, str, str], ...]
    """Anchor, speaker and text of every message."""


def write_html(work: Work) -> None:
    """All pages of the folder."""
    for name in _CODE:
        text = search_script() if name == "search.js" else resource(name)
        work.folder.write(f"html:code:{name}", f"code/{name}", encoded(text))
    rows = sorted((_write_page(work, conversation) for conversation in work.all_conversations()), key=_newest_first)
    pieces = []
    for number, piece in enumerate(_pieces(rows)):
        name = f"search/{number:03d}.js"
        work.folder.write(f"html:search:{number:03d}", name, encoded(_piece_script(name, piece)))
        pieces.append(name)
    path = work.folder.place("html:", "", "index", ".html", "library")
    work.folder.write("html:", path, encoded(_library(rows, pieces)))


def _newest_first(row: Row) -> tuple[float, str]:
    return (-(row.created or 0.0), row.address)


def _write_page(work: Work, conversation: Conversation) -> Row:
    path = work.place(conversation, ".html", "conversations")
    places = work.places(conversation, path, with_documents=False)
    found = articles(conversation, work.options, linked_asset(places.assets, with_pictures=work.options.pictures))
    up = posixpath.relpath(".", posixpath.dirname(path) or ".")
    work.write_conversation(conversation, path, encoded(_page(conversation, found, up)))
    return Row(
        title_of(conversation),
        path_target(path),
        conversation.created,
        facts_of(conversation),
        tuple((article.anchor, article.speaker, article.words) for article in found if article.words),
    )


def _page(conversation: Conversation, found: list[Article], up: str) -> str:
    scripts = "".join(f'<script src="{up}/code/{name}" defer></script>\n' for name in ("reader.js", "page.js"))
    head = f'<link rel="stylesheet" href="{up}/code/style.css">\n{data_block("words", script_words())}{scripts}'
    body = (
        f'<header class="top"><p class="back"><a href="{up}/index.html">{escaped(_("All conversations"))}</a></p>\n'
        f"{title_html(conversation)}</header>\n<main>\n{''.join(article.html for article in found)}</main>\n"
    )
    return page(title_of(conversation), FOLDER_POLICY, head, body)


def title_html(conversation: Conversation) -> str:
    """What stands above the messages."""
    date = when.date_time(conversation.created)
    facts = " · ".join(filter(None, (date, facts_of(conversation))))
    return f'<h1 dir="auto">{escaped(title_of(conversation))}</h1>\n<p class="facts">{escaped(facts)}</p>\n'


def facts_of(conversation: Conversation) -> str:
    """Number of messages and the models that answered."""
    count = sum(1 for message in conversation.messages if not message.hidden)
    messages = ngettext("{count} message", "{count} messages", count).format(count=count)
    return " · ".join((messages, *models(conversation)))


def _pieces(rows: Iterable[Row]) -> Iterator[list[Row]]:
    piece: list[Row] = []
    size = 0
    for row in rows:
        piece.append(row)
        size += sum(len(text) for _anchor, _speaker, text in row.words)
        if size >= _PIECE:
            yield piece
            piece, size = [], 0
    if piece:
        yield piece


def _piece_script(name: str, rows: list[Row]) -> str:
    values = [[row.title, row.address, _date(row), row.words] for row in rows]
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return f"archivePiece({json.dumps(name)},{text});\n".replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _date(row: Row) -> str:
    local = moment(row.created)
    return local.date if local else ""


def _library(rows: list[Row], pieces: list[str]) -> str:
    scripts = ("search.js", "finder.js", "library.js")
    head = (
        '<link rel="stylesheet" href="code/style.css">\n'
        + data_block("words", script_words())
        + data_block("pieces", pieces)
        + "".join(f'<script src="code/{name}" defer></script>\n' for name in scripts)
    )
    talks = [(row.title, row.address, row.created, row.facts) for row in rows]
    return page(_("Conversations"), FOLDER_POLICY, head, library_html(talks))


def library_html(talks: list[tuple[str, str, float | None, str]]) -> str:
    """The library by month: (title, address, time, facts), newest first."""
    asked = escaped(_("Search all conversations"))
    pieces = [
        f'<div id="front">\n<h1>{escaped(_("Conversations"))}</h1>\n<p class="search">'
        f'<input type="search" id="search" placeholder="{asked}" aria-label="{asked}"></p>\n'
        '<p id="status" role="status"></p>\n<ul id="results" hidden></ul>\n<div id="library">\n'
    ]
    month = ""
    for name, address, created, facts in talks:
        heading = when.month(created)
        if heading != month:
            pieces.append(("</ul>\n" if month else "") + f'<h2>{escaped(heading)}</h2>\n<ul class="talks">\n')
            month = heading
        local = moment(created)
        date = f"{local.date} · " if local else ""
        pieces.append(
            f'<li><a href="{escaped(address)}"><span dir="auto">{escaped(name)}</span><br>'
            f'<span class="head">{escaped(date + facts)}</span></a></li>\n'
        )
    pieces.append(("</ul>\n" if month else "") + "</div>\n</div>\n")
    return "".join(pieces)
