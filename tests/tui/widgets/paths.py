"""Paths of conversations made of a few words, for tests of the transcript."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from archiver.records import AssetReference, Branch, Message, OutlineRow, Part, Text

START = 1770948420.0
"""13 February 2026, 02:07 UTC."""


def said(text: str = "", *, role: str = "user", parts: Sequence[Part] = (), **fields: object) -> Message:
    """A message; its id, parent and time come from its place on the path unless they are given."""
    written: tuple[Part, ...] = (*((Text(text),) if text else ()), *parts)
    return replace(Message("", None, role, written), **fields)  # type: ignore[arg-type]


def answered(text: str = "", *, model: str = "gpt-4o", **fields: object) -> Message:
    """A reply of a model."""
    return said(text, role="assistant", answered=model, **fields)  # type: ignore[arg-type]


class Path:
    """A path of messages held in memory; remembers which of them were read."""

    def __init__(
        self,
        messages: Sequence[Message],
        *,
        branches: Mapping[int, Branch] | None = None,
        pictures: Mapping[str, bytes] | None = None,
        notes: Mapping[int, str] | None = None,
        favourites: Sequence[int] = (),
    ) -> None:
        self._messages = [
            replace(
                message,
                id=message.id or f"m{number}",
                created=START + 60 * number if message.created is None else message.created,
            )
            for number, message in enumerate(messages)
        ]
        self.rows = [_row(number, message) for number, message in enumerate(self._messages)]
        self._branches = branches or {}
        self._pictures = pictures or {}
        self._notes = notes or {}
        self._favourites = favourites
        self.read: set[int] = set()

    def message(self, position: int) -> Message:
        """The message of a row."""
        self.read.add(position)
        return self._messages[position]

    def branch(self, position: int) -> Branch:
        """Which of its versions it is."""
        return self._branches.get(position, Branch(1, 1))

    def model_name(self, slug: str) -> str:
        """A name for two models, the slug for others."""
        return {"gpt-4o": "GPT-4o", "gpt-5": "GPT-5"}.get(slug, slug)

    def is_found(self, reference: AssetReference) -> bool:
        """Whether there are bytes."""
        return reference.pointer in self._pictures

    def picture(self, reference: AssetReference) -> bytes | None:
        """The bytes."""
        return self._pictures.get(reference.pointer)

    def note(self, position: int) -> str:
        """What was written beside it."""
        return self._notes.get(position, "")

    def own_name(self, role: str) -> str:
        """The usual words."""
        return ""

    def is_favourite(self, position: int) -> bool:
        """Whether it is marked."""
        return position in self._favourites


def _row(number: int, message: Message) -> OutlineRow:
    text = "\n".join(part.text for part in message.parts if not isinstance(part, AssetReference))
    return OutlineRow(
        key=number + 1,
        id=message.id,
        parent=number - 1,
        role=message.role,
        created=message.created,
        answered=message.answered,
        hidden=message.hidden,
        characters=len(text),
        newlines=text.count("\n"),
        is_wide=text[:1] > "\u2e7f",
    )
