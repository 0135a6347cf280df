"""Commands are the one place where keys and words are written."""

from __future__ import annotations

import importlib
import inspect
import pkgutil

import pytest

from archiver.tui import commands, screens
from archiver.tui.commands import EVERYWHERE, Command, key_words
from archiver.tui.screens.base import ArchiverScreen


def all_commands() -> list[type[Command]]:
    """Every command there is."""
    return [
        each for each in vars(commands).values() if inspect.isclass(each) and issubclass(each, Command) and each.name
    ]


def all_screens() -> list[type[ArchiverScreen[object]]]:
    """Every screen there is."""
    for module in pkgutil.iter_modules(screens.__path__):
        importlib.import_module(f"archiver.tui.screens.{module.name}")
    found: list[type[ArchiverScreen[object]]] = []
    waiting: list[type[ArchiverScreen[object]]] = [ArchiverScreen]
    while waiting:
        screen = waiting.pop()
        found.append(screen)
        waiting += screen.__subclasses__()
    return found


@pytest.mark.parametrize("command", all_commands(), ids=lambda command: command.name)
def test_a_command_explains_itself(command: type[Command]) -> None:
    """A short word, and a sentence without a full stop, as footers, menus and tooltips want them."""
    assert command.text
    assert len(command.text) <= 32
    assert command.help
    assert not command.help.endswith(".")


@pytest.mark.parametrize("screen", all_screens(), ids=lambda screen: screen.__name__)
def test_a_screen_can_do_what_it_offers(screen: type[ArchiverScreen[object]]) -> None:
    """There is a method for each command, no key means two things, and the footer names at most six keys."""
    taken: dict[str, str] = {}
    for command in screen.OFFERS:
        if command.has_action:
            assert hasattr(screen, f"action_{command.name}"), command.name
            for key in filter(None, command.keys.split(",")):
                assert taken.setdefault(key, command.name) == command.name, key
    assert set(taken).isdisjoint(key for command in EVERYWHERE for key in command.keys.split(","))
    assert len(screen.FOOTER) <= 6


@pytest.mark.parametrize("screen", all_screens(), ids=lambda screen: screen.__name__)
def test_the_menu_has_each_thing_once(screen: type[ArchiverScreen[object]]) -> None:
    """No command twice, and each word for one command only."""
    offered = [command for command in (*screen.OFFERS, *EVERYWHERE) if command.is_for_menu]
    words = [command.menu_text for command in offered]
    assert sorted(words) == sorted(set(words))


@pytest.mark.parametrize(
    ("key", "words"),
    [("ctrl+p", "Ctrl+P"), ("f1", "F1"), ("question_mark", "?"), ("shift+tab", "Shift+Tab"), ("E", "E"), ("e", "e"),
     ("left_curly_bracket", "{"), ("escape", "Esc"), ("ctrl+up", "Ctrl+↑")],
)  # fmt: skip
def test_keys_are_written_as_people_say_them(key: str, words: str) -> None:
    """Not as programs spell them."""
    assert key_words(key) == words
