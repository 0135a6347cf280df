"""Fetches and draws pictures in a thread, and keeps those seen lately."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from rich.segment import Segment
from textual.cache import LRUCache
from textual.widget import Widget

from archiver.records import AssetReference
from archiver.tui.widgets import pictures

_KEPT = 48


class PictureLoader:
    """The half blocks of pictures, as soon as they are there."""

    def __init__(self, widget: Widget, read: Callable[[AssetReference], bytes | None]) -> None:
        self._widget = widget
        self._read = read
        self._drawn: LRUCache[tuple[AssetReference, int, int], list[list[Segment]]] = LRUCache(_KEPT)
        self._asked: set[tuple[AssetReference, int, int]] = set()

    def row(self, reference: AssetReference, columns: int, rows: int, row: int) -> list[Segment] | None:
        """One row of a picture; None while it is not there, or when it cannot be shown."""
        slot = (reference, columns, rows)
        drawn = self._drawn.get(slot)
        if drawn is not None:
            return drawn[row] if row < len(drawn) else None
        if slot not in self._asked:
            self._asked.add(slot)
            load = partial(self._load, slot)
            self._widget.run_worker(load, group="pictures", thread=True, exit_on_error=False)
        return None

    def _load(self, slot: tuple[AssetReference, int, int]) -> None:
        reference, columns, rows = slot
        data = self._read(reference)
        drawn = pictures.half_blocks(data, columns, rows) if data else None
        self._widget.app.call_from_thread(self._keep, slot, drawn or [])

    def _keep(self, slot: tuple[AssetReference, int, int], drawn: list[list[Segment]]) -> None:
        self._drawn[slot] = drawn
        self._asked.discard(slot)
        self._widget.refresh()
