"""The spoken exchange alone: what the person said and what the model replied, one after the other.

Chat formats of other programs know two speakers who take turns. So what is hidden is left out, messages of one speaker
that follow each other become one, and pictures are named in words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archiver.branches import Tree, current_path, parent_positions
from archiver.exporters.plain_text import part_text
from archiver.records import AssetReference, Code, Conversation, Document, Message, Quote, Speech, Text


@dataclass(frozen=True, slots=True)
class Turn:
    """Everything one speaker said before the other spoke."""

    is_user: bool
    text: str
    messages: tuple[Message, ...]
    versions: tuple[str, ...] = ()
    """Every version of a reply, this one among them; empty when there is only one."""
    version: int = 0
    """Which of ``versions`` this is, from 0."""

    @property
    def answered(self) -> str:
        """Slug of the model that wrote the turn; empty when not recorded or when there were several."""
        slugs = {message.answered for message in self.messages if message.role == "assistant"}
        return slugs.pop() if len(slugs) == 1 else ""


def turns(conversation: Conversation) -> list[Turn]:
    """The turns of the path that the provider shows."""
    tree = Tree(parent_positions(conversation))
    found: list[Turn] = []
    for position in current_path(conversation):
        message = conversation.messages[position]
        text = spoken(message)
        if not text:
            continue
        is_user = message.role == "user"
        if found and found[-1].is_user == is_user:
            before = found[-1]
            found[-1] = Turn(is_user, f"{before.text}\n\n{text}", (*before.messages, message))
            continue
        versions, version = ((), 0) if is_user else _versions(conversation, tree, position)
        found.append(Turn(is_user, text, (message,), versions, version))
    return found


def spoken(message: Message) -> str:
    """What a message says to a person; empty for hidden ones and for tools that made nothing."""
    if message.hidden or message.role not in {"user", "assistant", "tool"}:
        return ""
    said = (
        _words(part)
        for part in message.parts
        if isinstance(part, Text | Speech | Code | Document | Quote | AssetReference)
    )
    return "\n\n".join(filter(None, said))


def _words(part: Text | Speech | Code | Document | Quote | AssetReference) -> str:
    return part_text(part) if isinstance(part, AssetReference | Quote) else part.text


def _versions(conversation: Conversation, tree: Tree, position: int) -> tuple[tuple[str, ...], int]:
    siblings: Sequence[int] = tree.children[tree.parents[position]]
    texts = {
        index: spoken(conversation.messages[index])
        for index in siblings
        if conversation.messages[index].role == "assistant"
    }
    spoken_ones = [index for index, text in texts.items() if text]
    if len(spoken_ones) < 2 or position not in spoken_ones:
        return (), 0
    return tuple(texts[index] for index in spoken_ones), spoken_ones.index(position)
