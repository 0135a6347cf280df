"""What work says of itself: oddities it met, and how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

Json: TypeAlias = dict[str, Any] | list[Any] | str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something odd in the data that was kept, skipped or shown as it is."""

    where: str
    """Place in the source, for example ``conversations-003.json, conversation 17``."""
    what: str
    """One plain sentence."""
    conversation_id: str = ""
    is_loss: bool = False
    """Whether words or files that the source names could not be read from it."""
    slice: str = ""
    """SHA-256 of the raw bytes, where no conversation could be made of them; ``archiver show`` prints them by it."""
    may_be_mended: bool = False
    """Whether another source may hold the messages of this conversation that are missing."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a long piece of work is; handed to one ``on_progress`` function."""

    stage: Literal["keeping", "reading", "indexing", "checking", "writing"]
    done: int
    total: int
    """In the unit of the stage: bytes for keeping, reading, checking; conversations for the others; 0: unknown."""
    note: str = ""
    """For people: the latest title or file name."""
