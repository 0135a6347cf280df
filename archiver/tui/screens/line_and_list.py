"""Going between the line that searches and the list under it: who types searches, arrows lead into the list."""

from __future__ import annotations

from textual import events
from textual.widgets import Input

from archiver.tui import commands
from archiver.tui.screens.previewed_library import PreviewedLibrary


class LineAndList(PreviewedLibrary):
    """A library in which letters are words, unless somebody moves in the list by letters."""

    _commands_by_letter = False
    """Whether somebody moves in the list by letters, as in vim, and means to go on so."""

    def came_back(self) -> None:
        """Whoever comes back from reading and types means to search, unless they moved in the list by letters."""
        if not self._commands_by_letter:
            self.set_focus(self.query_one(Input))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """In the list, the arrow down is the list's own."""
        if action == commands.IntoList.name:
            return isinstance(self.focused, Input)
        return super().check_action(action, parameters)

    def action_into_list(self) -> None:
        """From the search box into the list. Keys typed quickly after this one are already the list's."""
        if self.list_in_front.items:
            self.set_focus(self.list_in_front)

    def on_key(self, event: events.Key) -> None:
        """Tab leads back to the search box."""
        self._commands_by_letter = self._moves_by_letter(event)
        if event.key in ("tab", "shift+tab"):
            event.stop()
            event.prevent_default()
            self.set_focus(self.query_one(Input))
        elif event.key == "up" and isinstance(self.focused, Input) and self.list_in_front.cursor:
            # The row stays marked while one types, so the arrow goes on from there.
            event.stop()
            event.prevent_default()
            self.set_focus(self.list_in_front)
            self.list_in_front.action_move(-1)

    def _moves_by_letter(self, event: events.Key) -> bool:
        """Whether this key, or what came before it, shows that letters are meant for the list."""
        if isinstance(self.focused, Input):
            return False
        moves = (commands.Up, commands.Down, commands.First, commands.Last)
        is_move = event.is_printable and any(event.key in command.keys_in(self.keymap) for command in moves)
        return is_move or self._commands_by_letter

    def action_search_words(self) -> None:
        """Go to the search box."""
        self.set_focus(self.query_one(Input))
