"""The markers inside an answer: where they stand, of what kind they are, and the words in them.

\\ue200 kind ( \\ue202 argument )* \\ue201      arguments are ids, JSON, line ranges or plain words
【13†source】                                 the form of earlier years
citeturn0search1                            what is left where something stripped the signs
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple

from archiver.importers.chatgpt.raw_json import from_json

_FOUND_BY = "search|view|fetch|news|image|video|product|file|ref|business|finance|sports|forecast|academia|reddit"
_IDS = f"turn\\d+(?:{_FOUND_BY})\\d+"
_MARKER = re.compile(
    "\ue200(?P<body>[^\ue200\ue201\n]*+)\ue201"
    "|\ue200?(?:file)?(?:cite|navlist)?(?P<stray>(?:\ue202(?:turn\\d+[a-z]+\\d+|L\\d+(?:-L?\\d+)?))+)\ue201?"
    f"|(?:file)?cite(?P<bare>(?:{_IDS})+(?:L\\d+-L\\d+)?)"
    "|(?P<bracket>【[^†【】\n\ue200-\ue206]{1,300}†[^【】\n\ue200-\ue206]{0,600}】)"
    "|(?P<left>[\ue200-\ue206])"
)
MOST_IDS = 24
"""Ids looked at in one marker; a list of news has a dozen."""
_ID = re.compile("turn\\d+[a-z]+?\\d+")
_LINES = re.compile("L\\d+(?:-L?\\d+)?")
_STRING = re.compile(r'"((?:[^"\\]|\\.)+)"?(?!\s*:)')
"""A string in JSON that ends early."""
_SIGNS = ("\ue200", "\ue201", "\ue202", "\ue203", "\ue204", "\ue205", "\ue206")

NO_SIGNS = dict.fromkeys(map(ord, _SIGNS))

_CALLED = ("selections", "name", "title", "text", "label")
"""Under which keys of a marker's argument something is called by its name."""


class Marker(NamedTuple):
    """One marker and where it stands."""

    start: int
    end: int
    kind: str
    arguments: tuple[str, ...]
    ids: tuple[str, ...]


def has_markers(words: str) -> bool:
    """Whether a text may hold markers; costs next to nothing for the others."""
    if words.isascii():
        return "citeturn" in words
    return "\ue200" in words or "†" in words or "citeturn" in words or any(map(words.__contains__, _SIGNS))


def find_markers(words: str) -> list[Marker]:
    """Every marker of a text, in its order."""
    return [_marker(match) for match in _MARKER.finditer(words)]


def _marker(match: re.Match[str]) -> Marker:
    start, end = match.span()
    body = match["body"]
    if body is not None:
        kind, *arguments = body.split("\ue202")
        ids = tuple(match[0] for match in islice(_ID.finditer(body), MOST_IDS))
        return Marker(start, end, kind, tuple(arguments), ids)
    if match["bracket"] is not None:
        return Marker(start, end, "bracket", (), ())
    return Marker(start, end, "cite", (), tuple(_ID.findall(match["stray"] or match["bare"] or ""))[:MOST_IDS])


def own_words(marker: Marker) -> str:
    """The words that stand inside a marker: the name of a place or product, the title of a list."""
    if marker.kind in ("cite", "filecite", "image_group", "i", ""):
        return ""
    written = [argument for argument in marker.arguments if argument and not _ID.match(argument)]
    return ", ".join(filter(None, (_words_of(argument) for argument in written)))


def strings_in(argument: str) -> Iterator[str]:
    """The words of a marker's argument, without ids."""
    waiting = [_value_of(argument) if argument[:1] in ("[", "{") else argument]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict | list):
            waiting += reversed(list(item.values() if isinstance(item, dict) else item))
        elif isinstance(item, str) and item.strip() and not (_ID.fullmatch(item) or _LINES.fullmatch(item)):
            yield item


def _value_of(argument: str) -> Any:
    """The value of an argument in JSON; of one that was cut off, the strings in it."""
    value = from_json(argument)
    if value is None:
        return [match[1] for match in _STRING.finditer(argument)] or argument[1:]
    return value


def _words_of(argument: str) -> str:
    if argument[:1] not in "[{":
        return argument
    value = _value_of(argument)
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        strings = [item for item in value if isinstance(item, str)]
        return strings[1] if len(strings) > 1 else "".join(strings)
    return ", ".join(_names(value)) if isinstance(value, dict) else ""


def _names(value: dict[str, Any]) -> Iterable[str]:
    """What is called by name inside an argument such as ``{"selections":[["turn0product3","Lamp"]]}``."""
    for key in _CALLED:
        held = value.get(key)
        for item in held if isinstance(held, list) else (held,):
            words = item[-1] if isinstance(item, list) and item else item
            if isinstance(words, str) and not _ID.fullmatch(words):
                yield words
