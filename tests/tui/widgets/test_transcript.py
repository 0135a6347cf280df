"""The reader: keys, clicks, versions, folds, and what it reads of a long conversation."""

from collections.abc import Sequence

import pytest
from textual.events import MouseScrollDown
from textual.pilot import Pilot

from archiver.records import AssetReference, Branch, Message, Quote, Reasoning, Text, ToolCall
from archiver.tui import clipboard
from archiver.tui.clipboard import Taker
from archiver.tui.widgets.choice import Choice
from archiver.tui.widgets.transcript import Transcript

from .apps import WidgetApp, running, screen_text, transcript
from .paths import Path, answered, said

TALK = [message for n in range(30) for message in (said(f"question {n}"), answered(f"answer {n}\n\nmore of it"))]


def reader(path: Path | Sequence[Message], at: str | None = None) -> WidgetApp:
    """An app with a path open."""
    source = path if isinstance(path, Path) else Path(path)
    widget = Transcript()
    return WidgetApp(widget, lambda: widget.load(source, at))


async def press(pilot: Pilot[None], *keys: str) -> Transcript:
    """Press keys; returns the transcript."""
    await pilot.press(*keys)
    await pilot.pause()
    assert isinstance(pilot.app, WidgetApp)
    return transcript(pilot.app)


async def test_keys_scroll() -> None:
    """By a line, half a screen, a screen, to the ends."""
    app = reader(TALK)
    async with running(app) as pilot:
        for keys, top in [
            ("down", 1), ("j j k", 1), ("pagedown", 18), ("space b", 0), ("ctrl+d", 10), ("ctrl+d ctrl+u", 0),
            ("ctrl+f pageup", 0), ("G g", 0), ("end home", 0), ("up", 0),
        ]:  # fmt: skip
            await press(pilot, "g")
            assert (await press(pilot, *keys.split())).top == top, keys


async def test_the_end_is_the_end() -> None:
    """The last message is whole on the screen and current, with nothing below it."""
    app = reader(TALK)
    async with running(app) as pilot:
        widget = await press(pilot, "G")
        assert widget.position == 59
        assert "answer 29" in screen_text(app)
        assert (await press(pilot, "down", "pagedown")).top == widget.max_scroll_y


async def test_keys_go_from_message_to_message() -> None:
    """To the next, the one before, the next question of mine."""
    app = reader(TALK)
    async with running(app) as pilot:
        for keys, position in [
            ("]", 1), ("tab tab shift+tab", 1), ("[ [", 0), ("}", 2), ("} } {", 2), ("] {", 0), ("G ]", 59),
        ]:  # fmt: skip
            await press(pilot, "g")
            widget = await press(pilot, *keys.split())
            assert widget.position == position, keys
            assert widget.current_row is not None
            assert widget.current_row.id == f"m{position}"


async def test_the_cursor_is_told_and_comes_along() -> None:
    """Scrolling past the current message makes another one current."""
    app = reader(TALK)
    async with running(app) as pilot:
        widget = await press(pilot, "pagedown", "pagedown")
        moved = app.last(Transcript.CursorMoved)
        assert isinstance(moved, Transcript.CursorMoved)
        assert moved.position == widget.position > 0
        assert moved.row.id == f"m{widget.position}"


async def test_it_opens_at_a_message() -> None:
    """With a line above it; a message that is not there opens at the beginning."""
    app = reader(TALK, "m20")
    async with running(app):
        assert screen_text(app).split("\n")[1].startswith("▌ You")
        assert "question 10" in screen_text(app)
    app = reader(TALK, "elsewhere")
    async with running(app):
        assert transcript(app).position == 0


async def test_only_what_is_seen_is_read() -> None:
    """Of ten thousand messages; heights are estimated from the outline."""
    path = Path([said(f"line {n}") for n in range(10_000)])
    app = reader(path)
    async with running(app) as pilot:
        assert len(path.read) < 20
        await press(pilot, "G")
        assert "line 9999" in screen_text(app)
        assert len(path.read) < 40


async def test_what_is_read_does_not_jump() -> None:
    """Scrolling up over messages taller than thought moves the text by one line at a time."""
    path = Path([said("- item\n" * (n % 7) + "end " * (40 * (n % 3)) + f"id{n}") for n in range(200)])
    app = reader(path, "m100")
    async with running(app) as pilot:
        before = screen_text(app).replace("▌", " ").split("\n")
        for _ in range(30):
            await pilot.press("up")
            after = screen_text(app).replace("▌", " ").split("\n")
            assert [line[:58].rstrip() for line in after[1:]] == [line[:58].rstrip() for line in before[:-1]]
            before = after


