"""Canvas documents: nowhere stored whole, so replayed from the calls that wrote and changed them.

    canmore.create_textdoc   {"name", "type", "content"}
    canmore.update_textdoc   {"updates": [{"pattern", "multiple", "replacement"}]}

Each call gets the document as it was after it; the last call of a branch also gets every earlier text. The call itself
stays as it was written, and is all there is where a change cannot be repeated: JSON that was cut off, a pattern that
does not fit, or one that could keep the computer busy for hours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from archiver.importers.chatgpt.fields import mapping, text
from archiver.importers.chatgpt.findings import Findings, not_replayed
from archiver.importers.chatgpt.order import Tree
from archiver.importers.chatgpt.patches import Effort, TooHeavy, apply_updates
from archiver.importers.chatgpt.raw_json import from_damaged_json, from_json
from archiver.records import Document, Message, ToolCall

_CREATE = "canmore.create_textdoc"
_UPDATE = "canmore.update_textdoc"
# What is missing when the writing of a call was cut off.
_ENDINGS = ("", '"}', '"}]}', "}]}", "]}", "}")
_OPEN_AT_ONCE = 40
"""Documents that a change can still mean; a talk has one or two."""


@dataclass(frozen=True, slots=True, eq=False)
class _State:
    """A document after one call."""

    id: str
    title: str
    format: str
    text: str
    call: int
    """Position of the message that wrote it."""
    before: _State | None = None


def replay(messages: list[Message], tree: Tree, findings: Findings) -> list[Message]:
    """``messages`` with the documents their canvas calls wrote."""
    calls = {place for place, message in enumerate(messages) if message.recipient in (_CREATE, _UPDATE)}
    return _Replay(messages, tree, findings).run(calls) if calls else messages


class _Replay:
    def __init__(self, messages: list[Message], tree: Tree, findings: Findings) -> None:
        self._messages = messages
        self._findings = findings
        self._ids = _document_ids(tree)
        self._effort = Effort()

    def run(self, calls: set[int]) -> list[Message]:
        """Messages share the documents of the message before them until a call changes one."""
        documents: dict[str | None, dict[str, _State]] = {None: {}}
        written: list[_State] = []
        superseded: set[int] = set()
        for place, message in enumerate(self._messages):
            open_ = documents.get(message.parent, {})
            documents[message.id] = open_
            state = self._after(message, open_, place) if place in calls else None
            if state is not None:
                if state.before is not None:
                    superseded.add(state.before.call)
                others = [other for other in open_.values() if other.id != state.id]
                documents[message.id] = {each.id: each for each in (*others[1 - _OPEN_AT_ONCE :], state)}
                written.append(state)
        joined = list(self._messages)
        for state in written:
            earlier = () if state.call in superseded else self._earlier(state)
            joined[state.call] = _with_document(joined[state.call], state, earlier)
        return joined

    def _after(self, message: Message, open_: Mapping[str, _State], place: int) -> _State | None:
        """The document after a call; None, and an oddity, where it cannot be known."""
        call = next((part for part in message.parts if isinstance(part, ToolCall)), None)
        if call is None:
            return None
        try:
            body = _body(call.text)
            create = self._created if message.recipient == _CREATE else self._updated
            state = create(body, open_, self._ids.get(message.id, ""), place)
        except TooHeavy:
            state = None
        if state is None:
            self._findings.odd(not_replayed, message.id)
        return state

    def _created(self, body: Mapping[str, Any], open_: Mapping[str, _State], id_: str, place: int) -> _State | None:
        content = body.get("content")
        if not isinstance(content, str):
            return None
        self._effort.write(len(content))
        name = id_ or self._messages[place].id
        return _State(name, text(body.get("name")), text(body.get("type")), content, place, open_.get(name))

    def _updated(self, body: Mapping[str, Any], open_: Mapping[str, _State], id_: str, place: int) -> _State | None:
        last = open_.get(id_) or next(reversed(list(open_.values())), None)
        changed = apply_updates(last.text, body.get("updates"), self._effort) if last else None
        if last is None or changed is None:
            return None
        return _State(last.id, last.title, last.format, changed, place, last)

    def _earlier(self, state: _State) -> tuple[str, ...]:
        """Every text before the last one, oldest first."""
        texts: list[str] = []
        before = state.before
        try:
            while before is not None:
                self._effort.write(len(before.text))
                texts.append(before.text)
                before = before.before
        except TooHeavy:
            self._findings.odd(not_replayed, self._messages[state.call].id)
        return tuple(reversed(texts))


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


def _with_document(message: Message, state: _State, earlier: tuple[str, ...]) -> Message:
    """A call with its document, which the provider shows in the call's place."""
    document = Document(state.id, state.text, state.title, state.format, earlier)
    return replace(message, parts=(*message.parts, document), hidden="" if message.hidden == "tool" else message.hidden)


def _body(words: str) -> Mapping[str, Any]:
    for read in (from_json, from_damaged_json):
        for ending in _ENDINGS:
            found = read(words + ending)
            if isinstance(found, dict):
                return found
    return {}
