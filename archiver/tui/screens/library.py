"""The library: every conversation in one list, and a line that searches while one types.

The search box has the focus at the start, so typing searches at once; the arrow down leads into the list. Results come
from a thread; until they come, the ones before stay, and answers that are too late are dropped by their number.
"""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.timer import Timer
from textual.widgets import Input
from textual.worker import get_current_worker

from archiver.errors import ArchiverError
from archiver.i18n import N_, _
from archiver.records import Results, Summary
from archiver.text import when
from archiver.tui import amounts, commands
from archiver.tui.commands import Command
from archiver.tui.library_rows import ORDERS, Narrowing, conversation_line, narrowings, ordered, title_of
from archiver.tui.messages import LeaveWanted
from archiver.tui.panels.hit_list import HitList
from archiver.tui.panels.import_strip import ImportStrip
from archiver.tui.panels.preview import Preview
from archiver.tui.panels.rows import Row
from archiver.tui.place import Place
from archiver.tui.screens.conversation_commands import ConversationCommands
from archiver.tui.session import Session
from archiver.tui.widgets.groups import by_month
from archiver.tui.widgets.virtual_list import ItemId, RowLine, VirtualList

_DEBOUNCE = 0.09
_MOST_HITS = 200
_PREVIEW_FROM_WIDTH = 100


class ConversationList(VirtualList):
    """The conversations; going up from the first one leads to the search box."""

    def action_move(self, step: int) -> None:
        """Up from the first row is the search box."""
        if step < 0 and self.cursor == 0:
            self.screen.query_one(Input).focus()
        else:
            super().action_move(step)


