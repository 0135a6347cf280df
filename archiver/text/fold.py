"""One folding for everything that is searched, in the index and in what a person types.

    light   the same letters, however they were typed or copied: one Unicode form, small letters, ASCII digits, nothing
            invisible
    fold    letters that people take for one another: é and e, Traditional and Simplified, katakana and hiragana …

    text --light--> light text --(tokens.py)--> light words --fold--> what a word is found under

Folding a whole text a character at a time costs more than cutting it into words. So only light text is cut, and each
different word is folded once; the light word stays known, which is how a hit in the exact form can come first.
Folded text is never shown.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final
from unicodedata import normalize

DATA = Path(__file__).parent / "data"


def classes() -> dict[str, str]:
    """The insides of regular expression classes, by name (see ``make_tables``)."""
    lines = (DATA / "classes.txt").read_text(encoding="utf-8").splitlines()
    return {name: pattern for name, _tab, pattern in (line.partition("\t") for line in lines)}


def _read_tables() -> tuple[dict[int, str], dict[int, str]]:
    traditional, simplified = (DATA / "han.txt").read_text(encoding="utf-8").splitlines()
    lines = (DATA / "letters.txt").read_text(encoding="utf-8").splitlines()
    return dict(zip(map(ord, traditional), simplified, strict=True)), {ord(line[0]): line[2:] for line in lines}


CLASSES: Final = classes()
_HAN, _LETTERS = _read_tables()
_TABLE = _LETTERS | _HAN
_SIMPLIFIED = "".join(_HAN.values())
_NUMERALS = {code: to for code, to in _LETTERS.items() if to and to in "0123456789.,"}

_UNSEEN_OR_NUMERAL = re.compile(f"[{CLASSES['ignored']}{CLASSES['digit']}\u066b\u066c]")
_UNSEEN = re.compile(f"[{CLASSES['ignored']}]")
_RAISED = re.compile("[¹²³¼½¾⅐-⅞]")
"""Signs that are digits, but no part of the number before them: 3½, 10²."""
_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜḿǹńň"
READING: Final = re.compile(
    rf"\((?<=[\u3400-\u9fff]\()(?:(?=[a-zü '’-]{{0,20}}[{_TONED}])[a-zü{_TONED} '’-]{{1,40}}"
    r"|de|le|ma|me|men|ne|zhe|zi)\)"
)
"""The pronunciation of a Han character, or of a word, in brackets behind it; a few syllables have no tone."""
STRESS: Final = re.compile(rf"\*\*(?<=[{CLASSES['run']}]\*\*)(?=[{CLASSES['run']}])")
"""The signs of bold inside a word that is written without spaces: **重要**的."""
_NASALS = re.compile("ङ्(?=[क-ङ])|ञ्(?=[च-ञ])|ण्(?=[ट-ण])|न्(?=[त-न])|म्(?=[प-म])")


def light(text: str) -> str:
    """``text`` in one Unicode form and small letters, without invisible characters.

    A Han character followed by its own pronunciation, as in 關(guān)掉, is damage that copying from a page with
    reading aids does: the reading moves to the end, so that both 關掉 and guān are found. The signs of bold that cut
    a run (**重要**的) are not read, so they are left out.
    """
    if text.isascii():
        return text.lower()
    text = seen(text)
    if "(" in text and (readings := READING.findall(text)):
        text = "\n".join([READING.sub("", text), *readings])
    return STRESS.sub("", text) if "**" in text else text


def seen(text: str) -> str:
    """``text`` in one Unicode form, small letters and ASCII digits, without invisible characters, in its own order."""
    text = text.replace("™", " ")
    normal = normalize("NFKC", text)
    if normal is not text and _RAISED.search(text):
        normal = normalize("NFKC", _RAISED.sub(r" \g<0>", text))
    text = normal.lower()
    if _UNSEEN_OR_NUMERAL.search(text):
        return normalize("NFC", _UNSEEN.sub("", text)).translate(_NUMERALS)
    return text


def has_variants(character: str) -> bool:
    """Whether there are other Han characters that count as the same (髮 and 发)."""
    return ord(character) in _HAN or character in _SIMPLIFIED


def fold(word: str) -> str:
    """What a light word (or several, with line ends between them) is found under."""
    if word.isascii():
        return word
    word = word.translate(_TABLE)
    # Where a character fell away, marks of two scripts may meet in an order that is none.
    return normalize("NFC", _NASALS.sub("\u0902", word) if "\u094d" in word else word)
