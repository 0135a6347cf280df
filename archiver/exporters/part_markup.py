"""One part of a message as HTML; pages, books and letters differ only in how a picture or sound is put in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from archiver.exporters.citations import cited
from archiver.exporters.markup import escaped, link, to_html
from archiver.exporters.plain_text import asset_words, missing_words
from archiver.i18n import _
from archiver.records import (
    AssetReference,
    Code,
    Document,
    Instructions,
    Memory,
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

AssetMarkup: TypeAlias = Callable[[AssetReference], str]


def part_html(part: Part, asset: AssetMarkup, *, is_user: bool = False) -> str:
    """The HTML of one part; ``asset`` makes that of a picture, sound or file."""
    match part:
        case Text():
            text = cited(part.text, part.citations) if part.citations else part.text
            return to_html(text, breaks=is_user)
        case Speech():
            return to_html(part.text, breaks=True)
        case Code():
            return _code(part.text)
        case AssetReference():
            return asset(part)
        case Document():
            body = _code(part.text) if part.format.startswith("code") else to_html(part.text)
            return f'<section class="document"><h3 dir="auto">{escaped(part.title or part.id)}</h3>\n{body}</section>'
        case Quote():
            source = link(part.url, escaped(part.title or part.url))
            return f"<blockquote><p>{source}</p>\n{to_html(part.text)}</blockquote>"
        case Reasoning():
            return _folded(part.title or _("Thoughts"), to_html(part.text))
        case ToolCall():
            return _folded(_("To {tool}").format(tool=part.tool or _("Tool")), _code(part.text))
        case ToolResult():
            return _folded(_("From {tool}").format(tool=part.tool or _("Tool")), _code(part.text))
        case Memory():
            return f"<p><em>{escaped(_('Noted:'))}</em></p>\n{to_html(part.text)}"
        case Instructions():
            return _instructions(part)
        case Notice():
            return f"<blockquote>{to_html(part.text, breaks=True)}</blockquote>"
        case Unknown():
            return _folded(_("Not understood: {label}").format(label=part.label), _code(part.raw))


def missing_html(part: AssetReference) -> str:
    """What stands for a picture, sound or file that no source holds."""
    return f'<p class="missing">[{escaped(missing_words(part))}]</p>'


def named_html(part: AssetReference) -> str:
    """What stands for one that is left out on purpose."""
    return f'<p class="missing">[{escaped(asset_words(part))}]</p>'


def _code(text: str) -> str:
    return f"<pre><code>{escaped(text)}</code></pre>"


def _folded(title: str, body: str) -> str:
    return f'<details><summary dir="auto">{escaped(title)}</summary>\n{body}</details>'


def _instructions(part: Instructions) -> str:
    blocks = []
    for title, text in ((_("About you:"), part.about_user), (_("How to answer:"), part.about_model)):
        if text:
            blocks.append(f"<p><em>{escaped(title)}</em></p>\n{to_html(text, breaks=True)}")
    return "\n".join(blocks)
