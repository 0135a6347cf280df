"""Reads one JSON value: strictly first, then with its usual faults mended, each named.

Mended are a byte order mark, UTF-16, bytes that are no UTF-8, raw control characters, broken or lonely escapes, NaN and
infinities, numbers that do not fit (kept as text, digit for digit), and nesting deeper than any chat (kept as JSON
text). Half of a surrogate pair cannot be written in UTF-8: it becomes U+FFFD, and the raw bytes stay in the archive.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import orjson

from archiver.i18n import _
from archiver.importers.json_text.faults import sentences

MAX_DEPTH = 512
"""Nesting of lists and objects; real conversations stay below 20."""

_TOKEN = re.compile(
    r'(?P<string>"(?:[^"\\]++|\\.)*+"?+)'
    r"|(?P<number>-?[0-9][-+.0-9eE]*+)"
    r"|(?P<nothing>-?(?:NaN|nan|Infinity|inf)\b)"
    r"|(?P<open>[{\[])|(?P<close>[}\]])"
    r"|[^\"{}\[\]\w-]++|\w++|.",
    re.DOTALL,
)
_TO_BRACKET = re.compile(r'(?:[^"{}\[\]]++|"(?:[^"\\]++|\\.)*+")*+([{}\[\]])', re.DOTALL)
_ESCAPE = re.compile(
    r"\\u[dD][89aAbB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    r"|(?P<lonely>\\u[dD][89a-fA-F][0-9a-fA-F]{2})"
    r'|\\u[0-9a-fA-F]{4}|\\["\\/bfnrt]|(?P<broken>\\)'
)
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][-+]?[0-9]++)?")
_CONTROL = re.compile(r"[\x00-\x1f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_CLOSING = {"{": "}", "[": "]"}
_WINDOW = 1 << 20
_OVERLAP = 64
_LONG_RUN = b"0" * 19
"""As many digits as the smallest number beyond 64 bits has."""
_ZEROS = bytes(ord("0") if ord("0") <= code <= ord("9") else code for code in range(256))
_LONG_NUMBER = re.compile(rb"(?:(?<=[:,\[\s])|\A)-?[0-9]{19,}+(?![.eE])")
_STRING = re.compile(r'"(?:[^"\\]++|\\.)*+"', re.DOTALL)


class BrokenJson(ValueError):
    """The value cannot be read as a whole."""

    def __init__(self, text: str, place: int) -> None:
        if place >= len(text):
            super().__init__(_("It ends in the middle; the rest of its JSON is missing."))
        else:
            super().__init__(_("Its JSON is broken at character {place}.").format(place=place))
        self.text = text
        self.place = place


def read_json(data: bytes) -> tuple[Any, tuple[str, ...]]:
    """The value, and a sentence for each fault that was mended; ``BrokenJson`` if hopeless."""
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError:
        return _read_mended(data)
    return _read_mended(data) if loses_digits(data) or not is_shallow(value) else (value, ())


def loses_digits(data: bytes) -> bool:
    """Whether there may be a whole number of more than 64 bits, which fast readers make a rounded one of.

    Looked for as so many digits in a row, which is many times quicker than looking at every number.
    """
    for start in range(0, len(data), _WINDOW):
        window = data[start : start + _WINDOW + _OVERLAP]
        if _LONG_RUN in window.translate(_ZEROS) and any(map(_is_too_long, _LONG_NUMBER.findall(window))):
            return True
    return False


def _is_too_long(number: bytes) -> bool:
    return len(number) > _OVERLAP or not -(2**63) <= int(number) < 2**64


def is_shallow(value: Any) -> bool:
    """Whether nothing in ``value`` is nested deeper than ``MAX_DEPTH``.

    orjson refuses to write what is deeper than 254 levels, and trying takes a tenth of the time of a walk.
    """
    try:
        orjson.dumps(value)
    except TypeError:
        return _depth(value) <= MAX_DEPTH
    return True


def _depth(value: Any) -> int:
    depth = 0
    level = [value] if isinstance(value, dict | list) else []
    while level:
        depth += 1
        inner = (item for holder in level for item in (holder.values() if isinstance(holder, dict) else holder))
        level = [item for item in inner if isinstance(item, dict | list)]
    return depth


def is_readable(data: bytes) -> bool:
    """Whether the bytes are a JSON value, perhaps after mending."""
    try:
        _read_mended(data)
    except BrokenJson:
        return False
    return True


def read_beginning(broken: BrokenJson) -> Any:
    """What stands before the place where a value is broken, with everything closed that is open there.

    A number, word or key that may be cut is left out; of a text in a list, as messages have them, the beginning stays.
    """
    text = broken.text[: broken.place]
    closing: list[str] = []
    safe, ending = 0, ""
    is_key = False
    for match in _TOKEN.finditer(text):
        token, kind = match.group(), match.lastgroup
        if kind == "open":
            closing.append(_CLOSING[token])
            is_key = token == "{"
        elif kind == "close":
            if not closing or closing.pop() != token:
                break
        elif kind is None and not token.strip().isalnum():
            is_key = ":" not in token and closing[-1:] == ["}"]
            continue
        elif is_key:
            continue
        elif match.end() == len(text) and not (kind == "string" and closing[-1:] == ["]"]):
            break
        safe = match.end()
        ending = '"' if kind == "string" and not _STRING.fullmatch(token) else ""
    try:
        return orjson.loads(text[:safe] + ending + "".join(reversed(closing)))
    except orjson.JSONDecodeError:
        return None


def _read_mended(data: bytes) -> tuple[Any, tuple[str, ...]]:
    faults: Counter[str] = Counter()
    text = "".join(_mended(_decoded(data, faults), faults))
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise BrokenJson(text, error.pos) from error
    return value, sentences(faults)


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
    depth = place = 0
    while match := _TOKEN.match(text, place):
        kind = match.lastgroup
        place = match.end()
        if kind == "open" and depth == MAX_DEPTH:
            end = _end_of_deep(text, match.start())
            if end is None:
                return
            faults["deep"] += 1
            place = end
            yield orjson.dumps(text[match.start() : place]).decode()
        elif kind == "string":
            yield _mended_string(match.group(), faults)
        elif kind == "number":
            yield _mended_number(match.group(), faults)
        elif kind == "nothing":
            faults["number"] += 1
            yield "null"
        else:
            depth += (kind == "open") - (kind == "close")
            yield match.group()


def _end_of_deep(text: str, start: int) -> int | None:
    """Where the bracketed value at ``start`` ends; None when it does not."""
    depth = 0
    place = start
    while match := _TO_BRACKET.match(text, place):
        place = match.end()
        depth += 1 if match.group(1) in "{[" else -1
        if not depth:
            return place
    return None


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
    if _NUMBER.fullmatch(number) and (value is None or (is_whole and isinstance(value, float))):
        faults["number"] += 1
        return f'"{number}"'
    return number
