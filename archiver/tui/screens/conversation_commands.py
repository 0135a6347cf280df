"""What can be done with a conversation wherever one is shown: in the library, in the reader, in lists of messages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from textual import work

from archiver.errors import ArchiverError, CannotWrite
from archiver.i18n import N_, _
from archiver.tui.messages import LibraryChanged
from archiver.tui.panels.rows import Row
from archiver.tui.place import Place
from archiver.tui.screens.places import PlacesScreen
from archiver.tui.threads import hand_over


class ConversationCommands(PlacesScreen):
    """A screen whose cursor stands on conversations or their messages."""

    def place(self) -> Place | None:
        """What the cursor is on; None when the list is empty."""
        raise NotImplementedError

    def found_ids(self) -> list[str]:
        """Conversations that a search or a narrowing brought the list down to; none when it shows everything."""
        return []

    def open_place(self, place: Place, query: str = "") -> None:
        """Read a conversation, at a message and with the words of a search marked."""
        from archiver.tui.screens.reader import ReaderScreen

        try:
            screen = ReaderScreen(self.session, place, query)
        except ArchiverError as error:
            self.tell_if(str(error))
        else:
            self.app.push_screen(screen, lambda _nothing: self.came_back())

    def came_back(self) -> None:
        """Called when somebody comes back from reading."""

    def action_go_conversation(self) -> None:
        """Open the conversation at this place."""
        if place := self.place():
            self.open_place(place)

    def action_save_as(self) -> None:
        """Choose a format and a folder."""
        if place := self.place():
            from archiver.tui.screens.export import ExportScreen

            self.app.push_screen(ExportScreen(self.session, place, self.found_ids()))

    def action_save_markdown(self) -> None:
        """Write the conversation as Markdown to the folder used last."""
        if place := self.place():
            self._save_markdown(place)

    @work(thread=True, group="save")
    def _save_markdown(self, place: Place) -> None:
        from archiver.tui.saving import save_markdown

        try:
            sentence = save_markdown(self.session, place)
        except ArchiverError as error:
            hand_over(self.app, self.tell_if, str(error))
        else:
            hand_over(self.app, self.say, sentence)

    def action_favourite(self) -> None:
        """Mark or unmark."""
        if place := self.place():
            annotations = self.session.opened.annotations
            is_marked = any(
                mark.conversation_id == place.conversation_id and mark.message_id == place.message_id
                for mark in annotations.favourites()
            )
            self.change(
                lambda: annotations.set_favourite(place.conversation_id, place.message_id, is_favourite=not is_marked)
            )

    def action_put_away(self) -> None:
        """Leave the conversation out of lists, search and dates."""
        if place := self.place():
            words = N_("“{title}” is put away. {undo} brings it back, and {menu} leads to all that is put away.")
            said = self.with_keys(words, title=place.title)
            self.change(lambda: self.session.opened.put_away(place.conversation_id), said)

    def action_undo(self) -> None:
        """Take back the last act."""
        self.change(self._undo)

    def _undo(self) -> None:
        undone = {
            "put_away": _("It is back in the library."),
            "bring_back": _("It is put away again."),
            "favourite": _("The mark is taken back."),
            "unfavourite": _("It is marked again."),
            "note": _("The note is as it was before."),
        }
        said = undone.get(self.session.opened.undo(), _("There is nothing to undo."))
        hand_over(self.app, self.say, said)

    @work(thread=True, group="annotate")
    def change(self, act: Callable[[], object], said: str = "") -> None:
        """Do something to the archive, away from the screen, and let every screen know."""
        try:
            act()
        except CannotWrite as error:
            words = _("This archive is in a place that cannot be written, so nothing was kept. {reason}")
            hand_over(self.app, self.tell_if, words.format(reason=error))
        except ArchiverError as error:
            hand_over(self.app, self.tell_if, str(error))
        else:
            if said:
                hand_over(self.app, self.say, said)
        self.post_message(LibraryChanged())

    def action_details(self) -> None:
        """Every recorded fact."""
        if place := self.place():
            from archiver.tui.screens.details import DetailsScreen

            self.app.push_screen(DetailsScreen(self.session, place))

    def action_raw_json(self) -> None:
        """What the export says."""
        if place := self.place():
            from archiver.tui.screens.raw import RawScreen

            self.app.push_screen(RawScreen(self.session, place))

    def choose(
        self,
        question: Callable[[], str],
        rows: Callable[[], Sequence[Row]],
        then: Callable[[Any], object],
        *,
        at: object = None,
    ) -> None:
        """Ask, and do something with the answer; the cursor begins at the answer that is in force, if one is."""
        from archiver.tui.screens.dialog import ChoiceDialog

        def answered(answer: Any) -> None:
            if answer is not None:
                then(answer)

        self.app.push_screen(ChoiceDialog(self.session, question, rows, at=at), answered)
