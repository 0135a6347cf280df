"""The export's own lists of files: their names, and the messages they came from.

    library_files.json                     names, kinds, sizes, messages
    conversation_asset_file_names.json     names alone

Since mid-2026 the first is the only place that ties a file of the model's workspace or a generated picture to its
message: the tool's message is left out, and a link such as ``sandbox:/mnt/data/plan.pdf`` names no id.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from archiver.errors import ArchiverError
from archiver.i18n import _
from archiver.importers.base import FileOrigin
from archiver.importers.chatgpt.fields import mapping, text, whole
from archiver.importers.json_text.value import read_json
from archiver.importers.sources.members import basename
from archiver.importers.sources.source import Source
from archiver.records import Problem
from archiver.text.times import BadTime, seconds

_NAME = "library_files.json"
_NAMES_LIST = "conversation_asset_file_names.json"
_LIMIT = 64 << 20
_TIMES = ("created_at", "file_upload_time", "file_processed_time")


def read_library(source: Source) -> Iterator[FileOrigin | Problem]:
    """What the list says of each file."""
    for value in _lists(source, _NAME):
        if isinstance(value, Problem):
            yield value
            continue
        for record in value if isinstance(value, list) else ():
            origin = _origin(record) if isinstance(record, dict) else None
            if origin is not None:
                yield origin


def read_names(source: Source) -> Iterator[FileOrigin | Problem]:
    """The names in the shorter list."""
    for value in _lists(source, _NAMES_LIST):
        if isinstance(value, Problem):
            yield value
            continue
        for member, name in value.items() if isinstance(value, dict) else ():
            if isinstance(name, str) and name:
                yield FileOrigin(member.removesuffix(".dat"), "", "", name)


def _lists(source: Source, name: str) -> Iterator[Any]:
    """The JSON of each list of this name; a problem for one that cannot be read."""
    for member in source.members:
        if basename(member).casefold() != name:
            continue
        try:
            value, _faults = read_json(source.read(member, _LIMIT))
        except (ArchiverError, ValueError):
            yield Problem(member, _("The names of the export’s files cannot be read from this list."))
        else:
            yield value


def _origin(record: dict[str, Any]) -> FileOrigin | None:
    """One line of the list; None where it names no file."""
    own = record.get("id")
    alias = text(own) or text(mapping(own).get("id"))
    pointer = text(record.get("file_id")) or alias
    if not pointer:
        return None
    size = record.get("file_size_bytes")
    return FileOrigin(
        pointer,
        text(record.get("origination_thread_id")),
        text(record.get("origination_message_id")),
        text(record.get("file_name")),
        text(record.get("mime_type")),
        whole(size) if isinstance(size, int | float) else None,
        next(filter(None, (_time(record.get(key)) for key in _TIMES)), None),
        alias,
    )


def _time(value: Any) -> float | None:
    try:
        return seconds(value)
    except BadTime:
        return None
