"""Pictures as half blocks: two pixels a cell, in every terminal, in tmux and over SSH.

Decoding takes a while, so it happens in a thread; until it is done the rows are empty. Pillow is an optional extra:
without it, and for broken pictures, the line with the picture's name is all there is.
"""

from __future__ import annotations

import io
from importlib import import_module
from importlib.util import find_spec
from typing import Any, NamedTuple

from rich.color import Color
from rich.segment import Segment
from rich.style import Style

WIDEST = 48
HIGHEST = 16
MOST_PIXELS = 80_000_000


def can_show() -> bool:
    """Whether Pillow is there."""
    return find_spec("PIL") is not None


class Picture(NamedTuple):
    """A picture as it is drawn."""

    width: int
    height: int
    """In pixels, before it was made smaller."""
    rows: list[list[Segment]]


def size_in_cells(width: int, height: int, room: int) -> tuple[int, int]:
    """Columns and rows for a picture of ``width`` × ``height`` pixels in a line of ``room`` cells."""
    if width <= 0 or height <= 0:
        width, height = 640, 480
    scale = min(1.0, min(WIDEST, room) / width, HIGHEST * 2 / height)
    return max(1, round(width * scale)), max(1, round(height * scale / 2))


def half_blocks(data: bytes, room: int) -> Picture | None:
    """A picture drawn for a line of ``room`` cells; None when it cannot be read."""
    image: Any = import_module("PIL.Image")
    image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        with image.open(io.BytesIO(data)) as picture:
            width, height = picture.size
            if width * height > MOST_PIXELS:
                return None
            columns, rows = size_in_cells(width, height, room)
            picture.draft("RGB", (columns * 2, rows * 4))
            small = picture.convert("RGBA").resize((columns, rows * 2))
            flat = image.new("RGB", small.size, (128, 128, 128))
            flat.paste(small, mask=small.getchannel("A"))
            pixels: bytes = flat.tobytes()
    except Exception:  # noqa: BLE001 (Pillow raises anything on broken files, from OSError to struct.error)
        return None
    colours = [Color.from_rgb(*pixels[place : place + 3]) for place in range(0, len(pixels), 3)]
    lines = [
        [
            Segment("▀", Style(color=colours[y * columns + x], bgcolor=colours[(y + 1) * columns + x]))
            for x in range(columns)
        ]
        for y in range(0, rows * 2, 2)
    ]
    return Picture(width, height, lines)
