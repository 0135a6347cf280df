"""Code in Markdown that stands between lines of backticks or tildes.

CommonMark 0.31, section 4.5; also in lists and quotes, where such lines are indented.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_FENCE: Final = re.compile(
    r"^(?=[ \t>*+\-\d]*[`~])[ \t]*(?:(?:[>*+-]|\d{1,9}[.)])[ \t]+|>)*(`{3,}(?=[^`\n]*$)|~{3,})", re.MULTILINE
)


def pieces(text: str) -> Iterator[tuple[bool, str]]:
    """A text in order, cut at the fences: whether a piece is code, and the piece, with the lines of its fence.

    A fence that is not closed goes on to the end.
    """
    done = 0
    for begin, end in _fenced(text):
        if begin > done:
            yield False, text[done:begin]
        yield True, text[begin:end]
        done = end
    if done < len(text):
        yield False, text[done:]


def has_fence(text: str) -> bool:
    """Whether there is any code of this kind."""
    return ("```" in text or "~~~" in text) and _FENCE.search(text) is not None


def _fenced(text: str) -> Iterator[tuple[int, int]]:
    place = 0
    while opening := _FENCE.search(text, place):
        mark = opening.group(1)
        closing = re.compile(rf"^[ \t>]*{mark[0]}{{{len(mark)},}}[ \t]*$", re.MULTILINE).search(text, opening.end())
        place = closing.end() if closing else len(text)
        yield opening.start(), place
