"""Drives the app as a person would: keys in, the text of the screen out. Waits for what must come, never for a time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

from textual._context import visible_screen_stack
from textual.events import Key
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.widgets import Input

from archiver.config import Config
from archiver.tui.app import ArchiverApp
from archiver.tui.panels.conversation_list import ConversationList
from archiver.tui.screens.base import ArchiverScreen
from archiver.tui.session import Session

PATIENCE = 10.0
"""Seconds until a test that waits for something gives up; a loaded machine may need several."""


class Driver:
    """A running app."""

    def __init__(self, app: ArchiverApp, pilot: Pilot[int]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def text(self) -> str:
        """The characters of the screen, without spaces at the ends of lines."""
        # A sheet draws what is behind it once and keeps it, so it has to know, also when a test is the first to look.
        visible_screen_stack.set(self.app._background_screens)
        strips = self.app.screen._compositor.render_strips()
        return "\n".join(strip.text.rstrip() for strip in strips)

    @property
    def screen(self) -> ArchiverScreen[Any]:
        """The screen in front."""
        assert isinstance(self.app.screen, ArchiverScreen)
        return self.app.screen

    async def press(self, *keys: str) -> None:
        """Press keys one after the other, each when the screen has dealt with the one before.

        Pilot's own way waits until the whole process is idle, which takes long while threads are at work.
        """
        for key in keys:
            self._send(key)
            await self.settle()

    async def hurry(self, *keys: str) -> None:
        """Press keys so quickly that the screen has all of them before it deals with the first."""
        for key in keys:
            self._send(key)
        await self.settle()

    def _send(self, key: str) -> None:
        name = key if len(key) > 1 or key.isalnum() else _character_to_key(key)
        event = Key(name, key if len(key) == 1 else {"space": " "}.get(key))
        event.set_sender(self.app)
        assert self.app._driver is not None
        self.app._driver.send_message(event)

    async def settle(self) -> None:
        """Let the screen deal with what it was told, and with what that led to."""
        for _round in range(3):
            await self.pilot._wait_for_screen()

    async def type(self, words: str) -> None:
        """Type words."""
        await self.press(*words)

    async def until(self, holds: Callable[[], object]) -> None:
        """Wait until something holds."""
        async with asyncio.timeout(PATIENCE):
            while not holds():
                await self.pilot._wait_for_screen()
                await asyncio.sleep(0.005)

    async def sees(self, *words: str) -> None:
        """Wait until all of these stand on the screen."""
        try:
            await self.until(lambda: all(word in self.text for word in words))
        except TimeoutError:
            missing = [word for word in words if word not in self.text]
            raise AssertionError(f"{missing} is not on the screen:\n{self.text}") from None

    async def sees_no(self, word: str) -> None:
        """Wait until something is gone from the screen."""
        try:
            await self.until(lambda: word not in self.text)
        except TimeoutError:
            raise AssertionError(f"{word!r} is still on the screen:\n{self.text}") from None

    async def at(self, name: str) -> None:
        """Wait until the screen of this class is in front."""
        try:
            await self.until(lambda: type(self.app.screen).__name__ == name)
        except TimeoutError:
            raise AssertionError(f"{type(self.app.screen).__name__} is in front, not {name}") from None

    async def mark(self, title: str) -> None:
        """Put the cursor of the library on a conversation."""
        conversations = self.app.screen.query_one(ConversationList)
        await self.until(lambda: conversations.is_loaded)
        key = next(summary.key for summary in conversations.shown if summary.title == title)
        conversations.focus()
        conversations.move_to_item(key)
        await self.sees(f"▌ {title}")

    async def read(self, title: str) -> None:
        """Open a conversation from the library."""
        await self.mark(title)
        await self.press("enter")
        await self.at("ReaderScreen")
        await self.sees(title)

    async def go_to(self, words: str) -> None:
        """Go down until the cursor is on the row that begins so."""
        for _row in range(100):
            if f"▌ {words}" in self.text:
                return
            await self.press("down")
        raise AssertionError(f"No row begins with {words!r}:\n{self.text}")

    async def menu(self, *words: str) -> None:
        """Choose the command that these words find, from the menu."""
        await self.press("f2")
        await self.at("MenuScreen")
        await self.until(lambda: self.app.screen.query(Input))
        self.app.screen.query_one(Input).value = " ".join(words)
        await self.settle()
        await self.press("enter")


@asynccontextmanager
async def driving(
    archive: Path, *, config: Config | None = None, size: tuple[int, int] = (100, 30), downloads: Path | None = None
) -> AsyncIterator[Driver]:
    """The app on an archive folder, which need not exist."""
    session = Session(archive, config or Config(), downloads or archive.parent, archive.parent / "documents")
    app = ArchiverApp(session)
    with app.examples, closing(session), ThreadPoolExecutor() as threads:
        asyncio.get_running_loop().set_default_executor(threads)
        async with app.run_test(size=size, notifications=True) as pilot:
            yield Driver(app, pilot)
