"""Several ratings of one reply as one: the newest counts, the words of all are kept.

Somebody may change their mind, and exports repeat old records beside new ones. The result depends on the records alone,
never on the order in which they came.
"""

from __future__ import annotations

from collections.abc import Iterable

from archiver.importers.base import Feedback
from archiver.records import Disagreement


def joined(records: Iterable[Feedback]) -> dict[str, Feedback]:
    """One rating for each message id of one conversation."""
    return {message_id: _joined(several) for message_id, several in _by_message(records).items()}


def disagreements(records: Iterable[Feedback]) -> tuple[Disagreement, ...]:
    """Where records rate one reply differently."""
    found = []
    for message_id, several in sorted(_by_message(records).items()):
        newest, *others = _ratings(several) or [""]
        if others:
            found.append(Disagreement(f"message_feedback.{message_id}.rating", newest, tuple(others)))
    return tuple(found)


def _by_message(records: Iterable[Feedback]) -> dict[str, list[Feedback]]:
    """Records by message id, the newest first."""
    found: dict[str, list[Feedback]] = {}
    for record in sorted(records, key=lambda each: (each.updated, each.rating, each.note), reverse=True):
        found.setdefault(record.message_id, []).append(record)
    return found


def _joined(several: list[Feedback]) -> Feedback:
    newest = several[0]
    if len(several) == 1:
        return newest
    rating, *earlier = _ratings(several) or [""]
    lines = [line for each in several for line in each.note.splitlines()]
    lines += [f"earlier rating: {other}" for other in earlier]
    return Feedback(newest.conversation_id, newest.message_id, rating, "\n".join(dict.fromkeys(lines)), newest.updated)


def _ratings(several: list[Feedback]) -> list[str]:
    """Each different rating once, the newest first."""
    return list(dict.fromkeys(each.rating for each in several if each.rating))
