"""The beginning of a conversation, or the place that a search found, beside the list."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

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
from archiver.tui.widgets.choice import Choice, that_shows
from archiver.tui.widgets.flow import Key
from archiver.tui.widgets.items import message_items
from archiver.tui.widgets.message_layout import shown_sections
from archiver.tui.widgets.transcript import Transcript
from archiver.tui.widgets.transcript_search import holds
from archiver.tui.widgets.transcript_source import FindSpans, TranscriptSource

_DELAY = 0.1
"""Seconds to wait before looking, so that holding an arrow key costs nothing."""


class FirstMatch(NamedTuple):
    """What to show of a message in which words were found."""

    key: Key
    """Its section with the first match; its beginning where there is none."""
    choice: Choice = Choice()
    folded: tuple[int, ...] = ()
    """Items of the message to unfold, because the words stand in nothing else."""
    has_words: bool = False


class PreviewTranscript(Transcript, can_focus=False):
    """A transcript to look at; words are marked where they are seen, without counting all of them."""

    # Whoever draws the mouse over the list beside it means nothing of what is here.
    ALLOW_SELECT = False

    find_spans: FindSpans | None = None

    def show_match(self, place: Key) -> None:
        """Bring the first match of a section into view, where its message is longer than the screen."""
        if self.path is not None and place.section < len(self.path.sections(place.message)):
            self.jump(partial(self._show_first_match, place))

    def _show_first_match(self, place: Key) -> None:
        line = self._line_of_first_match(place)
        if place.section or line > self.size.height - 3:
            self.show_place(place, line, self.size.height // 3)
        else:
            self.show_place(Key(place.message, 0), 0, 1)

    def _line_of_first_match(self, place: Key) -> int:
        if self.path is None or self.find_spans is None:
            return 0
        for number, block in enumerate(self.path.blocks(place)):
            for span in self.find_spans(block.text)[:1]:
                lines = enumerate(self.path.lines(place))
                return next((n for n, each in lines if holds(each, number, span.start)), 0)
        return 0

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
            find = self._session.opened.finder(query) if query else None
            # Fetches the messages that will be seen, which is slow enough to be felt in a list.
            found = first_match(source, source.position_of(place.message_id), find)
        except ArchiverError:
            return
        hand_over(self, self._show, place, query, source, find, found)

    def _show(
        self, place: Place, query: str, source: ConversationSource, find: FindSpans | None, found: FirstMatch
    ) -> None:
        if (place, query) != (self._place, self._query):
            return
        self.query_one(Heading).show(place.title)
        transcript = self.query_one(PreviewTranscript)
        transcript.find_spans = find
        transcript.choose(found.choice)
        transcript.load(source, place.message_id or None)
        for item in found.folded:
            transcript.set_open(found.key.message, item, is_open=True)
        if found.has_words:
            transcript.show_match(found.key)


def first_match(source: TranscriptSource, position: int, find: FindSpans | None) -> FirstMatch:
    """Where a message shows the first match; what is folded counts when nothing else holds one.

    Args:
        source: The path.
        position: The message; -1 for the beginning, whatever is shown of it.
        find: Finds the words looked for.
    """
    start = max(0, position)
    if not source.rows:
        return FirstMatch(Key(start, 0))
    items = [*message_items(source.message(start))]
    choice = that_shows(Choice(), source.rows[start], items, find) if position >= 0 else Choice()
    if find is not None:
        pieces = [(number, piece) for number, section in enumerate(shown_sections(items, choice)) for piece in section]
        pieces.sort(key=lambda each: items[each[1].item].is_folding)
        for number, piece in pieces:
            item = items[piece.item]
            if find(item.body[piece.start : piece.end]):
                folded = (piece.item,) if item.is_folding else ()
                return FirstMatch(Key(start, number), choice, folded, has_words=True)
    return FirstMatch(Key(start, 0), choice)
