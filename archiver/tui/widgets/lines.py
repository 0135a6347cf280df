"""Blocks -> lines: what stands in each row of the screen, as slices of the blocks' text.

A line knows which characters of which block it shows, so that matches can be marked in it and a selection can be
copied without the line breaks that only the window's width made.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile
from typing import NamedTuple, TypeAlias

from rich.cells import cell_len

from archiver.i18n import _
from archiver.tui.widgets.blocks import Block
from archiver.tui.widgets.runs import Run
from archiver.tui.widgets.tables import table_lines
from archiver.tui.widgets.wrap import Range, chop, wrap

Piece: TypeAlias = Run | Range
"""Something the reader added (a bullet, a space), or a slice of the block's text."""

_CODE_EDGE = Run("│ ", "dim")
_GOES_ON = Run("↵", "dim")
"""At the end of a line that only the width of the window ends."""
_NARROWEST = 5
"""Cells of code beside which it has no room."""

_DEEPEST = 3
"""Bullets, bars and indents take one part in so many of a line at most: the words matter more."""


class Line(NamedTuple):
    """One row of a message."""

    pieces: tuple[Piece, ...] = ()
    block: int = -1
    """Which block of the message it belongs to; -1 for the header and empty lines, OUTSIDE between messages."""
    style: str = ""
    """Component class of the whole line."""
    fill: str = ""
    """Component class of the rest of the line up to the edge, for code."""
    picture: int = -1
    """Row of a picture; -1 for text."""


OUTSIDE = -2

BETWEEN = Line(block=OUTSIDE)


def gap_line(before: Block | None, after: Block, width: int) -> Line:
    """The empty line between two blocks; a bar that stands before both goes on through it."""
    if before is None or before.part != after.part:
        return Line()
    bars = _common(_leads(before, width)[1], _leads(after, width)[1]).rstrip()
    return Line((Run(bars, "lead"),)) if bars else Line()


def block_lines(block: Block, number: int, width: int) -> Iterator[Line]:
    """The lines of a block at ``width`` cells."""
    bullet, other = _leads(block, width)
    if len(bullet) > len(other):
        for start, end in wrap(bullet, width):
            yield Line((Run(bullet[start:end], "lead"),), number)
        bullet = other
    width = max(1, width - len(other))
    first, rest = Run(bullet, "lead"), Run(other, "lead")
    match block.kind:
        case "rule":
            yield Line((first, Run("─" * width, "dim")), number)
        case "code":
            yield from _code_lines(block, number, width, first, rest)
        case "table":
            for index, pieces in enumerate(table_lines(block, width)):
                yield Line((rest if index else first, *pieces), number)
        case _:
            for index, line in enumerate(wrap(block.text, width)):
                yield Line((rest if index else first, line), number, block.style)


def _leads(block: Block, width: int) -> tuple[str, str]:
    """What stands before the first line of a block and before the others, from the outside in as far as there is room.

    A bullet is never cut; one that takes too much room is longer than what stands before the other lines.
    """
    room = max(2, width // _DEEPEST)
    if len(block.rest) <= room:
        return block.first, block.rest
    shared = len(_common(block.first, block.rest))
    bullet = block.first[shared:]
    if len(bullet) > room:
        return bullet, block.rest[:room].removesuffix("▎")
    outer = block.rest[: room - len(bullet)].removesuffix("▎")
    return outer + bullet, outer + block.rest[shared:]


def _common(one: str, other: str) -> str:
    """How both begin."""
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return "".join(character for character, _same in pairs)


def _code_lines(block: Block, number: int, width: int, first: Run, rest: Run) -> Iterator[Line]:
    copy = _("copy")
    language = block.language or _("text")
    space = max(1, width - cell_len(language) - cell_len(copy) - 3)
    title = (first, _CODE_EDGE, Run(language, "dim"), Run(" " * space), Run(copy, "copy"))
    yield Line(title, number, "codeblock", "codeblock")
    for line in chop(block.text, width - 3):
        goes_on = width > _NARROWEST and line.end < len(block.text) and block.text[line.end] != "\n"
        yield Line((rest, _CODE_EDGE, line, *([_GOES_ON] if goes_on else [])), number, "codeblock", "codeblock")
