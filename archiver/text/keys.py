"""What a word is found under: its folded form and other keys, worked out once for each different word."""

from __future__ import annotations

import re
from typing import Final

from archiver.text.fold import fold

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
