"""How many matches a section shows, told by its source wherever Markdown cannot make a difference.

Parsing is the slow step of counting a common word in a long conversation. Most texts show the very words that they
are written in, so their matches need no parsing; where signs may hide, join or move words, the section is parsed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from archiver.records import Span
from archiver.tui import terminal
from archiver.tui.widgets.items import Item
from archiver.tui.widgets.message_blocks import Slice

_PART_OF_WORD = r"[^\s!-/:-@\[-`{-~\u2000-\u206f\u3000-\u303f\uff00-\uff0f]"
_HIDES_OR_JOINS = re.compile(rf"[\[<|\\]|&[\w#]|{_PART_OF_WORD}[*_~`]+{_PART_OF_WORD}")
"""Links, tables with too many cells, escapes, entities, and emphasis inside a word."""
_FENCE = re.compile(r"^[ \t>]*(?:```|~~~).*", re.MULTILINE)


def count_in_source(items: Sequence[Item], section: Sequence[Slice], found: Sequence[Sequence[Span]]) -> int | None:
    """The matches that a section will show; None when only its blocks can tell.

    Args:
        items: All items of the message.
        section: The slices of the section.
        found: The matches in the source of each slice.
    """
    if not all(_shows_its_words(items[piece.item], piece, spans) for piece, spans in zip(section, found, strict=True)):
        return None
    return sum(map(len, found))


def _shows_its_words(item: Item, piece: Slice, found: Sequence[Span]) -> bool:
    if (item.label and piece.start == 0) or item.citations or item.asset is not None:
        return False
    source = item.body[piece.start : piece.end]
    if terminal.shown(source) != source:
        return False
    if item.form == "code":
        return True
    if item.form == "markdown" and _HIDES_OR_JOINS.search(source):
        return False
    if "<br" in source.lower():
        return False
    names = [match.span() for match in _FENCE.finditer(source)] if "```" in source or "~~~" in source else []
    return not any(_may_move(source[start:end], Span(start, end), names) for start, end in found)


def _may_move(words: str, place: Span, names: Sequence[tuple[int, int]]) -> bool:
    """Whether a match may be a list's number, run over the end of a paragraph, or be the name of a language."""
    return (
        "\n" in words
        or any(map(str.isdigit, words))
        or any(start < place.end and place.start < end for start, end in names)
    )
