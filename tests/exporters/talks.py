"""Conversations as records, and an archive that holds them, for the tests of everything that goes out."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from archiver.errors import NotFound
from archiver.records import (
    AssetReference,
    Citation,
    Code,
    Conversation,
    Document,
    Instructions,
    Memory,
    Message,
    Notice,
    Part,
    Quote,
    Reasoning,
    Speech,
    Summary,
    Text,
    ToolCall,
    ToolResult,
    Unknown,
)
from archiver.reports import ObservationInfo, SourceInfo, StoredAsset

if TYPE_CHECKING:
    from archiver.archive import Archive

START = 1770944400.0
"""2026-02-13 02:00 in Berlin."""

REPLY = 'See this source.\n\n```python\nprint("<slow>")\n```'

SOURCE = SourceInfo(1, "chatgpt-2026-02-20.zip", "ab" * 32, "originals/data/x.zip", 1000, START, "chatgpt", 1, START)


@contextmanager
def time_zone(name: str = "Europe/Berlin") -> Iterator[None]:
    """Local time of a place, whatever the machine is set to."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = name
    time.tzset()
    try:
        yield
    finally:
        if before is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = before
        time.tzset()


def message(
    id_: str,
    parent: str | None,
    role: str,
    *parts: Part | str,
    at: float | None = None,
    answered: str = "",
    hidden: str = "",
) -> Message:
    """One message; plain strings become text."""
    return Message(
        id=id_,
        parent=parent,
        role=role,
        parts=tuple(Text(part) if isinstance(part, str) else part for part in parts),
        created=at,
        answered=answered,
        hidden=hidden,
    )


def talk(
    *texts: str, id_: str = "6a0f0000-0000-83eb-0000-000000000001", title: str = "A talk", at: float | None = START
) -> Conversation:
    """A conversation without branches: the person and GPT-4o take turns, a minute apart."""
    messages = tuple(
        message(
            f"m{number}",
            f"m{number - 1}" if number else None,
            "assistant" if number % 2 else "user",
            text,
            at=at + 60 * number if at is not None else None,
            answered="gpt-4o" if number % 2 else "",
        )
        for number, text in enumerate(texts)
    )
    return Conversation("chatgpt", id_, title, messages, at, at, current=messages[-1].id if messages else None)


def reply_text(conversation: Conversation, text: str) -> Conversation:
    """The conversation with another text in its last message."""
    *before, last = conversation.messages
    return replace(conversation, messages=(*before, replace(last, parts=(Text(text),))))


@dataclass
class FakeArchive:
    """What the exporters use of an archive, held in memory."""

    conversations: dict[str, Conversation]
    path: Path = Path("/nowhere/archive")
    assets: dict[str, bytes] = field(default_factory=dict)
    mimes: dict[str, str] = field(default_factory=dict)

    def summaries(self, *, put_away: bool = False) -> list[Summary]:
        if put_away:
            return []
        return [
            Summary(key, talk.id, talk.provider, talk.title, talk.created, talk.updated, 0, 0, ())
            for key, talk in enumerate(self.conversations.values(), 1)
        ]

    def conversation(self, id_: str) -> Conversation:
        if id_ not in self.conversations:
            raise NotFound("No conversation has this id.")
        return self.conversations[id_]

    def sources(self) -> list[SourceInfo]:
        return [SOURCE]

    def observations(self, id_: str) -> list[ObservationInfo]:
        return [ObservationInfo(SOURCE, "conversations.json", 0, "cd" * 32, lambda: b"{}")]

    def find_assets(self, references: Iterable[AssetReference]) -> dict[str, StoredAsset]:
        pointers = [reference.pointer for reference in references if reference.pointer in self.assets]
        return {pointer: self._stored(pointer) for pointer in pointers}

    def _stored(self, pointer: str) -> StoredAsset:
        mime = self.mimes.get(pointer, "image/png")
        return StoredAsset(1, 1, pointer, pointer, f"{pointer}.png", mime, len(self.assets[pointer]))

    def read_asset(self, asset: StoredAsset) -> bytes:
        return self.assets[asset.pointer]

    def copy_asset(self, asset: StoredAsset, target: BinaryIO) -> None:
        target.write(self.assets[asset.pointer])


def archive_of(*conversations: Conversation, **assets: bytes) -> Archive:
    """An archive with these conversations."""
    return cast("Archive", FakeArchive({talk.id: talk for talk in conversations}, assets=dict(assets)))


def all_ids(archive: Archive) -> Sequence[str]:
    """Everything in it."""
    return [summary.id for summary in archive.summaries()]


def sample() -> Conversation:
    """A conversation with a part of every kind, versions, a change of model, a new day and something hidden."""
    source = Citation(4, 15, "A “source”", "https://example.org/page_(one)?a=1&b=2")
    picture = AssetReference("file-cat", "image", name="cat.png", mime="image/png", size=67, caption="A cat, drawn")
    sound = AssetReference("file-lost", "audio", name="voice.wav")
    letter = Document("doc", "Dear river,\n\nyou freeze.", "A letter", "document", ("Dear",))
    quote = Quote("Ice.", "Page", "https://example.org/")
    unknown = Unknown("holo_deck", '{"a": 1}')
    rest = (Code("x = 1", "python"), Memory("Lives by a river."), quote, Notice("Stopped."), unknown)
    messages = (
        message("s", None, "system", "You are a helpful assistant.", hidden="system"),
        message("c", "s", "user", Instructions("I live by a river.", "Plain words."), hidden="context"),
        message("q1", "c", "user", "What is a river?\nSecond line.", at=START),
        message("a1", "q1", "assistant", "A river — “moving water”.", at=START + 60, answered="gpt-4"),
        message("q2", "c", "user", "What is a *slow* river? <b>Really</b>", picture, at=START + 120),
        message("t", "q2", "assistant", Reasoning("Slow means calm.", "Thinking"), at=START + 130, hidden="thoughts"),
        message("k", "t", "assistant", ToolCall("python", 'print("slow")', "python"), at=START + 140, hidden="tool"),
        message("r", "k", "tool", ToolResult("python", "slow", "success"), at=START + 150, hidden="tool"),
        message("a2", "r", "assistant", "First try.", at=START + 160, answered="gpt-4o"),
        replace(
            message("a3", "r", "assistant", Text(REPLY, (source,)), at=START + 180, answered="gpt-5"),
            answered_from="model_slug", asked="gpt-4o", asked_from="default_model_slug", rating="thumbs_up",
            notes=("auto:smaller_model:reached_message_cap",),
        ),
        message("v", "a3", "user", Speech("And in winter?", "in"), sound, at=START + 86400),
        message("d", "v", "assistant", letter, at=START + 86460, answered="gpt-4o"),
        message("n", "d", "assistant", *rest, at=START + 86520, answered="gpt-4o"),
        message("f", "n", "tool", Memory("Likes winter."), at=START + 86530, hidden="tool"),
    )  # fmt: skip
    return Conversation(
        "chatgpt", "6a0f0000-0000-83eb-0000-00000000cafe", 'River: "slow" & <wide>', messages, START, START + 86520,
        current="f", default_model="gpt-5", project="g-p-0123", facts=(("voice", "cove"),),
    )  # fmt: skip
