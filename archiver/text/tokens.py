"""Cutting light text into words, the same for the index and for what a person types.

    letters with their marks     a word                          goodbye, हिन्दी, كتاب
    digits and what is glued on  a word                          4o, 12, 2025
    a point between digits       belongs to the digits after it  5.2 -> 5 and .2, so that 5.2 is not "5 2" nor 52
    digits grouped by thousands  one word                        15,000  15.000  15'000
                                 15 000 stays two words that are found under 15000 as well
    emoji and symbols            a word each
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

from archiver.text.fold import CLASSES, fold

_RUN, _LETTER, _DIGIT, _SYMBOL = (CLASSES[name] for name in ("run", "letter", "digit", "symbol"))
SKIP, EDGE, SPACE = "\x03", "\x04", "\x05"
"""Between runs; before a run of Hangul; before a run of Hangul with only white space before it, which Korean words may
cross."""
PARTINGS: Final = frozenset((SKIP, EDGE, SPACE))

_THOUSANDS = "|".join(
    rf"(?:{point}[{_DIGIT}]{{3}})+(?!{point}?[{_DIGIT}])" for point in (",", r"\.", "'", "\u2019", "\u066c")
)
spaced_numbers: Final = re.compile(
    rf"[{_DIGIT}](?<![{_DIGIT}] [{_DIGIT}])(?<![{_DIGIT}.,{_LETTER}][{_DIGIT}])[{_DIGIT}]{{0,2}}(?: [{_DIGIT}]{{3}})+"
    rf"(?! ?[{_DIGIT}]|[{_LETTER}])"
).findall
"""Numbers whose thousands are set apart by spaces."""

_NUMBER = rf"[{_DIGIT}]{{1,3}}(?:{_THOUSANDS})(?![{_LETTER}])"
_WORD = rf"[{_LETTER}]+|{_NUMBER}|(?<=[{_DIGIT}])[.\u066b][{_DIGIT}][{_DIGIT}{_LETTER}]*|[{_DIGIT}][{_DIGIT}{_LETTER}]*"

find_words: Final = re.compile(f"{_WORD}|[{_SYMBOL}]").findall
"""The words of a text without runs."""

place_words: Final = re.compile(f"{_WORD}|[{_SYMBOL}]").finditer
"""The same as matches."""

split_runs: Final = re.compile(f"([{_RUN}]+)").split
"""What stands between runs at the even places of a list, the runs themselves at the odd ones."""

WORD_OR_RUN: Final = re.compile(f"{_WORD}|[{_SYMBOL}]|[{_RUN}]+")

_GROUP = re.compile("[.,'\u2019 ]")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_UMLAUT = re.compile("[äöü]")
_ARABIC = re.compile("[\u0621-\u064a]")
_AND = re.compile("و(?=[\u0621-\u064a]{3})")
_ARTICLE = re.compile("(?:[وف]?(?:ال|بال|كال|لل))(?=[\u0621-\u064a]{2})")
_TYPED_ARTICLE = re.compile("و?ال(?=[\u0621-\u064a]{3})")
_AND_IS_ROOT: Final = frozenset({
    "واحد", "واحده", "وحده", "وحيد", "وحيده", "وجود", "وجوه", "ورده", "ورود",
    "وصول", "وضوح", "وقوف", "وسيله", "وظيفه", "وزير", "والد", "والده", "والدي",
    "والدك", "والدته", "والدتي", "والدتك", "والدين", "والديه", "والديك", "والدان",
})  # fmt: skip
"""Words whose و belongs to them."""


def _western_tables() -> tuple[bytes, str, str]:
    """For texts in the 256 characters of Western European typography: bytes that end words become spaces."""
    table, letters, symbols = bytearray(b" " * 256), "", ""
    for code in range(256):
        character = bytes([code]).decode("cp1252", "ignore")
        if character and WORD_OR_RUN.fullmatch(character):
            if character.isdigit() or character.isalpha():
                table[code] = code
                letters += "" if character.isdigit() else character
            else:
                symbols += character
    return bytes(table), letters, symbols


_WESTERN, _WESTERN_LETTERS, _WESTERN_SYMBOLS = _western_tables()
_needs_care = re.compile(
    rf"[0-9{re.escape(_WESTERN_SYMBOLS)}](?:(?<=[{_WESTERN_LETTERS}][0-9])|(?<=[^0-9])|[.,'\u2019][0-9]| [0-9]{{3}})"
).search


def western_words(light: str) -> list[str] | None:
    """The words of a text in Western letters, four times as quickly as ``find_words``; None when it has others.

    Splitting at spaces is right unless letters meet digits, points stand inside numbers, or there are symbols.
    """
    if light.isascii():
        narrow = light.encode()
    else:
        try:
            narrow = light.encode("cp1252")
        except UnicodeEncodeError:
            return None
    if _needs_care(light):
        return find_words(light)
    return narrow.translate(_WESTERN).decode("cp1252").split()


class _Between(dict[str, list[str]]):
    """The words between two runs; what comes again and again (a comma, a full stop) is looked up."""

    def __missing__(self, text: str) -> list[str]:
        words = find_words(text)
        if len(text) < 4:
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
    return found + _between[parts[-1]] if parts[-1] else found


def is_hangul(character: str) -> bool:
    """Whether a character of a run is Korean."""
    return "\uac00" <= character <= "\ud7a3" or "\u1100" <= character <= "\u11ff"


def is_run(token: str) -> bool:
    """Whether a token comes from a run, not from letters, digits or symbols."""
    return len(split_runs(token[0])) > 1


def spaced_keys(light: str, tokens: list[str]) -> list[tuple[str, int]]:
    """The numbers whose thousands are set apart by spaces, with their positions in the tokens of the text."""
    found = []
    start = 0
    for number in spaced_numbers(light):
        groups = number.split(" ")
        while groups != tokens[start : start + len(groups)] and start < len(tokens):
            start += 1
        found.append((number, start))
    return found if start < len(tokens) else []


def identity(word: str) -> str:
    """What makes two words the same in a phrase: the folded word; thousands without points; a fraction with its.

    Empty for what has no place of its own in a phrase, such as the whole of 15 000.
    """
    folded = fold(word)
    if " " in folded:
        return ""
    if folded[:1].isdigit() and not folded.isalnum():
        return _GROUP.sub("", folded)
    return folded


def keys(word: str) -> tuple[str, ...]:
    """Everything a light word or pair is found under; ``identity`` first, but for fractions.

    The groups of a number, an Arabic word without its article, a German umlaut written with e.
    """
    folded = fold(word)
    if not folded or (word.isascii() and word.isalpha()):
        return (folded,)
    if folded[0] == ".":
        return (folded[1:],)
    if folded[0].isdigit():
        if " " in folded:
            return (folded.replace(" ", ""),)
        groups = _GROUP.split(folded)
        return (folded,) if len(groups) == 1 else ("".join(groups), *dict.fromkeys(groups))
    if _UMLAUT.search(word):
        return (folded, fold(word.translate(_UMLAUTS)))
    if _ARABIC.match(folded):
        return tuple(dict.fromkeys((folded, *_without_prefixes(folded))))
    return (folded,)


def spellings(word: str) -> tuple[str, ...]:
    """The keys to look under for a light word that a person typed.

    As typed; an umlaut written with e; an Arabic word without its article.
    """
    first = keys(word)[0]
    if _UMLAUT.search(word):
        return (first, fold(word.translate(_UMLAUTS)))
    if article := _TYPED_ARTICLE.match(first):
        return (first, first[article.end() :])
    return (first,)


def _without_prefixes(word: str) -> list[str]:
    """Arabic: without "and", without the article, without both; single ب ك ل ف stay (كتاب is not ك and تاب)."""
    if word in _AND_IS_ROOT:
        return []
    shorter = []
    if _AND.match(word):
        shorter.append(word[1:])
    if article := _ARTICLE.match(word):
        noun = word[article.end() :]
        shorter += [noun, f"ال{noun}"]
    return shorter
