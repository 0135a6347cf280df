"""Putting the library in order, and bringing it down to a part."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from archiver.i18n import N_, _
from archiver.text import when
from archiver.text.sanitize import one_line
from archiver.tui.library_rows import ORDERS, Narrowing, narrowed_further, narrowings, ordered
from archiver.tui.panels.conversation_list import ConversationList
from archiver.tui.panels.rows import Row
from archiver.tui.place import Place
from archiver.tui.screens.search_while_typing import SearchWhileTyping
from archiver.tui.widgets.runs import Run
from archiver.tui.widgets.virtual_list import VirtualList

_HIT_ORDERS: Mapping[str, str] = {
    "relevance": N_("Best match first"),
    "newest": N_("Newest first"),
    "oldest": N_("Oldest first"),
}


class ArrangedLibrary(SearchWhileTyping):
    """A screen with the list of conversations, or in its place what was found."""

    @property
    def conversations(self) -> ConversationList:
        """All conversations, or those it was brought down to."""
        return self.query_one(ConversationList)

    @property
    def is_searching(self) -> bool:
        """Whether what was found stands in the place of the list."""
        return self.has_class("-searching")

    @property
    def list_in_front(self) -> VirtualList:
        """The list one sees."""
        raise NotImplementedError

    def show_preview(self) -> None:
        """Show what the cursor is on."""
        raise NotImplementedError

    def narrowed_keys(self) -> frozenset[int] | None:
        """The conversations that the list was brought down to; None when it shows all."""
        shown = self.conversations.shown
        return frozenset(each.key for each in shown) if self.conversations.narrowing is not None else None

    def action_sort(self) -> None:
        """Ask for an order."""
        orders = _HIT_ORDERS if self.is_searching else ORDERS
        rows = [Row(name, _(text)) for name, text in orders.items()]
        in_force = self.order if self.is_searching else self.conversations.order
        self.choose(lambda: _("In which order?"), lambda: rows, self._sort, at=in_force)

    def _sort(self, order: str) -> None:
        if self.is_searching:
            self.order = order
            self.search_again()
        else:
            self.conversations.when_whole(partial(self._list_in, order))

    def _list_in(self, order: str) -> None:
        self.conversations.order = order
        self.conversations.list_again()
        self.tell_if(self.session.change(sort=order))

    def action_filter(self) -> None:
        """Ask what to show."""
        self.conversations.when_whole(self._ask_what_to_show)

    def _ask_what_to_show(self) -> None:
        found = narrowings(self.conversations.summaries, self.session.model_name)
        rows = [Row(each, _runs(each), each.note, group=_(each.group) if each.group else "") for each in found]
        before = self.conversations.narrowing
        latest = before.parts[-1] if before and before.parts else before
        in_force = next((each for each in found if latest is not None and each.is_same(latest)), None)
        self.choose(lambda: _("Show only…"), lambda: rows, self.narrow, at=in_force)

    def narrow(self, narrowing: Narrowing | None) -> None:
        """Show a part of the library alone, of what was shown so far; or everything again."""
        self.conversations.narrowing = narrowing and narrowed_further(self.conversations.narrowing, narrowing)
        self.conversations.list_again()
        self.search_again()
        self.set_focus(self.list_in_front)
        self.show_preview()
        self.show_frame()

    def action_go_first(self) -> None:
        """Open the oldest conversation."""
        self._open_first("oldest")

    def action_go_longest(self) -> None:
        """Open the conversation with the most messages."""
        self._open_first("longest")

    def _open_first(self, order: str) -> None:
        self.conversations.when_whole(partial(self._open_first_of_all, order))

    def _open_first_of_all(self, order: str) -> None:
        for summary in ordered(self.conversations.summaries, order, None)[:1]:
            title = self.session.title(summary.id, summary.title)
            self.open_place(Place(summary.id, title, from_start=True), "")

    def action_go_this_day(self) -> None:
        """Show what happened on this day in other years."""
        today = when.local(self.session.now())
        assert today is not None
        month, day = today.month, today.day
        chosen = Narrowing("", N_("This day in other years"), lambda summary: _is_day(summary.created, month, day))
        self.conversations.narrowing = None
        self.conversations.when_whole(partial(self.narrow, chosen))


def _runs(narrowing: Narrowing) -> list[Run]:
    """What a part of the library is called; an id says more beside a title."""
    example = _("with “{title}”").format(title=one_line(narrowing.example)) if narrowing.example else ""
    return [Run(_(narrowing.text)), Run(f"  {example}", "dim")]


def _is_day(seconds: float | None, month: int, day: int) -> bool:
    moment = when.local(seconds)
    return moment is not None and (moment.month, moment.day) == (month, day)
