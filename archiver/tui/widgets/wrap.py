"""Line breaking for terminal cells.

Rich takes a run without spaces for one word, which tears Chinese and Japanese apart in the wrong places. Here a line
may break at spaces, and between CJK characters except before closing and after opening punctuation (kinsoku). Korean
breaks at spaces, as its readers expect. A word longer than a line is broken after a hyphen or slash, else between
whole characters. An indent takes a third of the width at most where the line has to be broken: the words matter more.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from rich.cells import cell_len, split_graphemes

_CJK = (
    "\u2e80-\u2fff\u3001-\u303f\u3040-\u30ff\u3100-\u312f\u3190-\u31ff\u3200-\u9fff\ua000-\ua4cf"
    "\uf900-\ufaff\ufe30-\ufe4f\uff01-\uffef\U00020000-\U0003ffff"
)
_NEVER_FIRST = (
    "、。，．・：；？！ー々ゝゞぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ）」』】〕〉》〗〙］｝"
    "”’…‥–—％%‰℃°,.:;?!)]}»›"
)
_NEVER_LAST = "（「『【〔〈《〖〘［｛“‘([{«‹¿¡"
_OPENED_CJK = rf"[{re.escape(_NEVER_LAST)}]{{0,4}}[{_CJK}]"
_CLOSING = rf"[{re.escape(_NEVER_FIRST)}]"
_TOKEN = re.compile(
    rf"(?P<space>[ \u3000]+)"
    rf"|{_OPENED_CJK}(?:[\ufe00-\ufe0f\u3099\u309a]|{_CLOSING})*"
    rf"|[^ \u3000{_CJK}]+?(?:(?={_OPENED_CJK}){_CLOSING}*|(?=[ \u3000])|\Z)"
    rf"|.",
    re.DOTALL,
)
_INNER_BREAK = re.compile(r"[-/—–](?=\w)")
_AHEAD = 8
"""Times a line's cells: characters to look at for a place to break, of which some may take no cell."""
_ONE_CELL = re.compile(r"[\x20-\x7e]*\Z")


class Range(NamedTuple):
    """``text[start:end]`` is one line."""

    start: int
    end: int


def wrap(text: str, width: int) -> list[Range]:
    """The lines of ``text`` at ``width`` cells; the spaces at a break belong to no line."""
    width = max(2, width)
    lines: list[Range] = []
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        if len(line) <= width and (_ONE_CELL.match(line) or cell_len(line) <= width):
            lines.append(Range(start, end))
        else:
            lines += _wrapped(line, start, width)
        start = end + 1
    return lines


def chop(text: str, width: int) -> list[Range]:
    """The lines of program code at ``width`` cells: broken anywhere, nothing left out but an indent's whole lines."""
    width = max(2, width)
    lines: list[Range] = []
    start = 0
    for line in text.split("\n"):
        indent = len(line) - len(line.lstrip(" "))
        left_out = indent // width * width if indent < len(line) else 0
        ranges = _chopped(line[left_out:], width) if line else [Range(0, 0)]
        lines += [Range(start + left_out + a, start + left_out + b) for a, b in ranges]
        start += len(line) + 1
    return lines


def _wrapped(line: str, base: int, width: int) -> list[Range]:
    lines: list[Range] = []
    words = _indent(line)
    start = _kept_indent(line, words, width // 3)
    used, spaces, last_end = cell_len(line[start:words]), 0, words
    is_empty = not used
    for token in _TOKEN.finditer(line, words):
        begin, end = token.span()
        size = cell_len(token.group())
        if token.lastgroup == "space":
            spaces += size
            continue
        if not is_empty and used + spaces + size > width:
            room = width - used - spaces
            split = _inner_break(token.group(), room) if size > width // 3 else 0
            if split:
                last_end = begin + split
            if split or begin > words:
                lines.append(Range(base + start, base + last_end))
                begin += split
                size = cell_len(line[begin:end])
                is_empty = True
            elif size <= width:
                start = _kept_indent(line, words, width - size)
                used = cell_len(line[start:words])
        if is_empty:
            start, used, spaces, is_empty = begin, 0, 0, False
        if size > width:
            *full, last = _divided(line[begin:end], width - used - spaces if used else width, width)
            lines += [Range(base + (start if i == 0 else begin + a), base + begin + b) for i, (a, b) in enumerate(full)]
            if full:
                start = begin + last.start
                used, spaces = 0, 0
            size = cell_len(line[begin + last.start : end])
        used, spaces, last_end = used + spaces + size, 0, end
    if is_empty:
        start = last_end = len(line)
    lines.append(Range(base + start, base + last_end))
    return lines


def _indent(line: str) -> int:
    """Where the first word of a line begins."""
    return len(line) - len(line.lstrip(" \u3000"))


def _kept_indent(line: str, words: int, room: int) -> int:
    """Where a line begins so that at most ``room`` cells of spaces stand before its first word."""
    start = max(0, words - room)
    while start < words and cell_len(line[start:words]) > room:
        start += 1
    return start


def _inner_break(word: str, room: int) -> int:
    """Where a long word may be split so that its beginning fits ``room`` cells; 0 for nowhere."""
    best = 0
    for match in _INNER_BREAK.finditer(word, 3):
        if cell_len(word[: match.end()]) > room:
            break
        best = match.end()
    return best


def _divided(word: str, first: int, width: int) -> list[Range]:
    """A word longer than a line: broken where it may be, as long as that leaves no line half empty, else anywhere.

    Looks at a stretch of the word at a time, because a word may have a million characters.
    """
    pieces: list[Range] = []
    start, room = 0, first
    while _INNER_BREAK.search(word, start + 3):
        ahead = word[start : start + _AHEAD * width]
        if cell_len(ahead) <= room:
            break
        split = _inner_break(ahead, room)
        if not split or cell_len(ahead[:split]) <= room // 2:
            split = _chopped(ahead, room)[0].end
        pieces.append(Range(start, start + split))
        start, room = start + split, width
    return [*pieces, *(Range(start + a, start + b) for a, b in _chopped(word[start:], room, width))]


def _chopped(word: str, first: int, width: int = 0) -> list[Range]:
    """A word without a good place to break, cut into a piece of ``first`` cells and pieces of ``width`` cells."""
    width = width or first
    first = max(1, first)
    if word.isascii():
        cuts = [0, *range(min(first, len(word)), len(word), width), len(word)]
        return [Range(a, b) for a, b in pairwise(cuts) if b > a] or [Range(0, 0)]
    pieces: list[Range] = []
    start, used, room = 0, 0, first
    for begin, _end, size in split_graphemes(word)[0]:
        if used + size > room and begin > start:
            pieces.append(Range(start, begin))
            start, used, room = begin, 0, width
        used += size
    pieces.append(Range(start, len(word)))
    return pieces
