"""What a person may have meant, in words that the archive has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from unicodedata import normalize

from archiver.index.dictionary import light_of
from archiver.index.documents import VISIBLE
from archiver.index.field_search import FieldSearch
from archiver.index.nodes import Titled, Words, leaves
from archiver.index.postings import count
from archiver.index.query import Query
from archiver.index.segment_search import SegmentSearch
from archiver.index.trees import phrase_of
from archiver.text.fold import fold
from archiver.text.patterns import Pattern, patterns
from archiver.text.tokens import is_hangul, is_run

_ALPHABETS = (
    "abcdefghijklmnopqrstuvwxyz",
    "абвгдежзиклмнопрстуфхцчшщъыьэюяй",
    "αβγδεζηθικλμνξοπρστυφχψωσ",
    "ءابتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "".join(map(chr, range(0x0902, 0x094E))),
)
_KANA = (
    "かが", "きぎ", "くぐ", "けげ", "こご", "さざ", "しじち", "すずつ", "せぜ", "そぞ", "ただ", "ちぢし", "つづっす",
    "てで", "とど", "はばぱわ", "ひびぴ", "ふぶぷ", "へべぺえ", "ほぼぽ", "あぁ", "いぃ", "うぅー", "えぇへ", "おぉを",
    "やゃ", "ゆゅ", "よょ", "わはゎ", "をお", "じぢ", "ずづ", "ーう",
)  # fmt: skip
"""Kana that are taken for one another, as folded."""
_EASILY_MISSED = "ーっうん"
"""Kana that are left out, or typed where there is none."""
_FIRST_HANGUL, _VOWELS, _ENDS = 0xAC00, 21, 28
_SHORTEST, _LONGEST, _LONG_ENOUGH_FOR_TWO = 3, 40, 6
_MOST_LOOKED_THROUGH, _MOST_TRIED = 30_000, 40
_SHORTEST_HAN, _LONGEST_RUN = 3, 12


def suggestion(query: Query, searches: Sequence[SegmentSearch]) -> str:
    """The query with its unknown words replaced; empty when a word has no neighbour, or none is unknown."""
    if query.node is None:
        return ""
    suggested = query.typed
    names = tuple({"body" if section in VISIBLE else "hidden": None for section in query.sections})
    words = _KnownWords(searches, names)
    for found in leaves(query.node, negated=False):
        leaf = found.words if isinstance(found, Titled) else found
        if not isinstance(leaf, Words):
            continue
        pattern = leaf.patterns[0]
        if pattern.run:
            is_unknown = not any(map(words.documents, leaf.patterns))
            better = _similar_run(pattern.run, words) if is_unknown else leaf.typed
        else:
            better = _with_neighbours(leaf.typed, pattern, words)
        if not better:
            return ""
        suggested = suggested.replace(leaf.typed, better)
    return suggested if suggested != query.typed else ""


def _with_neighbours(typed: str, pattern: Pattern, words: _KnownWords) -> str:
    """What was typed with each of its words that is unknown replaced; empty when one has no neighbour."""
    for number, step in enumerate(pattern.steps, 1):
        word = fold(step.token)
        is_known = words.begins if pattern.is_prefix and number == len(pattern.steps) else words.frequency
        if not word[:1].isalnum() or is_run(word) or is_known(word):
            continue
        place = re.search(rf"(?<![^\W\d_]){re.escape(step.token)}(?![^\W\d_])", typed, re.IGNORECASE)
        best = _neighbour(word, words) if place else ""
        if not place or not best:
            return ""
        typed = typed[: place.start()] + words.shown(best) + typed[place.end() :]
    return typed


class _KnownWords:
    """How often words and runs come in some fields of all segments."""

    def __init__(self, searches: Sequence[SegmentSearch], names: Sequence[str]) -> None:
        self._searches, self._names = searches, names
        self.fields: list[FieldSearch] = [
            search.fields[name] for search in searches for name in names if name in search.fields
        ]

    def frequency(self, word: str) -> int:
        """How often a word comes, by its folded form."""
        return sum(field.size(word.encode("utf-8", "replace")) for field in self.fields)

    def begins(self, prefix: str) -> bool:
        """Whether any word begins so."""
        start = prefix.encode("utf-8", "replace")
        return any(True for field in self.fields for _entry in field.dictionary.starting_with(start))

    def documents(self, pattern: Pattern) -> int:
        """How many documents have a pattern."""
        phrases = [phrase_of(pattern, name) for name in self._names]
        return sum(len(search.documents_of(phrase)) for search in self._searches for phrase in phrases)

    def shown(self, word: str) -> str:
        """A word as it is mostly written, by its folded form."""
        often: dict[bytes, int] = {}
        for field in self.fields:
            for entry in field.forms(word.encode("utf-8", "replace")):
                form = light_of(entry.key)
                often[form] = often.get(form, 0) + count(entry.head)
        return max(often, key=often.__getitem__).decode() if often else word

    def pairs(self, character: str) -> list[tuple[str, str]]:
        """Pairs that begin with a character, folded and as they are written, the most frequent first."""
        found: dict[tuple[str, str], int] = {}
        for field in self.fields:
            for entry in field.dictionary.starting_with(character.encode()):
                pair = entry.key.partition(b"\x01")[0].decode(), light_of(entry.key).decode()
                if len(pair[0]) == len(pair[1]) == 2:
                    found[pair] = found.get(pair, 0) + count(entry.head)
        return sorted(found, key=found.__getitem__, reverse=True)

    def beginning(self, prefix: str) -> dict[str, int]:
        """All words that begin so, with how often they come; none when there are too many to look through."""
        found: dict[str, int] = {}
        start = prefix.encode("utf-8", "replace")
        for field in self.fields:
            for entry in field.dictionary.starting_with(start):
                word = entry.key.partition(b"\x01")[0].decode()
                found[word] = found.get(word, 0) + count(entry.head)
                if len(found) > _MOST_LOOKED_THROUGH:
                    return {}
        return found


def _neighbour(word: str, words: _KnownWords) -> str:
    """The most frequent word that is one slip away, else, of a long word, two."""
    if not _SHORTEST <= len(word) <= _LONGEST:
        return ""
    alphabet = next((letters for letters in _ALPHABETS if word[0] in letters or word[-1] in letters), "")
    near = list(dict.fromkeys(_slips(word, alphabet)))
    best = max(near, key=words.frequency, default="")
    if best and words.frequency(best):
        return best
    return _two_slips_away(word, words) if len(word) >= _LONG_ENOUGH_FOR_TWO else ""


def _slips(word: str, alphabet: str) -> Iterator[str]:
    """Everything that one missing, doubled, wrong or exchanged letter away."""
    for place in range(len(word) + 1):
        begin, end = word[:place], word[place:]
        if end:
            yield begin + end[1:]
        if len(end) > 1:
            yield begin + end[1] + end[0] + end[2:]
        for letter in alphabet:
            yield begin + letter + end
            if end:
                yield begin + letter + end[1:]


def _two_slips_away(word: str, words: _KnownWords) -> str:
    """Among words with the same beginning, which people rarely get wrong twice."""
    beginnings = dict.fromkeys((word[:1], word[:2], word[1::-1], word[0] + word[2]))
    known: dict[str, int] = {}
    for beginning in beginnings:
        known |= words.beginning(beginning)
    near = {
        other: often for other, often in known.items() if abs(len(other) - len(word)) <= 2 and _are_near(word, other)
    }
    return max(near, key=near.__getitem__, default="")


def _are_near(word: str, other: str) -> bool:
    """Whether at most two letters are missing, too many, wrong or exchanged."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for number, letter in enumerate(word, 1):
        older, before, row = before, row, [number]
        for place, against in enumerate(other, 1):
            cost = min(before[place] + 1, row[-1] + 1, before[place - 1] + (letter != against))
            if older and place > 1 and letter == other[place - 2] and word[number - 2] == against:
                cost = min(cost, older[place - 2] + 1)
            row.append(cost)
        if min(row) > 2:
            return False
    return row[-1] <= 2


