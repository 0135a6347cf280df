"""Uploaded documents that are only named by the passages quoted from them: a quote's address is then a file's id.

Most quotes of an export are such (export format §4.1). The first quote of a document gets the reference to it, unless a
message names the file already, so that it is found or told to be missing once in each conversation.
"""

from __future__ import annotations

from dataclasses import replace

from archiver.importers.chatgpt.assets import named
from archiver.importers.chatgpt.names import IDENTITY
from archiver.records import AssetReference, Message, Quote, asset_id

KIND = "tether_quote"
"""The content type of such quotes."""


def with_quoted_files(messages: list[Message]) -> list[Message]:
    """``messages`` with a reference to each document that is quoted and not named otherwise."""
    held = {
        asset_id(part.pointer) for message in messages for part in message.parts if isinstance(part, AssetReference)
    }
    found = []
    for message in messages:
        quoted = {_pointer(part.url): part for part in reversed(message.parts) if isinstance(part, Quote)}
        new = sorted(pointer for pointer in quoted if pointer and pointer not in held)
        held.update(new)
        references = (AssetReference(quoted[pointer].url, *named(quoted[pointer].title)) for pointer in new)
        found.append(replace(message, parts=(*message.parts, *references)) if new else message)
    return found


def _pointer(url: str) -> str:
    """The id of the file that an address means; empty when it is one of the web."""
    pointer = asset_id(url)
    match = IDENTITY.fullmatch(pointer)
    return pointer if match and match["id"] == pointer else ""
