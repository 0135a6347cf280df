"""The library: every conversation in one list, and a line that searches while one types.

The search box has the focus at the start, so typing searches at once; the arrow down leads into the list. Results come
from a thread; until they come, the ones before stay, and answers that are too late are dropped by their number.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from importlib import import_module
from threading import Lock
from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.timer import Timer
from textual.widgets import Input
from textual.worker import get_current_worker

from archiver.errors import ArchiverError
from archiver.i18n import N_, _
from archiver.text import when
from archiver.tui import amounts, commands
from archiver.tui.commands import Command
from archiver.tui.library_rows import ORDERS, Narrowing, narrowings, ordered, title_of
from archiver.tui.messages import LeaveWanted
from archiver.tui.panels.conversation_list import ConversationList
from archiver.tui.panels.hit_list import HitList
from archiver.tui.panels.import_strip import ImportStrip
from archiver.tui.panels.rows import Row
from archiver.tui.place import Place
from archiver.tui.screens.conversation_commands import ConversationCommands
from archiver.tui.session import Session
from archiver.tui.threads import hand_over
from archiver.tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from archiver.overview import FoundMessage
    from archiver.records import Results, Summary
    from archiver.tui.panels.preview import Preview

log = logging.getLogger(__name__)

_DEBOUNCE = 0.09
_MOST_HITS = 200
_PREVIEW_FROM_WIDTH = 100
_HIT_ORDERS: Mapping[str, str] = {
    "relevance": N_("Best match first"),
    "newest": N_("Newest first"),
    "oldest": N_("Oldest first"),
}


class LibraryScreen(ConversationCommands):
    """Everything in the archive."""

    DEFAULT_CSS = """
    LibraryScreen > Heading { margin: 0; }
    LibraryScreen > Input { margin: 0 1; }
    LibraryScreen > Horizontal { height: 1fr; }
    LibraryScreen VirtualList { width: 3fr; }
    LibraryScreen HitList { display: none; }
    LibraryScreen.-searching HitList { display: block; }
    LibraryScreen.-searching ConversationList { display: none; }
    LibraryScreen Preview { width: 2fr; display: none; }
    LibraryScreen.-with-preview Preview { display: block; }
    """
    OFFERS: ClassVar[Sequence[type[Command]]] = (
        commands.SearchWords, commands.IntoList, commands.Sort, commands.Filter, commands.SaveMarkdown, commands.SaveAs,
        commands.Favourite, commands.PutAway, commands.Undo, commands.Details, commands.RawJson,
        commands.TogglePreview, commands.NextMonth, commands.PreviousMonth, *commands.PLACES, commands.Back,
    )  # fmt: skip
    FOOTER: ClassVar[Sequence[type[Command]]] = (
        commands.Move, commands.Read, commands.Back, commands.Help, commands.Menu,
    )  # fmt: skip
    PURPOSE = N_(
        "All your conversations, the newest first. Type to search them all; the arrow down leads into the list, "
        "Enter opens. Searches understand “exact words”, word*, -without, and filters such as from:me, "
        "model:gpt-4o, after:2025-03, has:image."
    )

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._results: Results | None = None
        self._hit_order = "relevance"
        self._asked = 0
        self._searching = Lock()
        self._typing: Timer | None = None
        self._has_preview = False

    # What is on the screen

    def compose_body(self) -> ComposeResult:
        """Search box, lists and preview."""
        yield Input(placeholder=_("Type to search"), select_on_focus=False)
        yield ImportStrip(self.session)
        with Horizontal():
            yield ConversationList(self.session)
            yield HitList(self.session)

    @property
    def _conversations(self) -> ConversationList:
        return self.query_one(ConversationList)

    @property
    def _hits(self) -> HitList:
        return self.query_one(HitList)

    @property
    def _is_searching(self) -> bool:
        return self.has_class("-searching")

    @property
    def _list(self) -> VirtualList:
        return self._hits if self._is_searching else self._conversations

    def heading(self) -> tuple[str, str]:
        """Whose archive this is, and how much is shown of it."""
        title = _("Archiver: an example") if self.session.is_example else _("Archiver")
        if self._is_searching:
            return title, self._hits.count_words()
        conversations = self._conversations
        note = amounts.conversations(len(conversations.shown)) if conversations.is_loaded else ""
        if conversations.narrowing is not None:
            note = f"{_(conversations.narrowing.text)} · {note}"
        return title, note

    def on_mount(self) -> None:
        """Load the list."""
        super().on_mount()
        if self.session.config.sort in ORDERS:
            self._conversations.order = self.session.config.sort
        self.set_focus(self.query_one(Input))
        self._place_preview()
        if self.session.archive is not None:
            self.library_changed()

    def on_screen_resume(self) -> None:
        """An import may have begun meanwhile."""
        self.query_one(ImportStrip).watch_import()

    def relabel(self) -> None:
        """Say everything again."""
        self.query_one(Input).placeholder = _("Type to search")
        if self._conversations.is_loaded:
            self._conversations.list_again()
        self._hits.redraw()
        for preview in self._previews:
            preview.forget()
        super().relabel()

    def on_resize(self) -> None:
        """Narrow screens have no room for a preview."""
        self._place_preview()

    def _place_preview(self) -> None:
        has_room = self.size.width >= _PREVIEW_FROM_WIDTH
        is_wanted = has_room and self.session.config.preview and self._conversations.is_loaded
        self.set_class(is_wanted, "-with-preview")
        if is_wanted and not self._has_preview:
            self._has_preview = True
            self.call_later(self._add_preview)

    async def _add_preview(self) -> None:
        from archiver.tui.panels.preview import Preview

        await self.query_one(Horizontal).mount(Preview(self.session))
        self._preview()

    @property
    def _previews(self) -> list[Preview]:
        """The preview, once it is there."""
        return list(self.query("Preview").results())  # type: ignore[arg-type]

    # The list of conversations

    def library_changed(self) -> None:
        """Read the list again."""
        self._load()
        if self._query:
            self._ask()

    @work(thread=True, exclusive=True, group="load")
    def _load(self) -> None:
        """The list first; what stands before and beside it takes longer."""
        try:
            summaries = self.session.opened.summaries()
            hand_over(self, self._loaded, summaries)
            # Drawing a conversation needs 70 ms of imports, which the first picture need not wait for.
            import_module("archiver.tui.panels.preview")
            from archiver import overview

            hand_over(self, self._place_preview)
            hand_over(self, self._loaded_last, overview.last_replies(self.session.opened))
        except ArchiverError as error:
            hand_over(self, self.tell_if, str(error))

    def _loaded(self, summaries: list[Summary]) -> None:
        self._conversations.load(summaries)
        self._preview()
        self.show_frame()

    def _loaded_last(self, last: Mapping[str, tuple[FoundMessage, int]]) -> None:
        self._conversations.load_last(last)

    # Search

    @property
    def _query(self) -> str:
        return self.query_one(Input).value.strip()

    @on(Input.Changed)
    def _typed(self) -> None:
        if self._typing is not None:
            self._typing.stop()
        if self._query:
            self._typing = self.set_timer(_DEBOUNCE, self._ask)
        else:
            self._stop_searching()

    def _stop_searching(self) -> None:
        self._asked += 1
        self._results = None
        self.remove_class("-searching")
        self._preview()
        self.show_frame()

    def _ask(self) -> None:
        if self._query and self.session.archive is not None:
            self._asked += 1
            self._search(self._asked, self._query, self._hit_order)

    @work(thread=True, exclusive=True, group="search")
    def _search(self, asked: int, query: str, order: str) -> None:
        """One search at a time: a newer one waits here for the older one to end, and then is the only one waiting."""
        with self._searching:
            if get_current_worker().is_cancelled:
                return
            try:
                results = self.session.opened.search(query, limit=_MOST_HITS, sort=order)  # type: ignore[arg-type]
            except ArchiverError as error:
                hand_over(self, self.tell_if, str(error))
                return
            except Exception as error:
                log.error("the search failed", exc_info=error)
                hand_over(self, self.tell_if, _("The search met an error it did not expect. Other words may work."))
                return
        hand_over(self, self._found, asked, query, results)

    def _found(self, asked: int, query: str, results: Results) -> None:
        if asked != self._asked:
            return
        is_new = not self._is_searching or self._hits.query_text != query
        had_focus = self._list.has_focus
        self._results = results
        self.add_class("-searching")
        self._hits.show_results(query, results, self._narrowed_keys(), from_start=is_new)
        if had_focus:
            self.set_focus(self._hits)
        self._preview()
        self.show_frame()

    def _narrowed_keys(self) -> frozenset[int] | None:
        conversations = self._conversations
        return frozenset(each.key for each in conversations.shown) if conversations.narrowing is not None else None

    # Moving about

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """In the list, the arrow down is the list's own."""
        if action == commands.IntoList.name:
            return isinstance(self.focused, Input)
        return super().check_action(action, parameters)

    def action_into_list(self) -> None:
        """From the search box into the list. Keys typed quickly after this one are already the list's."""
        self.set_focus(self._list)

    def on_key(self, event: events.Key) -> None:
        """Tab leads back to the search box."""
        if event.key in ("tab", "shift+tab"):
            event.stop()
            event.prevent_default()
            self.set_focus(self.query_one(Input))

    @on(Input.Submitted)
    def _entered(self) -> None:
        self._choose_current()

    @on(VirtualList.Selected)
    def _selected(self) -> None:
        self._choose_current()

    def _choose_current(self) -> None:
        if self._is_searching and self._hits.suggestion:
            self.query_one(Input).value = self._hits.suggestion
        elif not self._is_searching and self._conversations.is_on_others:
            self.action_go_last_with()
        elif (place := self.place()) is not None:
            self.open_place(place, self._query)

    @on(VirtualList.Highlighted)
    def _preview(self) -> None:
        if self.has_class("-with-preview"):
            for preview in self._previews:
                preview.look_at(self.place(), self._query if self._is_searching else "")

    def place(self) -> Place | None:
        """What the cursor is on."""
        return self._hits.place() if self._is_searching else self._conversations.place()

    def found_ids(self) -> list[str]:
        """Conversations that the list was brought down to, for saving them together."""
        if self._is_searching and self._results is not None:
            return list(dict.fromkeys(hit.conversation_id for hit in self._results.hits))
        conversations = self._conversations
        return [each.id for each in conversations.shown] if conversations.narrowing is not None else []

    def action_search_words(self) -> None:
        """Go to the search box."""
        self.set_focus(self.query_one(Input))

    def action_back(self) -> None:
        """Take back one thing: the search, the narrowing, and at last ask about leaving."""
        box = self.query_one(Input)
        if box.value:
            box.value = ""
            self.set_focus(box)
        elif self._conversations.narrowing is not None:
            self._narrow(None)
        else:
            self.post_message(LeaveWanted())

    def action_next_month(self) -> None:
        """The next heading."""
        self._list.action_group(1)

    def action_previous_month(self) -> None:
        """The heading before."""
        self._list.action_group(-1)

    # Order, narrowing, preview

    def action_sort(self) -> None:
        """Ask for an order."""
        orders = _HIT_ORDERS if self._is_searching else ORDERS
        rows = [Row(name, _(text)) for name, text in orders.items()]
        self.choose(lambda: _("In which order?"), lambda: rows, self._sort)

    def _sort(self, order: str) -> None:
        if self._is_searching:
            self._hit_order = order
            self._ask()
        else:
            self._conversations.order = order
            self._conversations.list_again()
            self.tell_if(self.session.change(sort=order))

    def action_filter(self) -> None:
        """Ask what to show."""
        found = narrowings(self._conversations.summaries, self.session.model_name)
        rows = [Row(each, _(each.text), each.note, group=_(each.group) if each.group else "") for each in found]
        self.choose(lambda: _("Show only…"), lambda: rows, self._narrow)

    def _narrow(self, narrowing: Narrowing | None) -> None:
        self._conversations.narrowing = None if narrowing is None or narrowing.is_everything else narrowing
        self._conversations.list_again()
        self._ask()
        self.set_focus(self._list)
        self._preview()
        self.show_frame()

    def action_toggle_preview(self) -> None:
        """Show or hide the preview."""
        self.tell_if(self.session.change(preview=not self.session.config.preview))
        self.settings_changed()

    def settings_changed(self) -> None:
        """The preview may have come or gone."""
        self._place_preview()
        self._preview()

    def action_go_first(self) -> None:
        """Open the oldest conversation."""
        self._open_first("oldest")

    def action_go_longest(self) -> None:
        """Open the conversation with the most messages."""
        self._open_first("longest")

    def _open_first(self, order: str) -> None:
        for summary in ordered(self._conversations.summaries, order, None)[:1]:
            self.open_place(Place(summary.id, title_of(summary)), "")

    def action_go_this_day(self) -> None:
        """Show what happened on this day in other years."""
        today = when.local(self.session.now())
        assert today is not None
        month, day = today.month, today.day
        self._narrow(Narrowing("", N_("This day in other years"), lambda summary: _is_day(summary.created, month, day)))


def _is_day(seconds: float | None, month: int, day: int) -> bool:
    moment = when.local(seconds)
    return moment is not None and (moment.month, moment.day) == (month, day)
