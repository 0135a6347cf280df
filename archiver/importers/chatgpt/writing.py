"""Writing blocks: drafts in a box inside an answer, ``:::writing{variant="email" id="38274"} … :::``.

The person can edit a draft in its box. What they made of it stands only in the message's metadata; the text of the
message keeps the model's first version. So each block becomes a document whose text is the latest version.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from typing import Any, NamedTuple

from archiver.importers.chatgpt.fields import mapping, text
from archiver.importers.chatgpt.scene import Scene
from archiver.records import Citation, Document, Part, Text

_OPEN = re.compile(r"^[ \t]*:{3,}writing[ \t]*(?:\{([^\n]*)\})?[ \t]*\r?$")
_CLOSE = re.compile(r"^[ \t]*:{3,}[ \t]*\r?$")
_FENCE = re.compile(r"^[ \t]*(?:```|~~~)")
_ATTRIBUTE = re.compile(r"\b(\w++)=(?:[\"“”]([^\"“”]*)[\"“”]|([^\s\"“”}]+))")


_SHOWN = frozenset(("id", "variant", "title", "subject", "recipient"))
"""Attributes of a block that its document has a place for."""
_COMPARED = 200
"""Blocks looked for in the text; no answer has as many."""


class _Block(NamedTuple):
    start: int
    body_start: int
    body_end: int
    end: int
    attributes: dict[str, str]


def has_block(words: str) -> bool:
    """Whether a text may hold a writing block."""
    return ":::writing" in words


def split(written: Text, scene: Scene) -> list[Part]:
    """A text cut into what stands around its writing blocks, and the blocks as documents."""
    edits = _Edits(scene.metadata.get("writing_blocks"))
    parts: list[Part] = []
    at = 0
    for number, block in enumerate(_blocks(written.text)):
        parts += _slice(written, at, block.start)
        scene.details += [(f"writing.{key}", said) for key, said in block.attributes.items() if key not in _SHOWN]
        parts.append(_document(written.text[block.body_start : block.body_end], block.attributes, number, edits))
        at = block.end
    return [*parts, *_slice(written, at, len(written.text))]


class _Edits:
    """What the metadata says about the blocks of a message."""

    def __init__(self, value: Any) -> None:
        self._by_number: Mapping[str, Any] = mapping(value)
        notes = [mapping(note) for note in self._by_number.values()]
        self._by_id: dict[str, Mapping[str, Any]] = {text(note.get("id")): note for note in reversed(notes)}

    def find(self, id_: str, number: int) -> Mapping[str, Any]:
        """The note of a block: by its id, else by its number if either has no id."""
        if id_ and id_ in self._by_id:
            return self._by_id[id_]
        note = mapping(self._by_number.get(str(number)))
        return {} if id_ and note.get("id") else note


def added(value: Any, parts: list[Part], format_: str) -> list[Part]:
    """``parts`` with the texts of ``writing_blocks`` or ``code_blocks`` that stand nowhere in them."""
    known = {part.id for part in parts if isinstance(part, Document)}
    shown = "\n".join(str(getattr(part, "text", "")) for part in parts)
    joined = list(parts)
    for number, (key, block) in enumerate(mapping(value).items()):
        note = mapping(block)
        words = text(note.get("content"))
        is_shown = number < _COMPARED and words in shown
        if words and text(note.get("id")) not in known and not is_shown:
            variant = text(note.get("variant")) or format_
            joined.append(Document(text(note.get("id")) or key, words, _title(note, {}), variant))
    return joined


def _blocks(words: str) -> list[_Block]:
    blocks: list[_Block] = []
    opened: tuple[int, int, dict[str, str]] | None = None
    is_fenced = False
    at = 0
    for line in words.splitlines(keepends=True):
        bare = line.rstrip("\r\n")
        if opened is None:
            match = None if is_fenced else _OPEN.match(bare)
            if match:
                opened = (at, at + len(line), _attributes(match[1] or ""))
            elif _FENCE.match(bare):
                is_fenced = not is_fenced
        elif _CLOSE.match(bare):
            start, body_start, attributes = opened
            body_end = max(body_start, at - len(_line_end(words, at)))
            blocks.append(_Block(start, body_start, body_end, at + len(line), attributes))
            opened = None
        at += len(line)
    return blocks


def _line_end(words: str, at: int) -> str:
    """The line break just before ``at``."""
    return "\r\n" if words.endswith("\r\n", 0, at) else words[max(0, at - 1) : at]


def _attributes(words: str) -> dict[str, str]:
    return {match[1]: match[2] or match[3] or "" for match in _ATTRIBUTE.finditer(words)}


def _document(body: str, attributes: dict[str, str], number: int, edits: _Edits) -> Document:
    name = attributes.get("id", "")
    note = edits.find(name, number)
    latest = text(note.get("content"))
    is_edited = bool(latest) and latest.strip() != body.strip()
    return Document(
        name or text(note.get("id")) or str(number),
        latest if is_edited else body,
        _title(note, attributes),
        attributes.get("variant") or text(note.get("variant")),
        (body,) if is_edited and body else (),
    )


def _title(note: Mapping[str, Any], attributes: Mapping[str, str]) -> str:
    details = mapping(note.get("metadata"))
    title = text(note.get("title")) or attributes.get("title", "")
    subject = text(details.get("subject")) or attributes.get("subject", "")
    recipient = text(details.get("recipient")) or attributes.get("recipient", "")
    return " – ".join(dict.fromkeys(filter(None, (title, subject, recipient))))


def _slice(written: Text, start: int, end: int) -> list[Part]:
    """The words between two blocks, with the sources named in them; nothing for blank lines."""
    words = written.text[start:end]
    if not words.strip():
        return []
    first = bisect_left(written.citations, start, key=lambda citation: citation.start)
    last = bisect_left(written.citations, end, key=lambda citation: citation.start)
    inside = (each for each in written.citations[first:last] if each.end <= end)
    return [Text(words, tuple(Citation(c.start - start, c.end - start, c.title, c.url) for c in inside))]
