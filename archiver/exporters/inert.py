"""Text of a message as Markdown that cannot act: no HTML, no picture from elsewhere, no link but to ordinary places.

The words must stay as they were written, so nothing is removed or rewritten: a single backslash goes before the
character that would start a tag, a picture or a bad link, and every Markdown reader then shows the character itself.
Inside code a backslash would be seen, and nothing is interpreted there, so code is left as it is. That makes it matter
where code begins and ends, exactly as CommonMark has it:

    text -> nothing risky in it?            -> unchanged (most messages, one regular expression)
         -> fences at the margin, paired backticks? -> escaped outside code
         -> anything else                   -> the same with markdown-it's block parser, then parsed again to be sure;
                                               what still acts goes whole into a code fence
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterable

from archiver.exporters.commonmark import acts, code_lines, is_open_at_end
from archiver.exporters.links import is_safe_url

_TAG = (
    r"<(?:[A-Za-z][A-Za-z0-9-]*(?:\s+[A-Za-z_:][\w.:-]*(?:\s*=\s*(?:[^\s\"'=<>`]+|'[^']*'|\"[^\"]*\"))?)*\s*/?>"
    r"|/[A-Za-z][A-Za-z0-9-]*\s*>"
    r"|!|\?"
    r"|/?(?:address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt"
    r"|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu"
    r"|menuitem|nav|noframes|ol|optgroup|option|p|param|pre|script|search|section|source|style|summary|table|tbody|td"
    r"|textarea|tfoot|th|thead|title|tr|track|ul)(?=[\s/>]|$)"
    r"|[A-Za-z][A-Za-z0-9+.-]+:[^\s<>]*>)"
)
_HARMLESS = re.compile(r"</?(?:br|sub|sup)\s*/?>|<(?:https?|mailto):[^\s<>]*>", re.IGNORECASE)
_RISK = re.compile(rf"(?i:{_TAG})|!(?=\[)|\](?=\()|\](?=:)", re.MULTILINE)
_RISK_OR_COMMENT = re.compile(rf"{_RISK.pattern}|%(?=%)", re.MULTILINE)
_RISKY = ("<", "![", "](", "]:")

_DESTINATION = re.compile(r"\][(:]\s*(?:<([^>\n]{0,2000})|([^\s)]{0,2000}))")
_PLAIN_LINK = ("](https://", "](http://", "](#", "](mailto:")

_LINE = re.compile(r"\r\n|\r|\n")
_FENCE = re.compile(r"^(`{3,}(?=[^`\r\n]*\r?$)|~{3,})", re.MULTILINE)
_UNCLEAR = re.compile(
    r"^(?:[ \t]+|(?:[ \t]*(?:[>*+-]|\d{1,9}[.)])[ \t]*)+)(?:```|~~~)|\\`|<[A-Za-z][A-Za-z0-9+.-]+:[^\s<>`]*`|\r(?!\n)",
    re.MULTILINE,
)
_RUN = re.compile(r"`+")
_TABLE = re.compile(r"^[ \t]*\|?[ \t]*:?-+:?[ \t]*\|", re.MULTILINE)


def inert(text: str, *, comments: bool = False) -> str:
    """``text`` as Markdown in which nothing can act, closed at its end so that nothing behind it is drawn in.

    ``comments`` also takes Obsidian's ``%%`` for what it is, since it would hide words.
    """
    has_fence = "```" in text or "~~~" in text
    if not has_fence and not any(sign in text for sign in _RISKY) and not (comments and "%%" in text):
        return text
    risk = _RISK_OR_COMMENT if comments else _RISK
    if _UNCLEAR.search(text):
        return _with_parser(text, risk)
    fences, open_fence = _fences(text)
    risks = [place for place in _risks(text, risk) if not _is_inside(fences, place)]
    if risks:
        spans = _spans_line_by_line(text, fences, risks)
        if spans is None:
            return _with_parser(text, risk)
        text = _escaped(text, (place for place in risks if not _is_inside(spans, place)))
    return f"{text}\n{open_fence}" if open_fence else text


def fence_for(text: str, least: int = 3) -> str:
    """A run of backticks longer than any inside ``text``."""
    return "`" * max(least, max((len(run) for run in _RUN.findall(text)), default=0) + 1)


def fenced(text: str, language: str = "") -> str:
    """``text`` as a code block, word for word."""
    fence = fence_for(text)
    language = re.sub(r"[^\w+#.-]", "", language)
    return f"{fence}{language}\n{text}\n{fence}"


def plain(text: str) -> str:
    """A title, name or model slug as one line of Markdown that shows exactly its characters."""
    return re.sub(r"([\\`*_\[\]<>|~$])|&(?=#?\w+;)|%(?=%)|=(?==)", r"\\\g<0>", " ".join(text.split()))


def _risks(text: str, risk: re.Pattern[str]) -> list[int]:
    """Where a backslash is needed unless the place lies in code."""
    places = []
    for match in risk.finditer(text):
        place = match.start()
        sign = text[place]
        if sign == "<":
            if _HARMLESS.match(text, place):
                continue
        elif sign == "]" and (text.startswith(_PLAIN_LINK, place) or _leads_somewhere_safe(text, place)):
            continue
        backslashes = place - len(text[:place].rstrip("\\"))
        if backslashes % 2 == 0:
            places.append(place)
    return places


def _leads_somewhere_safe(text: str, place: int) -> bool:
    match = _DESTINATION.match(text, place)
    if match is None:
        return True
    destination = html.unescape(match[1] or match[2] or "").replace("\\", "")
    return is_safe_url(destination)


def _fences(text: str) -> tuple[list[tuple[int, int]], str]:
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


def _spans_line_by_line(text: str, fences: list[tuple[int, int]], risks: list[int]) -> list[tuple[int, int]] | None:
    """The code spans, if every line pairs its own backticks; None when they must be found across lines.

    Only then is a line's code the same whatever stands around it.
    """
    spans = []
    has_table = _TABLE.search(text) is not None
    risky_lines = {text.rfind("\n", 0, place) for place in risks}
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if start - 1 in risky_lines and text.startswith(("    ", "\t", " \t", "  \t", "   \t"), start):
            return None
        if "`" in text[start:end] and not _is_inside(fences, start):
            found, unpaired = _pair(text, start, end, has_table)
            if unpaired:
                return None
            spans += found
        start = end + 1
    return spans


def _pair(text: str, start: int, end: int, has_table: bool) -> tuple[list[tuple[int, int]], bool]:
    """The code spans of a stretch of inline text, and whether a run of backticks found no partner."""
    runs = [(match.start(), match.end()) for match in _RUN.finditer(text, start, end)]
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


def _with_parser(text: str, risk: re.Pattern[str]) -> str:
    """The same for text whose code only a whole parser can find."""
    lines = [0, *(match.end() for match in _LINE.finditer(text)), len(text)]
    code, inline = code_lines(text)
    protected = [(lines[start], lines[min(end, len(lines) - 1)]) for start, end in code]
    has_table = _TABLE.search(text) is not None
    for start, end in inline:
        first, last = lines[start], lines[min(end, len(lines) - 1)]
        if "`" in text[first:last]:
            protected += _pair_with_escapes(text, first, last, has_table)
    protected.sort()
    result = _escaped(text, (place for place in _risks(text, risk) if not _is_inside(protected, place)))
    fence = is_open_at_end(result)
    if fence:
        result = f"{result}\n{fence}"
    return fenced(text) if acts(result) else result


def _pair_with_escapes(text: str, start: int, end: int, has_table: bool) -> list[tuple[int, int]]:
    """Code spans between ``start`` and ``end`` where a backslash may keep a backtick from opening one."""
    found: list[tuple[int, int]] = []
    place = start
    while (opener := _RUN.search(text, place, end)) is not None:
        before = text[start : opener.start()]
        if (len(before) - len(before.rstrip("\\"))) % 2 and not _is_inside(found, opener.start()):
            # The first backtick is an ordinary character; the rest of the run may still open.
            if len(opener[0]) == 1:
                place = opener.end()
                continue
            opener = re.compile("`+").search(text, opener.start() + 1, end)
            assert opener is not None
        length = len(opener[0])
        closer = next((run for run in _RUN.finditer(text, opener.end(), end) if len(run[0]) == length), None)
        if closer is None:
            place = opener.end()
            continue
        if not (has_table and "|" in text[opener.end() : closer.start()]):
            found.append((opener.start(), closer.end()))
        place = closer.end()
    return found


def _escaped(text: str, places: Iterable[int]) -> str:
    pieces: list[str] = []
    last = 0
    for place in places:
        pieces += (text[last:place], "\\")
        last = place
    pieces.append(text[last:])
    return "".join(pieces)


def _is_inside(ranges: list[tuple[int, int]], place: int) -> bool:
    """Whether ``place`` lies in one of the sorted, separate ranges."""
    index = bisect_right(ranges, (place, 1 << 62)) - 1
    return index >= 0 and ranges[index][0] <= place < ranges[index][1]
