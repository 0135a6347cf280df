"""The list ``assetsJson`` in a page such as ``chat.html``: which file each pointer means (export format, section 7).

It is meant to be JSON, but a page is a program: quotes of both kinds, names without quotes, comments and commas before
a closing bracket occur. So it is read word by word, and as far as it goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from archiver.importers.json_text.value import read_json
from archiver.importers.sources.source import Source

_LIST = re.compile(rb"\bassetsJson\s*=\s*(?=\{)")
_END = re.compile(rb"</script", re.IGNORECASE)
_LIST_LIMIT = 64 << 20
_OVERLAP = 64
"""Bytes of one block that are looked at again with the next, for what stands across both."""
_WORD = re.compile(
    r"""\s+|//[^\n]*|/\*.*?\*/|(?P<sign>[{}\[\]:,;])"""
    r"""|"(?P<double>(?:[^"\\\n]|\\.)*)"|'(?P<single>(?:[^'\\\n]|\\.)*)'|(?P<name>[\w$.+-]+)""",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)", re.DOTALL)


def page_files(source: Source, member: str) -> tuple[list[tuple[str, str]], bool]:
    """(pointer, path) of every entry, and whether the list was read to its end. Raises ``ArchiverError``."""
    text = _listed(source, member).decode("utf-8", "replace")
    reading = _Reading()
    entries = list(reading.entries(text))
    return entries, reading.is_whole


class _Reading:
    """One list, read word by word."""

    def __init__(self) -> None:
        self.is_whole = True

    def entries(self, text: str) -> Iterator[tuple[str, str]]:
        """A name and a text behind it, or an object that tells its ``file_path``."""
        names: list[str] = []
        key = pending = ""
        is_value = False
        place = 0
        while match := _WORD.match(text, place):
            place = match.end()
            sign, word = match["sign"], _word(match)
            if sign == "{":
                names.append(key if is_value else "")
                is_value = False
            elif sign == "}":
                names[-1:] = []
                is_value = False
                if not names:
                    return
            elif sign == ":":
                key, is_value = pending, True
            elif sign:
                is_value = False
            elif word is not None and is_value:
                if match["name"] is None and (len(names) == 1 or key == "file_path"):
                    yield names[-1] if len(names) > 1 else key, word
                is_value = False
            elif word is not None:
                pending = word
        self.is_whole = not text


def _word(match: re.Match[str]) -> str | None:
    quoted = next((match[kind] for kind in ("double", "single") if match[kind] is not None), None)
    return match["name"] if quoted is None else _ESCAPE.sub(_unescaped, quoted)


def _unescaped(match: re.Match[str]) -> str:
    escape = match.group()
    if escape[1] in "'/\n":
        return escape[1].strip("\n")
    try:
        return str(read_json(f'"{escape}"'.encode())[0])
    except ValueError:
        return escape[1:]


def _listed(source: Source, member: str) -> bytes:
    """What stands behind ``assetsJson =`` up to the end of the script, wherever that is in a page of any size."""
    with source.open(member) as stream:
        window = b""
        while block := stream.read(1 << 20):
            window = window[-_OVERLAP:] + block
            match = _LIST.search(window)
            if match is None:
                continue
            found = window[match.end() :]
            end = _END.search(found)
            while end is None and len(found) < _LIST_LIMIT and (block := stream.read(1 << 20)):
                looked_at = len(found)
                found += block
                end = _END.search(found, max(0, looked_at - _OVERLAP))
            return found[: end.start()] if end else found
    return b""
