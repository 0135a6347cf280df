"""A piece of a text to show for a hit: around the first match, cut at sensible places, on one line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from archiver.index.highlight import Known, found_in, space_before, stretches
from archiver.records import Span
from archiver.text.clusters import cut_before, cut_behind
from archiver.text.fold import fold
from archiver.text.patterns import Pattern
from archiver.text.plain_text import shown
from archiver.text.tokens import is_run

_NEAR = 30
_BEGINNING = Span(0, 0)
_SENTENCE = re.compile(r"[.!?。！？…।؟]\s*|\n+")


def snippet(
    text: str, patterns: Sequence[Pattern], known: Known, width: int, *, is_markdown: bool = False
) -> tuple[str, tuple[Span, ...]]:
    """A piece of about ``width`` characters around the first match, and the matches in it.

    A piece that begins or ends inside the text says so with an ellipsis. Of Markdown, only the words are shown.
    """
    first, found = _first(text, patterns, known, width)
    begin, end = _window(text, first, width)
    piece, marked = _piece(text, begin, end, found, is_markdown=is_markdown)
    if is_markdown and len(piece) < end - begin - width // 4 and end < len(text):
        begin, end = _window(text, first, width + end - begin - len(piece))
        piece, marked = _piece(text, begin, end, found, is_markdown=is_markdown)
    before, behind = "… " if begin else "", " …" if end < len(text) else ""
    shift = len(before)
    return before + piece + behind, tuple(Span(start + shift, finish + shift) for start, finish in marked)


def _piece(text: str, begin: int, end: int, found: Sequence[Span], *, is_markdown: bool) -> tuple[str, list[Span]]:
    inside = [span for span in found if begin <= span.start < span.end <= end]
    return shown(text, begin, end, inside, is_markdown=is_markdown)


def _first(text: str, patterns: Sequence[Pattern], known: Known, width: int) -> tuple[Span, tuple[Span, ...]]:
    """What to show, and the spans around it; where a word seems to stand, a short stretch will do."""
    if not patterns:
        return _BEGINNING, ()
    for place in _hints(text, patterns):
        begin = space_before(text, max(0, place - width // 3 - 30), 60)
        if found := found_in((begin, place + width + _NEAR), text, patterns, known):
            return next((span for span in found if span.end > place), found[0]), found
    for stretch in stretches(text, 0):
        if found := found_in(stretch, text, patterns, known):
            return found[0], found
    return _BEGINNING, ()


def _hints(text: str, patterns: Sequence[Pattern]) -> Iterator[int]:
    """Where one of the words seems to stand: as it was typed, or folded."""
    # The only letter that becomes two when it is made small.
    lowered = text.replace("İ", "i").lower()
    tokens = [pattern.steps[0].token for pattern in patterns]
    places = [place for token in tokens if (place := _place(lowered, token)) >= 0]
    if not places:
        searched = lowered if text.isascii() else fold(lowered)
        if len(searched) == len(text):
            places = [place for token in map(fold, tokens) if (place := _place(searched, token)) >= 0]
    if places:
        yield min(places)


def _place(text: str, token: str) -> int:
    """The first place of a token, which is no part of a longer word if it is a word."""
    place = text.find(token)
    while place > 0 and token[0].isalpha() and text[place - 1].isalpha() and not is_run(token):
        place = text.find(token, place + 1)
    return place


def _window(text: str, first: Span, width: int) -> tuple[int, int]:
    """Where to cut: from the beginning of the sentence if that is near, else at spaces."""
    if len(text) <= width:
        return 0, len(text)
    begin = max(0, first.start - width // 3)
    if begin:
        sentence = [match.end() for match in _SENTENCE.finditer(text, begin, first.start)]
        begin = sentence[-1] if sentence else _next_space(text, begin, first.start)
    begin = cut_before(text, begin)
    end = min(len(text), max(begin + width, first.end))
    if end < len(text):
        end = _last_space(text, max(first.end, end - 30), end)
        end = max(cut_before(text, end), cut_behind(text, first.end))
    return begin, end


def _next_space(text: str, begin: int, limit: int) -> int:
    places = [place for place in (text.find(" ", begin, limit), text.find("\n", begin, limit)) if place >= 0]
    return min(places) + 1 if places else begin


def _last_space(text: str, begin: int, end: int) -> int:
    place = max(text.rfind(" ", begin, end), text.rfind("\n", begin, end))
    return place if place > begin else end
