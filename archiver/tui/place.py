"""A place in the archive that one can go to."""

from __future__ import annotations

from typing import NamedTuple


class Place(NamedTuple):
    """A conversation, or a message of it."""

    conversation_id: str
    title: str
    message_id: str = ""
    from_start: bool = False
    """Whether to begin at the beginning, wherever reading stopped the last time."""
    slice: str = ""
    """SHA-256 of raw bytes that no conversation could be made of."""
