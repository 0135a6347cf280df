"""What goes into the index and what comes out of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

ME, IT, TOOL, OTHER = range(4)
NOBODY = 255
"""Speaker of titles, in the index."""
IMAGE, AUDIO, CODE, FILE, LINK, BRANCH = 1, 2, 4, 8, 16, 32

SECTIONS = ("title", "text", "code", "thoughts", "tool", "metadata")
VISIBLE = ("title", "text", "code")
"""Searched unless the query says otherwise; the other sections are what the provider's own screen hides."""


class Document(NamedTuple):
    """One message, or the title of a conversation."""

    message: int
    """The store's key; 0 for a title."""
    conversation: int
    created: int
    """Unix seconds; 0 unknown."""
    speaker: int
    """``ME``, ``IT``, ``TOOL`` or ``OTHER``."""
    asked: str
    """Slug of the model that was picked; empty when not recorded."""
    answered: str
    flags: int
    """``IMAGE`` and so on, added up."""
    sections: tuple[tuple[str, str], ...]
    """Name of a section and its text."""


class Changed(NamedTuple):
    """A conversation as it is now; without documents it is out of search."""

    conversation: int
    sequence: int
    documents: tuple[Document, ...]


ReadDocuments: TypeAlias = Callable[[Sequence[int]], Iterator[Changed]]
"""Reads conversations by key. It must be picklable: worker processes call it."""


class FoundHit(NamedTuple):
    """A message (0: the title) that matches, and the section to show of it."""

    message: int
    conversation: int
    score: float
    section: str


@dataclass(frozen=True, slots=True)
class Found:
    """The best or newest hits, and how many there are in all."""

    total: int
    conversations: int
    hits: tuple[FoundHit, ...] = ()
    counts: dict[int, int] = field(default_factory=dict)
    """Hits by conversation, for the conversations of ``hits``."""
    sequence: int = 0
    """The change number of the library that the answer holds for."""
