"""Where code lies in a text, found without a parser wherever that is certain.

A code fence at the margin and a code span whose backticks pair on their own line mean the same whatever stands around
them. Anything less plain is said to be unclear, and ``commonmark`` is asked for the blocks.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TypeAlias

Range: TypeAlias = tuple[int, int]

LINE = re.compile(r"\r\n|\r|\n")
_FENCE = re.compile(r"^(`{3,}(?=[^`\r\n]*\r?$)|~{3,})", re.MULTILINE)
UNCLEAR = re.compile(
    r"^(?=[ \t>*+\-\d])[ \t]*(?:(?:[>*+-]|\d{1,9}[.)])[ \t]*)*(?:```|~~~)"  # a fence inside a list or quote
    r"|^(?:```|~~~)[^\n]*\|"  # a fence that could be the head of a table
    r"|<[A-Za-z][A-Za-z0-9+.-]+:[^\s<>`]*`"  # a backtick inside an address
    r"|\\`"
    r"|\r(?!\n)",
    re.MULTILINE,
)
BACKTICKS = re.compile(r"`+")
TABLE_LINE = re.compile(r"^[ \t]*\|?[ \t]*:?-+:?[ \t]*\|", re.MULTILINE)


def fences_at_margin(text: str) -> tuple[list[Range], str]:
    """The code fences at the margin, and the fence that is still open at the end."""
    found = []
    start, opener = -1, ""
    for match in _FENCE.finditer(text):
        line_end = match.end()
        while line_end < len(text) and text[line_end] not in "\r\n":
            line_end += 1
        if not opener:
            start, opener = match.start(), match[1]
        elif (
            match[1][0] == opener[0] and len(match[1]) >= len(opener) and not text[match.end() : line_end].strip(" \t")
        ):
            found.append((start, line_end))
            opener = ""
    if opener:
        found.append((start, len(text)))
    return found, opener


def spans_line_by_line(text: str, fences: list[Range], risks: list[int]) -> list[Range] | None:
    """The code spans, if every line pairs its own backticks; None when they must be found across lines.

    Only then is a line's code the same whatever stands around it.
    """
    spans = []
    has_table = TABLE_LINE.search(text) is not None
    risky_lines = {text.rfind("\n", 0, place) for place in risks}
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if start - 1 in risky_lines and text.startswith(("    ", "\t", " \t", "  \t", "   \t"), start):
            return None
        if "`" in text[start:end] and not is_inside(fences, start):
            found, unpaired = _pair(text, start, end, has_table)
            if unpaired:
                return None
            spans += found
        start = end + 1
    return spans


def _pair(text: str, start: int, end: int, has_table: bool) -> tuple[list[Range], bool]:
    """The code spans of a stretch of inline text, and whether a run of backticks found no partner."""
    runs = [(match.start(), match.end()) for match in BACKTICKS.finditer(text, start, end)]
    found, unpaired = [], False
    index = 0
    while index < len(runs):
        opener = runs[index]
        length = opener[1] - opener[0]
        partner = next(
            (later for later in range(index + 1, len(runs)) if runs[later][1] - runs[later][0] == length), None
        )
        if partner is None:
            unpaired = True
            index += 1
            continue
        # A table is cut at its bars before code is looked for, so such a span protects nothing.
        if not (has_table and "|" in text[opener[1] : runs[partner][0]]):
            found.append((opener[0], runs[partner][1]))
        index = partner + 1
    return found, unpaired


def spans_between(text: str, start: int, end: int, has_table: bool) -> list[Range]:
    """Code spans between ``start`` and ``end`` where a backslash may keep a backtick from opening one."""
    found: list[Range] = []
    place = start
    while (opener := BACKTICKS.search(text, place, end)) is not None:
        if is_escaped(text, opener.start(), place):
            # The first backtick is an ordinary character; the rest of the run may still open.
            if len(opener[0]) == 1:
                place = opener.end()
                continue
            opener = BACKTICKS.search(text, opener.start() + 1, end)
            assert opener is not None
        length = len(opener[0])
        closer = next((run for run in BACKTICKS.finditer(text, opener.end(), end) if len(run[0]) == length), None)
        if closer is None:
            place = opener.end()
            continue
        if not (has_table and "|" in text[opener.end() : closer.start()]):
            found.append((opener.start(), closer.end()))
        place = closer.end()
    return found


def is_escaped(text: str, place: int, start: int = 0) -> bool:
    """Whether a backslash that is not escaped itself stands before ``place``."""
    first = place
    while first > start and text[first - 1] == "\\":
        first -= 1
    return (place - first) % 2 == 1


def is_inside(ranges: list[Range], place: int) -> bool:
    """Whether ``place`` lies in one of the sorted, separate ranges."""
    index = bisect_right(ranges, (place, 1 << 62)) - 1
    return index >= 0 and ranges[index][0] <= place < ranges[index][1]
