"""What a transcript needs to know of a conversation, and nothing more.

A screen adapts the archive to this; the tests adapt a list of messages.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeAlias

from archiver.records import AssetReference, Branch, Message, OutlineRow, Span

FindSpans: TypeAlias = Callable[[str], Sequence[Span]]
"""The places of a text that a search matches, in order and without overlaps."""

Condition: TypeAlias = Callable[[str], bool]
"""Whether the words of a message are what is looked for."""


class TranscriptSource(Protocol):
    """One path of a conversation, from its first message to a leaf."""

    @property
    def rows(self) -> Sequence[OutlineRow]:
        """Every message of the path, hidden ones too, in order."""
        ...

    def message(self, position: int) -> Message:
        """The whole message of a row; asked for when it is about to be seen, and again later: keep some."""
        ...

    def branch(self, position: int) -> Branch:
        """Which of its versions the message is."""
        ...

    def model_name(self, slug: str) -> str:
        """The name people know a model by; the slug itself when no name is known."""
        ...

    def own_name(self, role: str) -> str:
        """What the person calls a speaker; empty for the usual word."""
        ...

    def is_found(self, reference: AssetReference) -> bool:
        """Whether the bytes of an asset are in the archive."""
        ...

    def picture(self, reference: AssetReference) -> bytes | None:
        """The bytes of a picture, or of a smaller one; None when it is not in the archive. Called in a thread."""
        ...

    def note(self, position: int) -> str:
        """What the person wrote beside the message; empty when nothing."""
        ...

    def is_favourite(self, position: int) -> bool:
        """Whether the person marked the message."""
        ...
