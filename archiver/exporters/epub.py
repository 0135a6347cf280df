"""Conversations as a book: EPUB 3 with a title page, chapters, dates and pictures, to keep and to read offline.

The same conversations give the same bytes: the book's own date is that of its latest message. One conversation is in
memory at a time, and a very long one is cut into several files, which readers need to open it quickly.
"""

from __future__ import annotations

import uuid
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from archiver.exporters.encoded import encoded
from archiver.exporters.epub_frame import CONTAINER, STYLE, Book, Entry, Item, contents, package, title_page, xhtml
from archiver.exporters.epub_pictures import Pictures
from archiver.exporters.markup import escaped
from archiver.exporters.moments import moment, utc
from archiver.exporters.names import safe_name
from archiver.exporters.options import ExportOptions
from archiver.exporters.part_markup import part_html
from archiver.exporters.shown import Shown, View, speaker, title_of
from archiver.exporters.work import Work
from archiver.i18n import _
from archiver.records import Conversation
from archiver.text import when

_XHTML = "application/xhtml+xml"
_FILE = 300_000
"""Characters of one file of a chapter."""


@dataclass(slots=True)
class _Chapters:
    """What the book has so far."""

    items: list[Item] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    first: float | None = None
    last: float | None = None
    heading: str = ""

    def take(self, conversation: Conversation) -> None:
        """Note title, id and days of one conversation."""
        self.titles.append(title_of(conversation))
        self.ids.append(f"{conversation.provider}/{conversation.id}")
        times = [message.created for message in conversation.messages if message.created is not None]
        times += [conversation.created] if conversation.created is not None else []
        if times:
            self.first = min(times) if self.first is None else min(self.first, *times)
            self.last = max(times) if self.last is None else max(self.last, *times)


def write_epub(work: Work) -> None:
    """The whole book; nothing is written when there is no conversation."""
    conversations = work.all_conversations()
    first = next(conversations, None)
    if first is None:
        return
    title = work.options.book_title or (title_of(first) if len(work.ids) == 1 else _("Conversations"))
    mark = uuid.uuid5(uuid.NAMESPACE_URL, " ".join(work.ids)).hex[:8]
    key = f"epub:{mark}"
    path = work.folder.place(key, "", safe_name(title), ".epub", mark)
    work.folder.write_with(key, path, lambda file: _write(work, first, conversations, file))


def _write(work: Work, first: Conversation, rest: Iterator[Conversation], file: BinaryIO) -> None:
    pictures, chapters = Pictures(work), _Chapters()
    with zipfile.ZipFile(file, "w") as archive:
        _put(archive, "mimetype", b"application/epub+zip", zipfile.ZIP_STORED)
        _put(archive, "META-INF/container.xml", encoded(CONTAINER))
        _put(archive, "book/style.css", encoded(STYLE))
        for conversation in _chain(first, rest):
            for name, text in _chapter(conversation, work.options, chapters, pictures):
                _put(archive, f"book/{name}", encoded(text))
            for name, data in pictures.data:
                _put(archive, f"book/{name}", data, zipfile.ZIP_STORED)
            pictures.data.clear()
        book = _book(work.options, chapters)
        _put(archive, "book/title.xhtml", encoded(title_page(book)))
        _put(archive, "book/contents.xhtml", encoded(contents([Entry(book.title, "title.xhtml"), *chapters.entries])))
        items = [
            Item("style", "style.css", "text/css"),
            Item("title", "title.xhtml", _XHTML),
            Item("contents", "contents.xhtml", _XHTML, properties="nav"),
            *chapters.items,
            *pictures.items,
        ]
        spine = ["title", "contents", *(item.id for item in chapters.items)]
        _put(archive, "book/package.opf", encoded(package(book, items, spine)))


def _chain(first: Conversation, rest: Iterator[Conversation]) -> Iterator[Conversation]:
    yield first
    yield from rest


def _put(archive: zipfile.ZipFile, name: str, data: bytes, method: int = zipfile.ZIP_DEFLATED) -> None:
    entry = zipfile.ZipInfo(name)
    entry.compress_type = method
    archive.writestr(entry, data)


def _chapter(
    conversation: Conversation, options: ExportOptions, chapters: _Chapters, pictures: Pictures
) -> Iterator[tuple[str, str]]:
    """The files of one conversation, named in the table of contents by conversation or by month."""
    chapters.take(conversation)
    title = title_of(conversation)
    by_month = options.chapters == "month"
    heading = when.month(conversation.created) if by_month else title
    is_new = not by_month or heading != chapters.heading
    chapters.heading = heading
    level = 2 if by_month else 1
    opening = f'<h1 dir="auto">{escaped(heading)}</h1>\n' if by_month and is_new else ""
    opening += f'<h{level} dir="auto">{escaped(title)}</h{level}>\n'
    opening += f'<p class="date">{escaped(when.date(conversation.created))}</p>\n'
    body, size = [opening], 0
    for block in _blocks(conversation, options, pictures):
        if size > _FILE:
            yield _finish(chapters, heading if is_new else "", title, body)
            is_new, body, size = False, [], 0
        body.append(block)
        size += len(block)
    yield _finish(chapters, heading if is_new else "", title, body)


def _finish(chapters: _Chapters, entry: str, title: str, body: list[str]) -> tuple[str, str]:
    number = len(chapters.items) + 1
    name = f"chapter-{number:04d}.xhtml"
    chapters.items.append(Item(f"chapter-{number:04d}", name, _XHTML))
    if entry:
        chapters.entries.append(Entry(entry, name))
    return name, xhtml(title, f'<section epub:type="chapter">\n{"".join(body)}</section>\n')


def _blocks(conversation: Conversation, options: ExportOptions, pictures: Pictures) -> Iterator[str]:
    view = View(conversation, options)
    day = moment(conversation.created)
    today = day.date if day else ""
    for shown in view.current():
        local = moment(shown.message.created)
        is_new_day = local is not None and local.date != today
        today = local.date if local else today
        yield _block(shown, options, pictures, is_new_day=is_new_day)
    if options.branches == "all":
        for versions in view.others():
            yield f'<p class="date">{escaped(_("A branch that was not taken:"))}</p>\n'
            for shown in versions.messages:
                yield _block(shown, options, pictures, is_new_day=True)


def _block(shown: Shown, options: ExportOptions, pictures: Pictures, *, is_new_day: bool) -> str:
    message = shown.message
    words = [speaker(message, options)]
    if message.role == "assistant" and message.answered:
        words.append(message.answered)
    if message.created is not None:
        words.append(when.date_time(message.created) if is_new_day else when.time(message.created))
    parts = "\n".join(part_html(part, pictures.markup, is_user=message.role == "user") for part in shown.parts)
    kind = "user" if message.role == "user" else "reply"
    head = f'<p class="speaker">{escaped(" · ".join(words))}</p>'
    return f'<section class="{kind}">{head}\n<div class="words" dir="auto">{parts}</div></section>\n'


def _book(options: ExportOptions, chapters: _Chapters) -> Book:
    dates = list(dict.fromkeys(when.date(at) for at in (chapters.first, chapters.last) if at is not None))
    return Book(
        title=options.book_title or (chapters.titles[0] if len(chapters.titles) == 1 else _("Conversations")),
        people=tuple(filter(None, (options.user_name, options.model_name))),
        identifier=f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, ' '.join(chapters.ids))}",
        modified=utc(chapters.last) or "2000-01-01T00:00:00Z",
        dates=" – ".join(dates),
    )
