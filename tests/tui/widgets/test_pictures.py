"""Pictures are half blocks, broken ones are a line with their name."""

import builtins
from importlib.util import find_spec

import pytest
from textual.pilot import Pilot

from archiver.records import AssetReference, Text
from archiver.tui.widgets import pictures

from .apps import WidgetApp, running, screen_text, transcript, words
from .paths import Path, answered, said
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


def talk_with_pictures(data: bytes | None) -> Path:
    """Twelve messages, each with words under a picture that is said to be large."""
    messages = [
        said(
            parts=[
                AssetReference(f"file-{n}", "image", f"{n}.png", width=640, height=480),
                Text(f"Words of {n}.\n" * 9),
            ]
        )
        for n in range(12)
    ]
    return Path(messages, pictures={} if data is None else {f"file-{n}": data for n in range(12)})


async def after_pictures_came(app: WidgetApp, pilot: Pilot[None], id: str) -> list[str]:
    """The lines of the screen when the pictures around the message gone to have their real heights."""
    widget = transcript(app)
    while True:
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        if not any(worker.is_running for worker in app.workers):
            break
    assert widget.current_row is not None
    assert widget.current_row.id == id
    return screen_text(app).split("\n")


@pytest.mark.parametrize("data", [None, b"broken", PIXMAP])
@pytest.mark.parametrize("at", [0, 5, 10])
async def test_a_message_gone_to_stays_where_it_is_while_pictures_come(data: bytes | None, at: int) -> None:
    """Its header is at the top, also when it and those before it are shorter than was thought."""
    app = reader(talk_with_pictures(data), f"m{at}")
    async with running(app, (80, 24)) as pilot:
        lines = await after_pictures_came(app, pilot, f"m{at}")
        assert any("▌ You" in line for line in lines[:4])
        assert f"▌ Words of {at}." in lines


@pytest.mark.parametrize("data", [None, b"broken", PIXMAP])
async def test_words_gone_to_stay_where_they_are_while_pictures_come(data: bytes | None) -> None:
    """With the beginning of their message, as far as it has room."""
    app = reader(talk_with_pictures(data))
    async with running(app, (80, 30)) as pilot:
        transcript(app).find(words("words of 6"))
        transcript(app).go_to_match(1)
        await pilot.pause()
        while not transcript(app).is_counted:
            await pilot.pause()
        lines = await after_pictures_came(app, pilot, "m6")
        assert any("▌ You" in line for line in lines[:12])
        assert "▌ Words of 6." in lines


async def test_the_last_message_is_whole_on_the_screen() -> None:
    """Also where those before it are taller than was thought."""
    lost = [AssetReference(f"file-{n}", "image", f"{n}.png") for n in range(6)]
    app = reader([*(said(parts=lost) for _ in range(9)), said("first\nlast")], "m9")
    async with running(app, (80, 24)):
        lines = [line.rstrip("▐ ") for line in screen_text(app).split("\n")]
        assert lines[-3:] == ["▌ first", "▌ last", ""]


def test_pillow_is_imported_only_for_a_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asking whether it is there does not load it."""
    real = builtins.__import__

    def watched(name: str, *arguments: object) -> object:
        assert not name.startswith("PIL")
        return real(name, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", watched)
    pictures.can_show()
