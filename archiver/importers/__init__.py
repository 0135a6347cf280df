"""Reads what providers export: one module a provider, chosen by what is in the source."""

from archiver.errors import NotAnExport
from archiver.importers.base import Feedback, FileOrigin, Importer, OnBytes, RawConversation, Understood
from archiver.importers.chatgpt.importer import ChatGPT
from archiver.importers.glance import may_hold_conversations
from archiver.importers.look_alikes import what_it_is
from archiver.importers.sources.file_kinds import HEAD, kind_of
from archiver.importers.sources.source import Member, Source, open_source

IMPORTERS: tuple[Importer, ...] = (ChatGPT(),)

__all__ = [
    "HEAD",
    "IMPORTERS",
    "Feedback",
    "FileOrigin",
    "Importer",
    "Member",
    "OnBytes",
    "RawConversation",
    "Source",
    "Understood",
    "importer_for",
    "kind_of",
    "may_hold_conversations",
    "open_source",
]


def importer_for(source: Source) -> Importer:
    """The importer that reads ``source``; raises ``NotAnExport`` with a sentence about what it is instead."""
    for importer in IMPORTERS:
        if importer.accepts(source):
            return importer
    raise NotAnExport(what_it_is(source))
