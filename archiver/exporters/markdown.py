"""One conversation as Markdown that opens well everywhere and holds every word as it was written.

    Conversation -> View (path, branches, what is hidden) -> head + messages -> str

Pure: files, names and copies are made elsewhere. Everything a stranger could have written passes ``inert`` (text),
``plain`` (one line) or ``front_matter`` (YAML) on its way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from archiver.exporters.citations import cited
from archiver.exporters.front_matter import Bare, Value, front_matter, tag
from archiver.exporters.inert import fenced, inert, plain, quote
from archiver.exporters.latex import with_dollars
from archiver.exporters.links import is_safe_url, path_target, url_target
from archiver.exporters.moments import iso, moment
from archiver.exporters.names import code_extension, safe_name
from archiver.exporters.options import ExportOptions
from archiver.exporters.shown import Shown, Versions, View, models, speaker, title_of, written
from archiver.i18n import _
from archiver.records import (
    AssetReference,
    Code,
    Conversation,
    Document,
    Instructions,
    Memory,
    Message,
    Notice,
    Part,
    Quote,
    Reasoning,
    Speech,
    Text,
    ToolCall,
    ToolResult,
    Unknown,
)


@dataclass(frozen=True, slots=True)
class Places:
    """Where the things a conversation names lie, relative to its own file."""

    assets: Mapping[str, str] = field(default_factory=dict)
    """By pointer as the message has it; a missing one is not in any source."""
    documents: Mapping[str, str] = field(default_factory=dict)
    """Copies of canvas documents by id; their words stand in the conversation as well."""
    sources: tuple[tuple[str, str], ...] = ()
    """Name and SHA-256 of the exports that hold the conversation."""


def to_markdown(conversation: Conversation, options: ExportOptions, places: Places | None = None) -> str:
    """The whole file: front matter, title, the messages of the path, and the other branches as asked."""
    writer = _Writer(conversation, options, places or Places())
    return "".join(writer.pieces())


def head(conversation: Conversation, places: Places) -> str:
    """The front matter."""
    title = title_of(conversation)
    counts = models(conversation)
    values: dict[str, Value] = {
        "title": title,
        "aliases": (title,),
        "conversation_id": conversation.id,
        "created": Bare(iso(conversation.created)),
        "updated": Bare(iso(conversation.updated)),
        "models": counts,
        "message_count": sum(1 for message in conversation.messages if not message.hidden),
        "provider": conversation.provider,
        "project": conversation.project,
        "default_model": conversation.default_model,
        "archived": conversation.is_archived or "",
        "source": tuple(name for name, _digest in places.sources),
        "source_sha256": tuple(digest for _name, digest in places.sources),
        "tags": tuple(dict.fromkeys((tag(conversation.provider), *(tag(f"model/{slug}") for slug in counts)))),
    }
    return front_matter(values)


def block_of(shown: Shown, options: ExportOptions, places: Places, *, quoted: bool = False) -> str:
    """The words of one message, without a heading; ``quoted`` as a quote."""
    block = _Writer(Conversation("", "", "", ()), options, places, quoted=quoted).words(shown)
    return quote(block) if quoted else block


class _Writer:
    """Writes one conversation; remembers the day, so that the date is said once a day."""

    def __init__(
        self, conversation: Conversation, options: ExportOptions, places: Places, *, quoted: bool = False
    ) -> None:
        self._conversation = conversation
        self._options = options
        self._places = places
        self._is_obsidian = options.style == "obsidian"
        self._is_quoted = quoted or self._is_obsidian
        self._day = ""
        self._number = 0
        self._notes: list[str] = []

    def pieces(self) -> Iterator[str]:
        yield from self._body()
        # Footnotes inside a quote are not found by every reader, so they all stand at the end.
        if self._notes:
            yield "\n" + "\n".join(self._notes) + "\n"

    def _body(self) -> Iterator[str]:
        view = View(self._conversation, self._options)
        yield head(self._conversation, self._places)
        yield f"\n# {plain(title_of(self._conversation))}\n"
        for shown in view.current():
            yield self._message(shown)
        others = view.others()
        if not others:
            return
        yield f"\n## {_('Other versions')}\n"
        if self._options.branches == "current":
            yield "\n"
            yield from (self._mention(versions) for versions in others)
        else:
            for versions in others:
                self._day = ""
                yield f"\n---\n\n*{_('A branch that was not taken:')}*\n"
                for shown in versions.messages:
                    yield self._message(shown)

    def _mention(self, versions: Versions) -> str:
        fork = versions.fork
        words = " ".join(written(fork.message).split())
        words = words if len(words) <= 80 else words[:80].rstrip() + "…"
        return f"- {self._heading(fork)}: {plain(words)}\n"

    def words(self, shown: Shown) -> str:
        """Every part of a message as a block."""
        return "\n\n".join(block for part in shown.parts if (block := self._block(part, shown.message)))

    def _message(self, shown: Shown) -> str:
        self._number += 1
        blocks = [block for part in shown.parts if (block := self._block(part, shown.message))]
        if self._options.citations == "footnotes":
            self._notes += [line for part in shown.parts if isinstance(part, Text) for line in self._footnotes(part)]
        heading = self._heading(shown)
        if not self._is_obsidian:
            return f"\n## {heading}\n\n" + "\n\n".join(blocks) + "\n"
        folded = "-" if shown.message.hidden else ""
        kind = {"user": "user", "assistant": "assistant"}.get(shown.message.role, "note")
        return "\n".join([f"\n> [!{kind}]{folded} {heading}", *(f">\n{quote(block)}" for block in blocks), ""])

    def _heading(self, shown: Shown) -> str:
        message = shown.message
        words = [_plain(speaker(message, self._options))]
        if message.role == "assistant":
            words.append(_model(message))
        if any(type(part) is Speech for part in message.parts):
            words.append(_("spoken"))
        words.append(self._when(message.created))
        if shown.branch.of > 1:
            words.append(_("version {number} of {of}").format(number=shown.branch.number, of=shown.branch.of))
        if message.status:
            words.append(plain(message.status))
        return " · ".join(words)

    def _when(self, created: float | None) -> str:
        local = moment(created)
        if local is None:
            return _("time not recorded")
        date, clock, _second, offset = local
        if date == self._day:
            return f"{clock} {offset}"
        self._day = date
        return f"{date} {clock} {offset}"

    def _block(self, part: Part, message: Message) -> str:
        match part:
            case Text():
                return self._text(part)
            case Speech():
                return self._inert(part.text)
            case Code():
                return fenced(part.text, part.language)
            case AssetReference():
                return self._asset(part)
            case Document():
                return self._document(part)
            case Reasoning():
                return self._folded(part.title or _("Thoughts"), self._inert(part.text))
            case ToolCall():
                return self._folded(
                    _("To {tool}").format(tool=part.tool or _("Tool")), fenced(part.text, part.language)
                )
            case ToolResult():
                words = _("From {tool}").format(tool=part.tool or message.author or _("Tool"))
                return self._folded(f"{words} ({part.status})" if part.status else words, fenced(part.text))
            case Quote():
                return self._quote(part)
            case Memory():
                return f"*{_('Noted:')}*\n\n{self._inert(part.text)}"
            case Instructions():
                return self._instructions(part)
            case Notice():
                return quote(self._inert(part.text, quoted=True))
            case Unknown():
                return self._folded(_("Not understood: {label}").format(label=part.label), fenced(part.raw, "json"))

    def _text(self, part: Text) -> str:
        text = part.text
        if part.citations:
            prefix = f"{self._number}" if self._options.citations == "footnotes" else ""
            text = cited(text, part.citations, footnote_prefix=prefix)
        if self._options.latex == "dollar":
            text = with_dollars(text)
        return self._inert(text)

    def _footnotes(self, part: Text) -> Iterator[str]:
        for number, citation in enumerate(part.citations, 1):
            title = plain(citation.title or citation.url)
            link = f"[{title}]({url_target(citation.url)})" if citation.url and is_safe_url(citation.url) else title
            yield f"[^{self._number}-{number}]: {link}"

    def _inert(self, text: str, *, quoted: bool = False) -> str:
        return inert(text, obsidian=self._is_obsidian, quoted=quoted or self._is_quoted)

    def _asset(self, part: AssetReference) -> str:
        words = plain(part.caption or part.name)
        place = self._places.assets.get(part.pointer)
        if place is None:
            kind = {"image": _("Picture"), "audio": _("Sound"), "video": _("Video")}.get(part.media, _("File"))
            return (
                "*["
                + _("{kind} not in the export: {name}").format(kind=kind, name=plain(part.name or part.pointer))
                + "]*"
            )
        if part.media == "image":
            return f"![{words}]({path_target(place)})"
        return f"[{plain(part.name) or plain(place.rpartition('/')[2])}]({path_target(place)})"

    def _document(self, part: Document) -> str:
        title = plain(part.title or part.id)
        place = self._places.documents.get(part.id)
        name = f"[{title}]({path_target(place)})" if place is not None else f"**{title}**"
        return _("Document: {name}").format(name=name) + f"\n\n{document_text(part)}"

    def _quote(self, part: Quote) -> str:
        title = plain(part.title or part.url)
        if part.url and is_safe_url(part.url):
            title = f"[{title}]({url_target(part.url)})"
        words = self._inert(part.text, quoted=True)
        return quote(f"{title}\n\n{words}" if title else words)

    def _instructions(self, part: Instructions) -> str:
        blocks = []
        if part.about_user:
            blocks += [f"*{_('About you:')}*", self._inert(part.about_user)]
        if part.about_model:
            blocks += [f"*{_('How to answer:')}*", self._inert(part.about_model)]
        return "\n\n".join(blocks)

    def _folded(self, title: str, body: str) -> str:
        if self._is_obsidian:
            return f"> [!note]- {plain(title)}\n" + quote(body)
        return f"<details>\n<summary>{_summary(title)}</summary>\n\n{body}\n\n</details>"


def document_file(part: Document) -> tuple[str, str, str]:
    """Name, extension and content of a canvas document as a file of its own: a program as it is, words as Markdown."""
    name = safe_name(part.title, fallback=_("Document"))
    if not part.format.startswith("code"):
        return name, ".md", f"{inert(part.text)}\n"
    extension = code_extension(part.format.partition("/")[2])
    return name.removesuffix(extension), extension, part.text


def document_text(part: Document) -> str:
    """A canvas document as a block: code in a fence, words as they are."""
    language = part.format.partition("/")[2] if part.format.startswith("code") else ""
    return fenced(part.text, language) if part.format.startswith("code") else inert(part.text)


@lru_cache(maxsize=256)
def _plain(name: str) -> str:
    """The few names that stand above every message."""
    return plain(name)


def _model(message: Message) -> str:
    """Which model wrote a reply, and which was asked where that is another."""
    if not message.answered:
        return _("model not recorded")
    answered = _plain(message.answered)
    if message.asked and message.asked not in {message.answered, "auto"}:
        return _("{answered} (asked: {asked})").format(answered=answered, asked=_plain(message.asked))
    return answered


def _summary(title: str) -> str:
    """A title inside our own HTML."""
    return " ".join(title.split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
