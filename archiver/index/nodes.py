"""What a query means, as a small tree: words to find, conditions on messages, and how they are joined."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from archiver.text.patterns import Pattern


@dataclass(frozen=True, slots=True)
class Words:
    """Something typed that must stand in the text: a word, what is glued together (gpt-4o), or a quoted phrase."""

    typed: str
    patterns: tuple[Pattern, ...]
    """Any of them counts."""
    is_phrase: bool = False


@dataclass(frozen=True, slots=True)
class From:
    """Who wrote the message."""

    speaker: int
    """As in ``Document.speaker``."""


@dataclass(frozen=True, slots=True)
class Model:
    """Which model answered, or was asked."""

    slug: str
    is_asked: bool = False


@dataclass(frozen=True, slots=True)
class Time:
    """When the message was written: ``begin <= created < end`` in Unix seconds; None is open."""

    begin: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class Has:
    """What comes with the message."""

    flag: int
    """As in ``Document.flags``."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """Which language the text is in."""

    languages: int
    """Bits as in ``languages.py``; any of them counts."""
    code: str


@dataclass(frozen=True, slots=True)
class Titled:
    """Words in the title of the conversation."""

    words: Words


@dataclass(frozen=True, slots=True)
class Identified:
    """The beginning of a conversation's id."""

    id: str


@dataclass(frozen=True, slots=True)
class Every:
    """All of these."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of these."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """Not this."""

    node: Node


Condition: TypeAlias = From | Model | Time | Has | Spoken | Titled | Identified
Node: TypeAlias = Words | Condition | Every | Either | Without


def leaves(node: Node, *, negated: bool = True) -> Iterator[Words | Condition]:
    """Everything that is not itself a joining; without what must not match unless ``negated``."""
    match node:
        case Every(nodes) | Either(nodes):
            for child in nodes:
                yield from leaves(child, negated=negated)
        case Without(child):
            if negated:
                yield from leaves(child)
        case _:
            yield node
