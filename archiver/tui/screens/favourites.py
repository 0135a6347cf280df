"""Messages that mean something to the person: the ones they marked or wrote notes to, and the ones they rated."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from archiver import overview
from archiver.errors import NotFound
from archiver.i18n import N_, _
from archiver.records import Message
from archiver.text import when
from archiver.text.plain_text import shown
from archiver.tui import commands
from archiver.tui.commands import Command
from archiver.tui.library_rows import FAVOURITE
from archiver.tui.panels.rows import Row
from archiver.tui.place import Place
from archiver.tui.screens.listing import ListScreen
from archiver.tui.widgets.runs import Run

_OFFERS: tuple[type[Command], ...] = (
    commands.Favourite, commands.Undo, commands.SaveMarkdown, commands.SaveAs, commands.Details, commands.RawJson,
    commands.Back,
)  # fmt: skip
_BEGINNING = 300
"""Characters of a message that are shown in a list."""
_RATINGS = {"thumbs_up": N_("Thumbs up"), "thumbs_down": N_("Thumbs down")}


class FavouritesScreen(ListScreen):
    """Marks and notes, the newest first."""

    OFFERS: ClassVar[Sequence[type[Command]]] = _OFFERS
    PURPOSE: ClassVar[str] = N_(
        "What you marked with {favourite}, and the notes you wrote with {note}. They stay with their messages through "
        "every import and never become part of a conversation."
    )
    NOTHING: ClassVar[str] = N_(
        "Nothing is marked yet. While reading, {favourite} marks a message and {note} writes a note beside it."
    )
    ROW_HEIGHT: ClassVar[int] = 2

    def heading(self) -> tuple[str, str]:
        """What this is."""
        return _("Favourites and notes"), ""

    def rows(self) -> Sequence[Row]:
        """Notes first, because somebody wrote them; then marks."""
        annotations = self.session.opened.annotations
        places = [(note.conversation_id, note.message_id, note.text) for note in reversed(annotations.notes())]
        places += [(mark.conversation_id, mark.message_id, "") for mark in reversed(annotations.favourites())]
        return [row for place in places if (row := self._row(*place))]

    def _row(self, conversation_id: str, message_id: str, note: str) -> Row | None:
        archive = self.session.opened
        try:
            summary = archive.find(conversation_id)
        except NotFound:
            return None
        title = self.session.title(summary.id, summary.title)
        place = Place(conversation_id, title, message_id)
        group = _("Notes") if note else _("Favourites")
        second: str | list[Run] = [Run(note, "accent")] if note else ""
        if not message_id:
            return Row(place, [Run(FAVOURITE, "accent"), Run(title)], when.date(summary.updated), second, group)
        key = next((row.key for row in archive.outline(conversation_id).rows if row.id == message_id), 0)
        for message in archive.messages([key]) if key else ():
            words = [Run(self.session.speaker(message.role, message.answered) + "  ", "dim"), Run(beginning(message))]
            return Row(place, words, when.date(message.created), second or title, group)
        return None


class RatedScreen(ListScreen):
    """The thumbs of message_feedback.json, made into a list."""

    OFFERS: ClassVar[Sequence[type[Command]]] = _OFFERS
    PURPOSE: ClassVar[str] = N_(
        "Replies you rated at the provider, as your exports have it. {favourite} marks one as a favourite."
    )
    NOTHING: ClassVar[str] = N_("No ratings are in your exports.")
    ROW_HEIGHT: ClassVar[int] = 2

    def heading(self) -> tuple[str, str]:
        """What this is."""
        return _("Replies you rated"), ""

    def rows(self) -> Sequence[Row]:
        """Thumbs up first, then the others; the newest first in each."""
        rated = sorted(
            overview.rated(self.session.opened),
            key=lambda found: (found.message.rating != "thumbs_up", found.message.rating, -(found.created or 0.0)),
        )
        rows = []
        for found in rated:
            message = found.message
            words = [Run(self.session.speaker(message.role, message.answered) + "  ", "dim"), Run(beginning(message))]
            place = Place(found.conversation_id, self.session.title(found.conversation_id, found.title), message.id)
            group = _(_RATINGS[message.rating]) if message.rating in _RATINGS else message.rating
            rows.append(Row(place, words, when.date(found.created), " · ".join((place.title, *message.notes)), group))
        return rows


def beginning(message: Message) -> str:
    """The first words of a message."""
    text = next((text for part in message.parts if (text := getattr(part, "text", "").strip())), "")
    return shown(text, 0, min(len(text), _BEGINNING), (), is_markdown=True)[0] or _("(no text)")
