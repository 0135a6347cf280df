"""What one segment can be asked for beyond a single word: a phrase, a condition on a column."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from archiver.index.models import is_model


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words at fixed distances; also a single word that must stand in certain sections."""

    field: str
    steps: tuple[tuple[int, tuple[bytes, ...]], ...]
    """Distance from the first word, and the keys that count."""
    is_prefix: bool = False
    """Whether the last word may go on."""
    starts_word: bool = False
    """Whether the first run must begin where a run of the text begins."""
    sections: tuple[str, ...] = ()
    """Empty: all of the field."""


@dataclass(frozen=True, slots=True)
class OneOf:
    """The value is one of these."""

    column: str
    values: frozenset[int]

    def numbers(self, values: Sequence[int], _names: Sequence[str]) -> Iterable[int]:
        """The documents that meet the condition."""
        wanted = self.values
        return (number for number, value in enumerate(values) if value in wanted)


@dataclass(frozen=True, slots=True)
class Between:
    """``begin <= value < end``; 0, unknown, is never meant."""

    column: str
    begin: int
    end: int

    def numbers(self, values: Sequence[int], _names: Sequence[str]) -> Iterable[int]:
        """The documents that meet the condition."""
        begin, end = max(self.begin, 1), self.end
        return (number for number, value in enumerate(values) if begin <= value < end)


@dataclass(frozen=True, slots=True)
class AnyBit:
    """The value has one of these bits."""

    column: str
    bits: int

    def numbers(self, values: Sequence[int], _names: Sequence[str]) -> Iterable[int]:
        """The documents that meet the condition."""
        bits = self.bits
        return (number for number, value in enumerate(values) if value & bits)


@dataclass(frozen=True, slots=True)
class Named:
    """The value is a model that a person may have meant by ``slug``."""

    column: str
    slug: str

    def numbers(self, values: Sequence[int], names: Sequence[str]) -> Iterable[int]:
        """The documents that meet the condition."""
        wanted = {place for place, name in enumerate(names) if name and is_model(name, self.slug)}
        return (number for number, value in enumerate(values) if value in wanted)


Condition: TypeAlias = OneOf | Between | AnyBit | Named
