"""Blocks: the content of a message as plain text with marks, before it is broken into lines.

All text in a block is already safe for the terminal (``terminal.shown``), so that the offsets of marks, matches and
selections mean the characters that are on the screen.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias

from archiver.records import AssetReference

Target: TypeAlias = tuple[str, str | int]
"""What a click does: ``("link", address)``, ``("asset", part)``, ``("fold", part)``, ``("copy", block)``,
``("branch", step)``."""


class Mark(NamedTuple):
    """A stretch of a block's text in another style."""

    start: int
    end: int
    style: str
    """Name of a component class without its prefix."""
    target: Target | None = None


class Cell(NamedTuple):
    """A cell of a table: a slice of the block's text."""

    start: int
    end: int


Alignment: TypeAlias = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Table:
    """The shape of a table; the words are in the block's text."""

    rows: tuple[tuple[Cell, ...], ...]
    """The first row is the heading."""
    alignments: tuple[Alignment, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, piece of code, table or rule of a message."""

    kind: Literal["text", "code", "table", "rule"]
    text: str = ""
    marks: tuple[Mark, ...] = ()
    style: str = ""
    """Component class of the whole block; empty for plain text."""
    first: str = ""
    """Stands before the first line, for example the bullet of a list."""
    rest: str = ""
    """Stands before the other lines."""
    gap: bool = True
    """Whether an empty line comes before it."""
    language: str = ""
    table: Table = field(default=Table((), ()))
    source: str = ""
    """Program code exactly as stored, for copying."""
    part: int = -1
    """The part of the message it shows."""
    picture: AssetReference | None = None
    """The picture that stands above the text."""