def _similar_run(run: str, words: _KnownWords) -> str:
    """The most frequent run with one other character, which looks or sounds alike or fits between the others."""
    folded = fold(run)
    if " " in run or len(folded) != len(run) or not 2 <= len(run) <= _LONGEST_RUN:
        return ""
    tried = list(dict.fromkeys(_other_runs(run, folded, words)))[:_MOST_TRIED]
    known = [(sum(map(words.documents, patterns(other)[:1])), other) for other in tried]
    often, best = max(known, default=(0, ""), key=lambda each: each[0])
    return best if often else ""


def _other_runs(run: str, folded: str, words: _KnownWords) -> Iterator[str]:
    for place, character in enumerate(folded):
        before, behind = folded[:place][-1:], folded[place + 1 :][:1]
        for other in _alike(character):
            if _is_possible(before + other + behind, words):
                is_katakana = "ァ" <= run[place] <= "ヶ" and "ぁ" <= other <= "ゖ"
                yield run[:place] + (chr(ord(other) + 0x60) if is_katakana else other) + run[place + 1 :]
        if character in _EASILY_MISSED and before and behind and _is_possible(before + behind, words):
            yield run[:place] + run[place + 1 :]
        for other in _EASILY_MISSED if place and _is_kana(character) and _is_kana(before) else "":
            if _is_possible(before + other + character, words):
                is_katakana = "ァ" <= run[place - 1] <= "ヶ" and other != "ー"
                yield run[:place] + (chr(ord(other) + 0x60) if is_katakana else other) + run[place:]
        if place and len(run) >= _SHORTEST_HAN and _is_han(character):
            for pair, form in words.pairs(before):
                if pair[1] != character and _is_han(pair[1]) and (not behind or words.frequency(pair[1] + behind)):
                    yield run[:place] + form[1] + run[place + 1 :]


def _is_possible(piece: str, words: _KnownWords) -> bool:
    return all(words.frequency(piece[place : place + 2]) for place in range(len(piece) - 1))


def _is_kana(character: str) -> bool:
    return "ぁ" <= character <= "ゖ" or character == "ー"


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"


def _alike(character: str) -> Iterator[str]:
    """Kana that are mixed up; Hangul syllables with one other letter."""
    if is_hangul(character) and normalize("NFC", character) >= "\uac00":
        code = ord(character) - _FIRST_HANGUL
        first, rest = divmod(code, _VOWELS * _ENDS)
        vowel, end = divmod(rest, _ENDS)
        for other in range(19):
            yield chr(_FIRST_HANGUL + (other * _VOWELS + vowel) * _ENDS + end)
        for other in range(_VOWELS):
            yield chr(_FIRST_HANGUL + (first * _VOWELS + other) * _ENDS + end)
        for other in range(_ENDS):
            yield chr(_FIRST_HANGUL + (first * _VOWELS + vowel) * _ENDS + other)
        return
    for group in _KANA:
        if character in group:
            yield from group.replace(character, "")
