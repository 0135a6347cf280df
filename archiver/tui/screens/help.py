"""F1: what the screen below is for, and its keys, made from its commands."""

from __future__ import annotations

from collections.abc import Sequence

from archiver.i18n import N_, _
from archiver.tui.commands import EVERYWHERE, MOVING, Choose, Command, Menu
from archiver.tui.panels.text_page import Passage, with_labels
from archiver.tui.screens.base import ArchiverScreen
from archiver.tui.screens.page import PageScreen


class HelpScreen(PageScreen):
    """The help of another screen."""

    PURPOSE = N_(
        "Everything can be done with the arrows, Enter and Esc, and the menu under {menu}. The other keys are extra; "
        "all of them can be changed in the menu, under Keys."
    )

    def __init__(self, below: ArchiverScreen[object]) -> None:
        super().__init__(below.session)
        self._below = below

    def heading(self) -> tuple[str, str]:
        """Whose help it is."""
        return _("Help"), self._below.heading()[0]

    def passages(self) -> Sequence[Passage]:
        """Purpose, then the keys."""
        first = [Passage(self.with_keys(self._below.PURPOSE))] if self._below.PURPOSE else []
        about_keys = Passage(self.with_keys(HelpScreen.PURPOSE), gap=bool(first))
        own = [command for command in self._below.footer() if issubclass(command, Choose)]
        here = [command for command in self._below.offers() if command not in own and command not in EVERYWHERE]
        with_keys = [command for command in here if command.keys_in(self.keymap)]
        in_menu = [command for command in here if command not in with_keys]
        return [
            *first,
            about_keys,
            *self._section(_("Keys here"), [*own, *with_keys]),
            *self._section(_("In the menu ({key})").format(key=Menu.key_words(self.keymap)), in_menu),
            *self._section(_("Moving about"), [command for command in MOVING if command is not Choose]),
            *self._section(_("Everywhere"), EVERYWHERE),
        ]

    def _section(self, title: str, commands: Sequence[type[Command]]) -> list[Passage]:
        if not commands:
            return []
        labels = [command.all_key_words(self.keymap) or _(command.menu_text) for command in commands]
        texts = [
            f"{_(each.menu_text)}: {_(each.help)}" if each.keys_in(self.keymap) else _(each.help) for each in commands
        ]
        return [Passage(title, "heading", gap=True), *with_labels(zip(labels, texts, strict=True))]