async def test_versions_are_asked_for() -> None:
    """By ← and →, by a click on ‹ or ›; not beyond the first or last."""
    path = Path([said("q"), answered("two")], branches={1: Branch(2, 3)})
    app = reader(path, "m1")
    async with running(app) as pilot:
        await press(pilot, "right", "left")
        asked = [told.step for told in app.told if isinstance(told, Transcript.BranchRequested)]
        assert asked == [1, -1]
        row = next(n for n, line in enumerate(screen_text(app).split("\n")) if "‹" in line)
        column = screen_text(app).split("\n")[row].index("›")
        await pilot.click(offset=(column, row))
        asked = [told.step for told in app.told if isinstance(told, Transcript.BranchRequested)]
        assert asked == [1, -1, 1]
    app = reader([said("only")])
    async with running(app) as pilot:
        await press(pilot, "right", "left")
        assert not [told for told in app.told if isinstance(told, Transcript.BranchRequested)]


async def test_another_version_stands_where_the_first_stood() -> None:
    """The words before it do not move."""
    app = reader(TALK, "m31")
    async with running(app) as pilot:
        before = screen_text(app).split("\n")
        row = next(n for n, line in enumerate(before) if line.startswith("▌ Assistant"))
        other = Path([*TALK[:31], answered("another answer", id="other"), *TALK[:20]])
        transcript(app).load(other, "other", keep_place=True)
        await pilot.pause()
        after = screen_text(app).split("\n")
        assert after[:row] == before[:row]
        assert "another answer" in after[row + 1]


async def test_thoughts_and_tools_unfold() -> None:
    """By z for the whole message, by a click on one of them."""
    message = answered(parts=[Reasoning("deep\nthought", "Planning"), ToolCall("python", "1+1"), Text("done")])
    app = reader([message])
    async with running(app) as pilot:
        transcript(app).choose(Choice(frozenset()))
        await pilot.pause()
        assert "▸ Planning · deep thought" in screen_text(app)
        await press(pilot, "z")
        assert "▾ Planning" in screen_text(app)
        assert "  deep" in screen_text(app)
        row = next(n for n, line in enumerate(screen_text(app).split("\n")) if "▾ Planning" in line)
        await pilot.click(offset=(8, row))
        await pilot.pause()
        assert "▸ Planning · deep thought" in screen_text(app)
        assert "▾ Asked python" in screen_text(app)


async def test_a_choice_leaves_things_out_and_keeps_the_place() -> None:
    """Thoughts at first; the other side; everything when nothing fits."""
    app = reader([*TALK[:20], answered(parts=[Reasoning("deep"), Text("done")]), *TALK[:20]], "m21")
    async with running(app) as pilot:
        widget = transcript(app)
        widget.choose(Choice(frozenset(), side="it"))
        await pilot.pause()
        assert "You" not in screen_text(app)
        assert widget.current_row is not None
        assert widget.current_row.id == "m22"
        widget.choose(Choice(model="gpt-5"))
        await pilot.pause()
        assert "No message fits what you chose to see." in screen_text(app)
        assert widget.position == -1
        assert widget.current_row is None
        await press(pilot, "down", "G", "]", "c", "y", "z", "n", "right")
        widget.choose(Choice())
        await pilot.pause()
        assert widget.position == 0


async def test_links_and_assets_are_told_not_opened() -> None:
    """The screen decides about them."""
    picture = AssetReference("file-1", "audio", "song.mp3")
    message = answered("see https://example.org/x", parts=[picture, Quote("q", "Page", "https://q.org")])
    app = reader(Path([message], pictures={"file-1": b""}))
    async with running(app) as pilot:
        lines = screen_text(app).split("\n")
        for words in ("https://example.org", "Sound · song.mp3", "Page"):
            row = next(n for n, line in enumerate(lines) if words in line)
            await pilot.click(offset=(lines[row].index(words) + 2, row))
        await pilot.pause()
        assert [told.href for told in app.told if isinstance(told, Transcript.LinkActivated)] == [
            "https://example.org/x",
            "https://q.org",
        ]
        assert [told.reference for told in app.told if isinstance(told, Transcript.AssetActivated)] == [picture]
        assert transcript(app).targets() == [("link", "https://example.org/x"), ("asset", 1), ("link", "https://q.org")]


async def test_messages_and_code_are_copied_as_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    """y goes from one piece of code to the next; clicking "copy" takes that one."""
    monkeypatch.setattr(clipboard, "tool", lambda: None)
    text = "Say **it**:\n```\n\tone\n```\nand\n```\ntwo\n```"
    app = reader([answered(text, parts=[Reasoning("hm")])])
    async with running(app) as pilot:
        await press(pilot, "c")
        assert app.clipboard == text
        copied = []
        for _ in range(3):
            await press(pilot, "y")
            copied.append(app.clipboard)
        assert copied == ["\tone", "two", "\tone"]
        lines = screen_text(app).split("\n")
        row = [n for n, line in enumerate(lines) if line.endswith("copy")][1]
        await pilot.click(offset=(lines[row].index("copy") + 1, row))
        await pilot.pause()
        assert app.clipboard == "two"
        told = app.last(Transcript.Copied)
        assert isinstance(told, Transcript.Copied)
        assert (told.what, told.taker, told.number, told.of) == ("code", Taker.TERMINAL, 2, 2)


