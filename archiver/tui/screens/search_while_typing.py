"""Searching while somebody types, without ever making a key wait.

    key -> a tenth of a second of quiet -> a thread -> results on the screen, if nobody typed on meanwhile

Results that were asked for earlier stay until newer ones come. An answer that comes too late is known by its number and
dropped. Enter before the answer opens what is found first, as soon as it is found. Where nothing is found, the last
word may be half typed: then words that begin so are found.

An answer to typing holds the first hits only. More of them are asked for when somebody comes near their end, on a way
of their own, so that no letter typed meanwhile waits for them.
"""

from __future__ import annotations

import logging
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING

from textual import on, work
from textual.timer import Timer
from textual.widgets import Input
from textual.worker import get_current_worker

from archiver.errors import ArchiverError
from archiver.i18n import _
from archiver.tui.half_typed import with_any_ending
from archiver.tui.messages import IndexLost
from archiver.tui.panels.hit_list import FIRST_HITS, TIMES_MORE, HitList
from archiver.tui.screens.conversation_commands import ConversationCommands
from archiver.tui.session import Session
from archiver.tui.threads import hand_over

if TYPE_CHECKING:
    from archiver.records import Results

log = logging.getLogger(__name__)

_QUIET = 0.09
_MOST_UNASKED = 5_000
"""Hits up to which more are asked for before anybody has moved."""


class SearchWhileTyping(ConversationCommands):
    """A screen with a line to search in."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.order = "relevance"
        """Order of what is found."""
        self._asked = 0
        self._limit = FIRST_HITS
        """How many hits are wanted."""
        self._answered_query = ""
        self._answered_limit = self._answered_total = 0
        self._is_waiting_to_open = False
        self._one_at_a_time, self._one_with_more = Lock(), Lock()
        self._timer: Timer | None = None

    @property
    def query_text(self) -> str:
        """What stands in the line."""
        return self.query_one(Input).value.strip()

    def searched(self, query: str, results: Results) -> None:
        """Show what was found by a query: what stands in the line, or what may be meant by it."""
        raise NotImplementedError

    def search_ended(self) -> None:
        """Show everything again."""
        raise NotImplementedError

    def choose_current(self) -> None:
        """Open what the cursor is on."""
        raise NotImplementedError

    @on(Input.Changed)
    def _typed(self) -> None:
        self._is_waiting_to_open = False
        self._limit = FIRST_HITS
        if self._timer is not None:
            self._timer.stop()
        if self.query_text:
            self._timer = self.set_timer(_QUIET, self.search_again)
        else:
            self._asked += 1
            self._answered_query = ""
            self.search_ended()

    @on(Input.Submitted)
    def _entered(self) -> None:
        if self.query_text == self._answered_query:
            self.choose_current()
        else:
            self._is_waiting_to_open = True

    def search_again(self) -> None:
        """Ask for what stands in the line now."""
        if self.query_text and self.session.archive is not None:
            self._asked += 1
            self._ask()

    @on(HitList.MoreWanted)
    def search_further(self) -> None:
        """Ask for more hits, where there are more and they are not asked for already."""
        is_answered = self.query_text == self._answered_query and self._limit == self._answered_limit
        if is_answered and self._limit < self._answered_total:
            self._limit *= TIMES_MORE
            self._ask()

    def _ask(self) -> None:
        ask = self._search if self._limit == FIRST_HITS else self._search_for_more
        ask(self._asked, self.query_text, self.order, self._limit)

    @work(thread=True, exclusive=True, group="search")
    def _search(self, asked: int, query: str, order: str, limit: int) -> None:
        """One search at a time: a newer one waits here for the older one to end, and then is the only one waiting."""
        with self._one_at_a_time:
            self._find(asked, query, order, limit)

    @work(thread=True, exclusive=True, group="search for more")
    def _search_for_more(self, asked: int, query: str, order: str, limit: int) -> None:
        with self._one_with_more:
            self._find(asked, query, order, limit)

    def _find(self, asked: int, query: str, order: str, limit: int) -> None:
        if get_current_worker().is_cancelled:
            return
        try:
            meant, results = self._answer(query, order, limit)
        except ArchiverError as error:
            hand_over(self, self.tell_if, str(error))
        except Exception as error:
            log.error("the search failed", exc_info=error)
            hand_over(self, self.tell_if, _("The search met an error it did not expect. Other words may work."))
        else:
            hand_over(self, self._found, asked, query, limit, meant, results)

    def _answer(self, query: str, order: str, limit: int) -> tuple[str, Results]:
        """The query that found something, or the one that was typed; and what it found."""
        search = partial(self.session.opened.search, limit=limit, sort=order)  # type: ignore[arg-type]
        results = search(query)
        longer = "" if results.total else with_any_ending(query)
        if longer and (others := search(longer)).total:
            return longer, others
        return query, results

    def _found(self, asked: int, query: str, limit: int, meant: str, results: Results) -> None:
        if asked != self._asked or limit < self._limit:
            return
        self._answered_query, self._answered_limit, self._answered_total = query, limit, results.total
        if results.waiting and self.session.opened.index_losses:
            self.post_message(IndexLost())
        self.searched(meant, results)
        if limit < _MOST_UNASKED and self.query_one(HitList).is_near_end:
            # Of a library brought down to a part, the first hits may be of other parts.
            self.search_further()
        if self._is_waiting_to_open:
            self._is_waiting_to_open = False
            self.choose_current()
