"""What a word that a person typed stands for: the sequences of words and runs that count as the same.

gpt-4o        gpt 4o                      one after the other
Grüße         grüße | gruesse             an umlaut may be written with e (``tokens.spellings``)
보고싶었어     보고싶었어 | 보고 싶었어 | …    Korean spacing varies; a space may be crossed from a word's beginning only
サーバー       サーバー | サーバ             the long vowel at the end is often left out
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import NamedTuple

from archiver.text.fold import light
from archiver.text.tokens import HANGUL, WORD_OR_RUN, find_words, split_runs

SPACE, GAP = "\x02", "\x01"
"""Between two runs: white space between Hangul, which Korean words may cross; anything else."""

MOST_WORDS = 64
"""Of one phrase; what comes behind is left out."""
_LONGEST_SPACED = 12
_HANGUL_ONLY = re.compile(f"[{HANGUL}]+")


class Part(NamedTuple):
    """A word, or a run of characters of a script without spaces."""

    light: str
    is_run: bool
    gap: str = ""
    """What stands between this run and the run before it; empty beside a word, where it does not matter."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """Parts that stand one after the other in a text."""

    parts: tuple[Part, ...]
    is_prefix: bool = False
    """Whether the last word may go on."""
    starts_word: bool = False
    """Whether the first run begins where a run of the text begins."""


def parts(text: str) -> tuple[Part, ...]:
    """The words and runs of a light text in order."""
    found: list[Part] = []
    pieces = split_runs(text)
    for place, piece in enumerate(pieces):
        if place % 2:
            follows_run = bool(found) and found[-1].is_run
            found.append(Part(piece, True, gap(pieces[place - 1], found[-1].light, piece) if follows_run else ""))
        else:
            found += [Part(word, False) for word in find_words(piece)]
        if len(found) >= MOST_WORDS:
            break
    return tuple(found[:MOST_WORDS])


def gap(between: str, before: str, after: str) -> str:
    """What to note between two runs that have ``between`` between them."""
    is_hangul = _HANGUL_ONLY.match(before[-1]) and _HANGUL_ONLY.match(after[0])
    return SPACE if is_hangul and between.isspace() else GAP


def patterns(typed: str, *, is_prefix: bool = False) -> tuple[Pattern, ...]:
    """What counts as ``typed``, the typed form first; empty when there is nothing to look for."""
    found = parts(light(typed))
    if not found:
        return ()
    first = Pattern(found, is_prefix and not found[-1].is_run)
    return (first, *_others(first))


def _others(pattern: Pattern) -> Iterator[Pattern]:
    if len(pattern.parts) > 1 or pattern.is_prefix:
        return
    word = pattern.parts[0].light
    if not pattern.parts[0].is_run:
        return
    if word[-1] == "ー" and len(word) > 3:
        yield Pattern((Part(word[:-1], True),))
    elif 1 < len(word) <= _LONGEST_SPACED and _HANGUL_ONLY.fullmatch(word):
        yield from _spaced(word)


def _spaced(word: str) -> Iterator[Pattern]:
    """A Korean word with one or two spaces in it."""
    for spaces in (1, 2):
        for cuts in combinations(range(1, len(word)), spaces):
            pieces = (word[start:end] for start, end in pairwise((0, *cuts, len(word))))
            yield Pattern(
                tuple(Part(piece, True, SPACE if place else "") for place, piece in enumerate(pieces)),
                starts_word=True,
            )


__all__ = ["GAP", "SPACE", "WORD_OR_RUN", "Part", "Pattern", "gap", "parts", "patterns"]
