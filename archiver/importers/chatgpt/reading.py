"""Reads the conversations of one member after the other, each exactly as its bytes stand there.

    member -> unpacked bytes -> elements (stream) -> pages of one conversation joined -> RawConversation

Every element comes out once, also a broken one: saying what is wrong with it is ``parse``'s work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import BinaryIO

from archiver.errors import ArchiverError, Cancelled, DamagedSource, UnsafeSource
from archiver.i18n import _, ngettext
from archiver.importers.base import OnBytes, RawConversation
from archiver.importers.chatgpt.layout import Layout, page_start
from archiver.importers.chatgpt.pages import Pages
from archiver.importers.json_text.buffer import BLOCK
from archiver.importers.json_text.opening import opening_of
from archiver.importers.json_text.stream import ElementStream, Stray
from archiver.importers.sources.source import Source
from archiver.records import Problem


def read_layout(
    source: Source, layout: Layout, on_bytes: OnBytes, cancelled: Callable[[], bool]
) -> Iterator[RawConversation | Problem]:
    """Every conversation of ``source``; raises when none of its members can be read."""
    yield from layout.problems
    readable, refusals = _readable(source, layout)
    yield from refusals
    progress = _Progress(sum(max(0, source.members[name].size) for name in readable), on_bytes, cancelled)
    pages = Pages()
    has_found = False
    trouble: list[ArchiverError] = []
    for name in readable:
        try:
            with source.open(name) as stream:
                for item in _read_member(name, progress.following(stream, name)):
                    has_found |= isinstance(item, RawConversation)
                    if isinstance(item, Problem) or not pages.take(item):
                        yield item
        except (DamagedSource, UnsafeSource) as error:
            trouble.append(error)
            yield Problem(name, str(error), is_loss=True)
    if trouble and not has_found:
        raise trouble[0]
    yield from pages.joined()


def _readable(source: Source, layout: Layout) -> tuple[list[str], list[Problem]]:
    """The members that can be read, and why the others cannot; raises when that is all of them."""
    readable = []
    problems: list[Problem] = []
    for name in layout.members:
        try:
            source.members[name].check()
        except (DamagedSource, UnsafeSource) as error:
            if len(problems) + 1 == len(layout.members):
                raise
            problems.append(Problem(name, str(error), is_loss=True))
        else:
            readable.append(name)
    return readable, problems


class _Progress:
    """Counts bytes over all members, and stops the reading when asked to."""

    def __init__(self, total: int, on_bytes: OnBytes, cancelled: Callable[[], bool]) -> None:
        self._done = 0
        self._total = total
        self._on_bytes = on_bytes
        self._cancelled = cancelled

    def following(self, stream: BinaryIO, member: str) -> Callable[[int], bytes]:
        """A function that reads from ``stream`` and counts."""

        def read(size: int) -> bytes:
            if self._cancelled():
                raise Cancelled(_("Stopped. What was read is kept; the same command carries on."))
            block = stream.read(size)
            self._done += len(block)
            self._on_bytes(self._done, max(self._total, self._done), member)
            return block

        return read


def _read_member(member: str, read: Callable[[int], bytes]) -> Iterator[RawConversation | Problem]:
    data = read(BLOCK)
    opening = opening_of(data, page_start(data), read)
    elements = ElementStream(opening.data, opening.start, read, in_array=opening.in_array, closers=opening.closers)
    for element in elements:
        if isinstance(element, Stray):
            yield _left_out(member, element)
        else:
            yield RawConversation(element.data, member, element.offset, element.number, element.value)
    if not data:
        yield Problem(member, _("This file is empty."), is_loss=True)
    elif not elements.is_closed:
        yield Problem(member, _("The list of conversations ends early; what is there is read."), is_loss=True)
    _read_to_the_checksum(read)


def _read_to_the_checksum(read: Callable[[int], bytes]) -> None:
    """Read what follows the list: only at the end of a member is its checksum compared."""
    while read(BLOCK):
        pass


def _left_out(member: str, stray: Stray) -> Problem:
    where = _("{member}, byte {offset}").format(member=member, offset=stray.offset)
    if stray.is_too_long:
        what = ngettext(
            "One conversation takes {count} byte, more than can be read; it is left out.",
            "One conversation takes {count} bytes, more than can be read; it is left out.",
            stray.size,
        )
    else:
        what = ngettext(
            "{count} byte between conversations is no part of any; it is left out.",
            "{count} bytes between conversations are no part of any; they are left out.",
            stray.size,
        )
    return Problem(where, what.format(count=stray.size), is_loss=stray.has_words)
