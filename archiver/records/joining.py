"""What joining needs to know: what sources said and when they were made, and what decides where they differ."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

UNDATED = float("inf")
"""When a source was made that does not tell: later than any that does, so that it never outdoes an early one."""

KindOf: TypeAlias = Callable[[dict[str, Any]], object]


def any_kind(_value: dict[str, Any]) -> object:
    """All objects describe the same kind of thing."""
    return None


@dataclass(frozen=True, slots=True)
class Observation:
    """What sources said of one conversation in the same words."""

    value: dict[str, Any]
    """Parsed."""
    made: float = UNDATED
    """When the first source that said so was made."""


@dataclass(frozen=True, slots=True)
class JoiningRules:
    """What decides where observations of one conversation differ. Else the fuller text and the newest word count."""

    newest: frozenset[str] = frozenset()
    """Keys of a conversation whose newest value counts, such as its title."""
    choices: frozenset[str] = frozenset()
    """Keys of a conversation whose last value counts as the first source wrote it that tells it."""
    records: tuple[tuple[str, ...], ...] = ()
    """Keys inside of it that are told once and only rewritten later: the first source that has them is believed, and
    of the later ones only those that agree with it. Keys of one group are believed together."""
    texts: frozenset[str] = frozenset()
    """Keys below which every difference is one of text."""
    kind_of: KindOf = any_kind
    """What an object describes; None when it does not tell. Two kinds are never mixed into one object."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A place where sources say different things."""

    path: str
    """Keys from the conversation down, joined by dots."""
    kept: Any
    others: tuple[Any, ...]
