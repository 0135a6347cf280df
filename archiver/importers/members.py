"""The growing list of a source's members while it is being opened."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import BinaryIO

from archiver.i18n import _
from archiver.importers.region import Region
from archiver.records import Problem

CONVERSATIONS = re.compile(r"(?:.*[/!])?conversations?(?!_asset)[^/!]*\.json", re.IGNORECASE)
"""Members by whose name every known provider keeps conversations; a container of such needs no look into inner zips."""

_MOST_REMARKS = 500


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside a source."""

    name: str
    """Path inside the source, with ``/``; only ever text."""
    size: int
    """Unpacked bytes as the source says; -1 when it does not."""
    packed: int
    """Bytes it takes in the source."""
    open: Callable[[], BinaryIO] = field(repr=False, compare=False)
    """Opens it at its beginning."""
    check: Callable[[], None] = field(default=lambda: None, repr=False, compare=False)
    """Raises what ``open`` would raise, without reading."""
    crc: int | None = None
    in_place: Region | None = field(default=None, repr=False, compare=False)
    """Where its bytes lie unpacked in a file that is already open."""


class Members:
    """Members by name, and what was odd about their container."""

    def __init__(self, label: str) -> None:
        self.label = label
        self.by_name: dict[str, Member] = {}
        self.problems: list[Problem] = []

    def add(self, member: Member) -> None:
        """Add a member whose name is not taken."""
        self.by_name[member.name] = member

    def remark(self, what: str, where: str = "", *, is_loss: bool = False) -> None:
        """Note something odd; ``is_loss`` if because of it not everything can be read."""
        if len(self.problems) < _MOST_REMARKS:
            self.problems.append(Problem(where or self.label, what, is_loss=is_loss))
        elif len(self.problems) == _MOST_REMARKS:
            self.problems.append(Problem(self.label, _("There is more of this kind."), is_loss=is_loss))

    def take(self, other: Members) -> None:
        """Add everything of another list."""
        self.by_name |= other.by_name
        self.problems += other.problems

    def zips(self) -> list[str]:
        """Names of the members that call themselves zips."""
        return [name for name in self.by_name if name.casefold().endswith(".zip")]

    @property
    def has_conversations(self) -> bool:
        """Whether a member's name says that it holds conversations."""
        return any(CONVERSATIONS.fullmatch(name) for name in self.by_name)
