"""Files that only the export's list of files ties to their messages.

    a link into the workspace    gets the file that the list names for this conversation and name
    any other file               stands with the message that the list names; where that message is left out, with the
                                 one written nearest in time, whose details say so

A file that a message points to already is not shown a second time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from archiver.importers.base import FileOrigin
from archiver.importers.chatgpt.assets import named
from archiver.importers.chatgpt.fields import mapping
from archiver.records import AssetReference, Message, Part, asset_id

PLACE = "library_files.json"
"""Where the details of a message say that a file comes from."""


def with_files(
    messages: list[Message], files: Sequence[FileOrigin], raw: Mapping[str, Mapping[str, Any]]
) -> list[Message]:
    """``messages`` with the ``files`` of their conversation; ``raw`` is what the messages were made of."""
    files = list({file.pointer: file for file in reversed(files)}.values())[::-1]
    linked = [_with_links(message, files) for message in messages]
    held = {asset_id(part.pointer) for message in linked for part in message.parts if isinstance(part, AssetReference)}
    held |= _attached(raw.values())
    places = {message.id: place for place, message in enumerate(linked)}
    for file in files:
        if file.pointer in held or file.alias in held:
            continue
        held.add(file.pointer)
        place = places.get(file.message_id)
        if place is not None:
            linked[place] = _with_file(linked[place], file)
        elif linked:
            nearest = _nearest(linked, file.created)
            linked[nearest] = replace(
                _with_file(linked[nearest], file),
                details=(*linked[nearest].details, (PLACE, " · ".join(filter(None, (file.name, file.message_id))))),
            )
    return linked


def _with_links(message: Message, files: Sequence[FileOrigin]) -> Message:
    """A message whose links into the workspace point to files of the list."""
    if not any(map(_is_link, message.parts)):
        return message
    parts = tuple(_pointed(part, message, files) if _is_link(part) else part for part in message.parts)
    return replace(message, parts=parts)


def _is_link(part: Part) -> bool:
    return isinstance(part, AssetReference) and part.pointer.startswith("/")


def _pointed(part: Part, message: Message, files: Sequence[FileOrigin]) -> Part:
    """A link with the file of its name: of several the one of this message, else the last one made before it."""
    assert isinstance(part, AssetReference)
    name = part.pointer.rpartition("/")[2]
    found = [file for file in files if file.name == name]
    if not found:
        return part
    own = [file for file in found if file.message_id == message.id]
    earlier = [file for file in found if (file.created or 0.0) <= (message.created or 0.0)]
    file = own[-1] if own else max(earlier or found, key=lambda file: (file.created or 0.0, file.pointer))
    return replace(
        part, pointer=file.pointer, mime=part.mime or file.mime, size=file.size if part.size is None else part.size
    )


def _attached(raw: Iterable[Mapping[str, Any]]) -> set[str]:
    """Ids that attachments give the files of the list."""
    found = set()
    for message in raw:
        listed = mapping(message.get("metadata")).get("attachments")
        for item in listed if isinstance(listed, list) else ():
            name = mapping(item).get("library_file_id")
            if isinstance(name, str):
                found.add(name)
    return found - {""}


def _with_file(message: Message, file: FileOrigin) -> Message:
    media, name, mime = named(file.name, file.mime)
    reference = AssetReference(file.pointer, media, name, mime, file.size)
    # A picture is what its message is about: the provider shows it, whoever made it.
    is_shown = message.hidden == "empty" or (message.hidden == "tool" and message.role == "tool" and media == "image")
    return replace(message, parts=(*message.parts, reference), hidden="" if is_shown else message.hidden)


def _nearest(messages: Sequence[Message], created: float | None) -> int:
    """The reply written nearest to a moment; the last one where the moment is not known."""
    replies = [place for place, message in enumerate(messages) if message.role == "assistant" and not message.hidden]
    places = replies or range(len(messages))
    if created is None:
        return places[-1]
    return min(places, key=lambda place: (abs((messages[place].created or 0.0) - created), place))
