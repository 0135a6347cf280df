"""Cutting light text into words, the same for the index and for what a person types.

    letters with their marks     a word                          goodbye, हिन्दी, كتاب
    digits and what is glued on  a word                          4o, 12, 2025
    a point between digits       belongs to the digits after it  5.2 -> 5 and .2, so that 5.2 is not "5 2" nor 52
    digits grouped by thousands  one word                        15,000  15.000  15'000
                                 15 000 stays two words that are found under 15000 as well
    emoji and symbols            a word each
    scripts without spaces       a run; every character of it starts a pair, the last one stands alone
                                 東京都 -> 東京, 京都, 都

Never Python's ``\\w``: it cuts Devanagari words apart at their vowel signs and glues 4o to the kana behind it.
"""

from __future__ import annotations

import re
from operator import add
from typing import Final

from archiver.text.fold import CLASSES, fold

_RUN, _LETTER, _DIGIT, _SYMBOL = (CLASSES[name] for name in ("run", "letter", "digit", "symbol"))
HANGUL: Final = "\u1100-\u11ff\uac00-\ud7a3"

_THOUSANDS = "|".join(
    rf"(?:{point}[{_DIGIT}]{{3}})+(?!{point}?[{_DIGIT}])" for point in (",", r"\.", "'", "\u2019", "\u066c")
)
spaced_numbers: Final = re.compile(
    rf"(?<![{_DIGIT}] )(?<![{_DIGIT}.,{_LETTER}])[{_DIGIT}]{{1,3}}(?: [{_DIGIT}]{{3}})+(?! ?[{_DIGIT}]|[{_LETTER}])"
).findall
"""Numbers whose thousands are set apart by spaces."""

_NUMBER = rf"[{_DIGIT}]{{1,3}}(?:{_THOUSANDS})(?![{_LETTER}])"
_WORD = rf"[{_LETTER}]+|{_NUMBER}|(?<=[{_DIGIT}])[.\u066b][{_DIGIT}][{_DIGIT}{_LETTER}]*|[{_DIGIT}][{_DIGIT}{_LETTER}]*"

find_words: Final = re.compile(f"{_WORD}|[{_SYMBOL}]").findall
"""The words of a text without runs."""

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
_AND_IS_ROOT = frozenset(
    "واحد واحده وحده وحيد وحيده وجود وجوه ورده ورود وصول وضوح وقوف وسيله وظيفه وزير ولكن "
    "والد والده والدي والدك والدته والدتي والدتك والدين والديه والديك والدان".split()
)


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
        return find_words(light) + spaced_numbers(light)
    return narrow.translate(_WESTERN).decode("cp1252").split()


def grams(run: str) -> list[str]:
    """The pairs of a run, and its last character alone: every character starts exactly one of them."""
    return [*map(add, run, run[1:]), run[-1]]


def terms(light: str) -> list[str]:
    """Every word and pair of a light text, in order."""
    if (words := western_words(light)) is not None:
        return words
    found: list[str] = []
    for place, part in enumerate(split_runs(light)):
        if part:
            found += grams(part) if place % 2 else find_words(part)
    return found + spaced_numbers(light)


def identity(word: str) -> str:
    """What makes two words the same in a phrase: the folded word; thousands without points; a fraction with its."""
    folded = fold(word)
    if folded[:1].isdigit() and not folded.isalnum():
        return _GROUP.sub("", folded)
    return folded


def keys(word: str) -> tuple[str, ...]:
    """Everything a light word or pair is found under; ``identity`` first, but for fractions.

    The groups of a number, an Arabic word without its article, a German umlaut written with e.
    """
    folded = fold(word)
    if not folded or folded.isalpha() and folded.isascii() and word.isascii():
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
