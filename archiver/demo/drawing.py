"""The demo's pictures and its sound, drawn by arithmetic so that nothing binary lies in the program's source.

A picture is a grid of numbers into a palette of sixteen colours, painted shape by shape.
"""

from __future__ import annotations

import io
import math
import struct
import wave
import zlib
from collections.abc import Callable
from functools import cache
from itertools import chain

WIDTH, HEIGHT = 320, 200

_PALETTE = (
    (232, 226, 214), (222, 214, 200), (208, 204, 196), (244, 222, 176),  # mist, low mist, far hills' edge, sun
    (176, 186, 188), (148, 164, 166), (120, 140, 144), (96, 118, 124),  # hills, near hills, water, deep water
    (58, 66, 72), (84, 92, 98), (196, 140, 96), (142, 88, 58),  # outline, plumage, clay, dark clay
    (112, 146, 84), (78, 112, 62), (236, 232, 226), (188, 176, 160),  # leaf, dark leaf, wall, shadow
)  # fmt: skip


class Canvas:
    """A grid of palette numbers."""

    def __init__(self, background: Callable[[int], int]) -> None:
        self.rows = [bytearray([background(y)]) * WIDTH for y in range(HEIGHT)]

    def rectangle(self, left: int, top: int, right: int, bottom: int, color: int) -> None:
        """Fill a box."""
        for row in self.rows[top:bottom]:
            row[left:right] = bytes([color]) * len(row[left:right])

    def ellipse(self, x: int, y: int, width: int, height: int, color: int) -> None:
        """Fill an ellipse around a centre, line by line."""
        for row in range(max(y - height, 0), min(y + height + 1, HEIGHT)):
            half = round(width * math.sqrt(1 - ((row - y) / height) ** 2))
            self.rectangle(max(x - half, 0), row, min(x + half + 1, WIDTH), row + 1, color)

    def line(self, start: tuple[int, int], end: tuple[int, int], thickness: int, color: int) -> None:
        """A stroke with round ends."""
        steps = max(abs(end[0] - start[0]), abs(end[1] - start[1]), 1)
        for step in range(steps + 1):
            x, y = (round(a + (b - a) * step / steps) for a, b in zip(start, end, strict=True))
            self.ellipse(x, y, thickness, max(thickness, 1), color)

    def hills(self, base: int, swing: float, width: float, shift: float, color: int) -> None:
        """A soft ridge from side to side, filled to the bottom."""
        for x in range(WIDTH):
            top = round(base + swing * math.sin(x / width + shift))
            for row in self.rows[top:]:
                row[x] = color

    def png(self) -> bytes:
        """The grid as a PNG file."""
        header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 3, 0, 0, 0)
        palette = bytes(chain.from_iterable(_PALETTE))
        lines = b"".join(b"\x00" + row for row in self.rows)
        chunks = ((b"IHDR", header), (b"PLTE", palette), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b""))
        return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


@cache
def picture(name: str) -> bytes:
    """The picture of this name as PNG."""
    return (_heron() if name == "heron" else _balcony()).png()


@cache
def melody() -> bytes:
    """Three soft notes, in place of a voice."""
    rate, buffer = 8_000, io.BytesIO()
    notes = ((261.6, 0.5), (329.6, 0.5), (392.0, 0.9))
    samples = [
        round(6_000 * math.exp(-3 * moment / rate) * math.sin(2 * math.pi * pitch * moment / rate))
        for pitch, seconds in notes
        for moment in range(int(seconds * rate))
    ]
    with wave.open(buffer, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        sound.writeframes(struct.pack(f"<{len(samples)}h", *samples))
    return buffer.getvalue()


def _heron() -> Canvas:
    """A heron in a river, with low hills and a pale sun."""
    canvas = Canvas(lambda y: 0 if y < 70 else 1)
    canvas.ellipse(238, 46, 17, 17, 3)
    canvas.hills(92, 7, 42, 0.4, 4)
    canvas.hills(108, 5, 27, 2.0, 5)
    canvas.rectangle(0, 122, WIDTH, HEIGHT, 6)
    for y in range(128, HEIGHT, 9):
        canvas.rectangle((y * 37) % 120, y, (y * 37) % 120 + 150, y + 2, 7)
    canvas.ellipse(238, 140, 15, 3, 3)
    canvas.line((112, 118), (108, 172), 1, 8)
    canvas.line((120, 118), (123, 172), 1, 8)
    canvas.ellipse(116, 104, 25, 11, 9)
    canvas.line((96, 106), (82, 116), 3, 8)
    canvas.line((136, 98), (144, 78), 3, 9)
    canvas.line((144, 78), (138, 62), 3, 9)
    canvas.ellipse(142, 57, 8, 5, 9)
    canvas.line((149, 57), (168, 60), 1, 10)
    canvas.line((138, 54), (126, 58), 1, 8)
    return canvas


def _balcony() -> Canvas:
    """A balcony with a railing, a pale wall and three pots."""
    canvas = Canvas(lambda y: 0 if y < 120 else 15)
    canvas.rectangle(200, 0, WIDTH, 150, 14)
    canvas.rectangle(0, 150, WIDTH, HEIGHT, 2)
    canvas.rectangle(0, 74, 200, 78, 8)
    for x in range(6, 200, 18):
        canvas.rectangle(x, 78, x + 3, 150, 8)
    for x, height in ((226, 30), (262, 44), (298, 24)):
        canvas.rectangle(x - 12, 132, x + 12, 160, 10)
        canvas.rectangle(x - 14, 128, x + 14, 134, 11)
        canvas.line((x, 128), (x, 128 - height), 1, 13)
        for leaf in range(0, height, 9):
            canvas.ellipse(x - 6, 126 - leaf, 6, 3, 12)
            canvas.ellipse(x + 6, 122 - leaf, 6, 3, 13)
    return canvas


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
