"""The beginning of a conversation, or the place that a search found, beside the list."""

from __future__ import annotations

from collections.abc import Sequence

from textual import work
from textual.timer import Timer

from archiver.errors import ArchiverError
from archiver.i18n import _
from archiver.records import Message
from archiver.text import when
from archiver.tui import amounts
from archiver.tui.conversation_source import ConversationSource
from archiver.tui.panels.text_page import Passage, TextPage
from archiver.tui.place import Place
from archiver.tui.session import Session
from archiver.tui.threads import hand_over

_MESSAGES = 8
_CHARACTERS = 1200
_DELAY = 0.1
"""Seconds to wait before looking, so that holding an arrow key costs nothing."""


class Preview(TextPage, can_focus=False):
    """Shows a little of what is under the cursor, read in a thread."""

    DEFAULT_CSS = """
    Preview { border-left: solid $foreground-muted; }
    """

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._place: Place | None = None
        self._waiting: Timer | None = None

    def look_at(self, place: Place | None) -> None:
        """Show this place soon."""
        if place == self._place:
            return
        self._place = place
        if self._waiting is not None:
            self._waiting.stop()
        if place is None:
            self.show(())
        else:
            self._waiting = self.set_timer(_DELAY, lambda: self._read(place))

    def forget(self) -> None:
        """Read again what is shown, because it may say something else now."""
        place, self._place = self._place, None
        self.look_at(place)

    @work(thread=True, exclusive=True, group="preview")
    def _read(self, place: Place) -> None:
        try:
            passages = self._look(place)
        except ArchiverError as error:
            passages = [Passage(str(error))]
        hand_over(self, self._show_place, place, passages)

    def _show_place(self, place: Place, passages: Sequence[Passage]) -> None:
        if place == self._place:
            self.show(passages)

    def _look(self, place: Place) -> list[Passage]:
        outline = self._session.opened.outline(place.conversation_id)
        source = ConversationSource(self._session, outline).with_message(place.message_id)
        shown = [position for position, row in enumerate(source.rows) if not row.hidden]
        found = source.position_of(place.message_id)
        start = max(0, found - 1) if found >= 0 else 0
        positions = [position for position in shown if position >= start][:_MESSAGES]
        summary = outline.summary
        facts = [
            when.date(summary.created),
            amounts.messages(summary.visible),
            *(self._session.model_name(slug) for slug in summary.models[:3]),
        ]
        passages = [Passage(place.title, "heading"), Passage(" · ".join(facts), "dim")]
        for position in positions:
            passages += self._of_message(source.message(position))
        return passages

    def _of_message(self, message: Message) -> list[Passage]:
        texts = [getattr(part, "text", "") for part in message.parts]
        text = "\n".join(filter(None, texts)).strip()
        if len(text) > _CHARACTERS:
            text = text[:_CHARACTERS].rstrip() + "…"
        speaker = self._session.speaker(message.role, message.answered)
        return [Passage(speaker, "dim", gap=True), Passage(text or _("(no text)"))]
