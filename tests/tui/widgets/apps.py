"""An app around one widget, for Pilot tests, and what stands on its screen."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from textual.app import App, ComposeResult
from textual.message import Message
from textual.pilot import Pilot
from textual.widget import Widget

from archiver.records import Span
from archiver.tui.widgets.transcript import Transcript
from archiver.tui.widgets.transcript_source import FindSpans
from archiver.tui.widgets.virtual_list import VirtualList


class WidgetApp(App[None]):
    """Shows a widget and keeps what it tells."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, widget: Widget, begin: Callable[[], None] = lambda: None) -> None:
        super().__init__()
        self.widget = widget
        self._begin = begin
        self.has_begun = False
        self.told: list[Message] = []

    def compose(self) -> ComposeResult:
        """Only the widget."""
        yield self.widget

    def on_mount(self) -> None:
        """Fill the widget once it has its size."""
        self.widget.focus()
        self.call_after_refresh(self._fill)

    def _fill(self) -> None:
        self._begin()
        self.has_begun = True

    def on_event_of_interest(self, message: Message) -> None:
        """Keep it."""
        self.told.append(message)

    on_highlighted = on_selected = on_located = on_cursor_moved = on_event_of_interest
    on_virtual_list_highlighted = on_virtual_list_selected = on_event_of_interest
    on_branch_requested = on_link_activated = on_asset_activated = on_copied = on_event_of_interest
    on_no_code = on_went_round = on_event_of_interest

    def last(self, kind: type[Message]) -> Message:
        """The latest message of a kind."""
        return next(message for message in reversed(self.told) if type(message) is kind)


@asynccontextmanager
async def running(app: WidgetApp, size: tuple[int, int] = (60, 20)) -> AsyncIterator[Pilot[None]]:
    """The app once its widget is filled and drawn."""
    async with app.run_test(size=size) as pilot:
        while not app.has_begun:
            await pilot.pause()
        await pilot.pause()
        yield pilot


def screen_text(app: App[None]) -> str:
    """The characters of the screen, without spaces at the ends of lines."""
    strips = app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips)


def words(pattern: str) -> FindSpans:
    """A search for a regular expression."""
    expression = re.compile(pattern, re.IGNORECASE)
    return lambda text: [Span(*match.span()) for match in expression.finditer(text)]


def transcript(app: WidgetApp) -> Transcript:
    """The app's widget."""
    assert isinstance(app.widget, Transcript)
    return app.widget


def virtual_list(app: WidgetApp) -> VirtualList:
    """The app's widget."""
    assert isinstance(app.widget, VirtualList)
    return app.widget
