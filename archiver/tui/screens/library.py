"""The library: every conversation in one list, and a line that searches while one types.

The search box has the focus at the start, so typing searches at once; the arrow down leads into the list.
"""

from __future__ import annotations

import re
import time
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input

from archiver.errors import ArchiverError
from archiver.i18n import N_, _
from archiver.text.sanitize import one_line
from archiver.tui import amounts, commands
from archiver.tui.commands import Command
from archiver.tui.library_rows import ORDERS
from archiver.tui.messages import LeaveWanted
from archiver.tui.panels.conversation_list import ConversationList
from archiver.tui.panels.hit_list import HitList
from archiver.tui.panels.import_strip import ImportStrip
from archiver.tui.panels.line import Line
from archiver.tui.panels.search_line import SearchLine
from archiver.tui.place import Place
from archiver.tui.screens.line_and_list import LineAndList
from archiver.tui.session import Session
from archiver.tui.threads import hand_over
from archiver.tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from archiver.overview import FoundMessage
    from archiver.records import Results, Summary
    from archiver.reports import SourceInfo


_IS_MORE_THAN_WORDS = re.compile(r"""[:"“”*()]|\b(OR|NOT)\b|(^|\s)-\S""")


class LibraryScreen(LineAndList):
    """Everything in the archive."""

    DEFAULT_CSS = """
    LibraryScreen > Heading { margin: 0; }
    LibraryScreen > Input { margin: 0 1; }
    LibraryScreen > Horizontal { height: 1fr; }
    LibraryScreen VirtualList { width: 3fr; }
    LibraryScreen HitList { display: none; }
    LibraryScreen.-searching HitList { display: block; }
    LibraryScreen.-searching ConversationList { display: none; }
    """
    OFFERS: ClassVar[Sequence[type[Command]]] = (
        commands.SearchWords, commands.IntoList, commands.Sort, commands.Filter, commands.SaveMarkdown, commands.SaveAs,
        commands.Favourite, commands.PutAway, commands.Undo, commands.Details, commands.RawJson,
        commands.TogglePreview, commands.NextMonth, commands.PreviousMonth, *commands.PLACES, commands.Back,
    )  # fmt: skip
    PURPOSE = N_(
        "All your conversations, the newest first. Type to search them all; the arrow down leads into the list, "
        "Enter opens. Searches understand “exact words”, word*, -without, and filters such as from:me, "
        "model:gpt-4o, after:2025-03, has:image."
    )

    def __init__(self, session: Session, latest: Sequence[Summary] = (), count: int = 0) -> None:
        """
        Args:
            session: What all screens share.
            latest: The beginning of the list, where that is known already: it stands in the first picture then.
            count: How many conversations there are.
        """
        super().__init__(session)
        self._latest, self._count = latest, count
        self._has_told_unfinished = False

    # What is on the screen

    def compose_body(self) -> ComposeResult:
        """Search box, lists and preview."""
        yield SearchLine(lambda: _("Type to search"))
        yield ImportStrip(self.session)
        with Horizontal():
            yield ConversationList(self.session)
            yield HitList(self.session)

    @property
    def _hits(self) -> HitList:
        return self.query_one(HitList)

    @property
    def list_in_front(self) -> VirtualList:
        """What was found, or all conversations."""
        return self._hits if self.is_searching else self.conversations

    def heading(self) -> tuple[str, str]:
        """Whose archive this is, and how much is shown of it."""
        title = _("Archiver: an example") if self.session.is_example else _("Archiver")
        if self.is_searching:
            return title, self._hits.count_words()
        conversations = self.conversations
        note = amounts.conversations(conversations.count) if conversations.is_loaded else ""
        if conversations.narrowing is not None:
            note = f"{conversations.narrowing.words} · {note}"
        return title, note

    def footer(self) -> Sequence[type[Command]]:
        """What Esc takes back is said in words."""
        back: type[Command] = commands.BackOut if self.app.screen_stack[:1] == [self] else commands.Back
        if self.query_text:
            back = commands.ClearSearch
        elif self.conversations.narrowing is not None:
            back = commands.ShowAll
        return [commands.Move, commands.Read, back, commands.Help, commands.Menu]

    def on_mount(self) -> None:
        """Show the beginning of the list, or load it."""
        if self.session.config.sort in ORDERS:
            self.conversations.order = self.session.config.sort
        self.set_focus(self.query_one(Input))
        if self._latest:
            self._show_latest()
        elif self.session.archive is not None:
            self.library_changed()
        super().on_mount()

    def on_screen_resume(self) -> None:
        """An import may have begun meanwhile."""
        self.query_one(ImportStrip).watch_work()
        if self.conversations.is_loaded:
            self.conversations.say_why_empty()

    def on_paste(self, event: events.Paste) -> None:
        """An export that was dropped here is offered to be added."""
        from archiver.tui.finding import is_path

        if is_path(event.text):
            from archiver.tui.screens.welcome import WelcomeScreen

            event.stop()
            self.app.push_screen(WelcomeScreen(self.session, event.text))

    def relabel(self) -> None:
        """Say everything again."""
        if self.conversations.is_loaded:
            self.conversations.list_again()
        self._hits.redraw()
        for preview in self.previews:
            preview.forget()
        super().relabel()

    # The list of conversations

    def library_changed(self) -> None:
        """Read the list again."""
        self._load()
        self.search_again()
        self.query_one(ImportStrip).watch_work()

    def more_is_findable(self) -> None:
        """Search again."""
        self.search_again()

    @work(thread=True, exclusive=True, group="load")
    def _load(self) -> None:
        started = time.monotonic()
        try:
            summaries = self.session.opened.summaries()
            self.session.listing_took = time.monotonic() - started
            hand_over(self, self.show_library, summaries)
        except ArchiverError as error:
            hand_over(self, self.tell_if, str(error))

    def _tell_unfinished(self, unfinished: list[SourceInfo]) -> None:
        """Half an archive must not look whole; told once, and not while the import goes on."""
        if unfinished and not self._has_told_unfinished and not self.session.is_importing:
            self._has_told_unfinished = True
            name = one_line(unfinished[0].name)
            words = N_("{name} was not read to its end. {go_import}, Add an export, carries on.")
            self.tell_if(self.with_keys(words, name=name))

    def _show_latest(self) -> None:
        if len(self._latest) == self._count:
            self.conversations.load(self._latest)
        elif self.conversations.order == "newest":
            self.conversations.load_latest(self._latest, self._count)

    def show_library(self, summaries: list[Summary]) -> None:
        """Show the list first; what stands before and beside it takes longer."""
        self.conversations.load(summaries)
        self.show_preview()
        self.show_frame()
        self.call_after_refresh(self.load_more)

    @work(thread=True, exclusive=True, group="load more")
    def load_more(self) -> None:
        """Show what stands before the list and beside it."""
        try:
            # Drawing a conversation needs 70 ms of imports, which the first picture need not wait for.
            import_module("archiver.tui.panels.preview")
            from archiver import overview

            hand_over(self, self.allow_preview)
            hand_over(self, self._loaded_last, overview.last_replies(self.session.opened))
            hand_over(self, self._tell_unfinished, self.session.opened.unfinished())
        except ArchiverError as error:
            hand_over(self, self.tell_if, str(error))

    def _loaded_last(self, last: Mapping[str, tuple[FoundMessage, int]]) -> None:
        self.conversations.load_last(last)

    # Search

    def search_ended(self) -> None:
        """Show everything again."""
        self.remove_class("-searching")
        self.query_one(Line).explain("")
        self.show_preview()
        self.show_frame()

    def searched(self, query: str, results: Results) -> None:
        """Show what was found; the cursor stays where it was when only the archive changed."""
        is_new = not self.is_searching or self._hits.query_text != query
        had_focus = self.list_in_front.has_focus
        self.add_class("-searching")
        self.query_one(Line).explain(results.explanation if _IS_MORE_THAN_WORDS.search(query) else "")
        self._hits.show_results(query, results, self.narrowed_keys(), from_start=is_new)
        if had_focus:
            self.set_focus(self._hits)
        self.show_preview()
        self.show_frame()

    # Opening

    @on(VirtualList.Selected)
    def choose_current(self) -> None:
        """Open what the cursor is on, or search for what was suggested."""
        if self.is_searching and self._hits.suggestion:
            self.query_one(Input).value = self._hits.suggestion
        elif not self.is_searching and self.conversations.is_on_others:
            self.action_go_last_with()
        elif (place := self.place()) is not None:
            self.open_place(place, self.found_with)

    def place(self) -> Place | None:
        """What the cursor is on."""
        return self._hits.place() if self.is_searching else self.conversations.place()

    @property
    def found_with(self) -> str:
        """The query that found what is listed."""
        return self._hits.query_text if self.is_searching else ""

    def found_ids(self) -> list[str]:
        """Conversations that the list was brought down to, for saving them together."""
        shown = [summary.id for summary in self.conversations.shown]
        if self.is_searching:
            found = self.session.opened.conversations_with(self.found_with)
            listed = frozenset(shown)
            return [id_ for id_ in found if id_ in listed] if self.conversations.is_whole else found
        return shown if self.conversations.narrowing is not None else []

    def action_back(self) -> None:
        """Take back one thing: the search, the narrowing, and at last ask about leaving."""
        box = self.query_one(Input)
        if box.value:
            box.value = ""
            self.set_focus(box)
        elif self.conversations.narrowing is not None:
            self.narrow(None)
        else:
            self.post_message(LeaveWanted())

    def action_next_month(self) -> None:
        """The next heading."""
        self.list_in_front.action_group(1)

    def action_previous_month(self) -> None:
        """The heading before."""
        self.list_in_front.action_group(-1)
