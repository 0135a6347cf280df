"""One part of a message as a block of Markdown.

Everything a stranger could have written passes ``inert`` (text), ``fenced`` (code) or ``plain`` (one line) on its way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from archiver.exporters.citations import cited
from archiver.exporters.inert import fenced, inert, plain, quote
from archiver.exporters.latex import with_dollars
from archiver.exporters.links import is_web_url, path_target, url_target
from archiver.exporters.names import code_extension, is_picture, safe_name
from archiver.exporters.options import ExportOptions
from archiver.exporters.plain_text import asset_words, missing_words
from archiver.i18n import _
from archiver.records import (
    AssetReference,
    Citation,
    Code,
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


class Blocks:
    """Makes blocks for one file; gathers the footnotes that belong at its end."""

    def __init__(self, options: ExportOptions, places: Places, *, quoted: bool = False) -> None:
        self.footnotes: list[str] = []
        self._options = options
        self._places = places
        self._is_obsidian = options.style == "obsidian"
        self._is_quoted = quoted or self._is_obsidian

    def of(self, part: Part, message: Message) -> str:
        """The block of one part; empty when there is nothing to see."""
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
                title = _("To {tool}").format(tool=part.tool or _("Tool"))
                return self._folded(title, fenced(part.text, part.language))
            case ToolResult():
                title = _("From {tool}").format(tool=part.tool or message.author or _("Tool"))
                return self._folded(f"{title} ({part.status})" if part.status else title, fenced(part.text))
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
            if self._options.citations == "footnotes":
                text = cited(text, part.citations, first_footnote=len(self.footnotes) + 1)
                for citation in part.citations:
                    self.footnotes.append(self._footnote(citation))
            else:
                text = cited(text, part.citations)
        if self._options.latex == "dollar":
            text = with_dollars(text)
        return self._inert(text)

    def _inert(self, text: str, *, quoted: bool = False) -> str:
        return inert(text, obsidian=self._is_obsidian, quoted=quoted or self._is_quoted)

    def _asset(self, part: AssetReference) -> str:
        place = self._places.assets.get(part.pointer)
        if place is None:
            words = missing_words(part) if self._options.pictures else asset_words(part)
            return f"*[{plain(words)}]*"
        if part.media == "image" and is_picture(place):
            return f"![{plain(part.caption or part.name)}]({path_target(place)})"
        return f"[{plain(part.name) or plain(place.rpartition('/')[2])}]({path_target(place)})"

    def _document(self, part: Document) -> str:
        title = plain(part.title or part.id)
        place = self._places.documents.get(part.id)
        name = f"[{title}]({path_target(place)})" if place is not None else f"**{title}**"
        is_code = part.format.startswith("code")
        words = fenced(part.text, part.format.partition("/")[2]) if is_code else self._inert(part.text)
        return _("Document: {name}").format(name=name) + f"\n\n{words}"

    def _quote(self, part: Quote) -> str:
        title = plain(part.title or part.url)
        if is_web_url(part.url):
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

    def _footnote(self, citation: Citation) -> str:
        title = plain(citation.title or citation.url)
        link = f"[{title}]({url_target(citation.url)})" if is_web_url(citation.url) else title
        return f"[^c{len(self.footnotes) + 1}]: {link}"


def document_file(part: Document) -> tuple[str, str, str]:
    """Name, extension and content of a canvas document as a file of its own: a program as it is, words as Markdown."""
    name = safe_name(part.title, fallback=_("Document"))
    if not part.format.startswith("code"):
        return name, ".md", f"{inert(part.text)}\n"
    extension = code_extension(part.format.partition("/")[2])
    return name.removesuffix(extension), extension, part.text


def _summary(title: str) -> str:
    """A title inside our own HTML."""
    return " ".join(title.split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
