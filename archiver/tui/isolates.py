"""Stretches of a line that each have an order of their own, as UAX #9 has it for isolates.

Lines of this program put several things beside each other: a title and how many places are in it, who spoke and what
was said, the strings in a line of code. Taken for one sentence, Arabic in one of them would draw the others into it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from archiver.tui import bidi, terminal
from archiver.tui.bidi import Arranged


class Stretch(NamedTuple):
    """``text[start:end]``."""

    start: int
    end: int


_BETWEEN_FACTS = re.compile(r" {2,}| · ")
"""What this program writes between things that are not one sentence; stored text on one line has no such spaces."""

_RIGHT_TO_LEFT_WORDS = re.compile(rf"{bidi.LETTER}(?:[ \u0300-\u036f\u0640]*{bidi.LETTER})*")


def facts(text: str) -> Iterator[Stretch]:
    """The things that a line puts beside each other, and what stands between them."""
    return _cut(text, _BETWEEN_FACTS)


def words_in_code(text: str) -> Iterator[Stretch]:
    """The words of a line of code that run from right to left, and everything between them, which never does."""
    return _cut(text, _RIGHT_TO_LEFT_WORDS)


def _cut(text: str, pattern: re.Pattern[str]) -> Iterator[Stretch]:
    end = 0
    for match in pattern.finditer(text):
        if match.start() > end:
            yield Stretch(end, match.start())
        yield Stretch(*match.span())
        end = match.end()
    if end < len(text):
        yield Stretch(end, len(text))


def arranged(text: str, stretches: Iterable[Stretch], *, right_to_left: bool = False) -> Arranged:
    """Each stretch as this terminal wants it, in the order of its own first letter.

    Args:
        text: One line.
        stretches: All of it.
        right_to_left: Whether the first stretch stands at the right.
    """
    pieces: list[str] = []
    origins: list[int] = []
    for start, end in reversed(list(stretches)) if right_to_left else stretches:
        piece = text[start:end]
        written = terminal.arranged(piece, right_to_left=bidi.is_right_to_left(piece), is_cell=True)
        pieces.append(written.text)
        origins += (start + origin for origin in written.origins)
    return Arranged("".join(pieces), tuple(origins))
