"""The one door for everything stored that reaches a terminal.

Messages, titles, file names and error texts come from strangers. A terminal obeys what is written to it: an escape
sequence can retitle the window, write to the clipboard or hide text; a direction override makes words read backwards;
an invisible character hides a message inside a message. ``visible`` turns each of them into something that can be seen
and does nothing; the few that honest text is full of, and that can do no harm, it leaves out. Stored and exported text
never passes through here.
"""

from __future__ import annotations

import re

HIDDEN_MARK = "␣"
"""Stands for one or more characters that a terminal would not show."""

_CONTROL = "\x00-\x08\x0b-\x1f\x7f-\x9f"
_LINE_END = "\u2028\u2029"
_DIRECTION = "\u202a-\u202e\ufff9-\ufffb"
_INVISIBLE = "\u180e\u200c\u200d\u2061-\u2065\u206a-\u206f\U000e0000-\U000e007f"
_LEFT_OUT = "\u00ad\u061c\u200b\u200e\u200f\u2060\u2066-\u2069\ufeff"
_SURROGATE = "\ud800-\udfff"
_COMBINING = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_VARIATION = "\ufe00-\ufe0f\U000e0100-\U000e01ef"

_PILE = 8
"""Combining marks that may stand on one letter; languages use four at most."""

_UNSAFE = re.compile(
    rf"[{_CONTROL}{_LINE_END}{_DIRECTION}{_SURROGATE}]"
    rf"|[{_INVISIBLE}]+"
    rf"|[{_LEFT_OUT}]+"
    rf"|[{_VARIATION}]{{2,}}"
    rf"|(?<=[{_COMBINING}]{{{_PILE}}})[{_COMBINING}]+"
)
_HARMLESS = re.compile(f"[{_LEFT_OUT}]+")
"""Direction marks and isolates, places to break or not to break a line: a sign for them would tear words apart."""

_SHAPED_SCRIPT = re.compile("[\u0600-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u18af\ufb50-\ufdff\ufe70-\ufefc]")
_EMOJI = re.compile("[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]")
_BLACK_FLAG = "\U0001f3f4"
_IS_REGION = re.compile("[\U000e0061-\U000e007a]{3,6}\U000e007f")
"""Says which region the flag before it stands for. Terminals do not know it, and a black flag is left."""
_SPACES = re.compile(r"\s+")


def visible(text: str) -> str:
    """``text`` with what a terminal would obey, or not show, made into characters that can be seen, or left out."""
    if _UNSAFE.search(text) is None:
        return text
    return _UNSAFE.sub(_shown, _HARMLESS.sub("", text).replace("\r\n", "\n"))


def one_line(text: str, limit: int = 200) -> str:
    """``text`` on a single line of at most ``limit`` characters, for titles and lists."""
    some = text[: limit * 4 + 64]
    line = _SPACES.sub(" ", visible(_SPACES.sub(" ", some))).strip()
    if len(line) <= limit and len(some) == len(text):
        return line
    return line[: max(0, limit - 1)].rstrip() + "…"


def _shown(match: re.Match[str]) -> str:
    found = match.group()
    code = ord(found[0])
    if found in ("\r", "\u2028", "\u2029"):
        return "\n"
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    if code < 0xA0:
        return f"\\x{code:02x}"
    if 0xD800 <= code <= 0xDFFF:
        return "\ufffd"
    if found in ("\u200c", "\u200d") and _joins(match):
        return found
    if _IS_REGION.fullmatch(found) and match.string[match.start() - 1 : match.start()] == _BLACK_FLAG:
        return ""
    if re.match(f"[{_DIRECTION}]", found):
        return f"⟦U+{code:04X}⟧"
    return HIDDEN_MARK


def _joins(match: re.Match[str]) -> bool:
    """Whether a joiner does its honest work: shaping Arabic or Indic letters, or making one emoji of several."""
    start, end = match.span()
    before, after = match.string[max(0, start - 1) : start], match.string[end : end + 1]
    if _SHAPED_SCRIPT.match(before) and (match.group() == "\u200c" or _SHAPED_SCRIPT.match(after) or not after.strip()):
        return True
    return match.group() == "\u200d" and bool(_EMOJI.match(before)) and bool(_EMOJI.match(after))
