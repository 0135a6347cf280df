"""A handful of conversations in memory, and an index of them: what most tests of the index begin with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from archiver.index import Changed, Document, Found, Index, parse
from archiver.index.documents import IT, ME

ARCHIVE = "archive-1"


@dataclass
class Shelf:
    """Conversations by key, each a list of documents; message keys count up over all of them."""

    documents: dict[int, list[Document]] = field(default_factory=dict)
    sequence: int = 0
    messages: int = 0

    def put(self, text: str = "", **properties: Any) -> int:
        """Add a conversation of one message and give back the message's key."""
        return self.talk([text], **properties)[0]

    def talk(self, texts: Iterable[str], *, title: str = "", key: int = 0, **properties: Any) -> list[int]:
        """Add (or with ``key`` replace) a conversation and give back the keys of its messages."""
        key = key or len(self.documents) + 1
        self.sequence += 1
        made: list[Document] = []
        for number, text in enumerate(texts):
            self.messages += 1
            made.append(document(self.messages, key, text, **{"speaker": ME if number % 2 == 0 else IT, **properties}))
        if title:
            made.append(document(0, key, sections=(("title", title),), speaker=3))
        self.documents[key] = made
        return [each.message for each in made if each.message]


def document(message: int, conversation: int, text: str = "", **properties: Any) -> Document:
    """A document; ``text`` is the section of that name, ``created`` may be a date."""
    created = properties.pop("created", 1_700_000_000 + message)
    if isinstance(created, str):
        created = int(datetime.fromisoformat(created).replace(tzinfo=UTC).timestamp())
    values: dict[str, Any] = {
        "speaker": ME, "asked": "", "answered": "", "flags": 0, "sections": (("text", text),) if text else (),
        **properties,
    }  # fmt: skip
    return Document(message, conversation, created, **values)


def read(documents: Mapping[int, Sequence[Document]], keys: Sequence[int]) -> Iterator[Changed]:
    """What the archive gives the index: the documents of conversations."""
    for key in keys:
        yield Changed(key, 0, tuple(documents.get(key, ())))


def fill(index: Index, shelf: Shelf, keys: Iterable[int] | None = None, *, processes: int = 1) -> None:
    """Let the index catch up with all conversations, or with some."""
    keys = list(shelf.documents) if keys is None else list(keys)
    index.update(keys, shelf.sequence, partial(read, dict(shelf.documents)), processes=processes)


def indexed(folder: Path, *texts: str) -> Index:
    """An index with a conversation of one message for each text; the first one has the keys 1."""
    shelf = Shelf()
    for text in texts:
        shelf.put(text)
    index = Index.open(folder, ARCHIVE)
    fill(index, shelf)
    return index


def search(index: Index, typed: str, limit: int = 1_000, sort: str = "relevance") -> Found:
    """What the index finds for something typed; dates are in UTC."""
    return index.search(parse(typed, UTC), limit=limit, sort=sort)


def messages(index: Index, typed: str, sort: str = "relevance") -> list[int]:
    """The keys of the messages found, in order."""
    return [hit.message for hit in search(index, typed, sort=sort).hits]
