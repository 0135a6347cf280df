"""Makes Rich, and so Textual, measure characters as this terminal does.

Rich counts the vowel signs of Devanagari, Tamil and other scripts (Unicode category Mc) as nothing; nearly every
terminal gives them a cell, so a line of Hindi pushes everything right of it out of place. Rich has no setting for it,
which is why its table is replaced, and why its version is pinned.
"""

from __future__ import annotations

import unicodedata
from functools import cache

import rich.cells
from rich._unicode_data import load as _rich_table
from rich.cells import CellTable


def use_widths(*, vowel_signs: int, unicode_version: str = "") -> None:
    """Measure vowel signs as ``vowel_signs`` cells, and emoji as of ``unicode_version`` (the newest when empty)."""

    @cache
    def load(version: str = "auto") -> CellTable:
        table = _rich_table(unicode_version or version) if version == "auto" else _rich_table(version)
        return table if vowel_signs == 0 else _with_wide_signs(table)

    setattr(rich.cells, "load_cell_table", load)  # noqa: B010 (Rich does not export the name it uses)
    rich.cells.get_character_cell_size.cache_clear()
    rich.cells.cached_cell_len.cache_clear()


def _with_wide_signs(table: CellTable) -> CellTable:
    """The table with category Mc taken out of the ranges of width 0, which makes them 1."""
    widths: list[tuple[int, int, int]] = []
    for first, last, width in table.widths:
        if width:
            widths.append((first, last, width))
            continue
        start = first
        for code in range(first, last + 1):
            if unicodedata.category(chr(code)) == "Mc":
                if start < code:
                    widths.append((start, code - 1, 0))
                start = code + 1
        if start <= last:
            widths.append((start, last, 0))
    return table._replace(widths=widths)
