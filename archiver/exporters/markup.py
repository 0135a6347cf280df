"""Text of a message as HTML that cannot act: for pages, books and letters.

Everything is escaped first and only our own tags are put around it: ``markdown-it`` with HTML switched off, links by an
allow-list of schemes, pictures from elsewhere as words, no ``style`` attribute anywhere. Formulas keep their LaTeX as
it was written, since showing them needs a program of its own. Plain prose, which most messages are, skips the parser.
"""

from __future__ import annotations

import re
from collections.abc import MutableMapping, Sequence
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any

from archiver.exporters.links import reachable

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererHTML
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token
    from markdown_it.utils import OptionsDict

_BROKEN = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff"
_MARKED = re.compile(
    rf"[*_`\[\]<\\~|\r{_BROKEN}]|^[ \t]*(?:[#>+=-]|\d{{1,9}}[.)])|^(?: {{4}}| {{0,3}}\t)|  \n|&#?\w+;", re.MULTILINE
)
"""Anything that Markdown, or a page, would not show as it is."""
_UNSHOWN = re.compile(f"[{_BROKEN}]")
_KEPT_TAG = re.compile(r"<br\s*/?>|<(su[bp])>([^<\n]*)</\1>", re.IGNORECASE)
_PARAGRAPHS = re.compile(r"\n[ \t]*\n\s*")
_LONGEST = 1_000_000
"""Characters that the parser is given; longer text is shown as it was typed."""

_REL = 'rel="noopener noreferrer nofollow"'


def to_html(text: str, *, breaks: bool = False) -> str:
    """Markdown as HTML; ``breaks`` keeps line ends, as a person typed them."""
    if not _MARKED.search(text):
        return _prose(text, breaks=breaks)
    text = shown(text)
    if len(text) > _LONGEST:
        return f"<pre>{escape(text)}</pre>"
    rendered: str = _parser().render(text, {"breaks": breaks})
    return rendered.strip()


def shown(text: str) -> str:
    """``text`` without the characters that neither HTML nor XML can hold; U+FFFD stands for each."""
    return _UNSHOWN.sub("\ufffd", text)


def escaped(text: str) -> str:
    """``text`` between tags or inside quotes."""
    return escape(shown(text))


def link(url: str, words: str) -> str:
    """``words`` (already HTML) as a link, where the address leads somewhere ordinary."""
    address = reachable(url)
    return f'<a href="{escaped(address)}" {_REL}>{words}</a>' if address else words


def _prose(text: str, *, breaks: bool) -> str:
    blocks = (escape(block.strip("\n"), quote=False) for block in _PARAGRAPHS.split(text.strip()))
    if breaks:
        blocks = (block.replace("\n", "<br />\n") for block in blocks)
    return "\n".join(f"<p>{block}</p>" for block in blocks if block)


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    from archiver.text.cjk_emphasis import add_cjk_emphasis

    parser = MarkdownIt("js-default", {"html": False, "linkify": False, "typographer": False, "xhtmlOut": True})
    add_cjk_emphasis(parser)
    parser.normalizeLink = _address  # type: ignore[method-assign]
    parser.validateLink = _is_address  # type: ignore[method-assign]
    parser.inline.ruler.before("escape", "formula", _formula)
    parser.inline.ruler.before("autolink", "kept_tag", _kept_tag)
    for name, rule in (("image", _image), ("link_open", _link_open), ("th_open", _cell), ("td_open", _cell)):
        parser.add_render_rule(name, rule)
    return parser


def _address(url: str) -> str:
    """markdown-it's door for every address, asked before ``validateLink``: an empty one is no link."""
    return reachable(url)


def _is_address(url: str) -> bool:
    return bool(url)


def _formula(state: StateInline, silent: bool) -> bool:
    """``\\( … \\)`` and ``\\[ … \\]`` as they are, so that Markdown takes nothing inside for its own."""
    opener = state.src[state.pos : state.pos + 2]
    closer = {"\\(": "\\)", "\\[": "\\]"}.get(opener)
    if closer is None:
        return False
    end = state.src.find(closer, state.pos + 2, state.posMax)
    if end < 0:
        return False
    if not silent:
        token = state.push("code_inline", "code", 0)
        token.markup = "\\"
        token.content = state.src[state.pos : end + 2]
        token.attrSet("class", "formula")
    state.pos = end + 2
    return True


def _kept_tag(state: StateInline, silent: bool) -> bool:
    """``<br>`` in tables, ``<sub>`` and ``<sup>`` in units: the three tags that chats use for what Markdown lacks."""
    match = _KEPT_TAG.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "<" else None
    if match is None:
        return False
    if not silent:
        if match[1] is None:
            state.push("hardbreak", "br", 0)
        else:
            tag = match[1].lower()
            state.push(f"{tag}_open", tag, 1)
            state.push("text", "", 0).content = match[2]
            state.push(f"{tag}_close", tag, -1)
    state.pos = match.end()
    return True


def _image(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: MutableMapping[str, Any]
) -> str:
    """A picture from elsewhere would be fetched from there: its words stand for it, leading to it."""
    token = tokens[index]
    words = renderer.renderInlineAsText(token.children, options, env)
    url = str(token.attrGet("src") or "")
    return link(url, f"[{escaped(words or url)}]")


def _link_open(
    _renderer: RendererHTML, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: MutableMapping[str, Any]
) -> str:
    address = str(tokens[index].attrGet("href") or "")
    return f'<a href="{escaped(address)}" {_REL}>' if address else "<a>"


def _cell(
    _renderer: RendererHTML, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: MutableMapping[str, Any]
) -> str:
    """Alignment as a class: a ``style`` attribute is forbidden by the page's own policy."""
    style = str(tokens[index].attrGet("style") or "")
    side = style.removeprefix("text-align:")
    name = tokens[index].tag
    return f'<{name} class="{side}">' if side in {"left", "center", "right"} else f"<{name}>"
