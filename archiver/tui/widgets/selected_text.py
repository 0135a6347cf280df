"""What a mouse selection in a transcript copies: the words, without bullets of the reader or breaks of the window."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from textual.geometry import Offset
from textual.selection import Selection

from archiver.tui.widgets.flow import Key
from archiver.tui.widgets.line_painter import GUTTER
from archiver.tui.widgets.lines import Line
from archiver.tui.widgets.message_layout import MessageLayout
from archiver.tui.widgets.runs import Run

_LINE_BITS = 20
_SECTION_BITS = 20


class Spot(NamedTuple):
    """A character of a transcript."""

    key: Key
    line: int
    column: int


def to_y(key: Key, line: int) -> int:
    """A line as the y of a selection: a number that stays right when other heights change."""
    return ((key.message << _SECTION_BITS | key.section) << _LINE_BITS) | line


def from_offset(offset: Offset) -> Spot:
    """The character a selection's offset means."""
    rest, line = divmod(offset.y, 1 << _LINE_BITS)
    message, section = divmod(rest, 1 << _SECTION_BITS)
    return Spot(Key(message, section), line, offset.x)


def selected_text(layout: MessageLayout, keys: Sequence[Key], selection: Selection, margin: int) -> str:
    """The selected words.

    Args:
        layout: Lays out the messages.
        keys: All sections in order.
        selection: From Textual; an open end means the beginning or end of everything.
        margin: Characters left of the gutter in each line.
    """
    first = from_offset(selection.start) if selection.start else Spot(keys[0], 0, 0)
    last = from_offset(selection.end) if selection.end else Spot(keys[-1], 1 << _LINE_BITS, 0)
    parts: list[str] = []
    message = -1
    for key in keys:
        if first.key <= key <= last.key:
            text = "".join(_section_text(layout, key, first, last, margin + GUTTER))
            if text and message not in (-1, key.message):
                parts.append("\n\n")
            parts.append(text)
            message = key.message if text else message
    return "".join(parts)


def _section_text(layout: MessageLayout, key: Key, first: Spot, last: Spot, lead: int) -> Iterator[str]:
    blocks = layout.blocks(key)
    block, end = -1, 0
    for number, line in enumerate(layout.lines(key)):
        if line.block < 0 or line.picture >= 0 or not (first[:2] <= (key, number) <= last[:2]):
            continue
        start_column = first.column - lead if (key, number) == first[:2] else 0
        end_column = last.column - lead if (key, number) == last[:2] else 1 << 30
        text = blocks[line.block].text
        ranges = list(_ranges(line, start_column, end_column))
        if not ranges:
            continue
        if line.block != block:
            yield "\n\n" if block >= 0 else ""
        elif ranges[0][0] >= end:
            yield text[end : ranges[0][0]]
        else:
            yield "\n"
        yield "\t".join(text[start:stop] for start, stop in ranges)
        block, end = line.block, ranges[-1][1]


def _ranges(line: Line, start_column: int, end_column: int) -> Iterator[tuple[int, int]]:
    """The slices of the block's text between two columns of a line."""
    column = 0
    for piece in line.pieces:
        size = len(piece.text) if isinstance(piece, Run) else piece.end - piece.start
        if not isinstance(piece, Run):
            start = piece.start + max(0, start_column - column)
            stop = min(piece.end, piece.start + end_column - column)
            if start < stop or (size == 0 and start_column <= column < end_column):
                yield start, max(start, stop)
        column += size
