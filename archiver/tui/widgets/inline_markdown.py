"""Words inside one Markdown block: the text as it is shown, and marks for emphasis, links, code and sources."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archiver.i18n import _
from archiver.records import Citation
from archiver.tui import terminal
from archiver.tui.widgets.blocks import Mark, Target

if TYPE_CHECKING:
    from markdown_it.token import Token

CITED_FROM, CITED_TO = "\ufdd0", "\ufdd1"
"""Stand around cited words while Markdown is parsed. Unicode promises that no text contains them."""

_SENTINELS = re.compile(f"[{CITED_FROM}{CITED_TO}]")
_ADDRESS = re.compile(r"https?://[^\s<>\"'`「」（）【】，。；]+[^\s<>\"'`「」（）【】，。；.,:;!?)\]}*_…]")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_STYLES = {"em_open": "em", "strong_open": "strong", "s_open": "strike"}


@dataclass(slots=True)
class Inline:
    """Collects shown text and marks, piece by piece."""

    citations: Sequence[Citation] = ()
    next_citation: int = 0
    text: str = ""
    marks: list[Mark] = field(default_factory=list)
    _open: list[tuple[int, str, Target | None]] = field(default_factory=list)
    _cited_from: int = -1

    def add(self, source: str, style: str = "", target: Target | None = None) -> None:
        """Append a piece of stored text."""
        begin = len(self.text)
        for piece in re.split(f"([{CITED_FROM}{CITED_TO}])", source):
            if piece == CITED_FROM:
                self._cited_from = len(self.text)
            elif piece == CITED_TO:
                self._end_citation()
            else:
                self.text += terminal.shown(piece)
        if style and len(self.text) > begin:
            self.marks.append(Mark(begin, len(self.text), style, target))

    def add_tokens(self, tokens: Sequence[Token]) -> None:
        """Append the words of a parsed paragraph."""
        for token in tokens:
            match token.type:
                case "text":
                    self._add_words(token.content)
                case "softbreak" | "hardbreak":
                    self.text += "\n"
                case "code_inline":
                    self.add(token.content, "code")
                case "math":
                    self.add(token.content, "math")
                case "em_open" | "strong_open" | "s_open":
                    self._open.append((len(self.text), _STYLES[token.type], None))
                case "link_open":
                    self._open.append((len(self.text), "link", link_to(str(token.attrs.get("href", "")))))
                case "em_close" | "strong_close" | "s_close" | "link_close":
                    begin, style, target = self._open.pop()
                    self.marks.append(Mark(begin, len(self.text), style, target))
                case "image":
                    address = str(token.attrs.get("src", ""))
                    self.add(token.content or _("picture"), "link", link_to(address))
                case _:
                    self.add(token.content)

    def _add_words(self, words: str) -> None:
        words = _BREAK.sub("\n", words)
        if any(style == "link" for _begin, style, _target in self._open):
            self.add(words)
            return
        position = 0
        for match in _ADDRESS.finditer(words):
            self.add(words[position : match.start()])
            self.add(match.group(), "link", link_to(match.group()))
            position = match.end()
        self.add(words[position:])

    def _end_citation(self) -> None:
        begin, self._cited_from = self._cited_from, -1
        if begin < 0 or self.next_citation >= len(self.citations):
            return
        citation = self.citations[self.next_citation]
        self.next_citation += 1
        if begin < len(self.text):
            self.marks.append(Mark(begin, len(self.text), "source", link_to(citation.url) if citation.url else None))


def link_to(address: str) -> Target:
    """What a click on a link asks for."""
    return ("link", _SENTINELS.sub("", address))


def with_sentinels(text: str, citations: Sequence[Citation]) -> tuple[str, tuple[Citation, ...]]:
    """``text`` with sentinels around the words that name a source, and the citations in their order."""
    text = _SENTINELS.sub("\ufffd", text)
    pieces: list[str] = []
    used: list[Citation] = []
    position = 0
    for citation in sorted(citations, key=lambda citation: (citation.start, citation.end)):
        if position <= citation.start < citation.end <= len(text):
            cited = text[citation.start : citation.end]
            pieces += [text[position : citation.start], CITED_FROM, cited, CITED_TO]
            position = citation.end
            used.append(citation)
    pieces.append(text[position:])
    return "".join(pieces), tuple(used)
