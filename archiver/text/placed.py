"""Tokens with their places in the original text, for highlights.

Light text often has the length of the original, and then places are the same. Where it has not (ligatures, decomposed
letters, joiners), it is made again piece by piece, and every light character remembers its piece.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple
from unicodedata import is_normalized

from archiver.text.fold import READING, STRESS, light, seen
from archiver.text.tokens import EDGE, SKIP, SPACE, is_hangul, place_words, split_runs

_INDIC = "".join(
    f"{chr(block)}-{chr(block + 3)}{chr(block + 0x3A)}-{chr(block + 0x3C)}{chr(block + 0x3E)}-{chr(block + 0x4F)}"
    f"{chr(block + 0x51)}-{chr(block + 0x57)}{chr(block + 0x62)}{chr(block + 0x63)}"
    for block in range(0x0900, 0x0E00, 0x80)
)
"""Signs of the scripts of India, which stand at the same places of each block."""
_CLUSTER = re.compile(
    # Characters that are one light character each, whatever stands beside them.
    "(?P<alike>(?:[\\x00-\\x7f\u0900-\u093b\u093d-\u094f\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3]"
    "(?![\u0300-\u036f\u093c\u1160-\u11ff\u3099\u309a\uff9e\uff9f]))+)"
    "|[\u1100-\u115f]+[\u1160-\u11ff]*|[\u3131-\u318e]+"
    f"|.[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed{_INDIC}\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\u3099\u309a\uff9e\uff9f\ufe20-\ufe2f]*",
    re.DOTALL,
)
_SPACES = {ord(space): " " for space in "™\u00a0\u202f"}
"""The commonest characters that become a space."""
_HAS_SPACES = re.compile("[™\u00a0\u202f]").search
_WORD = re.compile(r"\s+|\S+")


class Placed(NamedTuple):
    """A token and where it stands in the original."""

    token: str
    start: int
    end: int


def placed_sequence(text: str) -> list[Placed]:
    """``tokens.sequence(light(text))`` with places in ``text``."""
    lighter, starts, ends = light_with_places(text)
    found: list[Placed] = []

    def place(token: str, begin: int, finish: int) -> None:
        if starts and begin == finish:
            begin = finish = starts[begin]
        elif starts:
            begin, finish = starts[begin], ends[finish - 1]
        found.append(Placed(token, begin, finish))

    position, last = 0, ""
    parts = split_runs(lighter)
    for number, part in enumerate(parts):
        if number % 2 == 0:
            for match in place_words(part):
                place(match.group(), position + match.start(), position + match.end())
                last = ""
        else:
            if is_hangul(part[0]):
                place(SPACE if last and is_hangul(last) and parts[number - 1].isspace() else EDGE, position, position)
            elif last:
                place(SKIP, position, position)
            for start in range(position, position + len(part) - 1):
                place(lighter[start : start + 2], start, start + 2)
            last = part[-1]
            place(last, position + len(part) - 1, position + len(part))
        position += len(part)
    return found


def light_with_places(text: str) -> tuple[str, Sequence[int], Sequence[int]]:
    """Light text, and begin and end of the piece that each character comes from; empty when places are the same."""
    lighter = light(text)
    if text.isascii():
        return lighter, (), ()
    spaced = text.translate(_SPACES) if _HAS_SPACES(text) else text
    if len(lighter) == len(text) and lighter == spaced.lower() and is_normalized("NFKC", spaced):
        return lighter, (), ()
    for pieces in (_CLUSTER, _WORD):
        made, starts, ends = _in_pieces(text, pieces)
        if made == lighter:
            return lighter, starts, ends
    whole = [min(place, len(text) - 1) for place in range(len(lighter))]
    return lighter, whole, [place + 1 for place in whole]


def _in_pieces(text: str, pieces: re.Pattern[str]) -> tuple[str, list[int], list[int]]:
    made: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in pieces.finditer(text):
        piece = seen(match.group())
        begin, end = match.span()
        made.append(piece)
        if match.lastgroup and len(piece) == end - begin:
            starts += range(begin, end)
            ends += range(begin + 1, end + 1)
        else:
            starts += [begin] * len(piece)
            ends += [end] * len(piece)
    whole = "".join(made)
    if "(" in whole and (readings := list(READING.finditer(whole))):
        inside = [place for found in readings for place in range(*found.span())]
        kept = sorted(set(range(len(whole))).difference(inside))
        moved = [place for found in readings for place in (found.start(), *range(*found.span()))]
        whole = "\n".join([READING.sub("", whole), *(found.group() for found in readings)])
        starts, ends = ([places[place] for place in kept + moved] for places in (starts, ends))
    for signs in reversed(list(STRESS.finditer(whole)) if "**" in whole else []):
        del starts[slice(*signs.span())], ends[slice(*signs.span())]
    return STRESS.sub("", whole), starts, ends
