"""Where the words of a query stand in an original text, and a piece of the text to show.

The tokens are those of the index, so what was found is what is marked. A long text is looked through in stretches, and
for a snippet only until one of them holds a match.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from archiver.records import Span
from archiver.text.fold import fold
from archiver.text.keys import identity, keys, spellings
from archiver.text.patterns import Pattern, Step
from archiver.text.placed import Placed, light_with_places, placed_sequence
from archiver.text.tokens import SPACE, is_run, place_spaced_numbers, place_words

_STRETCH, _OVERLAP, _NEAR = 4_000, 200, 240
_SENTENCE = re.compile(r"[.!?。！？…।؟]\s*|\n+")
_LINE_ENDS = re.compile("[\\x00-\\x1f\\x7f\\x85\\u2028\\u2029]")


def spans(text: str, patterns: Sequence[Pattern]) -> tuple[Span, ...]:
    """All places where one of the patterns stands, in order, without overlaps."""
    return tuple(_merged(span for stretch in _stretches(text, 0) for span in _found(stretch, text, patterns)))


def snippet(text: str, patterns: Sequence[Pattern], width: int) -> tuple[str, tuple[Span, ...]]:
    """A piece of about ``width`` characters around the first match, and the matches in it.

    Line ends become spaces; a piece that begins or ends inside the text says so with an ellipsis.
    """
    found = _first(text, patterns)
    begin, end = _window(text, found[0] if found else Span(0, 0), width)
    before, behind = "… " if begin else "", " …" if end < len(text) else ""
    shift = len(before) - begin
    marked = tuple(
        Span(span.start + shift, span.end + shift) for span in found if begin <= span.start < span.end <= end
    )
    return before + _LINE_ENDS.sub(" ", text[begin:end]) + behind, marked


def _first(text: str, patterns: Sequence[Pattern]) -> tuple[Span, ...]:
    """The spans of the first stretch that has any; where a word seems to stand, a short stretch will do."""
    if not patterns:
        return ()
    for place in _hints(text, patterns):
        begin = _space_before(text, place, 60)
        if found := tuple(_merged(_found((begin, begin + _NEAR), text, patterns))):
            return found
    for stretch in _stretches(text, 0):
        if found := tuple(_merged(_found(stretch, text, patterns))):
            return found
    return ()


def _hints(text: str, patterns: Sequence[Pattern]) -> Iterator[int]:
    """Where one of the words seems to stand: as it was typed, or folded."""
    lowered = text.lower()
    for searched, folded in ((lowered, False), (lowered if text.isascii() else fold(lowered), True)):
        if len(searched) != len(text):
            continue
        places = [
            place
            for pattern in patterns
            if (place := _place(searched, fold(pattern.steps[0].token) if folded else pattern.steps[0].token)) >= 0
        ]
        if places:
            yield min(places)
            return


def _place(text: str, token: str) -> int:
    """The first place of a token, which is no part of a longer word if it is a word."""
    place = text.find(token)
    while place > 0 and token[0].isalpha() and text[place - 1].isalpha() and not is_run(token):
        place = text.find(token, place + 1)
    return place


def _stretches(text: str, begin: int) -> Iterator[tuple[int, int]]:
    """Begins and ends, at spaces where there are any; neighbours share a little, so that no phrase falls between."""
    while begin < len(text):
        end = begin + _STRETCH
        if end < len(text):
            end = _space_before(text, end, _OVERLAP)
        yield begin, min(end, len(text))
        if end >= len(text):
            return
        begin = _space_before(text, max(end - _OVERLAP, begin + 1), _OVERLAP // 2)


def _space_before(text: str, place: int, most: int) -> int:
    """The place behind the last white space before ``place``; not more than ``most`` characters before it."""
    found = max(text.rfind(" ", max(0, place - most), place), text.rfind("\n", max(0, place - most), place))
    return found + 1 if found >= 0 else place if place > most else 0


def _found(stretch: tuple[int, int], text: str, patterns: Sequence[Pattern]) -> Iterator[Span]:
    piece = text[slice(*stretch)]
    lighter, starts, ends = light_with_places(piece)
    folded = fold(lighter)
    placed: list[Placed] | None = None
    for pattern in patterns:
        if pattern.run and len(folded) == len(lighter):
            found = _runs(folded, pattern)
        elif len(pattern.steps) == 1 and not is_run(pattern.steps[0].token):
            found = _words(lighter, pattern)
        else:
            placed = placed_sequence(piece) if placed is None else placed
            for start, end in _sequences(placed, pattern):
                yield Span(stretch[0] + start, stretch[0] + end)
            continue
        for start, end in found:
            yield Span(stretch[0] + (starts[start] if starts else start), stretch[0] + (ends[end - 1] if ends else end))


def _runs(folded: str, pattern: Pattern) -> Iterator[tuple[int, int]]:
    """A run stands wherever its characters do."""
    words = fold(pattern.run).split(" ")
    if not all(word in folded for word in words):
        return iter(())
    expression = r"\s+".join(map(re.escape, words))
    if pattern.starts_word:
        expression = rf"(?<![\uac00-\ud7a3]){expression}"
    return (match.span() for match in re.finditer(expression, folded))


def _words(lighter: str, pattern: Pattern) -> Iterator[tuple[int, int]]:
    """A single word, without looking at runs; also a number whose thousands are set apart by spaces."""
    matches = _Match(pattern.steps[0], is_prefix=pattern.is_prefix)
    for match in place_words(lighter):
        if matches[match.group()]:
            yield match.span()
    number = identity(pattern.steps[0].token)
    if number.isdigit() and len(number) > 3:
        yield from (match.span() for match in place_spaced_numbers(lighter) if match.group().replace(" ", "") == number)


def _sequences(placed: Sequence[Placed], pattern: Pattern) -> Iterator[tuple[int, int]]:
    """Tokens at fixed distances."""
    matches = [
        (step.offset, _Match(step, is_prefix=pattern.is_prefix and step is pattern.steps[-1])) for step in pattern.steps
    ]
    first = matches[0][1]
    length = len(placed) - matches[-1][0]
    for number, token in enumerate(placed[: max(length, 0)]):
        if (
            first[token.token]
            and all(match[placed[number + offset].token] for offset, match in matches[1:])
            and not (pattern.starts_word and number and placed[number - 1].token > SPACE)
        ):
            last = placed[number + pattern.steps[-1].offset]
            yield token.start, _end(pattern.steps[-1], last)


def _end(step: Step, last: Placed) -> int:
    """Of a pair that begins with the character asked for, that character."""
    is_half = len(step.token) < len(last.token) and is_run(step.token)
    return min(last.end, last.start + len(step.token)) if is_half else last.end


class _Match(dict[str, bool]):
    """Whether a light token is what a step asks for; worked out once for each different token."""

    def __init__(self, step: Step, *, is_prefix: bool) -> None:
        super().__init__()
        self._is_prefix = is_prefix
        self._is_plain = step.token <= SPACE or is_run(step.token) or step.token[0] == "."
        self._is_inside = step.offset > 0
        self._wanted = (fold(step.token),) if self._is_plain else spellings(step.token)

    def __missing__(self, token: str) -> bool:
        is_whole = self._is_plain or (self._is_inside and token[0] in ".0123456789")
        found = (identity(token),) if is_whole else keys(token)
        if self._is_prefix:
            result = any(key.startswith(wanted) for key in found for wanted in self._wanted)
        else:
            result = any(key in self._wanted for key in found)
        self[token] = result
        return result


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


def _window(text: str, first: Span, width: int) -> tuple[int, int]:
    """Where to cut: from the beginning of the sentence if that is near, else at spaces."""
    if len(text) <= width:
        return 0, len(text)
    begin = max(0, first.start - width // 3)
    if begin:
        sentence = [match.end() for match in _SENTENCE.finditer(text, begin, first.start)]
        begin = sentence[-1] if sentence else _next_space(text, begin, first.start)
    end = min(len(text), max(begin + width, first.end))
    if end < len(text):
        end = _last_space(text, max(first.end, end - 30), end)
    return begin, end


def _next_space(text: str, begin: int, limit: int) -> int:
    places = [place for place in (text.find(" ", begin, limit), text.find("\n", begin, limit)) if place >= 0]
    return min(places) + 1 if places else begin


def _last_space(text: str, begin: int, end: int) -> int:
    place = max(text.rfind(" ", begin, end), text.rfind("\n", begin, end))
    return place if place > begin else end
