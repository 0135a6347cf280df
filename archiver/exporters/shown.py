"""What of a conversation an export shows, and in which order: shared by every format for readers.

The provider's screen hides system messages, tools and thoughts; each comes back with its option. Pictures and canvas
documents are shown even where they hang on a hidden tool message: they are what was made. Text of branches that were
not taken follows the path, each message once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from archiver.branches import Tree, current_path, parent_positions
from archiver.exporters.options import ExportOptions
from archiver.i18n import _
from archiver.records import (
    AssetReference,
    Branch,
    Conversation,
    Document,
    Message,
    Part,
    Reasoning,
    Speech,
    Text,
    ToolCall,
    ToolResult,
)

_TITLE_WORDS = 60
"""Characters of the first message that stand for a missing title."""


class Shown(NamedTuple):
    """One message of an export, with the parts of it that are shown."""

    message: Message
    parts: tuple[Part, ...]
    branch: Branch
    position: int
    """Its place in ``Conversation.messages``."""


_ONLY = Branch(1, 1)


@dataclass(frozen=True, slots=True)
class Versions:
    """A branch that was not taken: where it leaves the path, and its messages."""

    fork: Shown
    messages: tuple[Shown, ...]
    """Begins with ``fork``."""


class View:
    """A conversation as an export sees it."""

    def __init__(self, conversation: Conversation, options: ExportOptions) -> None:
        self.conversation = conversation
        self._options = options
        self._tree = Tree(parent_positions(conversation))
        self.path = current_path(conversation)

    def current(self) -> list[Shown]:
        """The messages of the path that the provider shows."""
        return list(self._shown(self.path))

    def others(self) -> list[Versions]:
        """Every branch that leaves the path, or leaves one that does; in the order of the tree, each message once."""
        taken = set(self.path)
        found = []
        for position in range(len(self.conversation.messages)):
            if position in taken:
                continue
            run = [position]
            while children := self._tree.children.get(run[-1]):
                run.append(children[-1])
            taken.update(run)
            shown = tuple(self._shown(run))
            if shown:
                found.append(Versions(shown[0], shown))
        return found

    def _shown(self, positions: list[int]) -> Iterator[Shown]:
        messages, tree = self.conversation.messages, self._tree
        for position in positions:
            message = messages[position]
            parts = parts_shown(message, self._options)
            if parts:
                is_only = len(tree.children[tree.parents[position]]) == 1
                yield Shown(message, parts, _ONLY if is_only else tree.branch(position), position)


def parts_shown(message: Message, options: ExportOptions) -> tuple[Part, ...]:
    """The parts of a message that these options show; empty when the whole message is left out."""
    if message.hidden and not _is_wanted(message.hidden, options):
        return tuple(part for part in message.parts if isinstance(part, Document | AssetReference))
    if options.include_thoughts and options.include_tools:
        return message.parts
    if len(message.parts) == 1 and type(message.parts[0]) is Text:
        return message.parts
    return tuple(part for part in message.parts if _is_part_wanted(part, options))


def _is_wanted(reason: str, options: ExportOptions) -> bool:
    if reason == "thoughts":
        return options.include_thoughts
    if reason == "tool":
        return options.include_tools
    return options.include_system


def _is_part_wanted(part: Part, options: ExportOptions) -> bool:
    if isinstance(part, Reasoning):
        return options.include_thoughts
    if isinstance(part, ToolCall | ToolResult):
        return options.include_tools
    return True


def title_of(conversation: Conversation) -> str:
    """The title, or the first words the person wrote where there is none."""
    title = " ".join(conversation.title.split())
    if title:
        return title
    for message in conversation.messages:
        if message.role == "user" and not message.hidden:
            words = " ".join(written(message).split())
            if words:
                return words if len(words) <= _TITLE_WORDS else words[:_TITLE_WORDS].rstrip() + "…"
    return _("Untitled")


def written(message: Message) -> str:
    """The words of a message, as they were written or spoken."""
    return "\n\n".join(part.text for part in message.parts if isinstance(part, Text | Speech) and part.text)


def speaker(message: Message, options: ExportOptions) -> str:
    """Who speaks, in a word."""
    match message.role:
        case "user":
            return options.user_name or _("You")
        case "assistant":
            return options.model_name or "ChatGPT"
        case "tool":
            return message.author or _("Tool")
        case "system":
            return _("System")
        case role:
            return role or _("Unknown")


def models(conversation: Conversation) -> dict[str, int]:
    """Replies per slug that answered, most first; replies without a recorded model are not counted."""
    counts = Counter(
        message.answered for message in conversation.messages if message.answered and message.role == "assistant"
    )
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
