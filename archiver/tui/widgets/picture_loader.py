"""Fetches and draws pictures in a thread, and keeps those seen lately."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from rich.segment import Segment
from textual.cache import LRUCache
from textual.widget import Widget

from archiver.records import AssetReference
from archiver.tui.threads import hand_over
from archiver.tui.widgets import pictures
from archiver.tui.widgets.pictures import Picture

_KEPT = 48
_BROKEN = (0, 0)


class PictureLoader:
    """The half blocks of pictures, as soon as they are there."""

    def __init__(
        self, widget: Widget, read: Callable[[AssetReference], bytes | None], on_loaded: Callable[[int], None]
    ) -> None:
        """
        Args:
            widget: Runs the threads.
            read: Gives the bytes of a picture; called in a thread.
            on_loaded: Called with the message whose picture came, or turned out to be broken.
        """
        self._widget = widget
        self._read = read
        self._on_loaded = on_loaded
        self._drawn: LRUCache[tuple[AssetReference, int], Picture] = LRUCache(_KEPT)
        self._sizes: dict[AssetReference, tuple[int, int]] = {}
        self._asked: set[tuple[AssetReference, int]] = set()

    def size(self, reference: AssetReference, room: int) -> tuple[int, int]:
        """Columns and rows of a picture in a line of ``room`` cells; none for a broken one."""
        size = self._sizes.get(reference, (reference.width or 0, reference.height or 0))
        if not pictures.can_show() or (reference in self._sizes and size == _BROKEN):
            return _BROKEN
        return pictures.size_in_cells(*size, room)

    def row(self, message: int, reference: AssetReference, room: int, row: int) -> list[Segment]:
        """One row of a picture; empty while it is not there."""
        slot = (reference, room)
        drawn = self._drawn.get(slot)
        if drawn is not None:
            return drawn.rows[row] if row < len(drawn.rows) else []
        if slot not in self._asked:
            self._asked.add(slot)
            load = partial(self._load, message, slot)
            self._widget.run_worker(load, group="pictures", thread=True, exit_on_error=False)
        return []

    def _load(self, message: int, slot: tuple[AssetReference, int]) -> None:
        reference, room = slot
        data = self._read(reference)
        drawn = pictures.half_blocks(data, room) if data else None
        hand_over(self._widget, self._keep, message, slot, drawn)

    def _keep(self, message: int, slot: tuple[AssetReference, int], drawn: Picture | None) -> None:
        self._asked.discard(slot)
        self._sizes[slot[0]] = (drawn.width, drawn.height) if drawn else _BROKEN
        if drawn is not None:
            self._drawn[slot] = drawn
        self._on_loaded(message)
