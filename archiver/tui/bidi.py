"""Right-to-left text in a terminal that writes only from left to right.

The order of characters follows the Unicode Bidirectional Algorithm (UAX #9) for text without direction controls: those
never get here, because ``sanitize.visible`` makes signs of them or leaves them out. The rules are named as in the
standard. The directions come from Python's own Unicode tables, so no other package is needed, and every character on
the screen remembers where it came from: highlights stay on their words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

LETTER = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
"""A letter that is written from right to left, or a mark on one."""
_RIGHT_TO_LEFT = re.compile(LETTER)
_STRONG = frozenset({"L", "R", "AL"})
_NEUTRAL = frozenset({"B", "S", "WS", "ON"})
_NUMBERS = frozenset({"EN", "AN"})
_LEFT_NAMES = {"LEFT": "RIGHT", "RIGHT": "LEFT", "LESS": "GREATER", "GREATER": "LESS"}


class Arranged(NamedTuple):
    """Text as it is written to the terminal."""

    text: str
    origins: tuple[int, ...]
    """For each character, the position in the original text that it stands for."""


def has_right_to_left(text: str) -> bool:
    """Whether any letter of ``text`` is written from right to left."""
    return not text.isascii() and _RIGHT_TO_LEFT.search(text) is not None


def is_right_to_left(text: str) -> bool:
    """Whether a paragraph runs from right to left: its first letter decides (P2, P3)."""
    if not has_right_to_left(text):
        return False
    directions = map(unicodedata.bidirectional, text)
    return next((direction != "L" for direction in directions if direction in _STRONG), False)


def as_it_is(text: str) -> Arranged:
    """The text unchanged."""
    return Arranged(text, tuple(range(len(text))))


def visual(text: str, *, right_to_left: bool) -> Arranged:
    """A line in the order in which its characters stand on the screen, from left to right.

    Args:
        text: One line, in the order in which it is read.
        right_to_left: Whether its paragraph runs from right to left.
    """
    levels = _levels(text, int(right_to_left))
    order = list(_reordered(text, levels))
    characters = (_mirrored(text[place]) if levels[place] % 2 else text[place] for place in order)
    return Arranged("".join(characters), tuple(order))


def words_in_visual_order(text: str, *, right_to_left: bool) -> Arranged:
    """As ``visual``, but with the letters of each word as they are read: for terminals that turn letters themselves."""
    arranged = visual(text, right_to_left=right_to_left)
    order: list[int] = []
    for is_word, group in groupby(arranged.origins, key=lambda place: has_right_to_left(text[place])):
        places = list(group)
        order += sorted(places) if is_word else places
    by_place = dict(zip(arranged.origins, arranged.text, strict=True))
    return Arranged("".join(by_place[place] for place in order), tuple(order))


def guarded(text: str, *, right_to_left: bool, turns_brackets: bool = False) -> Arranged:
    """The text with right-to-left stretches as they are read, and marks that keep a terminal from moving anything else.

    For terminals that order Arabic themselves, but would take what stands beside it, another column of the screen
    even, for part of the sentence.

    Args:
        text: One line, in the order in which it is read.
        right_to_left: Whether its paragraph runs from right to left.
        turns_brackets: Whether to write the bracket that looks the other way, for a terminal that does not.
    """
    edge, inner = ("\u200e\u200f", "\u200f\u200e") if right_to_left else ("\u200e", "\u200e")
    pieces: list[str] = []
    origins: list[int] = []
    stretches = list(_stretches(text, right_to_left=right_to_left))
    for start, end, is_rtl in reversed(stretches) if right_to_left else stretches:
        places = list(range(start, end))
        if is_rtl:
            stretch = "".join(map(_mirrored, text[start:end])) if turns_brackets else text[start:end]
            pieces.append(f"{edge}{stretch}{inner}")
            origins += [start] * len(edge) + places + [end - 1] * len(inner)
        else:
            pieces.append(text[start:end])
            origins += places
    return Arranged("".join(pieces), tuple(origins))


def _stretches(text: str, *, right_to_left: bool) -> Iterator[tuple[int, int, bool]]:
    """(start, end, whether right to left) of the stretches of a line; numbers go with the letters around them."""
    levels = _levels(text, int(right_to_left))
    start, was_rtl = 0, False
    for level, group in groupby(range(len(text)), key=levels.__getitem__):
        places = list(group)
        has_left_to_right = any(unicodedata.bidirectional(text[place]) == "L" for place in places)
        is_rtl = level == 1 or (level == 2 and not has_left_to_right)
        if is_rtl != was_rtl and places[0] > start:
            yield start, places[0], was_rtl
            start = places[0]
        was_rtl = is_rtl
    if start < len(text):
        yield start, len(text), was_rtl


def _levels(text: str, base: int) -> list[int]:
    """The embedding level of each character: odd ones run from right to left."""
    start = "R" if base else "L"
    types = _weak(list(map(unicodedata.bidirectional, text)), start)
    _brackets(text, types, start)
    _neutrals(types, start)
    levels = [_level(direction, base) for direction in types]
    for place in range(len(text) - 1, -1, -1):  # L1: white space at the end
        if unicodedata.bidirectional(text[place]) not in ("WS", "S", "B"):
            break
        levels[place] = base
    return levels


def _level(direction: str, base: int) -> int:
    """I1 and I2."""
    if base % 2 == 0:
        return base + {"R": 1, "AN": 2, "EN": 2}.get(direction, 0)
    return base + (0 if direction == "R" else 1)


def _weak(types: list[str], start: str) -> list[str]:
    """W1 to W7: marks, numbers, and the signs in and around numbers."""
    previous, strong = start, start
    for place, direction in enumerate(types):
        if direction in ("NSM", "BN", ""):  # W1
            types[place] = previous
        elif direction == "EN" and strong == "AL":  # W2
            types[place] = "AN"
        elif direction in _STRONG:
            strong = direction
        previous = types[place]
    types = ["R" if direction == "AL" else direction for direction in types]  # W3
    for place in range(1, len(types) - 1):  # W4
        before, sign, after = types[place - 1 : place + 2]
        if before == after and ((sign in ("ES", "CS") and before == "EN") or (sign == "CS" and before == "AN")):
            types[place] = before
    place = 0
    for direction, group in groupby(list(types)):  # W5
        end = place + len(list(group))
        if direction == "ET" and "EN" in (*types[max(0, place - 1) : place], *types[end : end + 1]):
            types[place:end] = ["EN"] * (end - place)
        place = end
    types = ["ON" if direction in ("ES", "ET", "CS") else direction for direction in types]  # W6
    strong = start
    for place, direction in enumerate(types):  # W7
        if direction in _STRONG:
            strong = direction
        elif direction == "EN" and strong == "L":
            types[place] = "L"
    return types


def _brackets(text: str, types: list[str], base: str) -> None:
    """N0: a pair of brackets takes the direction of what it holds, or of what stands before it."""
    for opening, closing in sorted(_bracket_pairs(text, types)):
        inside = {_as_strong(direction) for direction in types[opening + 1 : closing]} & {"L", "R"}
        if base in inside:
            direction = base
        elif inside:
            before = (_as_strong(types[place]) for place in range(opening - 1, -1, -1))
            context = next((strong for strong in before if strong in ("L", "R")), base)
            direction = context if context in inside else base
        else:
            continue
        types[opening] = types[closing] = direction


def _bracket_pairs(text: str, types: Sequence[str]) -> Iterator[tuple[int, int]]:
    waiting: list[int] = []
    for place, character in enumerate(text):
        category = unicodedata.category(character) if types[place] == "ON" else ""
        if category == "Ps":
            waiting.append(place)
        elif category == "Pe":
            partner = _mirrored(character)
            match = next((n for n in range(len(waiting) - 1, -1, -1) if text[waiting[n]] == partner), -1)
            if match >= 0:
                yield waiting[match], place
                del waiting[match:]


def _neutrals(types: list[str], base: str) -> None:
    """N1 and N2: spaces and signs between two directions."""
    place = 0
    for is_neutral, group in groupby(list(types), key=_NEUTRAL.__contains__):
        end = place + len(list(group))
        if is_neutral:
            before = _as_strong(types[place - 1]) if place else base
            after = _as_strong(types[end]) if end < len(types) else base
            types[place:end] = [before if before == after else base] * (end - place)
        place = end


def _as_strong(direction: str) -> str:
    return "R" if direction in _NUMBERS else direction


def _reordered(text: str, levels: Sequence[int]) -> list[int]:
    """L2 and L3: runs of odd levels turned round, combining marks staying after their letter."""
    clusters: list[list[int]] = []
    for place, character in enumerate(text):
        is_mark = unicodedata.bidirectional(character) in ("NSM", "BN")
        if clusters and is_mark:
            clusters[-1].append(place)
        else:
            clusters.append([place])
    highest = max((levels[cluster[0]] for cluster in clusters), default=0)
    for level in range(highest, 0, -1):
        clusters = _turned(clusters, [levels[cluster[0]] >= level for cluster in clusters])
    return [place for cluster in clusters for place in cluster]


def _turned(clusters: list[list[int]], is_turned: Sequence[bool]) -> list[list[int]]:
    """The clusters with each run of turned ones reversed."""
    result: list[list[int]] = []
    for turns, group in groupby(zip(is_turned, clusters, strict=True), key=lambda pair: pair[0]):
        run = [cluster for _turns, cluster in group]
        result += reversed(run) if turns else run
    return result


@lru_cache(512)
def _mirrored(character: str) -> str:
    """L4: the bracket that looks the other way."""
    if not unicodedata.mirrored(character):
        return character
    name = unicodedata.name(character, "")
    words = [_LEFT_NAMES.get(word, word) for word in re.split(r"([ -])", name)]
    try:
        return unicodedata.lookup("".join(words))
    except KeyError:
        return character
