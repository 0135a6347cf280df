"""Reads the conversations of one member after the other, each exactly as its bytes stand there.

member -> unpacked bytes -> elements (json_stream) -> pages of one conversation joined -> RawConversation
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import BinaryIO

from archiver.errors import ArchiverError, Cancelled, UnsafeSource
from archiver.i18n import _, ngettext
from archiver.importers.base import OnBytes, RawConversation
from archiver.importers.chatgpt_layout import Layout, page_start
from archiver.importers.json_buffer import BLOCK
from archiver.importers.json_opening import opening_of
from archiver.importers.json_stream import ElementStream, Stray
from archiver.importers.source import Source
from archiver.records import Problem


def read_layout(
    source: Source, layout: Layout, on_bytes: OnBytes, cancelled: Callable[[], bool]
) -> Iterator[RawConversation | Problem]:
    """Every conversation of ``source``; raises when none of its members can be read."""
    yield from layout.problems
    readable = []
    refusals: list[ArchiverError] = []
    for name in layout.members:
        try:
            source.members[name].check()
        except UnsafeSource:
            raise
        except ArchiverError as error:
            refusals.append(error)
            yield Problem(name, str(error), is_loss=True)
        else:
            readable.append(name)
    if refusals and not readable:
        raise refusals[0]
    progress = _Progress(sum(max(0, source.members[name].size) for name in readable), on_bytes, cancelled)
    for name in readable:
        try:
            with source.open(name) as stream:
                yield from _read_member(source, name, progress.following(stream, name))
        except Cancelled:
            raise
        except UnsafeSource as error:
            yield Problem(name, str(error), is_loss=True)


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


def _read_member(source: Source, member: str, read: Callable[[int], bytes]) -> Iterator[RawConversation | Problem]:
    data = read(BLOCK)
    start = page_start(source, member) if member.casefold().endswith((".html", ".htm")) else 0
    opening = opening_of(data, start or 0, read)
    elements = ElementStream(opening.data, opening.start, read, in_array=opening.in_array, closers=opening.closers)
    for element in elements:
        if isinstance(element, Stray):
            yield _stray(member, element)
        else:
            yield RawConversation(element.data, member, element.offset, element.number, element.value)
    if not elements.is_closed:
        yield Problem(member, _("The list of conversations ends early; what is there is read."), is_loss=True)


def _stray(member: str, stray: Stray) -> Problem:
    what = ngettext(
        "{count} byte between conversations is no part of any; it is left out.",
        "{count} bytes between conversations are no part of any; they are left out.",
        stray.size,
    )
    return Problem(
        _("{member}, byte {offset}").format(member=member, offset=stray.offset), what.format(count=stray.size)
    )
