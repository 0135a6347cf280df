"""What a search found."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class Span(NamedTuple):
    """A highlighted slice of a text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hit:
    """One message (or title) that a search found."""

    conversation_key: int
    conversation_id: str
    message_key: int
    """0 when only the title matched."""
    message_id: str
    title: str
    role: str
    model: str
    created: float | None
    snippet: str
    spans: tuple[Span, ...]
    """Matched words inside ``snippet``."""
    score: float


@dataclass(frozen=True, slots=True)
class Results:
    """What a search found."""

    hits: tuple[Hit, ...]
    total: int
    """All messages that match, also those beyond ``hits``."""
    conversations: int
    """How many conversations the matches lie in."""
    counts: dict[int, int] = field(default_factory=dict)
    """Matches per conversation key, for the conversations of ``hits``."""
    suggestion: str = ""
    """A spelling the archive does have, when nothing was found."""
    waiting: int = 0
    """Conversations that the index has not reached yet; 0 when the answer is complete."""
    explanation: str = ""
    """How the query was understood, in words."""
    hidden: int = 0
    """Matches in what the provider's own screen hides (tools, thoughts, system), when nothing else was found."""
