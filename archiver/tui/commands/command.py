"""Command: one thing a person can ask for, as a class.

A class gives the keys, the words in the footer and in the menu, and the sentence of help that is the tooltip too.
Screens name the classes they offer and hold a method ``action_<name>`` for each; widgets make their own bindings from
the same classes. Nothing else writes a key or its words a second time. The name is also the key into the person's own
keymap.

Letter keys are for those who like them; every command is in the menu too, where arrows and Enter are enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import ClassVar

from textual.binding import Binding, BindingType

from archiver.i18n import _
from archiver.tui.commands.keys import key_words


class Command:
    """One thing a person can ask for."""

    name: ClassVar[str] = ""
    """Name of the action, of the binding, and of the entry in the keymap."""
    keys: ClassVar[str] = ""
    """In Textual's spelling, separated by commas; the first one is shown. Empty: in the menu only."""
    text: ClassVar[str] = ""
    """A word or two for footer and menu."""
    menu_text: ClassVar[str] = ""
    """How the menu calls it, where the footer is shorter."""
    help: ClassVar[str] = ""
    """What it does, as a sentence."""
    together: ClassVar[tuple[type[Command], ...]] = ()
    """Commands whose keys the footer writes in one, under this command's word."""
    also: ClassVar[str] = ""
    """Other words people may look for in the menu."""
    is_for_menu: ClassVar[bool] = True
    """False for keys that only make sense as keys."""
    has_action: ClassVar[bool] = True
    """False for what the list or text under the cursor does itself, named so that footer and help can show it."""
    is_first: ClassVar[bool] = False
    """Whether it comes before what the focused widget does with the key, and before the next key is looked at."""
    known: ClassVar[dict[str, type[Command]]] = {}
    """Every command by name; the first one of a name says what the keymap changes."""

    def __init_subclass__(cls) -> None:
        """``SaveAs`` is named ``save_as``; a command in other words keeps the name of the one it is."""
        if "name" not in vars(cls):
            cls.name = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()
        if "menu_text" not in vars(cls):
            cls.menu_text = cls.text
        Command.known.setdefault(cls.name, cls)

    @classmethod
    def binding(cls, action: str = "") -> Binding:
        """The keys as Textual wants them; the words stay untranslated until they are shown."""
        words = {"tooltip": cls.help, "id": cls.name, "show": False, "priority": cls.is_first}
        return Binding(cls.keys, action or cls.name, cls.text, **words)  # type: ignore[arg-type]

    @classmethod
    def keys_in(cls, keymap: Mapping[str, str]) -> list[str]:
        """The keys that do it, in Textual's spelling."""
        return [key for key in keymap.get(cls.name, cls.keys).split(",") if key and key != NO_KEY]

    @classmethod
    def key_words(cls, keymap: Mapping[str, str]) -> str:
        """The key to press, as people write it; empty when there is none."""
        return next((key_words(key) for key in cls.keys_in(keymap)), "")

    @classmethod
    def all_key_words(cls, keymap: Mapping[str, str]) -> str:
        """Every key that does it."""
        if cls.together:
            return cls.footer_words(keymap)
        return " ".join(key_words(key) for key in cls.keys_in(keymap))

    @classmethod
    def footer_words(cls, keymap: Mapping[str, str]) -> str:
        """The key, or the keys that belong together."""
        words = [each for command in cls.together if (each := command.key_words(keymap))]
        between = "" if all(len(each) == 1 for each in words) else " "
        return between.join(words) if words else cls.key_words(keymap)

    @classmethod
    def is_called(cls) -> str:
        """All words by which the menu finds it before it looks into the help."""
        return " ".join(filter(None, (_(cls.menu_text), _(cls.also)))).casefold()


NO_KEY = "no_key"
"""Stands in Textual's keymap for the keys of a command that has none left; no keyboard sends it."""


def bindings(commands: Iterable[type[Command]]) -> list[BindingType]:
    """The bindings of the commands that have keys of their own."""
    return [command.binding() for command in commands if command.keys and command.has_action]
