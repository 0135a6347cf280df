"""Views across the whole archive: when was how much written, what was rated, what was remembered, who replied last.

Each is one statement of the store and the few messages it points to. Conversations that are put away take no part.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from archiver.archive import Archive
from archiver.records import Instructions, Memory, Message, Speech, Text
from archiver.store import overview
from archiver.store.overview import Activity, FoundMessage
from archiver.text.sanitize import one_line

__all__ = [
    "Activity",
    "FoundMessage",
    "MessageInPlace",
    "activity",
    "beginning",
    "last_replies",
    "opened",
    "rated",
    "remembered",
    "replies",
]


_QUESTIONS = 5
"""Messages to look at for words: the first may hold only a picture."""
_WORDS = 80
"""Characters of a beginning."""


@dataclass(frozen=True, slots=True)
class MessageInPlace:
    """A message and where it stands."""

    conversation_id: str
    title: str
    created: float | None
    message: Message


def activity(archive: Archive) -> list[Activity]:
    """How much was written in which hour of local time, by conversation and speaker."""
    with archive.store.reading() as reader:
        return list(overview.activity(reader, archive.annotations.put_away_ids()))


def replies(archive: Archive) -> dict[str, int]:
    """Replies by model; the empty slug counts those that name none."""
    with archive.store.reading() as reader:
        return overview.replies(reader, archive.annotations.put_away_ids())


def last_replies(archive: Archive) -> dict[str, tuple[FoundMessage, int]]:
    """For every model that replied: its last reply, and the number of its replies."""
    with archive.store.reading() as reader:
        return overview.last_replies(reader, archive.annotations.put_away_ids())


def rated(archive: Archive) -> list[MessageInPlace]:
    """Replies that the person rated, oldest first."""
    with archive.store.reading() as reader:
        found = overview.rated(reader, archive.annotations.put_away_ids())
    return [each for each in opened(archive, found) if each.message.rating]


def remembered(archive: Archive) -> list[MessageInPlace]:
    """Messages with memories or custom instructions, oldest first."""
    with archive.store.reading() as reader:
        found = overview.remembered(reader, archive.annotations.put_away_ids())
    kinds = (Memory, Instructions)
    return [each for each in opened(archive, found) if any(isinstance(part, kinds) for part in each.message.parts)]


def beginning(archive: Archive, conversation_id: str) -> str:
    """The first words that somebody wrote in a conversation, for one without a title; empty when there are none."""
    with archive.store.reading() as reader:
        messages = reader.messages(overview.first_questions(reader, conversation_id, _QUESTIONS))
    texts = (part.text for message in messages for part in message.parts if isinstance(part, Text | Speech))
    return next((words for text in texts if (words := one_line(text, _WORDS))), "")


def opened(archive: Archive, found: Iterable[FoundMessage]) -> Iterator[MessageInPlace]:
    """The messages themselves."""
    for each in found:
        for message in archive.messages([each.key]):
            yield MessageInPlace(each.conversation_id, each.title, each.created, message)
