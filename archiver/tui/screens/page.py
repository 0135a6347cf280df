"""A screen that is a text to scroll through."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import work
from textual.app import ComposeResult

from archiver.errors import ArchiverError
from archiver.tui.commands import Back, Command, Copy, Help, Scroll
from archiver.tui.panels.text_page import Passage, TextPage
from archiver.tui.screens.base import ArchiverScreen
from archiver.tui.threads import hand_over


class PageScreen(ArchiverScreen[None]):
    """Shows the passages that ``passages`` makes, in a thread, because it may read the archive."""

    OFFERS: ClassVar[Sequence[type[Command]]] = (Copy,)
    FOOTER: ClassVar[Sequence[type[Command]]] = (Scroll, Copy, Back, Help)

    def compose_body(self) -> ComposeResult:
        """The text."""
        yield TextPage()

    def passages(self) -> Sequence[Passage]:
        """What there is to read. May raise an ``ArchiverError``."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Make the text."""
        super().on_mount()
        self.make()

    def relabel(self) -> None:
        """Say everything again."""
        super().relabel()
        self.make()

    @work(thread=True, exclusive=True, group="page")
    def make(self) -> None:
        """Make the text away from the screen."""
        try:
            passages = self.passages()
        except ArchiverError as error:
            passages = [Passage(str(error))]
        hand_over(self, self._show, passages)

    def _show(self, passages: Sequence[Passage]) -> None:
        self.query_one(TextPage).show(passages)
        self.show_frame()

    def action_copy(self) -> None:
        """Copy the page."""
        self.copy_text(self.query_one(TextPage).text)
