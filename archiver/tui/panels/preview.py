"""The beginning of a conversation, or the place that a search found, beside the list."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.timer import Timer

from archiver.errors import ArchiverError
from archiver.tui.conversation_source import ConversationSource
from archiver.tui.panels.heading import Heading
from archiver.tui.place import Place
from archiver.tui.session import Session
from archiver.tui.threads import hand_over
from archiver.tui.widgets.blocks import Block, Mark
from archiver.tui.widgets.flow import Key
from archiver.tui.widgets.transcript import Transcript
from archiver.tui.widgets.transcript_source import FindSpans

_DELAY = 0.1
"""Seconds to wait before looking, so that holding an arrow key costs nothing."""


class PreviewTranscript(Transcript, can_focus=False):
    """A transcript to look at; words are marked where they are seen, without counting all of them."""

    find_spans: FindSpans | None = None

    def match_marks(self, key: Key, number: int, block: Block) -> Sequence[Mark]:  # noqa: ARG002
        """Marks for the words looked for."""
        spans = self.find_spans(block.text) if self.find_spans else ()
        return [Mark(span.start, span.end, "match") for span in spans]


class Preview(Vertical):
    """Shows a little of what is under the cursor, read in a thread."""

    DEFAULT_CSS = """
    Preview { padding: 0 0 0 2; }
    Preview > Heading { margin: 0; padding: 0 1 0 2; }
    """

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._place: Place | None = None
        self._query = ""
        self._waiting: Timer | None = None

    def compose(self) -> ComposeResult:
        """Title and text."""
        yield Heading()
        yield PreviewTranscript()

    def look_at(self, place: Place | None, query: str) -> None:
        """Show this place soon."""
        if (place, query) == (self._place, self._query):
            return
        self._place, self._query = place, query
        if self._waiting is not None:
            self._waiting.stop()
        self.query(PreviewTranscript).set(display=place is not None)
        if place is None:
            self.query_one(Heading).show("")
        else:
            self._waiting = self.set_timer(_DELAY, partial(self._read, place, query))

    def forget(self) -> None:
        """Read again what is shown, because it may say something else now."""
        place, self._place = self._place, None
        self.look_at(place, self._query)

    @work(thread=True, exclusive=True, group="preview")
    def _read(self, place: Place, query: str) -> None:
        try:
            outline = self._session.opened.outline(place.conversation_id)
            source = ConversationSource(self._session, outline).with_message(place.message_id)
            if source.rows:
                # Fetches the messages that will be seen, which is slow enough to be felt in a list.
                source.message(max(0, source.position_of(place.message_id)))
        except ArchiverError:
            return
        hand_over(self, self._show, place, query, source)

    def _show(self, place: Place, query: str, source: ConversationSource) -> None:
        if (place, query) != (self._place, self._query):
            return
        self.query_one(Heading).show(place.title)
        transcript = self.query_one(PreviewTranscript)
        transcript.find_spans = self._session.opened.finder(query) if query else None
        transcript.load(source, place.message_id or None)
