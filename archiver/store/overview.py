"""Questions about the whole library that one statement answers, so that no message has to be opened for them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from archiver.store.reading import Reader

_FROM = "FROM message m JOIN conversation c ON c.key = m.conversation AND c.id NOT IN (SELECT value FROM json_each(?))"


class FoundMessage(NamedTuple):
    """A message of interest, without its content."""

    key: int
    conversation_id: str
    title: str
    created: float | None


class Activity(NamedTuple):
    """Messages that the provider's screen shows, of one speaker in one hour of local time."""

    conversation_id: str
    hour: str
    """``2026-02-13 02``."""
    is_mine: bool
    messages: int
    characters: int


def activity(reader: Reader, away: Iterable[str]) -> Iterator[Activity]:
    """How much was written when, by conversation; messages without a time are left out."""
    rows = reader.select(
        "SELECT c.id, strftime('%Y-%m-%d %H', m.created, 'unixepoch', 'localtime') AS hour, m.role = 'user',"
        f" count(*), sum(m.characters) {_FROM} WHERE hour IS NOT NULL AND m.hidden = ''"
        " AND m.role IN ('user', 'assistant') GROUP BY m.conversation, hour, m.role",
        (_json(away),),
    )
    for id_, hour, is_mine, messages, characters in rows:
        yield Activity(id_, hour, bool(is_mine), messages, characters)


def replies(reader: Reader, away: Iterable[str]) -> dict[str, int]:
    """Replies by model; the empty slug counts those that name none."""
    rows = reader.select(
        f"SELECT m.answered, count(*) {_FROM} WHERE m.role = 'assistant' AND m.hidden = '' GROUP BY m.answered",
        (_json(away),),
    )
    return dict(rows)


def last_replies(reader: Reader, away: Iterable[str]) -> dict[str, tuple[FoundMessage, int]]:
    """For every model, the last reply that names it, and how many do.

    SQLite takes the bare columns from the row that holds the maximum.
    """
    rows = reader.select(
        f"SELECT m.answered, count(*), m.key, c.id, c.title, max(m.created) {_FROM}"
        " WHERE m.answered != '' AND m.role = 'assistant' AND m.hidden = '' GROUP BY m.answered",
        (_json(away),),
    )
    return {slug: (FoundMessage(*found), number) for slug, number, *found in rows}


def rated(reader: Reader, away: Iterable[str]) -> list[FoundMessage]:
    """Messages that may carry a rating, oldest first; the caller looks closer."""
    return _with_words(reader, away, '"rating":')


def remembered(reader: Reader, away: Iterable[str]) -> list[FoundMessage]:
    """Messages that may hold memories or custom instructions, oldest first; the caller looks closer."""
    return _with_words(reader, away, '"kind":"memory"', '"kind":"instructions"')


def first_questions(reader: Reader, conversation_id: str, number: int) -> list[int]:
    """Keys of the first messages that a person wrote in a conversation, on whichever branch."""
    rows = reader.select(
        "SELECT m.key FROM conversation c JOIN message m ON m.key >= c.first AND m.key < c.first + c.messages"
        " WHERE c.id = ? AND m.role = 'user' AND m.hidden = '' ORDER BY m.key LIMIT ?",
        (conversation_id, number),
    )
    return [key for (key,) in rows]


def _with_words(reader: Reader, away: Iterable[str], *words: str) -> list[FoundMessage]:
    condition = " OR ".join("instr(m.rest, CAST(? AS BLOB))" for _word in words)
    rows = reader.select(
        f"SELECT m.key, c.id, c.title, ifnull(m.created, c.created) AS at {_FROM} WHERE {condition} ORDER BY at, m.key",
        (_json(away), *words),
    )
    return [FoundMessage(*row) for row in rows]


def _json(ids: Iterable[str]) -> str:
    return json.dumps(list(ids))
