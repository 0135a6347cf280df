"""A piece of Markdown as a person reads it: the words without asterisks, link addresses, fences and table lines.

The original stays the truth: matches are found in it, and only their places are carried over to what is shown. What is
not surely Markdown stays as it is, and nothing that holds a match is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from archiver.records import Span

_REACH = 400
"""How far before and behind a piece its lines are looked at: emphasis may begin before it."""
_SIGNS = re.compile(r"[*_`~\[\]|#>\\]|^[ \t]*[-+=]|<br", re.MULTILINE)
_FENCE = re.compile(r"[ \t]{0,3}(?:```+|~~~+)[^`\n]*")
_RULE = re.compile(r"[ \t]*(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,}|={3,}[ \t]*)")
_ALIGNMENT = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_BEGIN = re.compile(r"[ \t]*(?:>[ \t]?)+|[ \t]*#{1,6}(?=[ \t]+\S)[ \t]*|[ \t]*[*+-](?=[ \t]+\S)")
_PIPE = re.compile(r"[ \t]*(?<!\\)\|[ \t]*")
_CODE = re.compile(r"(?<![`\\])(`{1,3})(?!`)([^\n]*?[^`\n])\1(?!`)")
_LINK = re.compile(r"(!?\[)([^\[\]\n]*)(\]\()([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:[ ]\"[^\"\n]*\")?)(\))")
_EMPHASIS = (
    re.compile(r"(?<![A-Za-z0-9\\*])(\*\*\*)(?=[^\s*])[^\n]*?[^\s\\](\*\*\*)(?![A-Za-z0-9*])"),
    re.compile(r"(?<![A-Za-z0-9\\*])(\*\*)(?=[^\s*])[^\n]*?[^\s\\](\*\*)(?![A-Za-z0-9*])"),
    re.compile(
        r"(?<![A-Za-z0-9\\*])(\*)(?=[^\s*])[^\n*]*?(?:\*\*[^\n*]+\*\*[^\n*]*?)*(?<=[^\s\\])(\*)(?![A-Za-z0-9*])"
    ),
    re.compile(r"(?<![\w\\])(__?)(?=[^\s_])[^\n]*?[^\s\\_](\1)(?!\w)"),
    re.compile(r"(?<!~)(~~)(?=[^\s~])[^\n]*?[^\s~](~~)(?!~)"),
)
_ESCAPE = re.compile(r"(\\)[\\`*_{}#+\-.!|>~]")
"""Not of brackets: ``\\(`` and ``\\[`` begin formulas far more often than they keep a link from being one."""
_BREAK = re.compile(r"<br[ ]?/?>")
_SPACE = re.compile("[ \t\u00a0]{2,}|[ \t]*[\\x00-\\x1f\\x7f\\x85\\u2028\\u2029][\\s\\x00-\\x1f\\x7f]*")


class Cut(NamedTuple):
    """A stretch of the original that is shown in another way."""

    start: int
    end: int
    shown: str = ""


def shown(text: str, begin: int, end: int, matches: Sequence[Span], *, is_markdown: bool) -> tuple[str, list[Span]]:
    """``text[begin:end]`` on one line and, in Markdown, without its signs; with the places of the matches in it."""
    cuts = [Cut(*match.span(), " ") for match in _SPACE.finditer(text, begin, end)]
    if is_markdown and _SIGNS.search(text, begin, end):
        for together in _signs(text, begin, end):
            if not any(_hides(cut, match) for cut in together for match in matches):
                cuts += together
    made = ""
    places: list[int] = []
    position = begin
    for cut in [*sorted(cuts), Cut(end, end)]:
        start, finish = max(cut.start, begin), min(cut.end, end)
        if start < position or finish < start:
            continue
        kept = text[position:start]
        if kept[:1] == " " and made[-1:] in {"", " "}:
            places.append(len(made))
            kept = kept[1:]
        places += range(len(made), len(made) + len(kept))
        made += kept
        places += [len(made)] * (finish - start)
        made += cut.shown if cut.shown != " " or made[-1:] not in {"", " "} else ""
        position = finish
    places.append(len(made))
    return made.rstrip(" "), [Span(places[match.start - begin], places[match.end - begin]) for match in matches]


def _hides(cut: Cut, match: Span) -> bool:
    """Whether a match would lose letters; signs inside a match (good **night**) may go."""
    is_apart = cut.end <= match.start or match.end <= cut.start
    return not is_apart and not (match.start < cut.start and cut.end < match.end)


def _signs(text: str, begin: int, end: int) -> Iterator[tuple[Cut, ...]]:
    """Everything that is not shown as it stands, in the lines that a piece lies in; what belongs together, together."""
    first = max(text.rfind("\n", 0, begin) + 1, begin - _REACH)
    last = text.find("\n", end, end + _REACH)
    last = min(end + _REACH, len(text)) if last < 0 else last
    in_fence = bool(text.count("\n```", 0, first) % 2) != text.startswith("```", 0, first)
    position = first
    while position <= last:
        line_end = text.find("\n", position, last)
        line_end = last if line_end < 0 else line_end
        if _FENCE.fullmatch(text, position, line_end):
            in_fence = not in_fence
            yield (Cut(position, line_end),)
        elif not in_fence:
            yield from _line(text, position, line_end)
        position = line_end + 1


def _line(text: str, begin: int, end: int) -> Iterator[tuple[Cut, ...]]:
    if _RULE.fullmatch(text, begin, end) or _is_alignment(text, begin, end):
        yield (Cut(begin, end),)
        return
    if match := _BEGIN.match(text, begin, end):
        sign = match.group().strip()
        yield (Cut(*match.span(), "•" if sign in {"*", "-", "+"} else ""),)
    elif text[begin:end].lstrip()[:1] == "|":
        yield from _row(text, begin, end)
    codes = []
    for match in _CODE.finditer(text, begin, end):
        codes.append(match.span())
        yield Cut(*match.span(1)), Cut(match.end() - len(match[1]), match.end())
    for together in _inline(text, begin, end):
        if not any(start <= together[0].start < finish for start, finish in codes):
            yield together


def _is_alignment(text: str, begin: int, end: int) -> bool:
    """Whether a line only parts the head of a table from its rows."""
    return "|" in text[begin:end] and "-" in text[begin:end] and bool(_ALIGNMENT.fullmatch(text, begin, end))


def _row(text: str, begin: int, end: int) -> Iterator[tuple[Cut]]:
    """The cells of a table row, parted by points; a row ends with a semicolon when another follows."""
    for number, match in enumerate(_PIPE.finditer(text, begin, end)):
        is_last = match.end() == end
        follows = is_last and text[end + 1 : end + _REACH].lstrip()[:1] == "|"
        yield (Cut(*match.span(), "" if not number else ";" if follows else "" if is_last else " · "),)


def _inline(text: str, begin: int, end: int) -> Iterator[tuple[Cut, ...]]:
    line = text[begin:end]
    if "](" in line:
        for match in _LINK.finditer(text, begin, end):
            yield Cut(*match.span(1)), Cut(match.start(3), match.end(5))
    if "*" in line or "_" in line or "~" in line:
        for pattern in _EMPHASIS:
            for match in pattern.finditer(text, begin, end):
                yield Cut(*match.span(1)), Cut(*match.span(2))
    if "\\" in line:
        for match in _ESCAPE.finditer(text, begin, end):
            yield (Cut(*match.span(1)),)
    if "<br" in line:
        for match in _BREAK.finditer(text, begin, end):
            yield (Cut(*match.span(), " "),)
