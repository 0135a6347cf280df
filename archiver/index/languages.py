"""Which languages a text is in, for ``lang:``; from its letters, and for Western letters from its commonest words.

A message may be in several. It is a help for finding, not a statement about anybody: short or mixed messages count
for every language that they could be in only when a word says so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache
from typing import Final

CODES: Final = (
    "en", "zh-hans", "zh-hant", "ja", "fr", "de", "it", "es", "ko", "hi", "ar", "ru", "el", "he", "th", "pt"
)  # fmt: skip
"""The place of a code is the number of its bit."""

_OTHER_NAMES = {
    "zh": ("zh-hans", "zh-hant"), "zh-cn": ("zh-hans",), "zh-sg": ("zh-hans",), "zh-tw": ("zh-hant",),
    "zh-hk": ("zh-hant",), "jp": ("ja",), "kr": ("ko",), "cn": ("zh-hans", "zh-hant"),
}  # fmt: skip

_SCRIPTS = {
    "ja": "\u3041-\u30ff", "ko": "\uac00-\ud7a3", "hi": "\u0900-\u097f", "ar": "\u0621-\u064a", "ru": "\u0430-\u0451",
    "el": "\u03ac-\u03ce", "he": "\u05d0-\u05ea", "th": "\u0e01-\u0e3a",
}  # fmt: skip
_WORDS = re.compile("[a-zß-öø-ÿœ]+").findall
_NOT_WESTERN = re.compile("[\u0370-\ufaff]").search
_HAN = re.compile("[\u3400-\u9fff]").search
_SIMPLIFIED = frozenset(
    "们这为来时说对过发见东车长门问间还进从书语让应当个国学会么没给实样现点开关机电话爱记写读听远边"
)
_TRADITIONAL = frozenset(
    "們這為來時說對過發見東車長門問間還進從書語讓應當個國學會麼沒給實樣現點開關機電話愛記寫讀聽遠邊"
)
_ONLY_SIMPLIFIED, _ONLY_TRADITIONAL = _SIMPLIFIED - _TRADITIONAL, _TRADITIONAL - _SIMPLIFIED

_COMMON: Final = {
    word: bits
    for words, bits in (
        ("the and you that with this have are was for what it is of", 1 << CODES.index("en")),
        ("le les des est une je tu vous nous dans pour qui pas avec ce cette et du", 1 << CODES.index("fr")),
        ("der die das und ist nicht ich du ein eine mit auf für von zu den dem", 1 << CODES.index("de")),
        ("il che di è non per una sono con mi ti gli della ho questo anche", 1 << CODES.index("it")),
        ("el los las que es una por con para no se lo mi te más como pero del", 1 << CODES.index("es")),
        ("não uma você com para os as em mais que isso mas muito do da", 1 << CODES.index("pt")),
    )
    for word in words.split()
}
_COMMON_WORDS = frozenset(_COMMON)
_ENOUGH = 0.5
"""A second Western language counts when it has at least this share of the first one's common words."""


def bits_of(code: str) -> int:
    """The bits that a code which a person typed stands for; 0 when it is unknown."""
    code = code.casefold().replace("_", "-")
    names = _OTHER_NAMES.get(code, (code,) if code in CODES else ())
    return sum(1 << CODES.index(name) for name in names)


def languages(light: str) -> int:
    """The bits of the languages of a light text, of which the beginning is enough."""
    bits = 0
    if not light.isascii() and _NOT_WESTERN(light):
        pages = set(light.encode("utf-16-le", "surrogatepass")[1::2])
        for bit, pages_of_script, is_in in _scripts():
            if not pages_of_script.isdisjoint(pages) and is_in(light):
                bits |= bit
        if _HAN(light) and not bits & 1 << CODES.index("ja"):
            bits |= _chinese(light)
    return bits | _western(_WORDS(light))


@cache
def _scripts() -> list[tuple[int, frozenset[int], Callable[[str], object]]]:
    """The bit of a language, the higher bytes of its letters, and whether a text has two of them.

    Made when the first text is indexed; searching needs none of it.
    """
    return [
        (
            1 << CODES.index(code),
            frozenset(range(ord(letters[0]) >> 8, (ord(letters[-1]) >> 8) + 1)),
            re.compile(f"[{letters}].*?[{letters}]", re.DOTALL).search,
        )
        for code, letters in _SCRIPTS.items()
    ]


def _chinese(light: str) -> int:
    simplified, traditional = 1 << CODES.index("zh-hans"), 1 << CODES.index("zh-hant")
    bits = 0 if _ONLY_SIMPLIFIED.isdisjoint(light) else simplified
    bits |= 0 if _ONLY_TRADITIONAL.isdisjoint(light) else traditional
    return bits or simplified | traditional


def _western(words: Iterable[str]) -> int:
    bits = [_COMMON[word] for word in _COMMON_WORDS.intersection(words)]
    if len(set(bits)) < 2:
        return bits[0] if bits else 0
    counts = Counter(bits)
    most = max(counts.values())
    return sum(bit for bit, count in counts.items() if count >= _ENOUGH * most)
