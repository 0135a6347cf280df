"""The list of conversations: in an order, by month, perhaps narrowed; before them the entries "Last with …"."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.widgets import Input

from archiver.i18n import _
from archiver.text import when
from archiver.tui.commands import key_names
from archiver.tui.library_rows import Narrowing, conversation_line, date_of, ordered
from archiver.tui.place import Place
from archiver.tui.session import Session
from archiver.tui.widgets.groups import by_month
from archiver.tui.widgets.runs import Run
from archiver.tui.widgets.virtual_list import ItemId, RowLine, VirtualList

if TYPE_CHECKING:
    from archiver.overview import FoundMessage
    from archiver.records import Summary

_LAST = "last:"
_OTHERS = "others"
_FEWEST_LAST = 3
_LAST_SHARE = 4
"""One line in so many of the list may name a model that is gone; the others are an entry further."""
_DATE_FROM_WIDTH = 44


class ConversationList(VirtualList):
    """All conversations, or some; going up from the first row leads to the search box."""

    def __init__(self, session: Session) -> None:
        super().__init__(self._lines, empty=_("Opening…"))
        self._session = session
        self._summaries: Mapping[int, Summary] = {}
        self._last: Mapping[str, tuple[FoundMessage, int]] = {}
        self.order = "newest"
        self.narrowing: Narrowing | None = None
        self.is_loaded = False
        self.is_whole = False
        """Whether all conversations are here, not only the latest."""
        self.shown: list[Summary] = []
        """What is listed, in order."""
        self._count = 0
        self._acts: list[Callable[[], object]] = []

    @property
    def summaries(self) -> Sequence[Summary]:
        """Everything that could be listed."""
        return list(self._summaries.values())

    @property
    def count(self) -> int:
        """How many conversations the list has."""
        return self._count if self.narrowing is None else len(self.shown)

    def load_latest(self, summaries: Sequence[Summary], count: int) -> None:
        """List the latest of ``count`` conversations, until ``load`` brings all of them."""
        self._summaries = {summary.key: summary for summary in summaries}
        self._count = count
        self.is_loaded = True
        self.list_again()

    def load(self, summaries: Sequence[Summary]) -> None:
        """List these conversations."""
        self.is_whole = True
        self.load_latest(summaries, len(summaries))
        acts, self._acts = self._acts, []
        for act in acts:
            act()

    def when_whole(self, act: Callable[[], object]) -> None:
        """Do what needs all conversations, as soon as they are here."""
        if self.is_whole:
            act()
        else:
            self._acts.append(act)

    def load_last(self, last: Mapping[str, tuple[FoundMessage, int]]) -> None:
        """Begin with entries for these models, of each the last reply."""
        self._last = last
        if self.is_loaded:
            self.list_again()

    def list_again(self) -> None:
        """Show what there is in the present order."""
        self.shown = ordered(self._summaries.values(), self.order, self.narrowing)
        self.say_why_empty()
        entries = self._entries()
        groups = [(0, _("Last with"))] if entries else []
        if self._is_by_date:
            months = by_month([date_of(summary) for summary in self.shown])
            groups += [(start + len(entries), heading) for start, heading in months]
        elif entries and self.shown:
            groups.append((len(entries), _("Conversations")))
        was_at_start = self.top == 0 and self.cursor <= sum(isinstance(item, str) for item in self.items)
        self.show([*entries, *(summary.key for summary in self.shown)], groups)
        if was_at_start:
            self.show_from(0)
            self.move_to(len(entries))

    @property
    def _is_by_date(self) -> bool:
        """Whether months stand above the conversations."""
        return self.order in ("newest", "oldest")

    def say_why_empty(self) -> None:
        """Choose the sentence for a list without rows."""
        if self.narrowing is None and self._session.is_importing:
            self.set_empty(_("The first conversations will be here in a moment."))
        elif self.narrowing is None:
            self.set_empty(nothing_to_list(self.app, self._session))
        else:
            self.set_empty(_("Nothing like this is here. Esc shows everything again."))

    def _entries(self) -> list[str]:
        """The models to name: of those that are no longer offered the ones one talked with most, the last one first."""
        if self.narrowing is not None or not self._session.config.last_with:
            return []
        gone = [slug for slug in self._last if self._session.is_retired(slug)]
        gone.sort(key=lambda slug: -self._last[slug][1])
        most = self._most_last
        named = sorted(gone[:most], key=lambda slug: -(self._last[slug][0].created or 0.0))
        entries = [_LAST + slug for slug in named]
        return [*entries, _OTHERS] if len(gone) > most else entries

    @property
    def _most_last(self) -> int:
        return max(_FEWEST_LAST, self.size.height // _LAST_SHARE)

    def on_resize(self) -> None:
        """A higher list has room for more of them."""
        if self._last and self.is_loaded and self._entries() != [item for item in self.items if isinstance(item, str)]:
            self.list_again()

    @property
    def is_on_others(self) -> bool:
        """Whether the cursor is on the entry for all other models."""
        return self.current == _OTHERS

    def place(self) -> Place | None:
        """What the cursor is on."""
        item = self.current
        if isinstance(item, int):
            summary = self._summaries[item]
            return Place(summary.id, self._session.title(summary.id, summary.title))
        slug = str(item).removeprefix(_LAST)
        if slug not in self._last:
            return None
        found, _number = self._last[slug]
        messages = self._session.opened.messages([found.key])
        title = self._session.title(found.conversation_id, found.title)
        return Place(found.conversation_id, title, messages[0].id if messages else "")

    def action_last(self) -> None:
        """Go to the last row."""
        self.when_whole(super().action_last)

    def action_move(self, step: int) -> None:
        """Up from the first row is the search box."""
        if step < 0 and self.cursor == 0:
            self.screen.set_focus(self.screen.query_one(Input))
        else:
            super().action_move(step)

    def _conversation_line(self, summary: Summary, width: int) -> RowLine:
        title = self._session.title(summary.id, summary.title)
        return conversation_line(summary, title, width, is_by_date=self._is_by_date)

    def _lines(self, item: ItemId, width: int) -> Sequence[RowLine]:
        if isinstance(item, int):
            return (self._conversation_line(self._summaries[item], width),)
        if item == _OTHERS:
            return (RowLine([Run(_("Other models"))]),)
        slug = item.removeprefix(_LAST)
        date = [Run(when.date_time(self._last[slug][0].created), "dim")] if width >= _DATE_FROM_WIDTH else ()
        return (RowLine([Run(self._session.model_name(slug))], date),)


def nothing_to_list(app: App[Any], session: Session) -> str:
    """Why a library has no conversation to show, and the next step."""
    if session.is_empty:
        words = _("No conversations here yet. {go_import} adds an export.")
    else:
        words = _("All your conversations are put away. {menu} leads to them, and {undo} takes the last step back.")
    return words.format(**key_names(app._keymap))
