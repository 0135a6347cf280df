"""The last reply of each model, with date and local time. Nothing is opened that is not chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from archiver import overview
from archiver.i18n import N_, _
from archiver.text import when
from archiver.tui import commands
from archiver.tui.commands import Command
from archiver.tui.panels.rows import Row
from archiver.tui.place import Place
from archiver.tui.screens.listing import ListScreen
from archiver.tui.widgets.runs import Run


class LastWithScreen(ListScreen):
    """Models that are no longer offered first, then the others; each list by date."""

    OFFERS: ClassVar[Sequence[type[Command]]] = (commands.Details, commands.RawJson, commands.Back)
    PURPOSE: ClassVar[str] = N_(
        "Your own last reply of each model, found in your exports: it differs from person to person. Enter opens the "
        "conversation at that reply."
    )
    NOTHING: ClassVar[str] = N_("No reply in your exports names a model.")

    def heading(self) -> tuple[str, str]:
        """What this is."""
        return _("Last with a model"), ""

    def rows(self) -> Sequence[Row]:
        """A row for each model."""
        rows = []
        found = overview.last_replies(self.session.opened)
        for slug, (last, _number) in sorted(found.items(), key=lambda item: -(item[1][0].created or 0.0)):
            archive = self.session.opened
            for message in archive.messages([last.key]):
                place = Place(last.conversation_id, self.session.title(last.conversation_id, last.title), message.id)
                words = [Run(self.session.model_name(slug), "strong"), Run(f"  {place.title}", "dim")]
                rows.append(Row(place, words, when.date_time(last.created), group=self._group(slug)))
        rows.sort(key=lambda row: row.group != self._retired_group)
        return rows

    @property
    def _retired_group(self) -> str:
        return _("No longer in ChatGPT")

    def _group(self, slug: str) -> str:
        return self._retired_group if self.session.is_retired(slug) else _("Other models")
