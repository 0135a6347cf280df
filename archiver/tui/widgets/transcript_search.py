"""TranscriptSearch: finding words in the conversation that is open."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import compress
from time import perf_counter

from textual.timer import Timer

from archiver.tui.widgets.blocks import Block, Mark
from archiver.tui.widgets.choice import Choice
from archiver.tui.widgets.count_in_source import count_in_source
from archiver.tui.widgets.flow import Key
from archiver.tui.widgets.lines import Line
from archiver.tui.widgets.matches import Match, Matches
from archiver.tui.widgets.runs import Run
from archiver.tui.widgets.scrollbar import mark_rows
from archiver.tui.widgets.transcript_messages import Located, WentRound
from archiver.tui.widgets.transcript_source import Condition, FindSpans, TranscriptSource
from archiver.tui.widgets.transcript_view import TranscriptView

_SLICE = 0.014
_INTERVAL = 0.018
"""Seconds of counting, and from one count to the next: the rest is left to keys and drawing."""

_NEWS = 0.2
"""Seconds between two counts shown while the search goes on."""

_MOST_MARKS = 2000

_LINES_BELOW = 4
"""Lines of the screen left below a match that stands far down in it."""


class TranscriptSearch(TranscriptView):
    """Marks, counts and goes to the words looked for."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._find: FindSpans | None = None
        self._holds: Condition | None = None
        self._held: dict[int, bool] = {}
        """Whether a message has all the words, as far as it was looked at."""
        self._matches: Matches | None = None
        self._timer: Timer | None = None
        self._news_at = 0.0
        self._wanted_step = 0
        self._opened_to_show: set[tuple[int, int]] = set()
        self._bar_marks: tuple[tuple[int, int], frozenset[int]] = ((0, 0), frozenset())

    def find(self, find: FindSpans | None, holds: Condition | None = None) -> None:
        """Mark and count what ``find`` matches, with ``Located`` messages as the count grows; None ends the search.

        Args:
            find: The places of a text that match.
            holds: Whether a message with this text counts; None when each one does.
        """
        if self._matches is not None and self._matches.current is not None:
            self.let_go()
        self._find, self._holds = find, holds
        self._fold_again()
        self._begin()

    @property
    def is_counted(self) -> bool:
        """Whether everything was looked through, or nothing is looked for."""
        return self._matches is None or self._matches.is_complete

    def go_to_match(self, step: int) -> None:
        """Go to the next (1) or previous (-1) match, as soon as it is found; ``Located`` says which it is."""
        self._wanted_step = step
        self._count()

    def _go_where_wanted(self, matches: Matches) -> None:
        """Go to the match that was asked for, unless the count has not come so far."""
        before = matches.current
        step = self._wanted_step
        match = matches.step(step, Key(max(0, self.position), 0))
        if match is None:
            return
        self._wanted_step = 0
        if before is not None and (match <= before if step > 0 else match >= before):
            self.post_message(WentRound(self, step, is_only=match == before))
        self.forget_marks(match.key.message)
        if before is not None:
            self.forget_marks(before.key.message)
        self.jump(partial(self._show_match, match))
        self.move_cursor(match.key.message)
        self._tell()

    def _show_match(self, match: Match) -> None:
        """Show a match in the upper part of the screen, or further down below the beginning of its message."""
        line, above = self._line_of(match), self.size.height // 3
        if match.key.section == 0 and above <= line < self.size.height - _LINES_BELOW:
            above = line + 1
        self.show_place(match.key, line, above)

    def load(self, source: TranscriptSource, at: str | None = None, *, keep_place: bool = False) -> None:
        """Show a path; a search goes on in it."""
        super().load(source, at, keep_place=keep_place)
        self._begin()

    def choose(self, choice: Choice) -> None:
        """Show only what this choice leaves in; a search counts only that."""
        super().choose(choice)
        self._begin()

    def _begin(self) -> None:
        """Count anew."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        self._bar_marks = ((0, 0), frozenset())
        self._wanted_step = 0
        self._held.clear()
        self.forget_marks()
        self.refresh()
        self._matches = Matches(self._counts(self._find)) if self._find and self.path else None
        if self._matches is not None:
            self._timer = self.set_interval(_INTERVAL, self._count)

    def _count(self) -> None:
        """Look into as many sections as a slice of time allows."""
        matches = self._matches
        if matches is None:
            return
        if not matches.is_complete:
            self._count_for_a_while(matches)
        if self._wanted_step:
            self._go_where_wanted(matches)

    def _count_for_a_while(self, matches: Matches) -> None:
        end = perf_counter() + _SLICE
        while not matches.is_complete and perf_counter() < end:
            matches.count_on()
        if matches.is_complete and self._timer is not None:
            self._timer.stop()
            self._timer = None
        if matches.is_complete or end > self._news_at + _NEWS:
            self._news_at = end
            self.show_again()
            self._tell()

    def _tell(self) -> None:
        if self._matches is not None:
            found = self._matches
            self.post_message(Located(self, found.number, found.total, is_complete=found.is_complete))

    def _counts(self, find: FindSpans) -> Iterator[tuple[Key, int]]:
        """Every shown section with matches, from the current message on and round the end."""
        path = self.path
        assert path is not None
        begin = bisect_left(path.shown, self.position)
        for message in [*path.shown[begin:], *path.shown[:begin]]:
            items = path.items(message)
            if not self._counts_in(message):
                yield Key(message, 0), 0
                continue
            for number, section in enumerate(path.sections(message)):
                key = Key(message, number)
                found = [find(items[piece.item].body[piece.start : piece.end]) for piece in section]
                for piece in compress(section, found):
                    if items[piece.item].is_folding and (message, piece.item) not in path.opened:
                        self._open_to_show(message, piece.item)
                count = count_in_source(items, section, found) if any(found) else 0
                yield key, sum(len(find(block.text)) for block in path.blocks(key)) if count is None else count

    def _counts_in(self, message: int) -> bool:
        """Whether words count in a message: where several are looked for together, it has all of them."""
        if self._holds is None or self.path is None:
            return True
        if message not in self._held:
            words = "\n\n".join(item.body for item in self.path.items(message))
            self._held[message] = self._holds(words)
        return self._held[message]

    def _open_to_show(self, message: int, item: int) -> None:
        """Unfold an item with a match; what opens above the current message does not push it away."""
        row = self.row_of_current()
        is_in_view = any(self.flow.keys[place.entry].message == self.position for place in self.in_view)
        self._opened_to_show.add((message, item))
        self.set_open(message, item, is_open=True)
        if message < self.position and is_in_view:
            self.goto_position(self.position, above=row)

    def set_open(self, message: int, item: int, *, is_open: bool) -> None:
        """Unfold or fold an item of a message."""
        if self.path is not None:
            (self.path.opened.add if is_open else self.path.opened.discard)((message, item))
            self.path.forget(message)
            self.forget_marks(message)
            self.flow.estimate(message, self.path.heights(message))

    def _fold_again(self) -> None:
        """Fold what was unfolded only to show matches."""
        for message, item in self._opened_to_show:
            self.set_open(message, item, is_open=False)
        if self._opened_to_show:
            self._opened_to_show.clear()
            self.show_again()

    def match_marks(self, key: Key, number: int, block: Block) -> Sequence[Mark]:
        """Marks for the words looked for; the one gone to stands out."""
        if self._find is None or not self._counts_in(key.message):
            return ()
        current = self._matches.current if self._matches else None
        first = -1
        if current is not None and current.key == key and self.path is not None:
            first = sum(len(self._find(earlier.text)) for earlier in self.path.blocks(key)[:number])
        return [
            Mark(span.start, span.end, "current" if current and 0 <= first == current.number - place else "match")
            for place, span in enumerate(self._find(block.text))
        ]

    def _line_of(self, match: Match) -> int:
        """The line of its section that a match stands in."""
        if self.path is None or self._find is None:
            return 0
        left = match.number
        for number, block in enumerate(self.path.blocks(match.key)):
            spans = self._find(block.text)
            if left < len(spans):
                lines = self.path.lines(match.key)
                return next((n for n, line in enumerate(lines) if holds(line, number, spans[left].start)), 0)
            left -= len(spans)
        return 0

    def bar_marks(self) -> frozenset[int]:
        """The rows of the scrollbar beside which there are matches."""
        if self._matches is None or not 0 < len(self._matches.keys) <= _MOST_MARKS:
            return frozenset()
        state = (len(self._matches.keys), self.size.height)
        if self._bar_marks[0] != state:
            lines = (self.flow.start(self.flow.index(key)) for key in self._matches.keys)
            self._bar_marks = (state, mark_rows(lines, self.flow.total, self.size.height))
        return self._bar_marks[1]


def holds(line: Line, block: int, offset: int) -> bool:
    """Whether a line shows the character of a block at ``offset``."""
    return line.block == block and any(
        not isinstance(piece, Run) and piece.start <= offset < max(piece.end, piece.start + 1) for piece in line.pieces
    )
