"""Conversations and their messages; and the short forms of both that lists and the reader begin with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from archiver.records.parts import Part


@dataclass(frozen=True, slots=True)
class Message:
    """One message of one conversation; ids are unique inside the conversation only (export format §3.1)."""

    id: str
    parent: str | None
    """The message this one follows; None for a first message."""
    role: str
    """``user``, ``assistant``, ``tool``, ``system``, or whatever else the source says."""
    parts: tuple[Part, ...]
    author: str = ""
    """The tool's name, where the author has one."""
    created: float | None = None
    updated: float | None = None
    answered: str = ""
    """Slug of the model that wrote this reply; empty when not recorded. Never guessed."""
    answered_from: str = ""
    """Name of the field that ``answered`` was read from."""
    asked: str = ""
    """Slug of the model that was picked for this reply; empty when not recorded."""
    asked_from: str = ""
    hidden: str = ""
    """Why the provider's own screen leaves this message out (``system``, ``tool``, ``thoughts``, ``context``, ``flag``
    ``empty`` …); empty when it shows it."""
    status: str = ""
    """Anything but a normal end, for example ``in_progress`` for a reply that was cut off."""
    recipient: str = ""
    """The tool this message speaks to; empty when it speaks to everybody."""
    channel: str = ""
    rating: str = ""
    """``thumbs_up`` or ``thumbs_down`` where the person rated the reply."""
    notes: tuple[str, ...] = ()
    """Facts worth showing in the details, such as ``auto:smaller_model:reached_message_cap`` or an A/B label."""
    details: tuple[tuple[str, str], ...] = ()
    """Words that the source keeps beside the message: their place, and the words no part shows."""

    @property
    def is_hidden(self) -> bool:
        """Whether the provider's own screen leaves this message out."""
        return bool(self.hidden)


@dataclass(frozen=True, slots=True)
class Conversation:
    """One conversation with every message of every branch, parents before children, siblings by time then id."""

    provider: str
    id: str
    title: str
    """As the source has it; empty when it has none."""
    messages: tuple[Message, ...]
    created: float | None = None
    updated: float | None = None
    current: str | None = None
    """Id of the last message of the branch that the provider shows."""
    default_model: str = ""
    """The conversation's last model choice; no evidence for any single reply (export format §5.2)."""
    project: str = ""
    """Id of the custom GPT or project, where there is one."""
    is_archived: bool = False
    is_starred: bool = False
    facts: tuple[tuple[str, str], ...] = ()
    """Other plain facts of the source, sorted by name, such as ``("voice", "cove")``."""


class Branch(NamedTuple):
    """Where a message stands among its siblings: number ``number`` (from 1) ``of`` so many."""

    number: int
    of: int


@dataclass(frozen=True, slots=True)
class Summary:
    """One line of a list of conversations."""

    key: int
    """The store's number for the conversation; stable until the next rebuild."""
    id: str
    provider: str
    title: str
    created: float | None
    updated: float | None
    messages: int
    """All messages, also hidden ones and other branches."""
    visible: int
    """Messages that the provider's own screen shows on the current branch."""
    models: tuple[str, ...]
    """Slugs that answered, most replies first."""
    project: str = ""
    images: int = 0
    characters: int = 0
    is_archived: bool = False
    is_starred: bool = False
    is_put_away: bool = False
    is_favourite: bool = False


class OutlineRow(NamedTuple):
    """What the reader needs of a message before showing it."""

    key: int
    id: str
    parent: int
    """Position of the parent in the outline; -1 for a first message."""
    role: str
    created: float | None
    answered: str
    hidden: str
    characters: int
    newlines: int
    is_wide: bool
    """Whether most of the text takes two cells a character."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A conversation without its texts: opens at once however long it is."""

    summary: Summary
    rows: tuple[OutlineRow, ...]
    """Parents before children, as in ``Conversation.messages``."""
    current: int
    """Position of the last message of the branch that the provider shows; -1 when there is none."""
