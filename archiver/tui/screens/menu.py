"""F2: everything that can be done on the screen below, to choose with the arrows or to look up by typing.

The list comes from the commands themselves, so nothing can be done that is not in it.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual import events, on
from textual.app import ComposeResult
from textual.widgets import Input

from archiver.i18n import _
from archiver.tui.commands import EVERYWHERE, PLACES, Command, Down, PageDown, PageUp, Up
from archiver.tui.panels.line import Line
from archiver.tui.panels.paragraph import Paragraph
from archiver.tui.panels.rows import Row, RowList, in_columns
from archiver.tui.screens.base import ArchiverScreen
from archiver.tui.screens.dialog import Dialog


class MenuScreen(Dialog[type[Command]]):
    """The commands of a screen; the answer is the chosen one."""

    DEFAULT_CSS = """
    MenuScreen > Vertical > Input { margin: 0 1; }
    MenuScreen > Vertical > #explained { color: $text-muted; height: 2; margin: 1 0 0 0; max-width: 96; }
    MenuScreen.-short > Vertical > #explained { display: none; }
    """

    def __init__(self, below: ArchiverScreen[object]) -> None:
        super().__init__(below.session)
        offered = dict.fromkeys(command for command in (*below.offers(), *EVERYWHERE) if command.is_for_menu)
        self._commands = sorted(offered, key=lambda command: (command in EVERYWHERE, command in PLACES))

    def compose_body(self) -> ComposeResult:
        """A line to type into, the list, and what the marked command does."""
        yield Line(lambda: _("Type to look for something to do"))
        yield RowList(empty=_("Nothing is called so. Esc goes back."))
        yield Paragraph(self._explained, id="explained")

    def on_mount(self) -> None:
        """Show everything first."""
        super().on_mount()
        self._show("")

    def _explained(self) -> str:
        row = next((rows.current_row for rows in self.query(RowList)), None)
        return _(row.value.help) + "." if row else ""

    @on(RowList.Highlighted)
    def _explain(self) -> None:
        self.query_one("#explained", Paragraph).relabel()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._show(event.value)

    @on(Input.Submitted)
    def _entered(self) -> None:
        self.query_one(RowList).action_select()

    @on(RowList.Selected)
    def _chosen(self, event: RowList.Selected) -> None:
        self.dismiss(self.query_one(RowList).row(event.item).value)

    def on_key(self, event: events.Key) -> None:
        """The arrows move in the list while one types."""
        moves = ((Up, "move", -1), (Down, "move", 1), (PageUp, "page", -1), (PageDown, "page", 1))
        for command, name, step in moves:
            if event.key in command.keys_in(self.keymap) and isinstance(self.focused, Input):
                event.stop()
                getattr(self.query_one(RowList), f"action_{name}")(step)

    def _show(self, typed: str) -> None:
        words = typed.casefold().split()
        column = max(cell_len(_(command.menu_text)) for command in self._commands)
        rows = [
            Row(
                command,
                in_columns(_(command.menu_text), command.key_words(self.keymap), column, "strong"),
                group="" if words else self._group(command),
            )
            for command in self._matching(words)
        ]
        self.query_one(RowList).show_rows(rows, from_start=True)
        self._explain()

    def _matching(self, words: Sequence[str]) -> list[type[Command]]:
        """The commands that say all these words; those that are called so before those that only mention them."""
        called = {command: command.is_called() for command in self._commands}
        found = [
            command
            for command in self._commands
            if all(word in called[command] or word in _(command.help).casefold() for word in words)
        ]
        return sorted(found, key=lambda command: -sum(word in called[command] for word in words))

    def _group(self, command: type[Command]) -> str:
        if command in EVERYWHERE:
            return _("Everywhere")
        return _("More of your archive") if command in PLACES else _("Here")
