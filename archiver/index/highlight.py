"""Where the words of a query stand in an original text.

The tokens are those of the index, so what was found is what is marked. A long text is looked through in stretches.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import compress

from archiver.records import Span
from archiver.text.fold import fold
from archiver.text.keys import identity, keys, spellings
from archiver.text.patterns import Pattern, Step
from archiver.text.placed import Placed, light_with_places, placed_sequence
from archiver.text.tokens import SPACE, find_words, is_run, place_spaced_numbers, place_words

_STRETCH, _OVERLAP = 4_000, 200
_MOST_KNOWN = 20_000
_UMLAUTS = frozenset("äöü")
_JOINER = "\u200d"
_EMOJI = "\u2190-\u2bff\U0001f000-\U0001f3fa\U0001f400-\U0001faff"
_COLOURS = "[\u20e3\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]"
"""Colours and other signs behind an emoji that say how it looks."""
_EMOJI_GOES_ON = re.compile(f"{_COLOURS}*(?:{_JOINER}[{_EMOJI}]{_COLOURS}*)*")
_is_colour = re.compile(_COLOURS).match
_is_emoji = re.compile(f"[{_EMOJI}]").match


def spans(text: str, patterns: Sequence[Pattern], known: Known) -> tuple[Span, ...]:
    """All places where one of the patterns stands, in order, without overlaps."""
    return tuple(
        _merged(_whole(span, text) for stretch in stretches(text, 0) for span in _found(stretch, text, patterns, known))
    )


def found_in(stretch: tuple[int, int], text: str, patterns: Sequence[Pattern], known: Known) -> tuple[Span, ...]:
    """The places in one stretch of a text."""
    return tuple(_merged(_whole(span, text) for span in _found(stretch, text, patterns, known)))


def _whole(span: Span, text: str) -> Span:
    """Not less than a whole emoji, with its colour and what it is joined with, so that a mark never tears it apart."""
    start, end = span
    while start > 1 and text[start - 1] == _JOINER and _is_emoji(text[start]):
        start -= 2
        while start and _is_colour(text[start]):
            start -= 1
    goes_on = _EMOJI_GOES_ON.match(text, end)
    return Span(start, goes_on.end() if goes_on else end)


def stretches(text: str, begin: int) -> Iterator[tuple[int, int]]:
    """Begins and ends, at spaces where there are any; neighbours share a little, so that no phrase falls between."""
    while begin < len(text):
        end = begin + _STRETCH
        if end < len(text):
            end = space_before(text, end, _OVERLAP)
        yield begin, min(end, len(text))
        if end >= len(text):
            return
        begin = space_before(text, max(end - _OVERLAP, begin + 1), _OVERLAP // 2)


def space_before(text: str, place: int, most: int) -> int:
    """The place behind the last white space before ``place``; not more than ``most`` characters before it."""
    found = max(text.rfind(" ", max(0, place - most), place), text.rfind("\n", max(0, place - most), place))
    return found + 1 if found >= 0 else place if place > most else 0


def _found(stretch: tuple[int, int], text: str, patterns: Sequence[Pattern], known: Known) -> Iterator[Span]:
    piece = text[slice(*stretch)]
    lighter, starts, ends = light_with_places(piece)
    folded = fold(lighter) if any(pattern.run for pattern in patterns) else lighter
    placed: list[Placed] | None = None
    for pattern in patterns:
        if pattern.run and len(folded) == len(lighter):
            found = _runs(folded, pattern)
        elif len(pattern.steps) == 1 and not is_run(pattern.steps[0].token):
            found = _words(lighter, pattern, known)
        else:
            placed = placed_sequence(piece) if placed is None else placed
            for start, end in _sequences(placed, pattern, known):
                yield Span(stretch[0] + start, stretch[0] + end)
            continue
        for start, end in found:
            yield Span(stretch[0] + (starts[start] if starts else start), stretch[0] + (ends[end - 1] if ends else end))


def _runs(folded: str, pattern: Pattern) -> Iterator[tuple[int, int]]:
    """A run stands wherever its characters do; a Korean one may have spaces in it."""
    first, *others = fold(pattern.run).split(" ")
    place = folded.find(first)
    while place >= 0:
        end = place + len(first)
        for word in others:
            start = end
            while folded[start : start + 1].isspace():
                start += 1
            if start == end or not folded.startswith(word, start):
                break
            end = start + len(word)
        else:
            if not (pattern.starts_word and place and "\uac00" <= folded[place - 1] <= "\ud7a3"):
                yield place, end
                place = folded.find(first, end)
                continue
        place = folded.find(first, place + 1)


def _words(lighter: str, pattern: Pattern, known: Known) -> Iterator[tuple[int, int]]:
    """A single word, without looking at runs; also a number whose thousands are set apart by spaces."""
    word = pattern.steps[0].token
    if word.isascii() and word.isalpha() and (found := _plain_words(lighter, word, is_prefix=pattern.is_prefix)):
        yield from found
        return
    matches = known[pattern.steps[0], pattern.is_prefix, False]
    are_found = list(map(matches.__getitem__, find_words(lighter)))
    if True in are_found:
        for match in compress(place_words(lighter), are_found):
            yield match.start() + (match.group()[0] == "."), match.end()
    number = identity(pattern.steps[0].token)
    if number.isdigit() and len(number) > 3:
        yield from (match.span() for match in place_spaced_numbers(lighter) if match.group().replace(" ", "") == number)


def _plain_words(lighter: str, word: str, *, is_prefix: bool) -> list[tuple[int, int]]:
    """The same of a word of the letters a to z, without looking at any others; empty where this is not sure."""
    if not lighter.isascii():
        folded = fold(lighter)
        is_alike = len(folded) == len(lighter) and folded.count(word) == lighter.count(word)
        if not is_alike or not _UMLAUTS.isdisjoint(lighter):
            return []
    found: list[tuple[int, int]] = []
    place = lighter.find(word)
    while place >= 0:
        end = place + len(word)
        while is_prefix and "a" <= lighter[end : end + 1] <= "z":
            end += 1
        before, behind = lighter[place - 1 : place], lighter[end : end + 1]
        if before.isdigit() or not before.isascii() or not behind.isascii():
            return []
        if not before.isalpha() and not behind.isalpha():
            found.append((place, end))
        place = lighter.find(word, end)
    return found


def _sequences(placed: Sequence[Placed], pattern: Pattern, known: Known) -> Iterator[tuple[int, int]]:
    """Tokens at fixed distances."""
    steps, final = pattern.steps, pattern.steps[-1]
    is_among_words = len(steps) > 1 and steps[1].token[0] != "."
    matches = [
        (step.offset, known[step, pattern.is_prefix and step is final, step.offset > 0 or is_among_words])
        for step in steps
    ]
    first = matches[0][1]
    is_number = len(steps) > 1 and final.token[0] != "." and final.token[-1].isdigit() and not pattern.is_prefix
    length = len(placed) - matches[-1][0]
    for number, token in enumerate(placed[: max(length, 0)]):
        if (
            first[token.token]
            and all(match[placed[number + offset].token] for offset, match in matches[1:])
            and not (pattern.starts_word and number and placed[number - 1].token > SPACE)
        ):
            end = number + final.offset
            if not (is_number and end + 1 < len(placed) and placed[end + 1].token[0] == "."):
                yield token.start + (token.token[0] == "."), _end(final, placed[end])


def _end(step: Step, last: Placed) -> int:
    """Of a pair that begins with the character asked for, that character."""
    is_half = len(step.token) < len(last.token) and is_run(step.token)
    return min(last.end, last.start + len(step.token)) if is_half else last.end


class _Match(dict[str, bool]):
    """Whether a light token is what a step asks for; worked out once for each different token."""

    def __init__(self, step: Step, *, is_prefix: bool, is_inside: bool) -> None:
        super().__init__()
        self._is_prefix = is_prefix
        self._is_plain = step.token <= SPACE or is_run(step.token) or step.token[0] == "."
        self._is_inside = is_inside
        self._beginnings = tuple((fold(step.token),) if self._is_plain else spellings(step.token))
        self._wanted = frozenset(self._beginnings)

    def __missing__(self, token: str) -> bool:
        if len(self) > _MOST_KNOWN:
            self.clear()
        is_whole = self._is_plain or (self._is_inside and token[0] in ".0123456789")
        if token.isascii() and token.isalpha():
            result = token.startswith(self._beginnings) if self._is_prefix else token in self._wanted
        else:
            found = (identity(token),) if is_whole else keys(token)
            result = not self._wanted.isdisjoint(found)
            if self._is_prefix:
                result = any(key.startswith(self._beginnings) for key in found)
        self[token] = result
        return result


class Known(dict[tuple[Step, bool, bool], _Match]):
    """What is known of words already, for the next text of the same query.

    By step, whether it is a beginning, and whether it stands beside other words.
    """

    def __missing__(self, asked: tuple[Step, bool, bool]) -> _Match:
        step, is_prefix, is_inside = asked
        match = self[asked] = _Match(step, is_prefix=is_prefix, is_inside=is_inside)
        return match


def _merged(found: Iterable[Span]) -> Iterator[Span]:
    """In order; spans that overlap become one."""
    ordered = sorted(found)
    if not ordered:
        return
    begin, end = ordered[0]
    for span in ordered[1:]:
        if span.start < end:
            end = max(end, span.end)
        else:
            yield Span(begin, end)
            begin, end = span
    yield Span(begin, end)
