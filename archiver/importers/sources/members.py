"""The growing list of a source's members while it is being opened."""

from __future__ import annotations

import re
from typing import BinaryIO

from archiver.i18n import _
from archiver.importers.sources.region import Region
from archiver.records import Problem

_FOLDERS = re.compile(r"(?:.*(?:/|\.zip!))?", re.IGNORECASE | re.DOTALL)
"""What stands before the last piece of a name: folders, and zips inside zips."""
CONVERSATIONS = re.compile(
    _FOLDERS.pattern + r"conversations?(?:[-_ ]?\d+)?(?: ?\(\d+\))?\.json", re.IGNORECASE | re.DOTALL
)
"""Members by whose name every known provider keeps conversations; a container of such needs no look into inner zips."""

_MOST_REMARKS = 500


def basename(member: str) -> str:
    """The last piece of a member's name."""
    return _FOLDERS.sub("", member, count=1)


def folder_of(member: str) -> str:
    """A member's name without its last piece."""
    return member[: len(member) - len(basename(member))]


class Member:
    """A file inside a source; each kind of source has its own."""

    __slots__ = ("name", "size")

    def __init__(self, name: str, size: int) -> None:
        self.name = name
        """Path inside the source, with ``/``; only ever text."""
        self.size = size
        """Unpacked bytes as the source says; -1 when it does not."""

    @property
    def packed(self) -> int:
        """Bytes it takes in the source."""
        return self.size

    @property
    def modified(self) -> float | None:
        """When it was last written, in Unix seconds, where the source tells it."""
        return None

    @property
    def in_place(self) -> Region | None:
        """Where its bytes lie unpacked in a file that is already open."""
        return None

    def open(self) -> BinaryIO:
        """Its bytes from the beginning."""
        raise NotImplementedError

    def check(self) -> None:
        """Raise what ``open`` would raise, without reading."""

    def is_same(self, other: Member) -> bool:
        """Whether both surely hold the same bytes."""
        return self is other


class Members:
    """Members by name, and what was odd about their container."""

    def __init__(self, label: str) -> None:
        self.label = label
        self.by_name: dict[str, Member] = {}
        self.problems: list[Problem] = []
        self._remarked: set[Problem] = set()

    def add(self, member: Member) -> None:
        """Add a member whose name is not taken."""
        self.by_name[member.name] = member

    def remark(self, what: str, where: str = "", *, is_loss: bool = False) -> None:
        """Note something odd; ``is_loss`` if because of it not everything can be read.

        A member may be read several times; what is odd about it is noted once.
        """
        problem = Problem(where or self.label, what, is_loss=is_loss)
        if problem in self._remarked:
            return
        if len(self.problems) < _MOST_REMARKS:
            self.problems.append(problem)
            self._remarked.add(problem)
        elif len(self.problems) == _MOST_REMARKS:
            self.problems.append(Problem(self.label, _("There is more of this kind."), is_loss=is_loss))

    def take(self, other: Members) -> None:
        """Add everything of another list; what its members have to say when they are read is noted here, too."""
        self.by_name |= other.by_name
        self.problems += other.problems
        self._remarked |= other._remarked
        other.problems, other._remarked = self.problems, self._remarked

    def zips(self) -> list[str]:
        """Names of the members that call themselves zips."""
        return [name for name in self.by_name if name.casefold().endswith(".zip")]

    @property
    def has_conversations(self) -> bool:
        """Whether a member's name says that it holds conversations."""
        return any(CONVERSATIONS.fullmatch(name) for name in self.by_name)
