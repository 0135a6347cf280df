"""What a word is found under: its folded form and other keys, worked out once for each different word."""

from __future__ import annotations

import re
from itertools import chain
from typing import Final

from archiver.text.fold import fold

_GROUP = re.compile("[.,'\u2019 ]")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_UMLAUT = re.compile("[äöü]")
_ARABIC = re.compile("[\u0621-\u064a]")
_AND = re.compile("و(?=[\u0621-\u064a]{3})")
_SHORT_BEHIND_AND: Final = frozenset({
    "في", "لا", "ما", "من", "مع", "هو", "هي", "هم", "لم", "لن", "لو", "قد", "كم", "كل", "كي", "ان", "او", "اي", "ام",
    "يا", "هل", "عن", "بل", "ثم", "له", "لك", "لي", "به", "بك", "بي", "حب", "اب", "اخ", "يد", "دم",
})  # fmt: skip
"""Words of two letters before which a و says "and"; before others it belongs to them: ورد, وقت."""
_ARTICLE = re.compile("(?:[وف]?(?:ال|بال|كال|لل))(?=[\u0621-\u064a]{2})")
_HAMZA_FIRST = re.compile("[وف]?[أإآ]")
"""What looks like an article when it is folded, but is none: إلهي, ألعاب."""
_ARTICLE_IS_ROOT: Final = frozenset({
    "الله", "اللي", "الان", "التي", "الذي", "الذين", "الهي", "اليك", "اليه", "اليها", "الينا", "اليكم",
})  # fmt: skip
"""Words that are no others with an article."""
_TYPED_ARTICLE = re.compile("و?ال(?=[\u0621-\u064a]{3})")
_BARE_HAMZA = re.compile("(?<=[\u0621-\u0649])[\u064b-\u065f]*ئ[\u064b-\u065f]*$")
"""At the end of a word, where many leave a yeh out: شئ is شيء."""
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

    The groups of a number (1,299 may be a list, 15,000 is none), an Arabic word without its article, a German umlaut
    written with e.
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
        whole = "".join(groups)
        if len(groups) == 1 or "000" in groups:
            return (whole,)
        return (whole, *dict.fromkeys(groups))
    if _UMLAUT.search(word):
        return (folded, fold(word.translate(_UMLAUTS)))
    if _ARABIC.match(folded):
        forms = (folded, *_with_yeh(word))
        has_article = not _HAMZA_FIRST.match(word)
        return tuple(dict.fromkeys(chain(forms, *(_without_prefixes(form, has_article) for form in forms))))
    return (folded,)


def spellings(word: str) -> tuple[str, ...]:
    """The keys to look under for a light word that a person typed.

    As typed; an umlaut written with e; an Arabic word without its article, or with a yeh that was left out.
    """
    first = keys(word)[0]
    if _UMLAUT.search(word):
        return (first, fold(word.translate(_UMLAUTS)))
    if _ARABIC.match(first):
        forms = (first, *_with_yeh(word))
        articles = map(_TYPED_ARTICLE.match, forms)
        return (*forms, *(form[found.end() :] for form, found in zip(forms, articles, strict=True) if found))
    return (first,)


def _with_yeh(word: str) -> tuple[str, ...]:
    """Arabic: شيء for شئ."""
    with_yeh = _BARE_HAMZA.sub("يء", word)
    return (fold(with_yeh),) if with_yeh != word else ()


def _without_prefixes(word: str, has_article: bool) -> list[str]:
    """Arabic: without "and", without the article, without both; single ب ك ل ف stay (كتاب is not ك and تاب)."""
    if word in _AND_IS_ROOT:
        return []
    shorter = ["الله"] if word.removeprefix("و") == "لله" else []
    if _AND.match(word) or (word[0] == "و" and word[1:] in _SHORT_BEHIND_AND):
        shorter.append(word[1:])
    if has_article and (article := _ARTICLE.match(word)):
        noun = word[article.end() :]
        with_article = f"ال{noun}"
        shorter += [with_article] if with_article in _ARTICLE_IS_ROOT else [noun, with_article]
        if article.group().endswith("لل"):
            # Two of three ل are written where the word itself begins with one: للغة is ل and اللغة.
            shorter += [f"ل{noun}", f"الل{noun}"]
    return shorter
