"""Words are found in the open conversation, counted as they are shown, and gone to."""

from textual.pilot import Pilot

from archiver.records import Reasoning, Span, Text
from archiver.tui.widgets.choice import Choice
from archiver.tui.widgets.transcript import Transcript

from .apps import WidgetApp, running, screen_text, transcript, words
from .paths import Path, answered, said
from .test_transcript import press, reader

SOUP = [
    said("No word here"),
    answered("The **soup**, the soup\n\n```\nsoup = 1\n```"),
    *(said(f"filler {n}\n" * 5) for n in range(30)),
    answered("| soup | b |\n|-|-|\n| a | Soup |"),
]


async def located(pilot: Pilot[None], app: WidgetApp) -> tuple[int, int]:
    """The number of the current match and how many there are, once everything was counted."""
    while True:
        await pilot.pause()
        told = [told for told in app.told if isinstance(told, Transcript.Located)]
        if told and told[-1].is_complete:
            return told[-1].current, told[-1].total


async def test_matches_are_counted_and_gone_to() -> None:
    """In text, code and tables, in order and round the end."""
    app = reader(SOUP)
    async with running(app) as pilot:
        transcript(app).find(words("soup"))
        assert await located(pilot, app) == (0, 5)
        visited = []
        for key in "nnnnnnN":
            widget = await press(pilot, key)
            visited.append((widget.position, (await located(pilot, app))[0]))
        assert visited == [(1, 1), (1, 2), (1, 3), (32, 4), (32, 5), (1, 1), (32, 5)]
        assert "Soup" in screen_text(app)


async def test_going_round_the_end_is_told() -> None:
    """In either direction; and where there is only one match."""
    app = reader(SOUP)
    async with running(app) as pilot:
        transcript(app).find(words("soup"))
        await located(pilot, app)
        await press(pilot, *"nnnnn")
        assert not [told for told in app.told if isinstance(told, Transcript.WentRound)]
        await press(pilot, "n", "N")
        told = [(told.step, told.is_only) for told in app.told if isinstance(told, Transcript.WentRound)]
        assert told == [(1, False), (-1, False)]
    app = reader([said("one soup")])
    async with running(app) as pilot:
        transcript(app).find(words("soup"))
        await located(pilot, app)
        await press(pilot, "n", "n")
        told = [(told.step, told.is_only) for told in app.told if isinstance(told, Transcript.WentRound)]
        assert told == [(1, True)]


async def test_the_current_match_stands_out() -> None:
    """In other type than the rest, not only in another colour."""
    app = reader(SOUP)
    async with running(app) as pilot:
        transcript(app).find(words("soup"))
        await press(pilot, "n", "n")
        segments = [segment for strip in app.screen._compositor.render_strips() for segment in strip]
        soups = [segment.style for segment in segments if segment.text == "soup" and segment.style]
        assert [bool(style.reverse) for style in soups] == [False, True, False]
        assert all(style.underline for style in soups if not style.reverse)


async def test_a_search_ends() -> None:
    """Nothing is marked any more."""
    app = reader(SOUP)
    async with running(app) as pilot:
        transcript(app).find(words("soup"))
        await press(pilot, "n")
        transcript(app).find(None)
        await press(pilot, "n")
        assert "◂" not in screen_text(app)
        styles = [segment.style for strip in app.screen._compositor.render_strips() for segment in strip]
        assert not any(style.reverse for style in styles if style)


async def test_the_first_match_can_be_asked_for_at_once() -> None:
    """Before the count is through: from the message being read onwards."""
    app = reader(SOUP, "m20")
    async with running(app) as pilot:
        widget = transcript(app)
        widget.find(words("soup"))
        widget.go_to_match(1)
        await located(pilot, app)
        assert widget.position == 32


async def test_nothing_found_is_said() -> None:
    """With a complete count of none."""
    app = reader(SOUP)
    async with running(app) as pilot:
        transcript(app).find(words("carrot"))
        assert await located(pilot, app) == (0, 0)
        assert (await press(pilot, "n")).position == 0


async def test_what_is_folded_opens_to_show_a_match() -> None:
    """And closes again when the search ends."""
    app = reader([said("q"), answered(parts=[Reasoning("we need\na carrot", "Plan"), Text("done")])])
    async with running(app) as pilot:
        transcript(app).choose(Choice(frozenset()))
        transcript(app).find(words("carrot"))
        assert await located(pilot, app) == (0, 1)
        assert "a carrot" in screen_text(app)
        transcript(app).find(None)
        await pilot.pause()
        assert "▸ Plan" in screen_text(app)


async def test_what_opens_above_does_not_move_what_is_read() -> None:
    """The count goes round the end and unfolds something before the message being read."""
    long_thoughts = answered(parts=[Reasoning("carrot\n" * 40, "Plan"), Text("done")])
    app = reader([long_thoughts, *(said(f"filler {n}\n" * 4) for n in range(30))], "m20")
    async with running(app) as pilot:
        transcript(app).choose(Choice(frozenset()))
        await pilot.pause()
        before = [line[:58].rstrip() for line in screen_text(app).split("\n")]
        transcript(app).find(words("carrot"))
        assert await located(pilot, app) == (0, 40)
        await pilot.pause()
        assert [line[:58].rstrip() for line in screen_text(app).split("\n")] == before


async def test_only_what_is_shown_counts() -> None:
    """Hidden thoughts do not, nor what a choice leaves out."""
    app = reader([said("carrot"), answered(parts=[Reasoning("carrot\ncarrot"), Text("a carrot")])])
    async with running(app) as pilot:
        transcript(app).find(words("carrot"))
        assert await located(pilot, app) == (0, 2)
        app.told.clear()
        transcript(app).choose(Choice(side="it"))
        assert await located(pilot, app) == (0, 1)


async def test_matches_are_marked_on_the_bar() -> None:
    """Where they lie in the whole conversation."""
    app = reader(SOUP)
    async with running(app) as pilot:
        transcript(app).find(words("soup"))
        await located(pilot, app)
        await pilot.pause()
        rows = [n for n, line in enumerate(screen_text(app).split("\n")) if line.endswith("◂")]
        assert rows[0] == 0
        assert rows[-1] >= 18


async def test_the_search_goes_on_in_another_version() -> None:
    """When another path is opened, it is searched too."""
    app = reader([said("a carrot")])
    async with running(app) as pilot:
        transcript(app).find(words("carrot"))
        await located(pilot, app)
        app.told.clear()
        transcript(app).load(Path([said("carrot carrot carrot")]))
        assert await located(pilot, app) == (0, 3)


async def test_a_search_of_every_script_finds_its_words() -> None:
    """Spans are places in the shown text, whatever the script."""
    app = reader([said("東京の天気 وصفة حساء दादी की")])
    async with running(app) as pilot:
        for word in ("東京", "حساء", "दादी"):
            app.told.clear()
            transcript(app).find(lambda text, word=word: [Span(text.index(word), text.index(word) + len(word))])  # type: ignore[misc]
            assert await located(pilot, app) == (0, 1)
