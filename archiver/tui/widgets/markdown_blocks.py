"""Markdown -> blocks.

Unlike Textual's Markdown widget this makes no widgets, keeps the author's line breaks and list numbers, and gives
anything that would take long, or of which words would be lost, back as plain text.
"""

from __future__ import annotations

import html  # noqa: F401 (before markdown-it; see test_what_markdown_needs_of_html_is_there_before_it)
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from archiver.records import Citation
from archiver.text.cjk_emphasis import add_cjk_emphasis
from archiver.tui import terminal
from archiver.tui.widgets.blocks import Alignment, Block, Cell, Mark, Table
from archiver.tui.widgets.inline_markdown import Inline, link_to, with_sentinels
from archiver.tui.widgets.math_markdown import add_formulas

LONGEST = 32_000
"""Characters of Markdown parsed in one piece."""

_DEEPEST = 60
_MANY_BRACKETS = 600
_MANY_COLUMNS = 40
_FENCE = re.compile(r"^ {0,3}(?:`{3,}|~{3,})")


@cache
def _parser() -> MarkdownIt:
    # Raw HTML stays text, and so do links of a scheme that could do harm.
    markdown = MarkdownIt("commonmark", {"html": False, "maxNesting": _DEEPEST}).enable(["table", "strikethrough"])
    add_formulas(markdown)
    add_cjk_emphasis(markdown)
    return markdown


def markdown_blocks(text: str, citations: Sequence[Citation] = ()) -> list[Block]:
    """The blocks of a text written in Markdown."""
    if _would_take_long(text):
        return plain_blocks(text)
    # The parser would make another sign of it than is made of it everywhere else.
    marked, used = with_sentinels(text.replace("\0", "␀"), citations)
    environment: dict[str, dict[str, dict[str, str]]] = {}
    tokens = _parser().parse(marked, environment)
    if any(token.level >= _DEEPEST - 1 for token in tokens):
        return plain_blocks(text)
    blocks = list(_Builder(tokens, Inline(used)).blocks())
    blocks += _link_definitions(environment.get("references", {}))
    return blocks or plain_blocks(text)


def plain_blocks(text: str) -> list[Block]:
    """The blocks of a text that is to be shown as it stands, addresses being links."""
    inline = Inline()
    inline.add_tokens([Token("text", "", 0, content=text.strip("\n"))])
    return [Block("text", _tabs_out(inline.text), tuple(inline.marks))]


def typed_blocks(text: str) -> list[Block]:
    """The blocks of what a person typed: as it stands, except that fenced code is code."""
    blocks: list[Block] = []
    words: list[str] = []
    lines = iter(text.split("\n"))
    for line in lines:
        fence = _FENCE.match(line)
        if fence is None:
            words.append(line)
            continue
        mark = fence.group().strip()
        code: list[str] = []
        closing = ""
        for inner in lines:
            if inner.strip().startswith(mark) and not inner.strip().strip(mark[0]):
                closing = inner
                break
            code.append(inner)
        if not closing:
            words += [line, *code]
            continue
        blocks += plain_blocks("\n".join(words)) if "".join(words).strip() else []
        words = []
        blocks.append(code_block("\n".join(code), line.strip().strip(mark[0]).strip()))
    if "".join(words).strip() or not blocks:
        blocks += plain_blocks("\n".join(words))
    return blocks


def code_block(text: str, language: str) -> Block:
    """Program code."""
    name = language.partition(" ")[0][:40]
    return Block("code", terminal.shown(text).expandtabs(4), language=terminal.shown(name), source=text)


def _would_take_long(text: str) -> bool:
    if len(text) > LONGEST or text.count("[") > _MANY_BRACKETS:
        return True
    return "|" in text and max(line.count("|") for line in text.split("\n")) > _MANY_COLUMNS


def _tabs_out(text: str) -> str:
    """Tabs as spaces, one to four, without moving the marks: a tab in a chat is an indent or a column of a paste."""
    return text.replace("\t", " ") if "\t" in text else text


def _link_definitions(references: dict[str, dict[str, str]]) -> Iterator[Block]:
    """Addresses that were listed apart from the text; Markdown hides them, an archive shows them."""
    for label, reference in references.items():
        inline = Inline()
        inline.add(f"[{label}]: ")
        inline.add(reference.get("href", ""), "link", link_to(reference.get("href", "")))
        inline.add(f" {reference['title']}" if reference.get("title") else "")
        yield Block("text", inline.text, tuple(inline.marks), style="dim", gap=False)


