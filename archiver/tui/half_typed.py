"""What may be meant by words of which the last one is still being typed."""

from __future__ import annotations

import re
from unicodedata import category

_PARTED = re.compile(r"[\s()]")
_JOINING = frozenset({"AND", "OR", "NOT"})
_SHORTEST = 2


def with_any_ending(query: str) -> str:
    """The query for words that begin as its last word does; empty where that is not surely a beginning."""
    last = _PARTED.split(query)[-1]
    is_word = all(category(character)[0] in "LM" for character in last)
    if len(last) < _SHORTEST or not is_word or last in _JOINING or query.count('"') % 2 or "“" in query:
        return ""
    return query + "*"
