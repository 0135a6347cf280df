"""One HTML file that holds everything: library, conversations, pictures, search. For a stick, a mail, a lawyer.

Each conversation stands in it as a block of data that the browser does not read until it is opened or searched. Blocks
are written one after the other, so the file may be larger than memory.
"""

from __future__ import annotations

from collections.abc import Iterator

from archiver.errors import ArchiveDamaged, DamagedSource
from archiver.exporters.articles import articles
from archiver.exporters.encoded import encoded
from archiver.exporters.html_assets import asset_html, data_address
from archiver.exporters.html_folder import facts_of, library_html, title_html
from archiver.exporters.html_page import data_block, file_policy, page, resource, script_words, search_script
from archiver.exporters.moments import moment
from archiver.exporters.part_markup import AssetMarkup, missing_html, named_html
from archiver.exporters.shown import title_of
from archiver.exporters.work import Work
from archiver.i18n import _
from archiver.records import AssetReference, Conversation

_LARGEST = 25_000_000
"""Bytes of a picture or sound that is still put into the file."""
_SPLIT = "<!-- conversations -->"


def write_html_file(work: Work) -> None:
    """The whole file."""
    path = work.folder.place("html-file:", "", "conversations", ".html", "library")
    work.folder.write_stream("html-file:", path, _chunks(work))


def _chunks(work: Work) -> Iterator[bytes]:
    """Conversations first, the library that names them last: its rows are known only then."""
    script = "".join((search_script(), *(resource(name) for name in ("reader.js", "finder.js", "book.js"))))
    style = resource("style.css")
    head = f"<style>{style}</style>\n"
    frame = page(_("Conversations"), file_policy(script, style), head, _SPLIT)
    before, after = frame.split(_SPLIT)
    yield encoded(before)
    rows: list[tuple[str, str, float | None, str]] = []
    for number, conversation in enumerate(work.all_conversations()):
        found = articles(conversation, work.options, held_asset(work, conversation))
        html = f'<header class="top">{title_html(conversation)}</header>{"".join(article.html for article in found)}'
        words = [(article.anchor, article.speaker, article.words) for article in found if article.words]
        yield encoded(data_block(f"talk-{number}", {"html": html, "search": words}))
        rows.append((title_of(conversation), f"#c={number}", conversation.created, facts_of(conversation)))
    talks = [(title, local.date if (local := moment(created)) else "") for title, _address, created, _facts in rows]
    newest_first = sorted(rows, key=lambda row: (-(row[2] or 0.0), row[1]))
    yield encoded(
        data_block("talks", talks)
        + data_block("words", script_words())
        + library_html(newest_first)
        + f'<div id="view" hidden><p class="back"><a href="#">{_("All conversations")}</a></p><main></main></div>\n'
        + f"<script>{script}</script>\n"
        + after
    )


def held_asset(work: Work, conversation: Conversation) -> AssetMarkup:
    """Makes pictures and sounds part of the page itself."""

    def markup(part: AssetReference) -> str:
        asset = work.archive.find_assets([part]).get(part.pointer)
        if asset is None:
            return missing_html(part)
        if not work.options.pictures or part.media == "file" or asset.size > _LARGEST:
            return named_html(part)
        try:
            data = work.archive.read_asset(asset)
        except (ArchiveDamaged, DamagedSource) as error:
            work.note(str(error), conversation.id)
            return missing_html(part)
        return asset_html(part, data_address(data, asset.mime), is_beside=False)

    return markup
