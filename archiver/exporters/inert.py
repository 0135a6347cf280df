"""Text of a message as Markdown that cannot act: no HTML, no picture from elsewhere, no link but to ordinary places.

The words must stay as they were written, so nothing is removed or rewritten: a single backslash goes before the
character that would start a tag, a picture or a bad link, and every Markdown reader then shows the character itself.
Inside code a backslash would be seen, and nothing is interpreted there, so code is left as it is. That makes it matter
where code begins and ends, exactly as CommonMark has it:

    text -> nothing risky in it?            -> unchanged (most messages)
         -> fences at the margin, paired backticks? -> escaped outside code
         -> anything else                   -> the same with markdown-it's block parser, then parsed again to be sure;
                                               what still acts goes whole into a code fence
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from archiver.exporters.code_spans import (
    BACKTICKS,
    LINE,
    TABLE_LINE,
    UNCLEAR,
    fences_at_margin,
    is_escaped,
    is_inside,
    spans_between,
    spans_line_by_line,
)
from archiver.exporters.commonmark import HARMLESS_TAG, code_lines, is_harmless, is_open_at_end
from archiver.exporters.links import is_safe_url

_TAG = (
    r"<(?=[A-Za-z][A-Za-z0-9-]*(?:\s+[A-Za-z_:][\w.:-]*(?:\s*=\s*(?:[^\s\"'=<>`]+|'[^']*'|\"[^\"]*\"))?)*\s*/?>"
    r"|/[A-Za-z][A-Za-z0-9-]*\s*>"
    r"|!|\?"
    r"|/?(?:address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt"
    r"|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu"
    r"|menuitem|nav|noframes|ol|optgroup|option|p|param|pre|script|search|section|source|style|summary|table|tbody|td"
    r"|textarea|tfoot|th|thead|title|tr|track|ul)(?=[\s/>]|$)"
    r"|[A-Za-z][A-Za-z0-9+.-]+:[^\s<>]*>)"
)
_HARMLESS = re.compile(rf"(?P<tag>{HARMLESS_TAG.pattern})|<(?:https?|mailto):[^\s<>]*>", re.IGNORECASE)
_LOOK_BACK = 500
_LINE_SO_FAR = re.compile(r"[ \t>*+\-\d.)]*\Z")
_RISK = re.compile(rf"(?i:{_TAG})|!(?=\[)|\](?=\()|\](?=:)", re.MULTILINE)
_RISK_OR_COMMENT = re.compile(rf"{_RISK.pattern}|%(?=%)", re.MULTILINE)
_RUN_BY_PLUGINS = re.compile(
    r"^[ \t>*+\-\d.)]*(?:`{3,}|~{3,})[ \t]*(?=(?:dataview|dataviewjs|js-engine|meta-bind|templater|customjs)\b)",
    re.MULTILINE | re.IGNORECASE,
)
_SIGNS = ("<", "![", "](", "]:", "```", "~~~")
"""Text without any of these can neither act nor hold a fence; single characters are looked for first, being faster."""
_NOT_PLAIN = re.compile(r"[\\`*\[\]<|~$]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)|%(?=%)|=(?==)")

_LINE_START = re.compile(r"(?:^|(?<=\n)|(?<=\r)(?!\n))(?=(?P<blank>[ \t]*(?:[\r\n]|\Z))?)")
_DESTINATION = re.compile(r"\][(:]\s*(?:<([^>\n]{0,2000})|([^\s)]{0,2000}))")
_PLAIN_LINK = ("](https://", "](http://", "](#", "](mailto:")

_LONGEST = 400_000
"""Characters that the parser is asked about; it needs a second for so many."""


def inert(text: str, *, obsidian: bool = False, quoted: bool = False) -> str:
    """``text`` as Markdown in which nothing can act, closed at its end so that nothing behind it is drawn in.

    ``obsidian`` also takes care of what only that program knows: ``%%`` would hide words, and some plugins run code
    that stands in a fence of their name. ``quoted`` is for text that is to stand inside a quote: its two columns move
    the stops of tabs, and what was indented code may be so no longer.
    """
    result = _inert(text, _RISK_OR_COMMENT if obsidian else _RISK)
    if obsidian:
        result = _RUN_BY_PLUGINS.sub(r"\g<0>\\", result)
    if quoted and "\t" in text and not is_harmless(quote(result)):
        return fenced(text)
    return result


def quote(block: str) -> str:
    """Every line of a block inside a quote."""
    return _LINE_START.sub(lambda match: "> " if match["blank"] is None else ">", block)


def _inert(text: str, risk: re.Pattern[str]) -> str:
    is_plain = not ("<" in text or "[" in text or "`" in text or "~" in text) or not any(map(text.__contains__, _SIGNS))
    if is_plain and not (risk is _RISK_OR_COMMENT and "%%" in text):
        return text
    if UNCLEAR.search(text):
        return _with_parser(text, risk)
    fences, open_fence = fences_at_margin(text)
    risks = [place for place in _risks(text, risk) if not is_inside(fences, place)]
    if risks:
        spans = spans_line_by_line(text, fences, risks)
        if spans is None:
            return _with_parser(text, risk)
        text = _escaped(text, (place for place in risks if not is_inside(spans, place)))
    return f"{text}\n{open_fence}" if open_fence else text


def fence_for(text: str, least: int = 3) -> str:
    """A run of backticks longer than any inside ``text``."""
    return "`" * max(least, max((len(run) for run in BACKTICKS.findall(text)), default=0) + 1)


def fenced(text: str, language: str = "") -> str:
    """``text`` as a code block, word for word."""
    fence = fence_for(text)
    language = re.sub(r"[^\w+#.-]", "", language)
    return f"{fence}{language}\n{text}\n{fence}"


def plain(text: str) -> str:
    """A title, name or model slug as one line of Markdown that shows exactly its characters."""
    return _NOT_PLAIN.sub(r"\\\g<0>", " ".join(text.split()))


def _risks(text: str, risk: re.Pattern[str]) -> list[int]:
    """Where a backslash is needed unless the place lies in code."""
    places = []
    for match in risk.finditer(text):
        place = match.start()
        sign = text[place]
        if sign == "<":
            harmless = _HARMLESS.match(text, place)
            # At the start of a line even such a tag begins a block of HTML, in which backslashes mean nothing.
            if harmless and not (harmless["tag"] and _begins_line(text, place)):
                continue
        elif sign == "]" and (text.startswith(_PLAIN_LINK, place) or _leads_somewhere_safe(text, place)):
            continue
        if not is_escaped(text, place):
            places.append(place)
    return places


def _begins_line(text: str, place: int) -> bool:
    """Whether nothing but blanks and the marks of lists and quotes stands before ``place`` on its line."""
    start = max(place - _LOOK_BACK, 0)
    line = max(text.rfind("\n", start, place), text.rfind("\r", start, place), start - 1) + 1
    return _LINE_SO_FAR.match(text[line:place]) is not None


def _leads_somewhere_safe(text: str, place: int) -> bool:
    match = _DESTINATION.match(text, place)
    if match is None:
        return True
    destination = html.unescape(match[1] or match[2] or "").replace("\\", "")
    return is_safe_url(destination)


def _with_parser(text: str, risk: re.Pattern[str]) -> str:
    """The same for text whose code only a whole parser can find."""
    if len(text) > _LONGEST:
        return fenced(text)
    lines = [0, *(match.end() for match in LINE.finditer(text)), len(text)]
    code, inline = code_lines(text)
    protected = [(lines[start], lines[min(end, len(lines) - 1)]) for start, end in code]
    has_table = TABLE_LINE.search(text) is not None
    for start, end in inline:
        first, last = lines[start], lines[min(end, len(lines) - 1)]
        if "`" in text[first:last]:
            protected += spans_between(text, first, last, has_table)
    protected.sort()
    result = _escaped(text, (place for place in _risks(text, risk) if not is_inside(protected, place)))
    fence = is_open_at_end(result)
    if fence:
        result = f"{result}\n{fence}"
    return result if is_harmless(result) else fenced(text)


def _escaped(text: str, places: Iterable[int]) -> str:
    pieces: list[str] = []
    last = 0
    for place in places:
        pieces += (text[last:place], "\\")
        last = place
    pieces.append(text[last:])
    return "".join(pieces)
