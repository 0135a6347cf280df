"""What a Markdown parser makes of a text: where its code lies, and whether anything in it could act.

markdown-it takes 50 ms to import and many exports never ask, so it is imported with the first question.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from archiver.exporters.links import is_safe_url

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

HARMLESS_TAG = re.compile(r"</?(?:br|sub|sup)\s*/?>", re.IGNORECASE)
"""Tags without attributes that tables and formulas need."""

_SENTINEL_WORDS = "\ue000end\ue000"
_SENTINEL = f"\n\n# {_SENTINEL_WORDS}"


@cache
def _blocks() -> MarkdownIt:
    """Blocks only, with HTML taken for text: the structure a text has once every tag in it is escaped."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").disable("html_block")
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


@cache
def _readers() -> tuple[MarkdownIt, ...]:
    """How others will read it: plain CommonMark and the tables and strikes of GitHub and Obsidian, HTML switched on."""
    from markdown_it import MarkdownIt

    parsers = (MarkdownIt("commonmark"), MarkdownIt("js-default", {"html": True}))
    for parser in parsers:
        parser.validateLink = _any  # type: ignore[method-assign]
    return parsers


def _any(url: str) -> bool:
    """Let bad links through, so that they are seen."""
    return bool(url) or not url


def code_lines(text: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Line ranges of code blocks, and of the stretches of ordinary text."""
    code, inline = [], []
    for token in _blocks().parse(text):
        if token.map is None:
            continue
        if token.type in {"fence", "code_block"}:
            code.append((token.map[0], token.map[1]))
        elif token.type == "inline":
            inline.append((token.map[0], token.map[1]))
    return code, inline


def is_open_at_end(text: str) -> str:
    """The fence that would swallow whatever is written behind ``text``; empty when there is none."""
    tokens = _blocks().parse(text + _SENTINEL)
    last = tokens[-1] if tokens else None
    return last.markup if last is not None and last.type == "fence" and _SENTINEL_WORDS in last.content else ""


def is_harmless(text: str) -> bool:
    """Whether no reader finds HTML, a picture or a bad link in ``text``, or draws what stands behind it into it."""
    for reader in _readers():
        tokens = reader.parse(text + _SENTINEL)
        if not tokens or tokens[-2].content != _SENTINEL_WORDS or any(_acts(token) for token in tokens):
            return False
    return True


def _acts(token: Token) -> bool:
    if token.type in {"html_block", "image"}:
        return True
    if token.type == "html_inline":
        return HARMLESS_TAG.fullmatch(token.content.strip()) is None
    if token.type == "link_open":
        return not is_safe_url(str(token.attrs.get("href", "")))
    return any(_acts(child) for child in token.children or ())
