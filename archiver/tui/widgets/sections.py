"""Cuts what is long into sections that are laid out one by one.

A message may be fifty megabytes of one word. Nothing is left out of what is shown: every section is a slice of the
stored text, and only those near the screen are ever parsed and broken into lines.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator

from archiver.tui.widgets.wrap import Range

SECTION = 8_000
"""Characters of a section, where the text has a place to cut nearby."""

LONGEST = 16_000
"""Characters of a section of a text that has no such place."""

MARKDOWN = 1_000_000
"""Above this a text is cut without looking for its paragraphs."""

_PARAGRAPH = re.compile(r"\n[ \t]*\n(?=[^\s])")
_FENCE = re.compile(r"^ {0,3}(```+|~~~+)", re.MULTILINE)


def sections(text: str) -> list[Range]:
    """The slices of a text, in order and without gaps."""
    if len(text) <= SECTION:
        return [Range(0, len(text))]
    if len(text) > MARKDOWN:
        return list(_even(text, 0, len(text)))
    return list(_paragraphs(text))


def _paragraphs(text: str) -> Iterator[Range]:
    """Slices that end where a paragraph ends outside of fenced code."""
    fenced = deque(_fenced(text))
    start = last = 0
    for match in _PARAGRAPH.finditer(text):
        cut = match.end()
        while fenced and fenced[0].end <= cut:
            fenced.popleft()
        if fenced and fenced[0].start < cut:
            continue
        if cut - start > SECTION and last > start:
            yield from _not_too_long(text, start, last)
            start = last
        last = cut
    if len(text) - start > SECTION and last > start:
        yield from _not_too_long(text, start, last)
        start = last
    yield from _not_too_long(text, start, len(text))


def _not_too_long(text: str, start: int, end: int) -> Iterator[Range]:
    if end - start <= 2 * LONGEST:
        yield Range(start, end)
    else:
        yield from _even(text, start, end)


def _even(text: str, start: int, end: int) -> Iterator[Range]:
    """Slices of much the same length, cut after a line where there is one."""
    while end - start > LONGEST:
        cut = text.rfind("\n", start + LONGEST // 2, start + LONGEST) + 1 or start + LONGEST
        yield Range(start, cut)
        start = cut
    yield Range(start, end)


def _fenced(text: str) -> Iterator[Range]:
    """The stretches of fenced code."""
    opening: re.Match[str] | None = None
    for match in _FENCE.finditer(text):
        if opening is None:
            opening = match
        elif match.group(1).startswith(opening.group(1)):
            yield Range(opening.start(), match.end())
            opening = None
    if opening is not None:
        yield Range(opening.start(), len(text))
