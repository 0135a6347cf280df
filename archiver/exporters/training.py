"""Conversations as ShareGPT or OpenAI chat records, one JSON object a line, for programs that learn from examples.

    ShareGPT  {"id", "title", "model", "conversations": [{"from": "human"|"gpt", "value"}]}
    OpenAI    {"messages": [{"role": "user"|"assistant", "content"}]}

Both want the person first and a reply last, in turns; what stands before or after is left out. With a model only its
replies are kept, each with what it answers; a stretch of such exchanges is one record.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from archiver.exporters.encoded import json_line
from archiver.exporters.options import ExportOptions
from archiver.exporters.shown import title_of
from archiver.exporters.turns import Turn, turns
from archiver.model_table import fold
from archiver.records import Conversation

Exchange = tuple[Turn, Turn]


def lines(conversation: Conversation, options: ExportOptions) -> Iterator[bytes]:
    """The records of one conversation: none, one, or several where it is split."""
    records = list(_records(conversation, options))
    for number, record in enumerate(records, 1):
        id_ = conversation.id if len(records) == 1 else f"{conversation.id}-{number}"
        yield json_line(
            _openai(record, options) if options.format == "openai" else _sharegpt(record, options, id_, conversation)
        )


def _records(conversation: Conversation, options: ExportOptions) -> Iterator[list[Exchange]]:
    """Runs of exchanges that belong together and are short enough."""
    wanted = fold(options.only_model)
    record: list[Exchange] = []
    length = 0
    for exchange in _exchanges(turns(conversation)):
        reply = exchange[1]
        if wanted and wanted not in {fold(message.answered) for message in reply.messages}:
            if record:
                yield record
            record, length = [], 0
            continue
        size = len(exchange[0].text) + len(reply.text)
        if record and options.split_characters and length + size > options.split_characters:
            yield record
            record, length = [], 0
        record.append(exchange)
        length += size
    if record:
        yield record


def _exchanges(said: list[Turn]) -> Iterator[Exchange]:
    start = 0 if said and said[0].is_user else 1
    for index in range(start, len(said) - 1, 2):
        yield said[index], said[index + 1]


def _sharegpt(record: list[Exchange], options: ExportOptions, id_: str, conversation: Conversation) -> dict[str, Any]:
    models = {reply.answered for _question, reply in record}
    return {
        "id": id_,
        "title": title_of(conversation),
        "model": models.pop() if len(models) == 1 else "",
        "conversations": [
            {"from": "human" if turn.is_user else "gpt", "value": turn.text} for turn in _kept(record, options)
        ],
    }


def _openai(record: list[Exchange], options: ExportOptions) -> dict[str, Any]:
    return {
        "messages": [
            {"role": "user" if turn.is_user else "assistant", "content": turn.text} for turn in _kept(record, options)
        ]
    }


def _kept(record: list[Exchange], options: ExportOptions) -> list[Turn]:
    return [turn for exchange in record for turn in exchange if not (turn.is_user and options.only_replies)]
