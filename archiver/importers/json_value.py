"""Reads one JSON value: strictly first, then with its usual faults mended, each named.

Mended are a byte order mark, UTF-16, bytes that are no UTF-8, raw control characters, broken or lonely escapes, NaN and
infinities, numbers that do not fit (kept as text, digit for digit), and nesting deeper than any chat (kept as JSON
text). Half of a surrogate pair cannot be written in UTF-8: it becomes U+FFFD, and the raw bytes stay in the archive.
"""

from __future__ import annotations

import codecs
import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import orjson

from archiver.i18n import _, ngettext

MAX_DEPTH = 200
"""Nesting of lists and objects. Real conversations stay below 20; what reads on may refuse 255."""

_TOKEN = re.compile(
    r'"(?P<string>(?:[^"\\]++|\\.)*+)"'
    r"|(?P<number>-?[0-9][-+.0-9eE]*+)"
    r"|(?P<nothing>-?(?:NaN|nan|Infinity|inf)\b)"
    r"|(?P<open>[{\[])|(?P<close>[}\]])"
    r"|[^\"{}\[\]\w-]++|\w++|.",
    re.DOTALL,
)
_ESCAPE = re.compile(
    r"\\u[dD][89aAbB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    r"|(?P<lonely>\\u[dD][89a-fA-F][0-9a-fA-F]{2})"
    r'|\\u[0-9a-fA-F]{4}|\\["\\/bfnrt]|(?P<broken>\\)'
)
_CONTROL = re.compile(r"[\x00-\x1f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def read_json(data: bytes) -> tuple[Any, tuple[str, ...]]:
    """The value, and a sentence for each fault that was mended; ``ValueError`` with a sentence if hopeless."""
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError:
        return _read_mended(data)
    return value, ()


def is_readable(data: bytes) -> bool:
    """Whether the bytes are a JSON value, perhaps after mending."""
    try:
        _read_mended(data)
    except ValueError:
        return False
    return True


def _read_mended(data: bytes) -> tuple[Any, tuple[str, ...]]:
    faults: Counter[str] = Counter()
    text = "".join(_mended(_decoded(data, faults), faults))
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise ValueError(_("Its JSON is broken at character {place}.").format(place=error.pos)) from error
    return value, tuple(_sentence(fault, count) for fault, count in faults.items() if count)


def _decoded(data: bytes, faults: Counter[str]) -> str:
    """The bytes as text without lonely surrogates."""
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if data.startswith(mark):
            faults["utf16"] += 1
            return data[2:].decode(encoding, "replace")
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        text = data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
        faults["bytes"] += max(1, text.count(_REPLACEMENT) - data.count(_REPLACEMENT.encode()))
        return text
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    text, lonely = _SURROGATE.subn(_REPLACEMENT, text)
    faults["surrogate"] += lonely
    return text


def _mended(text: str, faults: Counter[str]) -> Iterator[str]:
    """The tokens of ``text`` with their faults mended."""
    depth = 0
    deep_start = 0
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind == "open":
            depth += 1
            if depth == MAX_DEPTH + 1:
                deep_start = match.start()
        elif kind == "close":
            depth -= 1
            if depth == MAX_DEPTH:
                faults["deep"] += 1
                yield json.dumps(text[deep_start : match.end()])
                continue
        if depth > MAX_DEPTH:
            continue
        if kind == "string":
            yield _mended_string(match.group(), faults)
        elif kind == "number":
            yield _mended_number(match.group(), faults)
        elif kind == "nothing":
            faults["number"] += 1
            yield "null"
        else:
            yield match.group()


def _mended_string(string: str, faults: Counter[str]) -> str:
    """A string token that strict readers accept."""

    def mended(match: re.Match[str]) -> str:
        if match.lastgroup == "lonely":
            faults["surrogate"] += 1
            return _REPLACEMENT
        if match.lastgroup == "broken":
            faults["escape"] += 1
            return "\\\\"
        return match.group()

    if "\\" in string:
        string = _ESCAPE.sub(mended, string)
    string, controls = _CONTROL.subn(lambda match: f"\\u{ord(match.group()):04x}", string)
    faults["control"] += controls
    return string


def _mended_number(number: str, faults: Counter[str]) -> str:
    """A number that reads back as it was written, else its digits as text."""
    try:
        value = orjson.loads(number)
    except orjson.JSONDecodeError:
        value = None
    is_whole = number.lstrip("-").isdigit()
    if value is None or (is_whole and isinstance(value, float)):
        faults["number"] += 1
        return f'"{number}"'
    return number


def _sentence(fault: str, count: int) -> str:
    match fault:
        case "utf16":
            return _("The text is in UTF-16.")
        case "bytes":
            return ngettext(
                "{count} place is no valid text; U+FFFD stands there.",
                "{count} places are no valid text; U+FFFD stands there.",
                count,
            ).format(count=count)
        case "surrogate":
            return ngettext(
                "{count} half character has lost its other half; U+FFFD stands there.",
                "{count} half characters have lost their other half; U+FFFD stands there.",
                count,
            ).format(count=count)
        case "control":
            return ngettext(
                "{count} control character stood in a text unescaped; it is kept.",
                "{count} control characters stood in a text unescaped; they are kept.",
                count,
            ).format(count=count)
        case "escape":
            return ngettext(
                "{count} broken escape is kept as it is written.",
                "{count} broken escapes are kept as they are written.",
                count,
            ).format(count=count)
        case "number":
            return ngettext(
                "{count} number cannot be kept as a number; its digits are kept as text.",
                "{count} numbers cannot be kept as numbers; their digits are kept as text.",
                count,
            ).format(count=count)
        case _:
            return ngettext(
                "{count} place is nested deeper than any chat; it is kept as JSON text.",
                "{count} places are nested deeper than any chat; they are kept as JSON text.",
                count,
            ).format(count=count)
