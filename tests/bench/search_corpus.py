"""Messages to measure search with, in a small library of their own that both engines read from."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from archiver.index import Changed, Document
from archiver.index.documents import IT, ME
from tests.bench.words import language

_LANGUAGES = ("en",) * 60 + ("ja",) * 9 + ("zh",) * 9 + ("ko",) * 7 + ("de", "fr", "es") * 3 + ("it", "hi", "ar") * 2
_MODELS = ("gpt-4", "gpt-4o", "gpt-5", "gpt-5-2")
_IN_CONVERSATION = 20
_BEGIN, _END = 1_680_000_000, 1_782_000_000


def write(path: Path, messages: int, seed: int = 1) -> int:
    """Make a library of so many messages and give back the bytes of their text."""
    library = sqlite3.connect(path)
    library.execute(
        "CREATE TABLE message (key INTEGER PRIMARY KEY, conversation INTEGER, created INTEGER, speaker INTEGER, "
        "answered TEXT, text TEXT)"
    )
    rows = _rows(messages, seed)
    library.executemany("INSERT INTO message VALUES (?, ?, ?, ?, ?, ?)", rows)
    library.execute("CREATE INDEX by_conversation ON message (conversation)")
    library.commit()
    (size,) = library.execute("SELECT sum(length(CAST(text AS BLOB))) FROM message").fetchone()
    library.close()
    return int(size)


def _rows(messages: int, seed: int) -> Iterator[tuple[int, int, int, int, str, str]]:
    for key in range(1, messages + 1):
        conversation, place = divmod(key - 1, _IN_CONVERSATION)
        if not place:
            random = Random(f"{seed}/{conversation}")
            spoken = language(random.choice(_LANGUAGES))
            created = _BEGIN + (_END - _BEGIN) * key // messages
            model = random.choice(_MODELS)
        if place % 2 == 0:
            yield key, conversation + 1, created + 60 * place, ME, "", spoken.text(random, random.randrange(6, 40))
        else:
            paragraphs = (spoken.text(random, random.randrange(46, 130)) for _ in range(random.randrange(1, 4)))
            yield key, conversation + 1, created + 60 * place, IT, model, "\n\n".join(paragraphs)


def read(path: Path, conversations: Sequence[int]) -> Iterator[Changed]:
    """What the archive would give the index; worker processes call it."""
    library = sqlite3.connect(path)
    for key in conversations:
        rows = library.execute(
            "SELECT key, created, speaker, answered, text FROM message WHERE conversation = ? ORDER BY key", (key,)
        )
        documents = tuple(
            Document(message, key, created, speaker, "", answered, 0, (("text", text),))
            for message, created, speaker, answered, text in rows
        )
        yield Changed(key, 0, documents)
    library.close()
