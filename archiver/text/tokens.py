"""Cutting light text into words, the same for the index and for what a person types.

    letters with their marks     a word                          goodbye, हिन्दी, كتاب
    digits and what is glued on  a word                          4o, 12, 2025
    T in a moment                a word                          2024-05-13T10:30 -> 2024, 05, 13, t, 10, 30
    a point between digits       belongs to the digits after it  5.2 -> 5 and .2, so that 5.2 is not "5 2" nor 52
    digits grouped by thousands  one word                        15,000  15.000  15'000
                                 15 000 stays two words that are found under 15000 as well
    emoji and symbols            a word each; the two letters of a flag are one
    scripts without spaces       a run; every character of it starts a pair, the last one stands alone
                                 東京都 -> 東京, 京都, 都

A text is a list of these; the place in the list is the position, so that phrases can be checked. Between two runs, and
before every run of Hangul, one place is taken by what parts them (``SKIP``, ``EDGE``, ``SPACE``).

Never Python's ``\\w``: it cuts Devanagari words apart at their vowel signs and glues 4o to the kana behind it.
"""

from __future__ import annotations

import re
from operator import add
from typing import Final

from archiver.text.fold import CLASSES

_LETTERS, _RUNS, _SYMBOLS = CLASSES["letter"], CLASSES["run"], CLASSES["symbol"]
GLUED: Final = "a-z\u00df-\u00f6\u00f8-\u03ff"
"""Letters that stay with the digits before them: Western and Greek ones. Big classes are slow to compile."""

SKIP, EDGE, SPACE = "\x03", "\x04", "\x05"
"""Between runs; before a run of Hangul; before a run of Hangul with only white space before it, which Korean words may
cross."""
PARTINGS: Final = frozenset((SKIP, EDGE, SPACE))

_THOUSANDS = "|".join(rf"(?:{point}[0-9]{{3}})+(?!{point}?[0-9])" for point in (",", r"\.", "'", "\u2019"))
_LAKHS = "[0-9]?(?:,[0-9]{2})+,[0-9]{3}(?!,?[0-9])"
"""As India groups digits: 1,50,000."""
_NUMBER = rf"[1-9](?<![0-9]{{2}}:[0-9])(?:[0-9]{{0,2}}(?:{_THOUSANDS})|{_LAKHS})(?![{GLUED}])"
"""Not the seconds of 00:13:45,120."""
EASTERN: Final = "\u0400-\u04ff\u0620-\u065f\u0670-\u06d3\u0900-\u0963"
"""Cyrillic, Arabic and Devanagari letters and marks, which Latin letters beside them are no part of:
ChatGPT\u0938\u0947."""
_MOMENT = (
    rf"[0-9]{{2}}(?:(?=t(?![a-z]))(?<=[-\u2010][0-9]{{2}}[-\u2010][0-9]{{2}})|(?=z(?![0-9{GLUED}]))(?<=[0-9]:[0-9]{{2}})"
    "|[0-9]{6}(?=t[0-9]{6}))"
)
"""Digits before the T between a date and a time, and before the Z behind it."""
FLAG_LETTERS: Final = "\U0001f1e6-\U0001f1ff"
_FLAG = f"[{FLAG_LETTERS}]{{2}}"
_WORD = re.compile(
    rf"[a-z]+(?=[{EASTERN}])|[{EASTERN}]+(?=[a-z])|[{_LETTERS}]+|{_NUMBER}|{_MOMENT}|(?<=[0-9])\.[0-9][0-9{GLUED}]*|[0-9][0-9{GLUED}]*|{_FLAG}|[{_SYMBOLS}]",
)
JOINING: Final = ".,'\u2019:\u2010-"
"""What is no part of a word, but of what decides about the digits beside it."""
HANGUL: Final = "\uac00-\ud7a3\u1100-\u11ff"
_RUN = re.compile(f"([{_RUNS}]+)")

