"""What a word that a person typed stands for: the sequences of words and pairs that count as the same.

    gpt-4o        gpt, 4o                     one after the other
    記憶を        記憶, 憶を                   anywhere inside a run
    보고싶었어     보고싶었어 | 보고 싶었어 …     Korean spacing varies; a space is crossed from a word's beginning only
    サーバー       サーバー | サーバ             the long vowel at the end is often left out
    15000人       15000, 人 | 15, 000, 人      thousands may be set apart by spaces, or not

Other spellings of a single word (Grüße, gruesse) are keys of that word: see ``keys.spellings``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from math import comb
from typing import NamedTuple

from archiver.text.fold import READING, STRESS, fold, seen
from archiver.text.tokens import GLUED, PARTINGS, SPACE, is_hangul, is_run, place_spaced_numbers, sequence, split_runs

_THOUSANDS = re.compile(
    rf"(?<![0-9{GLUED}.,])[1-9][0-9]{{4,}}(?![0-9{GLUED}])"
    rf"|(?<![0-9{GLUED}.,])[1-9][0-9]{{0,2}}(?:(?:,[0-9]{{3}})+|(?:\.[0-9]{{3}})+)(?![0-9{GLUED}]|[.,][0-9]{{3}})"
)
"""Not 2025, which is rather a year."""
_LONGEST_SPACED, _MOST_SPACED, _LONGEST_MIXED = 12, 130, 8
"""Syllables, and ways to put spaces between them."""
_STANDING_ALONE = frozenset("안못잘더또다이그저내네제한두세첫할될갈올볼줄참꼭")
"""Short Korean words that are often written together with the next one: 안돼 is 안 돼요. Other two syllables are one
word only where both stand alone, so that 물건 is not 물 건너."""


class Step(NamedTuple):
    """A token and its distance from the first one."""

    offset: int
    token: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """Tokens at fixed distances from one another."""

    steps: tuple[Step, ...]
    is_prefix: bool = False
    """Whether the last token may go on."""
    starts_word: bool = False
    """Whether the first run begins where a run of the text begins."""
    run: str = ""
    """The light text, when it is a single run, or a Korean one with spaces: it can be looked for as a whole."""


def patterns(typed: str, *, is_prefix: bool = False) -> tuple[Pattern, ...]:
    """What counts as ``typed``, the typed form first; empty when there is nothing to look for."""
    lighter = STRESS.sub("", READING.sub("", seen(typed)))
    pattern = _pattern(lighter, is_prefix=is_prefix)
    if not pattern:
        return ()
    if lighter.isascii() and lighter.isalpha():
        # Most words: there is no other way to write them.
        return (pattern,)
    others = _others(pattern.run, pattern) if pattern.run else _otherwise_spaced(lighter, is_prefix=is_prefix)
    return (pattern, *dict.fromkeys(other for other in others if other != pattern))


def _pattern(lighter: str, *, is_prefix: bool = False, starts_word: bool = False) -> Pattern | None:
    places = [(place, token) for place, token in enumerate(sequence(lighter)) if token in PARTINGS or fold(token)]
    first = next((place for place, token in places if token not in PARTINGS), 0)
    steps = [
        Step(place - first, token)
        for place, token in places
        if place >= first and (token not in PARTINGS or token == SPACE)
    ]
    if not steps or steps[0].token == SPACE:
        return None
    last = steps[-1].token
    if is_run(last) and len(last) == 1:
        # The run may go on in the text: its last character stands alone there only by chance.
        if len(steps) > 1 and steps[-2].offset + 1 == steps[-1].offset and steps[-2].token[1:] == last:
            steps.pop()
            is_prefix = False
        else:
            is_prefix = True
    runs = split_runs(lighter)[1::2]
    is_single_run = (len(runs) == 1 or starts_word) and all(is_run(step.token) or step.token == SPACE for step in steps)
    return Pattern(tuple(steps), is_prefix, starts_word, " ".join(runs) if is_single_run else "")


def _otherwise_spaced(typed: str, *, is_prefix: bool) -> Iterator[Pattern]:
    """The same with thousands set apart by spaces, or not; Korean beside digits or Western letters with other spaces.

    A number that stands alone needs no other pattern: it is found under its key.
    """
    apart = _THOUSANDS.sub(_set_apart, typed)
    together = "".join(
        part.replace(" ", "") if number % 2 else part for number, part in enumerate(_split_at_numbers(typed))
    )
    for other in (apart, together):
        if other != typed and len(sequence(typed)) > 1:
            yield from filter(None, [_pattern(other, is_prefix=is_prefix)])
    syllables = [place for place, character in enumerate(typed) if is_hangul(character)]
    if " " not in typed and len(syllables) <= _LONGEST_MIXED:
        inside = [place for place in syllables if place - 1 in syllables]
        for count in range(1, min(3, len(inside) + 1)):
            for cuts in combinations(inside, count):
                spaced = " ".join(typed[start:end] for start, end in pairwise((0, *cuts, len(typed))))
                yield from filter(None, [_pattern(spaced, is_prefix=is_prefix)])


def _set_apart(number: re.Match[str]) -> str:
    digits = number.group().replace(",", "").replace(".", "")
    first = len(digits) % 3 or 3
    return " ".join([digits[:first], *(digits[place : place + 3] for place in range(first, len(digits), 3))])


def _split_at_numbers(text: str) -> Iterator[str]:
    """What stands before the first number with spaces, the number, what follows, and so on."""
    end = 0
    for match in place_spaced_numbers(text):
        yield text[end : match.start()]
        yield match.group()
        end = match.end()
    yield text[end:]


def _others(typed: str, pattern: Pattern) -> Iterator[Pattern]:
    """Other ways to write a single run."""
    if len(typed) > 3 and typed[-1] == "ー" and all(map(is_run, typed)):
        shorter = _pattern(typed[:-1])
        if shorter:
            yield shorter
    elif 1 < len(typed) <= _LONGEST_SPACED and all(map(is_hangul, typed)):
        left = _MOST_SPACED
        for spaces in range(1, max(2, (len(typed) + 1) // 2) + 1):
            left -= comb(len(typed) - 1, spaces)
            for cuts in combinations(range(1, len(typed)), spaces) if left >= 0 else ():
                spaced = " ".join(typed[start:end] for start, end in pairwise((0, *cuts, len(typed))))
                other = _pattern(spaced, starts_word=True)
                if other and other != pattern:
                    is_loose = len(typed) > 2 or typed[0] in _STANDING_ALONE
                    yield other if is_loose else replace(other, is_prefix=False, run="")
