"""The last line of a screen: at most five keys, in words, and as many of them as there is room for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual import events
from textual.content import Content
from textual.style import Style
from textual.widget import Widget

from archiver.i18n import _
from archiver.tui.commands import Back, Choose, Command

_NARROW = 26


class CommandBar(Widget):
    """Names the keys that matter here; a click does the same as the key."""

    DEFAULT_CSS = """
    CommandBar {
        height: 1; dock: bottom; padding: 0 2; color: $text-muted; text-wrap: nowrap; text-overflow: clip;
        link-style: none; link-color: $text-muted; link-background: transparent;
        link-style-hover: underline; link-color-hover: $foreground; link-background-hover: transparent;
    }
    CommandBar > .bar--key { color: $foreground; text-style: bold; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"bar--key"}
    ALLOW_SELECT = False
    MOST = 5

    def __init__(self, commands: Sequence[type[Command]]) -> None:
        super().__init__()
        self._commands = tuple(commands)

    def show(self, commands: Sequence[type[Command]]) -> None:
        """Name other keys from now on."""
        if tuple(commands) != self._commands:
            self._commands = tuple(commands)
            self.refresh()

    def render(self) -> Content:
        """The keys that fit, whole ones only."""
        key_style = self.get_visual_style("bar--key", partial=True)
        bar = Content("")
        commands = self._commands[: self.MOST]
        if self.content_size.width < _NARROW:
            # Arrows are tried anyway; the way back is not.
            commands = tuple(sorted(commands, key=lambda command: command.name != Back.name))
        for command in commands:
            gap = "" if not bar else "   "
            entry = self._entry(command, key_style, self._keymap)
            if bar.cell_length + len(gap) + entry.cell_length > self.content_size.width and bar:
                continue
            bar = Content.assemble(bar, gap, entry)
        return bar

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """The pointer over a key shows what the key does."""
        name = str(event.style.meta.get("@click", "")).partition("'")[2].partition("'")[0]
        pointed = next((command for command in self._commands if name and command.name == name), None)
        self.tooltip = Content(_(pointed.help)) if pointed else None

    @property
    def _keymap(self) -> Mapping[str, str]:
        return self.app._keymap

    @staticmethod
    def _entry(command: type[Command], key_style: Style, keymap: Mapping[str, str]) -> Content:
        entry = Content.assemble((command.footer_words(keymap), key_style), " ", _(command.text))
        if issubclass(command, Choose):
            return entry.stylize(Style.from_meta({"@click": "screen.press('enter')"}))
        if not command.has_action:
            return entry
        return entry.stylize(Style.from_meta({"@click": f"screen.perform('{command.name}')"}))
