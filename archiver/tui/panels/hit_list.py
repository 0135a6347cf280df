"""What a search found: a row for each message, under the title of its conversation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.message import Message
from textual.widgets import Input

from archiver.i18n import _, ngettext
from archiver.text import when
from archiver.tui import amounts
from archiver.tui.panels.conversation_list import nothing_to_list
from archiver.tui.place import Place
from archiver.tui.session import Session
from archiver.tui.widgets import runs
from archiver.tui.widgets.runs import Run
from archiver.tui.widgets.virtual_list import ItemId, RowLine, VirtualList

if TYPE_CHECKING:
    from archiver.records import Hit, Results, Span


FIRST_HITS = 200
TIMES_MORE = 5
"""How many times as many hits are asked for when more are wanted."""
_NEAR = 50
"""Rows before the end from which more are wanted."""
_DATE_FROM_WIDTH = 60
_SPEAKER_FROM_WIDTH = 34


class HitList(VirtualList):
    """The messages that were found; going up from the first one leads to the search box."""

    DEFAULT_CSS = """
    HitList > .list--heading { color: $foreground; text-style: bold; }
    """

    class MoreWanted(Message):
        """Somebody came near the end of what is listed."""

    def __init__(self, session: Session) -> None:
        super().__init__(self._lines)
        self._session = session
        self.query_text = ""
        self._hits: list[Hit] = []
        self._results: Results | None = None
        self._is_changing = False

    def show_results(self, query: str, results: Results, only: frozenset[int] | None, *, from_start: bool) -> None:
        """Show what was found, of the conversations ``only`` where that is given."""
        self.query_text, self._results = query, results
        self._hits = [hit for hit in _in_parts(results.hits) if only is None or hit.conversation_key in only]
        self.set_empty(self._nothing(results))
        self._is_changing = True
        self.show(range(len(self._hits)), list(self._headings()), from_start=from_start)
        self._is_changing = False

    @property
    def is_near_end(self) -> bool:
        """Whether the cursor or what is seen comes near the last row."""
        is_cursor_near = self.cursor + _NEAR >= len(self._hits)
        return is_cursor_near or self.top + self.size.height + _NEAR >= self.total_lines

    def move_to(self, position: int) -> None:
        """Put the cursor on a row; near the end, more are wanted."""
        super().move_to(position)
        self._want_more()

    def show_from(self, top: int) -> None:
        """Show the rows from a line on; near the end, more are wanted."""
        super().show_from(top)
        self._want_more()

    def _want_more(self) -> None:
        if not self._is_changing and self._results is not None and self.is_near_end:
            self.post_message(self.MoreWanted())

    @property
    def suggestion(self) -> str:
        """Another query that finds something; empty when this one did."""
        if self._results is None or self._hits:
            return ""
        return f"in:all {self.query_text}" if self._results.hidden else self._results.suggestion

    def place(self) -> Place | None:
        """Where the cursor is."""
        if not self._hits:
            return None
        hit = self._hits[self.cursor]
        return Place(hit.conversation_id, self._session.title(hit.conversation_id, hit.title), hit.message_id)

    def count_words(self) -> str:
        """How much was found, for the heading of the screen."""
        results = self._results
        if results is None:
            return ""
        places = ngettext("{n} place", "{n} places", results.total).format(n=amounts.count(results.total))
        words = _("{places} in {conversations}").format(
            places=places, conversations=amounts.conversations(results.conversations)
        )
        if results.total > len(results.hits):
            words += " · " + _("the first {n} shown").format(n=amounts.count(len(results.hits)))
        if results.waiting:
            words += " · " + _("not all of it can be found yet")
        return words

    def action_move(self, step: int) -> None:
        """Up from the first row is the search box."""
        if step < 0 and self.cursor == 0:
            self.screen.set_focus(self.screen.query_one(Input))
        else:
            super().action_move(step)

    def _nothing(self, results: Results) -> str:
        if not self._session.is_working and not self._session.opened.latest(1)[1]:
            return nothing_to_list(self.app, self._session)
        if results.hidden:
            return ngettext(
                "Nothing in what was said. {n} message of tools or thoughts has it; Enter looks there, too.",
                "Nothing in what was said. {n} messages of tools or thoughts have it; Enter looks there, too.",
                results.hidden,
            ).format(n=amounts.count(results.hidden))
        if results.suggestion:
            return _("Nothing found. Enter searches for “{words}” instead.").format(words=results.suggestion)
        if results.waiting or self._session.is_importing:
            return _("Nothing found yet; the archive is still being read.")
        return _("Nothing found. Fewer or shorter words find more.")

    def _headings(self) -> Iterator[tuple[int, str]]:
        """Where the rows of another conversation begin, and its title."""
        named: set[int] = set()
        before = 0
        for position, hit in enumerate(self._hits):
            if not position or hit.conversation_key != before:
                before = hit.conversation_key
                yield position, self._heading(hit, is_named=before in named)
                named.add(before)

    def _heading(self, hit: Hit, *, is_named: bool) -> str:
        title = self._session.title(hit.conversation_id, hit.title)
        if is_named:
            return _("{title} · further places").format(title=title)
        number = self._results.counts.get(hit.conversation_key, 1) if self._results else 1
        places = ngettext("{n} place", "{n} places", number).format(n=amounts.count(number))
        return f"{title} · {places}"

    def _lines(self, item: ItemId, width: int) -> Sequence[RowLine]:
        hit = self._hits[int(item)]
        speaker = [Run(self._speaker(hit) + "  ", "dim")] if width >= _SPEAKER_FROM_WIDTH else []
        date = [Run(when.date(hit.created), "dim")] if width >= _DATE_FROM_WIDTH else ()
        room = width - sum(runs.width_of(each) for each in (speaker, date)) - 4
        return (RowLine([*speaker, *marked(*around_match(hit.snippet, hit.spans, room))], date),)

    def _speaker(self, hit: Hit) -> str:
        return self._session.speaker(hit.role, hit.model) if hit.message_key else _("Title")


def around_match(text: str, spans: Sequence[Span], room: int) -> tuple[str, Sequence[Span]]:
    """The text from a little before its first match, where that would not be seen in ``room`` cells."""
    if not spans or cell_len(text[: spans[0].end]) <= room:
        return text, spans
    cut = max(0, spans[0].start - max(0, room - (spans[0].end - spans[0].start)) // 2)
    space = text.find(" ", cut, spans[0].start)
    cut = space + 1 if space >= 0 else cut
    shifted = [span._replace(start=max(1, span.start - cut + 1), end=span.end - cut + 1) for span in spans]
    return "…" + text[cut:], shifted


def marked(text: str, spans: Sequence[Span]) -> list[Run]:
    """A text with its matches marked."""
    pieces: list[Run] = []
    end = 0
    for span in spans:
        if span.start > end:
            pieces.append(Run(text[end : span.start]))
        pieces.append(Run(text[max(end, span.start) : span.end], "match"))
        end = max(end, span.end)
    return [*pieces, Run(text[end:])] if end < len(text) else pieces


def _in_parts(hits: Sequence[Hit]) -> Iterator[Hit]:
    """Hits by conversation, in parts as they are asked for: what comes later changes nothing in the rows before it."""
    start, end = 0, FIRST_HITS
    while start < len(hits):
        yield from _by_conversation(hits[start:end])
        start, end = end, end * TIMES_MORE


def _by_conversation(hits: Sequence[Hit]) -> Iterator[Hit]:
    """Hits of one conversation together, conversations in the order of their first hit."""
    groups: dict[int, list[Hit]] = {}
    for hit in hits:
        groups.setdefault(hit.conversation_key, []).append(hit)
    for group in groups.values():
        yield from group
