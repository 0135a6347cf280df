"""Where a text may be cut without cutting what people see as one character.

That is a letter with its marks, an emoji made of several, a flag, the letters of a Korean syllable: the parts of
Unicode Standard Annex 29 that texts meet.
"""

from __future__ import annotations

from typing import Final
from unicodedata import category

_JOINER: Final = "\u200d"
_EXTENDING: Final = frozenset((_JOINER, "\u200c", "\uff9e", "\uff9f", *map(chr, range(0x1F3FB, 0x1F400))))
"""Signs that are no marks and go with what stands before them: joiners, half-width voice marks, colours of skin."""
_MOST: Final = 64
"""Characters that are looked at on either side; a cluster that is longer is cut."""


def cut_before(text: str, place: int) -> int:
    """The last place up to ``place`` where the text may be cut."""
    for start in range(place, max(0, place - _MOST), -1):
        if _may_cut(text, start):
            return start
    return place if place > _MOST else 0


def cut_behind(text: str, place: int) -> int:
    """The first place from ``place`` on where the text may be cut."""
    for end in range(place, min(len(text), place + _MOST)):
        if _may_cut(text, end):
            return end
    return min(len(text), place + _MOST)


def _may_cut(text: str, place: int) -> bool:
    if not 0 < place < len(text):
        return True
    before, behind = text[place - 1], text[place]
    if behind.isascii():
        return not (before == "\r" and behind == "\n")
    if behind in _EXTENDING or "\U000e0020" <= behind <= "\U000e007f" or category(behind)[0] == "M":
        return False
    if before == _JOINER:
        return not category(behind).startswith("S")
    if _is_flag_letter(before) and _is_flag_letter(behind):
        first = place - 1
        while first and _is_flag_letter(text[first - 1]):
            first -= 1
        return (place - first) % 2 == 0
    return not _go_together(before, behind)


def _is_flag_letter(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _go_together(before: str, behind: str) -> bool:
    """Whether these are letters of one Korean syllable."""
    if "\u1160" <= behind <= "\u11a7":
        return "\u1100" <= before <= "\u11a7" or _is_syllable(before, open_=True)
    if "\u11a8" <= behind <= "\u11ff":
        return "\u1160" <= before <= "\u11ff" or _is_syllable(before)
    return "\u1100" <= before <= "\u115f" and ("\u1100" <= behind <= "\u115f" or _is_syllable(behind))


def _is_syllable(character: str, *, open_: bool = False) -> bool:
    return "\uac00" <= character <= "\ud7a3" and not (open_ and (ord(character) - 0xAC00) % 28)
