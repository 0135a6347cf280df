"""The person's own keys: which key does what in the end, and what could not be done as the settings say.

A key that somebody gives to a command is that command's alone on every screen that has it: lists, texts and sheets
lose it as screens do. The keys everything can be done with (arrows, Enter, Esc, the menu) are only lost by a command
that is given other ones itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from archiver.i18n import _
from archiver.tui.commands import everywhere, moving
from archiver.tui.commands.command import NO_KEY, Command
from archiver.tui.commands.keys import key_words, spelled

_ONLY_THERE = ("library", "reader")
"""Modules whose commands are never on one screen with those of another of these."""
_NEEDED: tuple[type[Command], ...] = (moving.Up, moving.Down, moving.Choose, everywhere.Back, everywhere.Menu)


@dataclass(frozen=True)
class Keymap:
    """The keys in force."""

    keys: Mapping[str, str] = field(default_factory=dict)
    """By name of command, in Textual's spelling; only what differs from the built-in keys."""
    doubts: tuple[str, ...] = ()
    """Finished sentences about what could not be done."""


def keymap(chosen: Mapping[str, str]) -> Keymap:
    """What the ``[keymap]`` of the settings comes to."""
    doubts: list[str] = []
    own: dict[str, list[str]] = {}
    needed = {key: each for each in _NEEDED if each.name not in chosen for key in each.keys.split(",")[:1]}
    for name, words in chosen.items():
        if name not in Command.known:
            doubts.append(_("No command is called “{name}”. Settings, Keys lists the names.").format(name=name))
            continue
        command = Command.known[name]
        for word in filter(None, map(str.strip, words.split(","))):
            key = spelled(word)
            if not key:
                doubts.append(_("“{key}” is not a key that is known.").format(key=word))
            elif needed.get(key, command) is not command and key not in command.keys.split(","):
                sentence = _("The key {key} stays with “{command}”, because nothing could be done without it.")
                doubts.append(sentence.format(key=key_words(key), command=_(needed[key].menu_text)))
            elif taken := next((other for other in own if key in own[other] and _meet(command, other)), ""):
                sentence = _("The key {key} is given to “{first}” and to “{second}”; the first one has it.")
                doubts.append(sentence.format(key=key_words(key), first=taken, second=name))
            else:
                own.setdefault(name, []).append(key)
    return Keymap(dict(_in_force(own)), tuple(doubts))


def _in_force(own: Mapping[str, list[str]]) -> Iterator[tuple[str, str]]:
    for name, command in Command.known.items():
        built_in = command.keys.split(",") if command.keys else []
        left = [key for key in built_in if not any(key in own[other] and _meet(command, other) for other in own)]
        keys = own.get(name, left)
        if keys != built_in:
            yield name, ",".join(keys) or NO_KEY


def _meet(command: type[Command], other: str) -> bool:
    """Whether both can be on one screen."""
    homes = {each.__module__.rpartition(".")[2] for each in (command, Command.known[other])}
    return len(homes) == 1 or not homes <= set(_ONLY_THERE)


def key_names(keys: Mapping[str, str]) -> dict[str, str]:
    """The key of every command by its name, to be put into sentences; where it has none, what the menu calls it."""
    return {
        name: command.key_words(keys) or _("“{command}” in the menu").format(command=_(command.menu_text))
        for name, command in Command.known.items()
    }
