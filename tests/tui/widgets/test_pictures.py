"""Pictures are half blocks, broken ones are a line with their name."""

import builtins
from importlib.util import find_spec

import pytest

from archiver.records import AssetReference
from archiver.tui.widgets import pictures

from .apps import running, screen_text
from .paths import Path, answered
from .test_transcript import reader

needs_pillow = pytest.mark.skipif(find_spec("PIL") is None, reason="Pillow is an extra")

PIXMAP = b"P6 2 2 255 " + bytes([255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255])
"""Red, green; blue, white."""


@pytest.mark.parametrize(
    ("pixels", "room", "cells"),
    [
        ((640, 480), 80, (43, 16)),
        ((10, 1000), 80, (1, 16)),
        ((1000, 10), 30, (30, 1)),
        ((2, 2), 80, (2, 1)),
        ((0, 0), 80, (43, 16)),
    ],
)
def test_a_picture_fits_the_line(pixels: tuple[int, int], room: int, cells: tuple[int, int]) -> None:
    """In its own proportions, two pixels a cell."""
    assert pictures.size_in_cells(*pixels, room) == cells


@needs_pillow
def test_two_pixels_are_a_cell() -> None:
    """The upper one in the colour of the half block, the lower one behind it."""
    picture = pictures.half_blocks(PIXMAP, 80)
    assert picture is not None
    (row,) = picture.rows
    colours = [(str(cell.style.color), str(cell.style.bgcolor)) for cell in row if cell.style]
    assert [cell.text for cell in row] == ["▀", "▀"]
    assert colours == [
        ("Color('#ff0000', ColorType.TRUECOLOR, triplet=ColorTriplet(red=255, green=0, blue=0))",
         "Color('#0000ff', ColorType.TRUECOLOR, triplet=ColorTriplet(red=0, green=0, blue=255))"),
        ("Color('#00ff00', ColorType.TRUECOLOR, triplet=ColorTriplet(red=0, green=255, blue=0))",
         "Color('#ffffff', ColorType.TRUECOLOR, triplet=ColorTriplet(red=255, green=255, blue=255))"),
    ]  # fmt: skip


@needs_pillow
@pytest.mark.parametrize("data", [b"", b"no picture", PIXMAP[:14], b"P6 90000 90000 255 "])
def test_a_broken_or_huge_picture_is_none(data: bytes) -> None:
    """Whatever it is that is broken."""
    assert pictures.half_blocks(data, 40) is None


async def test_a_picture_is_shown_with_its_name() -> None:
    """Above the line that says what it is; without Pillow only that line."""
    picture = AssetReference("file-1", "image", "soup.ppm", width=9, height=9)
    app = reader(Path([answered("look", parts=[picture])], pictures={"file-1": PIXMAP}))
    async with running(app, (60, 30)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "Picture · soup.ppm · 9 × 9" in screen_text(app)
        assert ("▀▀" in screen_text(app)) == pictures.can_show()


async def test_a_broken_picture_leaves_its_name() -> None:
    """And no mark of trouble."""
    picture = AssetReference("file-1", "image", "soup.png")
    app = reader(Path([answered("look", parts=[picture])], pictures={"file-1": b"broken"}))
    async with running(app, (60, 30)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "look\n▌\n▌ Picture · soup.png" in screen_text(app)
        assert "▀" not in screen_text(app)


def test_pillow_is_imported_only_for_a_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asking whether it is there does not load it."""
    real = builtins.__import__

    def watched(name: str, *arguments: object) -> object:
        assert not name.startswith("PIL")
        return real(name, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", watched)
    pictures.can_show()
