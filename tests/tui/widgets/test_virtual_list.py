"""A list of any length that keeps the cursor on its item."""

from collections.abc import Sequence

from textual.events import MouseScrollDown
from textual.pilot import Pilot

from archiver.tui.widgets.runs import Run
from archiver.tui.widgets.virtual_list import ItemId, RowLine, VirtualList

from .apps import WidgetApp, running, screen_text, virtual_list

SIZE = (40, 10)
MONTHS = [(0, "March 2026"), (4, "February 2026"), (20, "January 2026")]


def draw(item: ItemId, _width: int) -> Sequence[RowLine]:
    """Two lines."""
    return [RowLine([Run(f"Title {item}")], [Run("date", "dim")]), RowLine([Run("details", "dim")])]


def list_app(
    items: Sequence[ItemId] = range(100), groups: Sequence[tuple[int, str]] = (), *, height: int = 1
) -> WidgetApp:
    """An app with a list of these rows."""
    widget = VirtualList(draw, height=height, empty="Nothing here yet. Press i to import.")
    return WidgetApp(widget, lambda: widget.show(items, groups))


async def press(pilot: Pilot[None], *keys: str) -> int:
    """Press keys; returns where the cursor is then."""
    await pilot.press(*keys)
    assert isinstance(pilot.app, WidgetApp)
    return virtual_list(pilot.app).cursor


async def test_every_key_moves_the_cursor_and_keeps_it_in_view() -> None:
    """Arrows, vim's letters, pages, ends, groups."""
    app = list_app(groups=MONTHS)
    async with running(app, SIZE) as pilot:
        for keys, cursor in [
            ("down", 1), ("j j k", 1), ("down up up", 0), ("end", 99), ("G", 99), ("G g", 0), ("end home", 0),
            ("pagedown", 9), ("space b", 0), ("ctrl+f ctrl+b", 0), ("ctrl+d", 5), ("ctrl+d ctrl+d ctrl+u", 5),
            ("end pageup", 90), ("}", 4), ("} }", 20), ("} } }", 20), ("} down {", 4), ("} {", 0), ("{", 0),
        ]:  # fmt: skip
            await press(pilot, "g")
            assert await press(pilot, *keys.split()) == cursor, keys
            assert f"▌ Title {cursor} " in screen_text(app)


async def test_choosing_and_moving_are_told() -> None:
    """With the item's own id."""
    app = list_app(["a", "b", "c"])
    async with running(app, SIZE) as pilot:
        await press(pilot, "down", "enter")
        chosen = app.last(VirtualList.Selected)
        moved = app.last(VirtualList.Highlighted)
        assert isinstance(chosen, VirtualList.Selected)
        assert isinstance(moved, VirtualList.Highlighted)
        assert (chosen.item, chosen.position, moved.item) == ("b", 1, "b")


async def test_a_click_goes_to_a_row_and_a_second_one_opens_it() -> None:
    """Also with two lines a row; headings are not rows."""
    app = list_app(groups=MONTHS, height=2)
    async with running(app, SIZE) as pilot:
        await pilot.click(offset=(5, 5))
        assert virtual_list(app).cursor == 1
        await pilot.click(offset=(5, 1))
        assert virtual_list(app).cursor == 1
        await pilot.click(offset=(5, 4))
        await pilot.pause()
        assert isinstance(app.last(VirtualList.Selected), VirtualList.Selected)


async def test_rows_that_come_during_an_import_do_not_move_the_cursor() -> None:
    """It stays on its item, in the same row of the screen."""
    app = list_app([f"old {n}" for n in range(50)])
    async with running(app, SIZE) as pilot:
        await press(pilot, *["down"] * 15)
        before = screen_text(app)
        widget = virtual_list(app)
        widget.show([*(f"new {n}" for n in range(30)), *(f"old {n}" for n in range(50))])
        await pilot.pause()
        assert (widget.current, widget.cursor) == ("old 15", 45)
        assert [line for line in screen_text(app).split("\n") if "▌" in line] == [
            line for line in before.split("\n") if "▌" in line
        ]
        assert screen_text(app).split("\n")[9].startswith("▌ Title old 15")


async def test_at_the_beginning_new_rows_are_seen() -> None:
    """Who has not scrolled sees the newest come in, with the cursor where it was."""
    app = list_app(["b", "c"])
    async with running(app, SIZE) as pilot:
        virtual_list(app).show(["a", "b", "c"])
        await pilot.pause()
        assert screen_text(app).startswith("  Title a")
        assert virtual_list(app).current == "b"


async def test_an_item_that_is_gone_leaves_the_cursor_nearby() -> None:
    """And a new search begins at the first row."""
    app = list_app(list(range(10)))
    async with running(app, SIZE) as pilot:
        await press(pilot, *["down"] * 5)
        widget = virtual_list(app)
        widget.show([0, 1, 2])
        assert widget.current == 2
        widget.show([7, 8, 9], from_start=True)
        assert (widget.current, widget.top) == (7, 0)
        widget.show([])
        await pilot.pause()
        assert widget.current is None
        assert "Press i to import" in screen_text(app)
        await press(pilot, "down", "enter", "end", "}")


async def test_an_item_can_be_gone_to() -> None:
    """By its id."""
    app = list_app()
    async with running(app, SIZE) as pilot:
        assert virtual_list(app).move_to_item(70)
        await pilot.pause()
        assert "▌ Title 70" in screen_text(app)
        assert not virtual_list(app).move_to_item("nowhere")


async def test_only_rows_in_view_are_drawn() -> None:
    """Of a hundred thousand."""
    drawn: set[ItemId] = set()

    def remembering(item: ItemId, width: int) -> Sequence[RowLine]:
        drawn.add(item)
        return draw(item, width)

    widget = VirtualList(remembering)
    app = WidgetApp(widget, lambda: widget.show(range(100_000)))
    async with running(app, SIZE) as pilot:
        await press(pilot, "end")
        assert len(drawn) <= 25
        assert max(map(int, drawn)) == 99_999


async def test_the_wheel_and_the_bar_scroll_without_moving_the_cursor() -> None:
    """The bar by a click; the wheel three lines at a time."""
    app = list_app()
    async with running(app, SIZE) as pilot:
        widget = virtual_list(app)
        await pilot._post_mouse_events([MouseScrollDown], widget=widget)
        assert (widget.top, widget.cursor) == (3, 0)
        await pilot.click(offset=(39, 9))
        assert (widget.top, widget.cursor) == (90, 0)


async def test_titles_cannot_do_anything() -> None:
    """Control sequences, markup, directions, line breaks, half characters."""
    hostile = ["\x1b]0;x\x07\x1b[2J", "[/b][@click=app.quit]x[/]", "\u202eabc", "a\nb\tc", "\ud800", "\x9b31m", ""]
    app = WidgetApp(VirtualList(lambda item, _width: [RowLine([Run(str(item))], [Run(str(item))])]))
    async with running(app, (60, 12)) as pilot:
        virtual_list(app).show(hostile)
        await pilot.pause()
        text = screen_text(app)
        text.encode("utf-8")
        assert not set("\x1b\x07\x9b\u202e\ud800\t") & set(text)
        assert "[/b][@click=app.quit]x[/]" in text
        assert "a b c" in text


async def test_a_sentence_in_place_of_rows_is_never_cut() -> None:
    """It takes as many lines as it needs, from the first one where there are no others."""
    for size in ((20, 6), (20, 3), (14, 4)):
        app = list_app([])
        async with running(app, size):
            shown = " ".join(screen_text(app).split())
            assert shown == "Nothing here yet. Press i to import.", size
