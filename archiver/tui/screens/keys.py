"""Every key, and a way to change it: a key is pressed, not spelled.

What is chosen here goes into the settings file, under the name that stands at the right of each command.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult

from archiver.i18n import N_, _
from archiver.tui import commands
from archiver.tui.commands import EVERYWHERE, MOVING, PLACES, Command, key_words, keymap
from archiver.tui.finding import path_words
from archiver.tui.messages import SettingsChanged
from archiver.tui.panels.paragraph import Paragraph
from archiver.tui.panels.rows import Row, in_columns
from archiver.tui.screens.dialog import Dialog
from archiver.tui.screens.listing import ListScreen
from archiver.tui.session import Session

_COLUMN = 34


class KeysScreen(ListScreen):
    """The commands with their keys; Enter gives one another key."""

    OFFERS: ClassVar[Sequence[type[Command]]] = (commands.Back,)
    FOOTER: ClassVar[Sequence[type[Command]]] = (commands.Move, commands.Change, commands.Back, commands.Help)
    PURPOSE: ClassVar[str] = N_(
        "Enter on a command gives it another key. A key belongs to one command on a screen: what had it before keeps "
        "its other keys and its place in the menu. The names at the right are those for the [keymap] of the settings "
        "file, where a command may have several keys, with commas between them."
    )

    def heading(self) -> tuple[str, str]:
        """Where they are kept."""
        file = self.session.config.file
        return _("Keys"), path_words(file) if file else _("kept until you leave")

    def rows(self) -> Sequence[Row]:
        """Every command once."""
        groups: tuple[tuple[str, tuple[type[Command], ...]], ...] = (
            (_("Everywhere"), (*EVERYWHERE, commands.Back)),
            (_("Moving about"), MOVING),
            (_("Other screens"), PLACES),
            (_("On some screens"), tuple(Command.known.values())),
        )
        in_force = keymap(self.session.config.keymap).keys
        seen: dict[str, Row] = {}
        for group, members in groups:
            for command in members:
                if command.name not in seen and (command.keys or command.is_for_menu) and not command.together:
                    seen[command.name] = self._row(command, in_force, group)
        return list(seen.values())

    def _row(self, command: type[Command], in_force: Any, group: str) -> Row:
        is_own = command.name in self.session.config.keymap
        words = command.all_key_words(in_force)
        columns = in_columns(_(command.menu_text), words, _COLUMN, "accent" if is_own else "strong")
        return Row(command, columns, command.name, group=group)

    def chosen(self, row: Row) -> None:
        """Ask what to do with its key."""
        command: type[Command] = row.value
        offered = [Row("press", _("Another key"))]
        if command.name in self.session.config.keymap:
            usual = " ".join(map(key_words, filter(None, command.keys.split(",")))) or _("none")
            offered.append(Row("usual", _("The usual key again: {key}").format(key=usual)))
        offered.append(Row("", _("Back")))
        question = f"{_(command.menu_text)}: {_(command.help)}."
        self.choose(lambda: question, lambda: offered, lambda answer: self._answered(command, answer))

    def _answered(self, command: type[Command], answer: str) -> None:
        if answer == "press":
            self.app.push_screen(KeyDialog(self.session, command), lambda key: self._give(command, key))
        elif answer == "usual":
            self._apply({name: keys for name, keys in self.session.config.keymap.items() if name != command.name})

    def _give(self, command: type[Command], key: str | None) -> None:
        if not key:
            return
        chosen = {name: keys for name, keys in self.session.config.keymap.items() if name != command.name}
        before = set(keymap(chosen).doubts)
        chosen[command.name] = key
        doubts = [doubt for doubt in keymap(chosen).doubts if doubt not in before]
        if doubts:
            self.tell_if(doubts[0])
            return
        old, new = keymap(self.session.config.keymap).keys, keymap(chosen).keys
        for other in Command.known.values():
            if other is not command and set(other.keys_in(old)) > set(other.keys_in(new)):
                sentence = _("The key was that of “{command}” before, which keeps its place in the menu.")
                self.say(sentence.format(command=_(other.menu_text)))
        self._apply(chosen)

    def _apply(self, chosen: dict[str, str]) -> None:
        self.tell_if(self.session.change(keymap=chosen))
        self.post_message(SettingsChanged(self.session.config))


class KeyDialog(Dialog[str]):
    """Waits for a key; Esc keeps everything as it is."""

    FOOTER: ClassVar[Sequence[type[Command]]] = (commands.Back,)

    def __init__(self, session: Session, command: type[Command]) -> None:
        super().__init__(session)
        self._command = command

    def compose_body(self) -> ComposeResult:
        """What is waited for."""
        yield Paragraph(self._question, classes="question")

    def _question(self) -> str:
        return _("Please press the new key for “{command}”.").format(command=_(self._command.menu_text))

    def on_key(self, event: events.Key) -> None:
        """Any key but Esc is the answer, also one that means something elsewhere."""
        event.stop()
        event.prevent_default()
        self.dismiss(None if event.key == "escape" else event.key)
