"""Arabic letters in the shape they take inside a word, for terminals that draw each letter by itself.

Unicode has a character for each shape (initial, medial, final, isolated), and Python's tables say which letter it is a
shape of. What is not in them, letters of some smaller languages, stays as it is.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from archiver.tui.bidi import Arranged

_SHAPES = (*range(0xFB50, 0xFDFE), *range(0xFE70, 0xFEFD))
_JOINERS = "\u0640\u200d"
"""Stroke and joiner: letters connect to them on both sides."""

_LAM = "\u0644"


@cache
def _tables() -> tuple[dict[str, dict[str, str]], dict[str, dict[str, str]]]:
    """Shapes of single letters, and of lam followed by an alef."""
    letters: dict[str, dict[str, str]] = {}
    ligatures: dict[str, dict[str, str]] = {}
    for code in _SHAPES:
        form, *base = unicodedata.decomposition(chr(code)).split(" ")
        written = "".join(chr(int(part, 16)) for part in base)
        if len(written) == 1:
            letters.setdefault(written, {}).setdefault(form, chr(code))
        elif len(written) == 2 and written[0] == _LAM and written[1] in "\u0622\u0623\u0625\u0627":
            ligatures.setdefault(written, {}).setdefault(form, chr(code))
    return letters, ligatures


def shaped(text: str) -> Arranged:
    """``text`` with its Arabic letters in the shapes they have beside each other; lam and alef become one character."""
    letters, ligatures = _tables()
    characters: list[str] = []
    origins: list[int] = []
    place = 0
    while place < len(text):
        length = 2 if text[place : place + 2] in ligatures else 1
        written = text[place : place + length]
        forms = ligatures.get(written) or letters.get(written)
        shape = written
        if forms:
            before = _joins_after(_neighbour(text, place, -1), letters)
            after = _joins_before(_neighbour(text, place + length - 1, 1), letters)
            wanted = ("<medial>", "<final>", "<initial>", "<isolated>")
            possible = [form for form in wanted if _fits(form, before=before, after=after)]
            shape = next((forms[form] for form in possible if form in forms), written)
        characters.append(shape)
        origins += [place] * len(shape)
        place += length
    return Arranged("".join(characters), tuple(origins))


def _fits(form: str, *, before: bool, after: bool) -> bool:
    match form:
        case "<medial>":
            return before and after
        case "<final>":
            return before
        case "<initial>":
            return after
        case _:
            return True


def _neighbour(text: str, place: int, step: int) -> str:
    """The next character in a direction that is not a mark above or below a letter."""
    place += step
    while 0 <= place < len(text) and unicodedata.category(text[place]) == "Mn":
        place += step
    return text[place] if 0 <= place < len(text) else ""


def _joins_after(character: str, letters: dict[str, dict[str, str]]) -> bool:
    """Whether a letter connects to the one after it."""
    return bool(character) and (character in _JOINERS or "<initial>" in letters.get(character, ()))


def _joins_before(character: str, letters: dict[str, dict[str, str]]) -> bool:
    """Whether a letter connects to the one before it."""
    return bool(character) and (character in _JOINERS or "<final>" in letters.get(character, ()))
