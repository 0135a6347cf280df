"""JSON Lines: one message a line, every branch, every part. For scripts and for other programs."""

from __future__ import annotations

from collections.abc import Iterator

from archiver.exporters.encoded import json_line
from archiver.exporters.message_table import FIELDS, field_notes, rows
from archiver.i18n import N_, _
from archiver.records import Conversation
from archiver.store import part_to_json

MORE_FIELDS = (
    ("notes", N_("other facts, such as auto:smaller_model:reached_message_cap")),
    ("details", N_("words that the export keeps beside the message, each with its place there")),
    (
        "parts",
        N_("its pieces in order: kind (text, speech, code, reasoning …) and the fields of that kind"),
    ),
)


def lines(conversation: Conversation) -> Iterator[bytes]:
    """The messages of one conversation."""
    for message, row in rows(conversation):
        row["notes"] = list(message.notes)
        row["details"] = [{"place": place, "text": words} for place, words in message.details]
        row["parts"] = [part_to_json(part) for part in message.parts]
        yield json_line(row)


def notes() -> str:
    """What each field means; written beside the file."""
    return field_notes((*FIELDS, *MORE_FIELDS), _("messages.jsonl: one message a line, UTF-8, one JSON object each."))
