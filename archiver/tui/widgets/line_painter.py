"""Line -> Strip: the last step before the terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from archiver.tui import bidi, isolates, terminal
from archiver.tui.widgets.blocks import Block, Mark, Target
from archiver.tui.widgets.flow import Key
from archiver.tui.widgets.lines import Line
from archiver.tui.widgets.runs import Run

GUTTER = 2
"""Cells left of the text, where the current message has its bar."""


class Word(NamedTuple):
    """Text in one style with one target."""

    text: str
    styles: tuple[str, ...]
    target: Target | None = None


class LinePainter:
    """Draws lines in the styles of a widget."""

    def __init__(self, style_of: Callable[..., Style]) -> None:
        self._style_of = style_of
        self._with_targets: dict[tuple[tuple[str, ...], Target, Key], Style] = {}

    def forget(self) -> None:
        """Drop the styles because the colours changed."""
        self._with_targets.clear()

    def strip(self, line: Line, block: Block | None, marks: Sequence[Mark], key: Key, width: int) -> Strip:
        """A line of text, filled to ``width`` cells.

        Args:
            line: What to draw.
            block: The block it belongs to, unless it belongs to none.
            marks: Styles and targets inside the block's text.
            key: The section, which goes into the targets of clicks.
            width: Cells to fill.
        """
        words = list(_words(line, block, marks))
        is_rtl = block is not None and block.kind in ("text", "table") and bidi.is_right_to_left(block.text)
        if block is not None and block.kind == "table" and bidi.has_right_to_left(block.text):
            words = list(_columns(line, block, marks, right_to_left=is_rtl))
        elif any(bidi.has_right_to_left(word.text) for word in words):
            words = _arranged(words, right_to_left=is_rtl, is_code=block is not None and block.kind == "code")
        space = max(0, width - sum(cell_len(word.text) for word in words))
        fill = Segment(" " * space, self._style_of(*_names(line.fill)))
        segments = [Segment(word.text, self._style(word, key)) for word in words]
        return Strip([fill, *segments] if is_rtl else [*segments, fill], width)

    def _style(self, word: Word, key: Key) -> Style:
        style = self._style_of(*word.styles)
        if word.target is None:
            return style
        slot = (word.styles, word.target, key)
        if slot not in self._with_targets:
            self._with_targets[slot] = style + Style.from_meta({"target": (*key, *word.target)})
        return self._with_targets[slot]


def _words(line: Line, block: Block | None, marks: Sequence[Mark]) -> Iterator[Word]:
    base = _names(line.style)
    for piece in line.pieces:
        if isinstance(piece, Run):
            own = _names(piece.style)
            yield Word(piece.text, own if piece.style == "lead" else base + own, _target(piece.style, line.block))
        elif block is not None:
            yield from _marked(block.text, piece.start, piece.end, marks, base)


def _marked(text: str, start: int, end: int, marks: Sequence[Mark], base: tuple[str, ...]) -> Iterator[Word]:
    """A slice of a block's text, cut where its style changes."""
    inside = [mark for mark in marks if mark.start < end and mark.end > start]
    cuts = sorted(
        {start, end}.union(max(start, mark.start) for mark in inside).union(min(end, mark.end) for mark in inside)
    )
    for begin, stop in pairwise(cuts):
        here = [mark for mark in inside if mark.start <= begin and mark.end >= stop]
        styles = base + tuple(name for mark in here for name in _names(mark.style))
        target = next((mark.target for mark in reversed(here) if mark.target), None)
        yield Word(text[begin:stop], styles, target)


def _columns(line: Line, block: Block, marks: Sequence[Mark], *, right_to_left: bool) -> Iterator[Word]:
    """The words of a table's line: each cell in an order of its own, so that it stays in its column."""
    for piece in reversed(line.pieces) if right_to_left else line.pieces:
        words = list(_words(line._replace(pieces=(piece,)), block, marks))
        if isinstance(piece, Run):
            yield from map(_turned, words) if right_to_left else words
            continue
        text = block.text[piece.start : piece.end]
        arranged = _arranged(words, right_to_left=bidi.is_right_to_left(text), is_cell=True)
        # Letters that joined into one take less room than the column was given for them.
        padding = Word(" " * (cell_len(text) - sum(cell_len(word.text) for word in arranged)), _names(line.style))
        yield from [padding, *arranged] if right_to_left else [*arranged, padding]


def _turned(word: Word) -> Word:
    """Spaces, bars and rules in the order from right to left."""
    return word._replace(text=" ".join(reversed(word.text.split(" "))))


def _arranged(
    words: Sequence[Word], *, right_to_left: bool, is_cell: bool = False, is_code: bool = False
) -> list[Word]:
    """The words in the order in which this terminal wants their characters."""
    origins = [index for index, word in enumerate(words) for _character in word.text]
    text = "".join(word.text for word in words)
    if is_code:
        arranged = isolates.arranged(text, isolates.words_in_code(text))
    else:
        arranged = terminal.arranged(text, right_to_left=right_to_left, is_cell=is_cell)
    result: list[Word] = []
    last = -1
    for character, origin in zip(arranged.text, arranged.origins, strict=True):
        index = origins[origin]
        if index == last:
            result[-1] = result[-1]._replace(text=result[-1].text + character)
        else:
            result.append(words[index]._replace(text=character))
        last = index
    return result


def _names(style: str) -> tuple[str, ...]:
    return (f"text--{style}",) if style else ()


def _target(style: str, block: int) -> Target | None:
    match style:
        case "branch-earlier":
            return ("branch", -1)
        case "branch-later":
            return ("branch", 1)
        case "copy":
            return ("copy", block)
        case _:
            return None