class LibraryScreen(ConversationCommands):
    """Everything in the archive."""

    DEFAULT_CSS = """
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
        commands.SearchWords, commands.Sort, commands.Filter, commands.SaveMarkdown, commands.SaveAs,
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
        self._summaries: dict[int, Summary] = {}
        self._shown: list[int] = []
        self._results: Results | None = None
        self._order = session.config.sort if session.config.sort in ORDERS else "newest"
        self._hit_order = "relevance"
        self._narrowing: Narrowing | None = None
        self._asked = 0
        self._searching = Lock()
        self._typing: Timer | None = None
        self._is_loaded = False

    # What is on the screen

    def compose_body(self) -> ComposeResult:
        """Search box, lists and preview."""
        yield Input(placeholder=_("Type to search"), select_on_focus=False)
        yield ImportStrip(self.session)
        with Horizontal():
            yield ConversationList(self._draw, empty=_("Opening…"))
            yield HitList(self.session)
            yield Preview(self.session)

    def heading(self) -> tuple[str, str]:
        """Whose archive this is, and how much is shown of it."""
        title = _("Archiver: an example") if self.session.is_example else _("Archiver")
        if self._results is not None and self._query:
            return title, self.query_one(HitList).count_words()
        note = amounts.conversations(len(self._shown)) if self._is_loaded else ""
        if self._narrowing is not None:
            note = f"{_(self._narrowing.text)} · {note}"
        return title, note

    def on_mount(self) -> None:
        """Load the list."""
        super().on_mount()
        self.query_one(Input).focus()
        self._place_preview()
        if self.session.archive is not None:
            self.library_changed()

    def relabel(self) -> None:
        """Say everything again."""
        super().relabel()
        self.query_one(Input).placeholder = _("Type to search")
        self._show_conversations()
        self.query_one(HitList).redraw()

    def on_resize(self) -> None:
        """Narrow screens have no room for a preview."""
        self._place_preview()

    def _place_preview(self) -> None:
        has_room = self.size.width >= _PREVIEW_FROM_WIDTH
        self.set_class(has_room and self.session.config.preview, "-with-preview")

    def _draw(self, item: ItemId, width: int) -> Sequence[RowLine]:
        return (conversation_line(self._summaries[int(item)], width),)

    # The list of conversations

    def library_changed(self) -> None:
        """Read the list again."""
        self._load()
        if self._query:
            self._ask()

    @work(thread=True, exclusive=True, group="load")
    def _load(self) -> None:
        try:
            summaries = self.session.opened.summaries()
        except ArchiverError as error:
            self.app.call_from_thread(self.notify, str(error), severity="error", markup=False)
            return
        if not get_current_worker().is_cancelled:
            self.app.call_from_thread(self._loaded, summaries)

    def _loaded(self, summaries: list[Summary]) -> None:
        self._summaries = {summary.key: summary for summary in summaries}
        self._is_loaded = True
        self._show_conversations()

    def _show_conversations(self) -> None:
        if not self._is_loaded:
            return
        summaries = ordered(self._summaries.values(), self._order, self._narrowing)
        self._shown = [summary.key for summary in summaries]
        groups = by_month([summary.updated for summary in summaries]) if self._order in ("newest", "oldest") else []
        conversations = self.query_one(ConversationList)
        conversations.set_empty(_("No conversations here yet. F5 adds an export."))
        if self._narrowing is not None:
            conversations.set_empty(_("Nothing like this is here. Esc shows everything again."))
        conversations.show(self._shown, groups)
        self.show_frame()

    @property
    def _list(self) -> VirtualList:
        return self.query_one(HitList) if self.has_class("-searching") else self.query_one(ConversationList)

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
                self.app.call_from_thread(self.notify, str(error), severity="error", markup=False)
                return
        self.app.call_from_thread(self._found, asked, query, results)

    def _found(self, asked: int, query: str, results: Results) -> None:
        if asked != self._asked:
            return
        is_new = (
            self._results is None or not self.has_class("-searching") or self.query_one(HitList).query_text != query
        )
        self._results = results
        self.add_class("-searching")
        self.query_one(HitList).show_results(query, results, self._narrowed_keys(), from_start=is_new)
        self._preview()
        self.show_frame()

    def _narrowed_keys(self) -> frozenset[int] | None:
        return frozenset(self._shown) if self._narrowing is not None else None

    # Moving about

    def on_key(self, event: events.Key) -> None:
        """From the search box, the arrow down leads into the list."""
        if isinstance(self.focused, Input) and event.key in ("down", "pagedown", "tab"):
            event.stop()
            event.prevent_default()
            self._list.focus()
        elif event.key in ("tab", "shift+tab"):
            event.stop()
            event.prevent_default()
            self.query_one(Input).focus()

    @on(Input.Submitted)
    def _entered(self) -> None:
        self._list.action_select()

    @on(VirtualList.Selected)
    def _chosen(self) -> None:
        place = self.place()
        hits = self.query_one(HitList)
        if self.has_class("-searching") and hits.suggestion:
            self.query_one(Input).value = hits.suggestion
        elif place is not None:
            self.open_place(place, self._query)

    @on(VirtualList.Highlighted)
    def _preview(self) -> None:
        if self.has_class("-with-preview"):
            self.query_one(Preview).look_at(self.place())

    def place(self) -> Place | None:
        """What the cursor is on."""
        if self.has_class("-searching"):
            return self.query_one(HitList).place()
        item = self.query_one(ConversationList).current
        summary = self._summaries.get(int(item)) if item is not None else None
        return Place(summary.id, title_of(summary)) if summary else None

    def action_search_words(self) -> None:
        """Go to the search box."""
        self.query_one(Input).focus()

    def action_back(self) -> None:
        """Take back one thing: the search, the narrowing, and at last ask about leaving."""
        box = self.query_one(Input)
        if box.value:
            box.value = ""
            box.focus()
        elif self._narrowing is not None:
            self._narrowing = None
            self._show_conversations()
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
        orders = {"relevance": N_("Best match first"), **ORDERS} if self.has_class("-searching") else ORDERS
        if self.has_class("-searching"):
            orders = {name: text for name, text in orders.items() if name in ("relevance", "newest", "oldest")}
        rows = lambda: [Row(name, _(text)) for name, text in orders.items()]  # noqa: E731
        self.choose(lambda: _("In which order?"), rows, self._sort)

    def _sort(self, order: str) -> None:
        if self.has_class("-searching"):
            self._hit_order = order
            self._ask()
            return
        self._order = order
        self.tell_if(self.session.change(sort=order))
        self._show_conversations()

    def action_filter(self) -> None:
        """Ask what to show."""
        found = narrowings(self._summaries.values(), self.session.model_name)
        rows = lambda: [Row(choice, _(choice.text), choice.note, group=_(choice.group)) for choice in found]  # noqa: E731
        self.choose(lambda: _("Show only…"), rows, self._narrow)

    def _narrow(self, narrowing: Narrowing) -> None:
        self._narrowing = None if narrowing.is_everything else narrowing
        self._show_conversations()
        if self._query:
            self._ask()
        self._list.focus()

    def action_toggle_preview(self) -> None:
        """Show or hide the preview."""
        self.tell_if(self.session.change(preview=not self.session.config.preview))
        self._place_preview()
        self._preview()

    def action_go_first(self) -> None:
        """Open the oldest conversation."""
        self._open_first(ordered(self._summaries.values(), "oldest", None))

    def action_go_longest(self) -> None:
        """Open the conversation with the most messages."""
        self._open_first(ordered(self._summaries.values(), "longest", None))

    def _open_first(self, summaries: Sequence[Summary]) -> None:
        if summaries:
            self.open_place(Place(summaries[0].id, title_of(summaries[0])), "")

    def action_go_this_day(self) -> None:
        """Show what happened on this day in other years."""
        today = when.local(self.session.now())
        assert today is not None
        text = _("This day in other years")
        self._narrow(Narrowing("", text, lambda summary: _is_day(summary.created, today.month, today.day)))


def _is_day(seconds: float | None, month: int, day: int) -> bool:
    moment = when.local(seconds)
    return moment is not None and (moment.month, moment.day) == (month, day)