find_words: Final = _WORD.findall
"""The words of a text without runs."""
place_words: Final = _WORD.finditer
"""The same as matches."""
split_runs: Final = _RUN.split
"""What stands between runs at the even places of a list, the runs themselves at the odd ones."""

_SPACED = re.compile(
    rf"[0-9](?<![0-9] [0-9])(?<![0-9{GLUED}][0-9])(?<![0-9][.,][0-9])[0-9]{{0,2}}"
    rf"(?: [0-9]{{3}})+(?! ?[0-9]|[{GLUED}])"
)
place_spaced_numbers: Final = _SPACED.finditer
"""Numbers whose thousands are set apart by spaces, as matches."""


def _western_tables() -> tuple[bytes, str, str]:
    """For texts in the 256 characters of Western European typography: bytes that end words become spaces."""
    table, letters, symbols = bytearray(b" " * 256), "", ""
    for code in range(256):
        character = bytes([code]).decode("cp1252", "ignore")
        if not find_words(character):
            continue
        if character.isalnum():
            table[code] = code
            letters += "" if character.isdigit() else character
        else:
            symbols += character
    return bytes(table), letters, symbols


_WESTERN, _WESTERN_LETTERS, _WESTERN_SYMBOLS = _western_tables()
_DIGITS_AND_SYMBOLS: Final = b"0123456789" + _WESTERN_SYMBOLS.encode("cp1252")
_needs_care = re.compile(
    rf"[0-9{re.escape(_WESTERN_SYMBOLS)}](?:(?<=[{_WESTERN_LETTERS}][0-9])|(?<=[^0-9])|[.,'\u2019][0-9]| [0-9]{{3}}"
    "|[tz](?<=[-:][0-9][0-9][tz]))"
).search


def western_words(light: str) -> list[str] | None:
    """The words of a text in Western letters, four times as quickly as ``find_words``; None when it has others.

    Splitting at spaces is right unless letters meet digits, points stand inside numbers, or there are symbols.
    """
    if (words := plain_words(light)) is not None:
        return words
    try:
        narrow = light.encode("cp1252")
    except UnicodeEncodeError:
        return None
    return find_words(light) if _needs_care(light) else narrow.translate(_WESTERN).decode("cp1252").split()


def plain_words(light: str) -> list[str] | None:
    """The words of a text in Western letters without digits or symbols; None when it has others."""
    code = "ascii" if light.isascii() else "cp1252"
    try:
        narrow = light.encode(code)
    except UnicodeEncodeError:
        return None
    if len(narrow.translate(None, _DIGITS_AND_SYMBOLS)) < len(narrow):
        return None
    return narrow.translate(_WESTERN).decode(code).split()


class _Between(dict[str, list[str]]):
    """The words between two runs; what comes again and again (a comma, a full stop) is looked up."""

    def __missing__(self, text: str) -> list[str]:
        words = find_words(text)
        if len(text) < 4 and len(self) < 10_000:
            self[text] = words
        return words


_between: Final = _Between()


def sequence(light: str) -> list[str]:
    """Every word and pair of a light text, in order, and what parts runs."""
    if (words := western_words(light)) is not None:
        return words
    found: list[str] = []
    last = ""
    parts = split_runs(light)
    for place in range(1, len(parts), 2):
        between, run = parts[place - 1], parts[place]
        words = _between[between]
        if words:
            found += words
            last = ""
        if is_hangul(run[0]):
            found.append(SPACE if last and is_hangul(last) and between.isspace() else EDGE)
        elif last:
            found.append(SKIP)
        found += map(add, run, run[1:])
        last = run[-1]
        found.append(last)
    found += _between[parts[-1]]
    return found


def is_hangul(character: str) -> bool:
    """Whether a character of a run is Korean."""
    return "\uac00" <= character <= "\ud7a3" or "\u1100" <= character <= "\u11ff"


def is_run(token: str) -> bool:
    """Whether a token comes from a run, not from letters, digits or symbols."""
    return _RUN.match(token) is not None
