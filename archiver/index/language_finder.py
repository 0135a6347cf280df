"""Finds which languages texts are in, many at a time: by their letters, and for Western letters by their common words.

A text may be in several. It is a help for finding, not a statement about anybody: short or mixed texts count for every
language that they could be in only when a word says so.
"""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from archiver.index.languages import CODES
from archiver.text.bulk_tokens import Numbers, Tokens, cut
from archiver.text.vocabulary import Vocabulary

_SCRIPTS: Final = {
    "ja": (0x3041, 0x30FF), "ko": (0xAC00, 0xD7A3), "hi": (0x0900, 0x097F), "ar": (0x0621, 0x064A),
    "ru": (0x0430, 0x0451), "el": (0x03AC, 0x03CE), "he": (0x05D0, 0x05EA), "th": (0x0E01, 0x0E3A),
}  # fmt: skip
"""The first and the last letter of scripts that one of our languages has for itself."""
_HAN, _SIMPLIFIED, _TRADITIONAL = range(len(_SCRIPTS) + 1, len(_SCRIPTS) + 4)
_SIMPLIFIED_CHARACTERS = frozenset(
    "们这为来时说对过发见东车长门问间还进从书语让应当个国学会么没给实样现点开关机电话爱记写读听远边"
)
_TRADITIONAL_CHARACTERS = frozenset(
    "們這為來時說對過發見東車長門問間還進從書語讓應當個國學會麼沒给實樣現點開關機電話愛記寫讀聽遠邊"
)
_COMMON: Final = {
    "en": "the and you that with this have are was for what it is of",
    "fr": "le les des est une je tu vous nous dans pour qui pas avec ce cette et du",
    "de": "der die das und ist nicht ich du ein eine mit auf für von zu den dem",
    "it": "il che di è non per una sono con mi ti gli della ho questo anche",
    "es": "el los las que es una por con para no se lo mi te más como pero del",
    "pt": "não uma você com para os as em mais que isso mas muito do da",
}
"""A word of several languages counts for the last of them."""
_LETTERS, _WORDS = 200, 50
"""Tokens at the beginning of a text that are looked at for its scripts, and for common words."""
_ENOUGH = 0.5
"""A second Western language counts when it has at least this share of the first one's common words."""


class LanguageFinder:
    """Tells the languages of texts whose words have numbers in a vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """The vocabulary must be new, so that the common words have low numbers."""
        number_of = {word: place for place, words in enumerate(_COMMON.values(), 1) for word in words.split()}
        numbers = vocabulary.add_all(cut([" ".join(number_of)]))
        self._language_of = np.zeros(int(numbers.max()) + 1, np.uint8)
        self._language_of[numbers] = list(number_of.values())

    def bits(self, tokens: Tokens, numbers: Numbers, places: Numbers) -> NDArray[np.uint16]:
        """The bits of each text, from the numbers of its tokens and their places in it."""
        text_of = np.repeat(np.arange(len(tokens.counts)), tokens.counts)
        return self._of_scripts(tokens, text_of, places) | self._western(tokens, text_of, numbers, places)

    def _of_scripts(self, tokens: Tokens, text_of: Numbers, places: Numbers) -> NDArray[np.uint16]:
        scripts = _scripts()[tokens.codes[tokens.starts]]
        chosen = np.flatnonzero((scripts > 0) & (places < _LETTERS) & (tokens.lengths > 0))
        kinds = _TRADITIONAL + 1
        # Two letters of a script, in one word or in two.
        letters = np.minimum(tokens.lengths[chosen], 2)
        letters[scripts[chosen] == _place("ja")] = letters[scripts[chosen] == _place("ko")] = 1
        texts = len(tokens.counts)
        counts = np.bincount(text_of[chosen] * kinds + scripts[chosen], letters, texts * kinds).reshape(texts, kinds)
        bits = np.zeros(texts, np.uint16)
        for place, code in enumerate(_SCRIPTS, 1):
            bits[counts[:, place] >= 2] |= _bit(code)
        has = counts[:, _HAN:] > 0
        is_chinese = has.any(axis=1) & (counts[:, _place("ja")] < 2)
        is_either = is_chinese & ~has[:, 1] & ~has[:, 2]
        bits[is_either | is_chinese & has[:, 1]] |= _bit("zh-hans")
        bits[is_either | is_chinese & has[:, 2]] |= _bit("zh-hant")
        return bits

    def _western(self, tokens: Tokens, text_of: Numbers, numbers: Numbers, places: Numbers) -> NDArray[np.uint16]:
        """Each different common word counts once."""
        texts, size = len(tokens.counts), len(self._language_of)
        chosen = np.flatnonzero((numbers < size) & (places < _WORDS))
        different = np.unique(text_of[chosen] * size + numbers[chosen])
        languages = self._language_of[different % size]
        found = np.bincount(different // size * (len(_COMMON) + 1) + languages, minlength=texts * (len(_COMMON) + 1))
        counts = found.reshape(texts, len(_COMMON) + 1)[:, 1:]
        enough = counts >= np.maximum(1, _ENOUGH * counts.max(axis=1, initial=0))[:, None]
        bits: NDArray[np.uint16] = (enough * np.array([_bit(code) for code in _COMMON])).sum(axis=1).astype(np.uint16)
        return bits


def _place(code: str) -> int:
    return list(_SCRIPTS).index(code) + 1


def _bit(code: str) -> int:
    return 1 << CODES.index(code)


@cache
def _scripts() -> NDArray[np.uint8]:
    """The script of each character; 0 for any other."""
    table = np.zeros(0x110000, np.uint8)
    table[0x3400:0xA000] = _HAN
    for place, (first, last) in enumerate(_SCRIPTS.values(), 1):
        table[first : last + 1] = place
    table[list(map(ord, _SIMPLIFIED_CHARACTERS - _TRADITIONAL_CHARACTERS))] = _SIMPLIFIED
    table[list(map(ord, _TRADITIONAL_CHARACTERS - _SIMPLIFIED_CHARACTERS))] = _TRADITIONAL
    return table
