"""What a person may have meant, in words that the archive has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archiver.index.documents import VISIBLE
from archiver.index.field_search import FieldSearch
from archiver.index.nodes import Words, leaves
from archiver.index.query import Query
from archiver.index.segment_search import SegmentSearch
from archiver.text.fold import fold
from archiver.text.tokens import is_run

_ALPHABETS = (
    "abcdefghijklmnopqrstuvwxyz",
    "абвгдежзиклмнопрстуфхцчшщъыьэюяй",
    "αβγδεζηθικλμνξοπρστυφχψωσ",
    "ءابتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "".join(map(chr, range(0x0902, 0x094E))),
)
_SHORTEST, _LONGEST = 3, 40


def suggestion(query: Query, searches: Sequence[SegmentSearch]) -> str:
    """The query with its unknown words replaced; empty when a word has no neighbour, or none is unknown."""
    if query.node is None:
        return ""
    suggested = query.typed
    fields = {"body" if section in VISIBLE else "hidden" for section in query.sections}
    lookups = [search.fields[name] for search in searches for name in fields if name in search.fields]
    for leaf in leaves(query.node, negated=False):
        if not isinstance(leaf, Words) or len(leaf.patterns[0].steps) > 1 or leaf.patterns[0].is_prefix:
            continue
        word = leaf.patterns[0].steps[0].token
        if is_run(word) or _frequency(fold(word), lookups):
            continue
        best = _neighbour(fold(word), lookups)
        if not best:
            return ""
        suggested = suggested.replace(leaf.typed, best)
    return suggested if suggested != query.typed else ""


def _neighbour(word: str, fields: Sequence[FieldSearch]) -> str:
    """The most frequent word that is one slip away, else two."""
    if not _SHORTEST <= len(word) <= _LONGEST:
        return ""
    alphabet = next((letters for letters in _ALPHABETS if word[0] in letters or word[-1] in letters), "")
    near = list(dict.fromkeys(_slips(word, alphabet)))
    best = max(near, key=lambda other: _frequency(other, fields), default="")
    return best if best and _frequency(best, fields) else ""


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


def _frequency(word: str, fields: Sequence[FieldSearch]) -> int:
    return sum(field.size(word.encode("utf-8", "replace")) for field in fields)