@dataclass(slots=True)
class _Builder:
    """Walks the tokens of one text."""

    tokens: list[Token]
    inline: Inline
    leads: list[str] = field(default_factory=list)
    """What stands before each line: bars of quotes and indents of lists, from the outside in."""
    bullets: list[str] = field(default_factory=list)
    """What stands before the first line of the next block: as the leads, but with bullets not yet written."""
    quotes: int = 0
    begins_list: bool = False
    """Whether the next paragraph is the first of an outermost list: a line apart from what comes before."""

    def blocks(self) -> Iterator[Block]:
        index = 0
        while index < len(self.tokens):
            token = self.tokens[index]
            match token.type:
                case "inline":
                    yield self._paragraph(token, self.tokens[index - 1])
                case "fence" | "code_block":
                    yield self._led(code_block(token.content.rstrip("\n"), token.info.strip()))
                case "math_block":
                    yield self._led(Block("text", terminal.shown(token.content), style="math"))
                case "hr":
                    yield self._led(Block("rule"))
                case "table_open":
                    end = next(n for n in range(index, len(self.tokens)) if self.tokens[n].type == "table_close")
                    yield self._led(self._table(self.tokens[index:end]))
                    index = end
                case "list_item_close" if self.bullets != self.leads:
                    yield self._led(Block("text", gap=False))
                    self._enter_or_leave(token)
                case _:
                    self._enter_or_leave(token)
            index += 1

    def _enter_or_leave(self, token: Token) -> None:
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                self.begins_list = not any(map(str.isspace, self.leads))
            case "blockquote_open":
                self._lead("▎ ", "▎ ")
                self.quotes += 1
            case "list_item_open":
                bullet = f"{token.info}{token.markup} " if token.info else "• "
                self._lead(" " * len(bullet), bullet)
            case "blockquote_close" | "list_item_close":
                self.leads.pop()
                self.bullets.pop()
                if token.type == "blockquote_close":
                    self.quotes -= 1
            case _:
                pass

    def _lead(self, lead: str, bullet: str) -> None:
        self.leads.append(lead)
        self.bullets.append(bullet)

    def _led(self, block: Block) -> Block:
        first, rest = "".join(self.bullets), "".join(self.leads)
        self.bullets = list(self.leads)
        return replace(block, first=first, rest=rest)

    def _paragraph(self, token: Token, opening: Token) -> Block:
        text, marks = self._words(token)
        is_heading = opening.type == "heading_open"
        style = f"heading{min(3, int(opening.tag[1]))}" if is_heading else "quote" if self.quotes else ""
        gap = not opening.hidden or self.begins_list
        self.begins_list = False
        return self._led(Block("text", _tabs_out(text), marks, style=style, gap=gap))

    def _words(self, token: Token) -> tuple[str, tuple[Mark, ...]]:
        self.inline.text, self.inline.marks = "", []
        self.inline.add_tokens(token.children or [])
        return self.inline.text, tuple(self.inline.marks)

    def _table(self, tokens: Sequence[Token]) -> Block:
        rows: list[list[Cell]] = []
        alignments: list[Alignment] = []
        text = ""
        marks: list[Mark] = []
        for token in tokens:
            match token.type:
                case "tr_open":
                    rows.append([])
                    text += "\n" if text else ""
                case "th_open":
                    alignments.append(_alignment(str(token.attrs.get("style", ""))))
                case "inline":
                    words, cell_marks = self._words(token)
                    text += "\t" if rows[-1] else ""
                    offset = len(text)
                    text += _tabs_out(words.replace("\n", " "))
                    rows[-1].append(Cell(offset, len(text)))
                    marks += [mark._replace(start=mark.start + offset, end=mark.end + offset) for mark in cell_marks]
        marks += [Mark(start, end, "strong") for start, end in rows[0]]
        table = Table(tuple(map(tuple, rows)), tuple(alignments))
        return Block("table", text, tuple(marks), table=table)


def _alignment(style: str) -> Alignment:
    return "right" if "right" in style else "center" if "center" in style else "left"
