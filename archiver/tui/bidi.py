"""Right-to-left text in a terminal that writes only from left to right.

The order of characters follows the Unicode Bidirectional Algorithm (UAX #9) for text without embedding controls: those
never get here, because ``sanitize.visible`` turns them into visible marks.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")


class Arranged(NamedTuple):
    """Text as it is written to the terminal."""

    text: str
    origins: tuple[int, ...]
    """For each character, the position in the original text that it stands for."""


def has_right_to_left(text: str) -> bool:
    """Whether any letter of ``text`` is written from right to left."""
    return not text.isascii() and _RIGHT_TO_LEFT.search(text) is not None
