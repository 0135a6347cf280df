"""Conversations that were put away: hidden everywhere else, kept here, one key from coming back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from archiver.i18n import N_, _
from archiver.text import when
from archiver.tui.commands import Back, BringBack, Command, Help, Menu, Move, Read, Undo
from archiver.tui.panels.rows import Row
from archiver.tui.place import Place
from archiver.tui.screens.listing import ListScreen


class PutAwayScreen(ListScreen):
    """The list, by date."""

    OFFERS: ClassVar[Sequence[type[Command]]] = (BringBack, Undo, Back)
    FOOTER: ClassVar[Sequence[type[Command]]] = (Move, Read, BringBack, Back, Help, Menu)
    PURPOSE: ClassVar[str] = N_("What you put away is in no list, no search and no date. Nothing of it is gone.")
    NOTHING: ClassVar[str] = N_("Nothing is put away. In the library, {put_away} puts the marked conversation away.")

    def heading(self) -> tuple[str, str]:
        """What this is."""
        return _("Put away"), ""

    def rows(self) -> Sequence[Row]:
        """Titles and dates."""
        rows = []
        for summary in self.session.opened.summaries(put_away=True):
            title = self.session.title(summary.id, summary.title)
            rows.append(Row(Place(summary.id, title), title, when.date(summary.updated)))
        return rows

    def action_bring_back(self) -> None:
        """Show it everywhere again."""
        if place := self.place():
            said = _("“{title}” is back.").format(title=place.title)
            self.change(lambda: self.session.opened.bring_back(place.conversation_id), said)
