"""Right-to-left text in a terminal that writes only from left to right.

The order of characters follows the Unicode Bidirectional Algorithm (UAX #9) for text without embedding controls: those
never get here, because ``sanitize.visible`` turns them into visible marks.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from unicodedata import bidirectional

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_STRONG = frozenset({"L", "R", "AL"})


class Arranged(NamedTuple):
    """Text as it is written to the terminal."""

    text: str
    origins: tuple[int, ...]
    """For each character, the position in the original text that it stands for."""


def has_right_to_left(text: str) -> bool:
    """Whether any letter of ``text`` is written from right to left."""
    return not text.isascii() and _RIGHT_TO_LEFT.search(text) is not None


def is_right_to_left(text: str) -> bool:
    """Whether a paragraph runs from right to left: its first letter decides (UAX #9, P2 and P3)."""
    if not has_right_to_left(text):
        return False
    return next((direction != "L" for direction in map(bidirectional, text) if direction in _STRONG), False)
