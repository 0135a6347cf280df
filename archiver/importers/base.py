"""What an importer is and what it hands on, so that a provider is one module and one entry in ``IMPORTERS``.

Everything a provider calls by its own words stops here: what leaves an importer is a ``Conversation`` of ``records``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeAlias

from archiver.importers.sources.source import Source
from archiver.records import Asset, Conversation, Disagreement, JoiningRules, Observation, Problem

OnBytes: TypeAlias = Callable[[int, int, str], None]
"""Told how many bytes are read, of how many, and in which member."""


@dataclass(frozen=True, slots=True)
class RawConversation:
    """One conversation as its source wrote it, not yet understood."""

    data: bytes
    """Its exact bytes; a JSON list of them where a conversation came in several pages."""
    member: str
    """Path inside the source, for example ``conversations-003.json`` or ``outer/inner.zip!conversations-000.json``."""
    offset: int
    """Of ``data`` inside the unpacked member."""
    number: int
    """Its position in the member, from 0."""
    value: dict[str, Any] | None = field(default=None, compare=False, repr=False)
    """``data`` as JSON where reading had to parse it anyway; hand it to ``Importer.parse`` to save parsing twice."""


@dataclass(frozen=True, slots=True)
class Feedback:
    """What the person told the provider about one reply."""

    conversation_id: str
    message_id: str
    rating: str
    """``thumbs_up`` or ``thumbs_down``."""
    note: str
    """Other facts of the record, such as the name of an A/B evaluation."""
    updated: float = 0.0
    """When the record was last changed; 0 when it does not say."""


@dataclass(frozen=True, slots=True)
class FileOrigin:
    """What a provider's list of files tells of one of them: its name, and which message it came from."""

    pointer: str
    conversation_id: str
    """Empty when the list does not say."""
    message_id: str
    """Empty when the list does not say."""
    name: str
    mime: str = ""
    size: int | None = None
    created: float | None = None
    alias: str = ""
    """Another id that messages may call it by."""


FindFiles: TypeAlias = Callable[[str, Collection[str]], Sequence[FileOrigin]]
"""From the id of a conversation, and those of its messages, to the files that came from them."""


def no_files(_conversation: str, _messages: Collection[str]) -> Sequence[FileOrigin]:
    """The ``find_files`` of a conversation about whose files no list is known."""
    return ()


@dataclass(frozen=True, slots=True)
class Understood:
    """One conversation in this program's words, with what was odd or new in it."""

    conversation: Conversation
    problems: tuple[Problem, ...]
    content_types: Mapping[str, int]
    unknown_keys: Mapping[str, int]


class Importer(Protocol):
    """Reads the exports of one provider."""

    name: str
    """The provider's id in the archive, for example ``chatgpt``."""
    rules: JoiningRules
    """What decides where sources say different things of one conversation."""

    def accepts(self, source: Source) -> bool:
        """Whether this provider's conversations are in ``source``."""

    def read(
        self, source: Source, on_bytes: OnBytes, cancelled: Callable[[], bool]
    ) -> Iterator[RawConversation | Problem]:
        """Every conversation of ``source``, one at a time, and what stood in the way of reading more.

        Each element of the source comes out exactly once, also a broken one: ``parse`` is what says it is broken.
        """

    def made(self, source: Source) -> float | None:
        """When ``source`` was made, as far as it tells itself."""

    def parse(self, data: bytes, value: dict[str, Any] | None = None) -> tuple[dict[str, Any], tuple[Problem, ...]]:
        """The JSON of one conversation in the provider's usual form; ``ValueError`` with a sentence if hopeless.

        The problems say nothing about the place, which only the caller knows.
        """

    def gather(self, observations: Sequence[Observation]) -> list[Observation]:
        """Observations of one conversation, of which those that are pieces of one are joined."""

    def lacks(self, observations: Sequence[Observation]) -> str:
        """A sentence when observations that were gathered say that messages are missing; empty when they do not."""

    def contradictions(self, whole: dict[str, Any], said: Mapping[str, Sequence[Any]]) -> set[str]:
        """Of the places where sources differ, those where it matters; ``said`` is all that they say of each place."""

    def conversation_id(self, value: dict[str, Any]) -> str:
        """The conversation's id, or a stable one made from its content where it has none."""

    def is_empty(self, value: dict[str, Any]) -> bool:
        """Whether the conversation has no message at all."""

    def understand(
        self,
        value: dict[str, Any],
        feedback: Mapping[str, Feedback],
        find_files: FindFiles = no_files,
        disagreements: Sequence[Disagreement] = (),
    ) -> Understood:
        """The conversation in this program's words; ``feedback`` is keyed by message id.

        ``disagreements`` are the places of ``value`` where its sources say different things.
        """

    def assets(self, source: Source) -> Iterator[Asset | Problem]:
        """Every picture, sound and file that came with ``source``."""

    def feedback(self, source: Source) -> Iterator[Feedback | Problem]:
        """What the person told the provider about single replies."""

    def origins(self, source: Source) -> Iterator[FileOrigin]:
        """What lists in ``source`` say about files: their names, and which message each came from."""

    def own_files(self, source: Source) -> set[str]:
        """Members of ``source`` that surely are the provider's; a folder may hold anything else besides."""

    def sidecars(self, source: Source) -> Iterator[str]:
        """Names of the other JSON members, which are kept but hold no conversations."""
