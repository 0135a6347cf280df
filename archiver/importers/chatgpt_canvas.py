"""Canvas documents: nowhere stored whole, so replayed from the calls that wrote and changed them.

    canmore.create_textdoc   {"name", "type", "content"}
    canmore.update_textdoc   {"updates": [{"pattern", "multiple", "replacement"}]}   patterns are regular expressions

Each call gets the document as it was after it; the last call of a branch also gets every earlier text. The call itself
stays as it was written, and is all there is where a change cannot be repeated: JSON that was cut off, a pattern that
does not fit, or one that could keep the computer busy for hours.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from archiver.importers.chatgpt_findings import Findings, not_replayed
from archiver.importers.chatgpt_json import from_json
from archiver.importers.chatgpt_order import Tree
from archiver.importers.chatgpt_scene import mapping, text
from archiver.records import Document, Message, ToolCall

_CREATE = "canmore.create_textdoc"
_UPDATE = "canmore.update_textdoc"
_WHOLE = (".*", "(?s).*", "(?s)^.*$", "^.*$", "[\\s\\S]*")
"""How a call says that it writes the whole document anew."""

_LONGEST = 20_000_000
_LONGEST_PATTERN = 20_000
_COSTLY = 50_000_000
_CHOICE = re.compile(
    r"""\\.                                    # an escaped sign is no choice
    | \[\^?\]?(?:\\.|[^\]\\])*\]               # nor is anything between brackets
    | (?P<endless>\)[*+?{] | \(\?[^:imsx])   # a repeated group, or one that looks ahead or back
    | \(\?                                   # a group that only groups
    | (?P<choice>[*+?{][?+]? | \|)
    """,
    re.DOTALL | re.VERBOSE,
)

# What is missing when the writing of a call was cut off.
_ENDINGS = ("", '"}', '"}]}', "}]}", "]}", "}")


@dataclass(slots=True)
class _State:
    """A document after one call."""

    id: str
    title: str
    format: str
    versions: tuple[str, ...]
    """Every text so far; the last one is current."""
    call: int
    """Position of the message that wrote it."""


def replay(messages: list[Message], tree: Tree, findings: Findings) -> list[Message]:
    """``messages`` with the documents their canvas calls wrote."""
    calls = [place for place, message in enumerate(messages) if _is_canvas_call(message)]
    return _Replay(messages, tree, findings).run(calls) if calls else messages


def _is_canvas_call(message: Message) -> bool:
    return message.recipient in (_CREATE, _UPDATE) and any(isinstance(part, ToolCall) for part in message.parts)


class _Replay:
    def __init__(self, messages: list[Message], tree: Tree, findings: Findings) -> None:
        self._messages = messages
        self._findings = findings
        self._ids = _document_ids(tree)
        self._states: dict[str, dict[str, _State]] = {}
        """By message: the documents after it. Messages share the object until a call changes it."""

    def run(self, calls: list[int]) -> list[Message]:
        wanted = set(calls)
        written: dict[int, _State] = {}
        superseded: set[int] = set()
        for place, message in enumerate(self._messages):
            before = self._states.get(message.parent or "", {})
            self._states[message.id] = before
            if place not in wanted:
                continue
            state = self._after(message, before, place)
            if state is None:
                self._findings.odd(not_replayed, message.id)
                continue
            if state.id in before:
                superseded.add(before[state.id].call)
            others = {name: other for name, other in before.items() if name != state.id}
            self._states[message.id] = {**others, state.id: state}
            written[place] = state
        joined = list(self._messages)
        for place, state in written.items():
            joined[place] = _with_document(joined[place], state, with_versions=place not in superseded)
        return joined

    def _after(self, message: Message, before: Mapping[str, _State], place: int) -> _State | None:
        words = next(part.text for part in message.parts if isinstance(part, ToolCall))
        body = _body(words)
        if not body:
            return None
        name = self._ids.get(message.id, "")
        if message.recipient == _CREATE:
            content = body.get("content")
            if not isinstance(content, str):
                return None
            earlier = before.get(name)
            versions = (*earlier.versions, content) if earlier and name else (content,)
            return _State(name or message.id, text(body.get("name")), text(body.get("type")), versions, place)
        last = before.get(name) or next(reversed(list(before.values())), None)
        changed = apply_updates(last.versions[-1], body.get("updates")) if last else None
        if last is None or changed is None:
            return None
        return _State(last.id, last.title, last.format, (*last.versions, changed), place)


def _document_ids(tree: Tree) -> dict[str, str]:
    """Document ids by the call that each tool answer follows."""
    found: dict[str, str] = {}
    for name in tree.order:
        metadata = tree.messages[name].get("metadata")
        if type(metadata) is dict and "canvas" in metadata:
            document = text(mapping(metadata["canvas"]).get("textdoc_id"))
            parent = tree.parents[name]
            if document and parent is not None:
                found.setdefault(parent, document)
    return found


def _with_document(message: Message, state: _State, *, with_versions: bool) -> Message:
    earlier = state.versions[:-1] if with_versions else ()
    document = Document(state.id, state.versions[-1], state.title, state.format, earlier)
    return replace(message, parts=(*message.parts, document), hidden="" if message.hidden == "tool" else message.hidden)


def _body(words: str) -> Mapping[str, Any]:
    for ending in _ENDINGS:
        found = from_json(words + ending)
        if isinstance(found, dict):
            return found
    return {}


def apply_updates(words: str, updates: Any) -> str | None:
    """A text after a list of changes; None where one of them cannot be carried out."""
    if not isinstance(updates, list) or not updates:
        return None
    for update in updates:
        change = mapping(update)
        pattern, replacement = change.get("pattern"), change.get("replacement")
        if not isinstance(pattern, str) or not isinstance(replacement, str):
            return None
        changed = _apply(words, pattern, replacement, is_multiple=change.get("multiple") is True)
        if changed is None:
            return None
        words = changed
    return words


def _apply(words: str, pattern: str, replacement: str, *, is_multiple: bool) -> str | None:
    if pattern in _WHOLE:
        return replacement
    if is_quick(pattern, len(words)):
        for flags in (re.NOFLAG, re.DOTALL, re.MULTILINE):
            try:
                changed = _substitute(_compiled(pattern, flags), words, replacement, is_multiple=is_multiple)
            except (re.error, OverflowError):
                break
            if changed is not None:
                return changed
    if pattern and pattern in words:
        return _substitute(re.compile(re.escape(pattern)), words, replacement, is_multiple=is_multiple)
    return None


def _compiled(pattern: str, flags: re.RegexFlag) -> re.Pattern[str]:
    """A pattern out of a file; Python's doubts about its style are nobody's business."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return re.compile(pattern, flags)


def _substitute(pattern: re.Pattern[str], words: str, replacement: str, *, is_multiple: bool) -> str | None:
    """``words`` with one or every match replaced; None where there is no match, or the result has no end."""
    written: list[str] = []
    length = at = 0
    for match in pattern.finditer(words):
        written += (words[at : match.start()], _expanded(match, replacement))
        at = match.end()
        length += len(written[-1])
        if length > _LONGEST:
            return None
        if not is_multiple:
            break
    return "".join((*written, words[at:])) if written else None


def _expanded(match: re.Match[str], replacement: str) -> str:
    try:
        return match.expand(replacement)
    except (re.error, IndexError):
        return replacement


def is_quick(pattern: str, length: int) -> bool:
    """Whether a pattern from a file surely ends soon on a text of ``length``: Python's matcher has no time limit.

    Each choice a pattern leaves open can multiply the work by the length of the text; a repeated group can double it
    with every letter.
    """
    if len(pattern) > _LONGEST_PATTERN:
        return False
    choices = 0
    for match in _CHOICE.finditer(pattern):
        if match["endless"]:
            return False
        choices += match["choice"] is not None
    return not choices or max(length, 1) ** (choices + 1) <= _COSTLY