async def test_where_no_code_is_none_is_copied() -> None:
    """And that is told."""
    app = reader([said("only words")])
    async with running(app) as pilot:
        await press(pilot, "y")
        assert isinstance(app.last(Transcript.NoCode), Transcript.NoCode)
        assert not [told for told in app.told if isinstance(told, Transcript.Copied)]


async def test_a_note_and_a_favourite_are_shown() -> None:
    """Also when they come while one reads."""
    notes = {1: "the good one"}
    path = Path([said("q"), answered("a")], notes=notes, favourites=[0])
    app = reader(path)
    async with running(app) as pilot:
        assert "Your note: the good one" in screen_text(app)
        assert "favourite" in screen_text(app)
        notes[1] = "a better note"
        transcript(app).refresh_message(1)
        await pilot.pause()
        assert "Your note: a better note" in screen_text(app)


async def test_days_and_changes_of_model_have_lines() -> None:
    """A new day, and another model than before."""
    app = reader(
        [said("q"), answered("a"), said("q", created=1771100000.0), answered("b", model="gpt-5", created=1771100060.0)]
    )
    async with running(app, (60, 30)):
        text = screen_text(app)
        assert text.count("February 2026 ───") == 2
        assert text.count("── from here on GPT-5 ──") == 1
        assert text.index("GPT-4o") < text.index("from here on GPT-5")


async def test_the_wheel_scrolls_and_a_click_chooses() -> None:
    """Three lines at a time; the message under the pointer becomes the current one."""
    app = reader(TALK)
    async with running(app) as pilot:
        await pilot._post_mouse_events([MouseScrollDown], widget=transcript(app))
        assert transcript(app).top == 3
        row = next(n for n, line in enumerate(screen_text(app).split("\n")) if "question 2" in line)
        await pilot.click(offset=(10, row))
        assert transcript(app).position == 4


async def test_the_bar_can_be_dragged() -> None:
    """To the very end."""
    app = reader(TALK)
    async with running(app) as pilot:
        await pilot.mouse_down(offset=(59, 0))
        await pilot.hover(offset=(59, 19))
        await pilot.mouse_up(offset=(59, 19))
        assert transcript(app).top == transcript(app).max_scroll_y


async def test_any_size_of_window_works() -> None:
    """From one cell up, with everything a message can hold, and back to a usable size."""
    text = "# T\n\nwords 漢字 مرحبا\n\n|a|b|\n|-|-|\n|1|2|\n\n```py\nx=1\n```\n> - q"
    app = reader(Path([answered(text), *TALK[:6]], branches={0: Branch(1, 2)}))
    async with running(app, (1, 1)) as pilot:
        for width, height in [(1, 1), (2, 2), (3, 5), (7, 3), (20, 5), (200, 60), (0, 0), (80, 24)]:
            await pilot.resize_terminal(width, height)
            await press(pilot, "down", "G", "g", "]", "pagedown", "z", "g")
        assert "words" in screen_text(app)


async def test_a_new_width_keeps_the_place() -> None:
    """The message at the top of the screen stays there."""
    path = Path([said("word " * 60 + f"id{n}") for n in range(50)])
    app = reader(path, "m25")
    async with running(app) as pilot:
        await press(pilot, "down")
        assert screen_text(app).startswith("▌ You")
        await pilot.resize_terminal(120, 40)
        await pilot.pause()
        assert "id25" in screen_text(app).split("You")[1]


async def test_an_empty_path_and_an_empty_message() -> None:
    """Are no trouble."""
    app = reader([])
    async with running(app) as pilot:
        await press(pilot, "down", "end", "]", "c", "n")
    app = reader([said()])
    async with running(app):
        assert "Nothing is written in this message." in screen_text(app)


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (20, 24)])
async def test_words_far_to_the_right_are_on_the_screen(size: tuple[int, int]) -> None:
    """Where a line was written with more spaces before it than the window is wide."""
    app = reader([said(" " * 90 + "indented far to the right\n" + " " * 80 + "- deep list")])
    async with running(app, size):
        shown = " ".join(screen_text(app).replace("▌", " ").split())
        assert "indented far to the right - deep list" in shown


async def test_harmless_marks_are_copied_but_not_shown() -> None:
    """Words with marks of direction or places to break inside read as words; a copy is what was stored."""
    text = "C++\u200f and \u2066GPT-4o\u2069, Donau\u00addampf\u200bschiff\ufeff"
    app = reader([said(text)])
    async with running(app) as pilot:
        assert "C++ and GPT-4o, Donaudampfschiff\n" in screen_text(app)
        await press(pilot, "c")
        assert app.clipboard == text
