"""What this terminal can do, and how text must be written for it.

Terminals disagree about the width of Hindi vowel signs and emoji, and about who puts Arabic in order. This is the one
place that knows; stored and exported text is never changed by it.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from types import FrameType
from typing import Literal, TypeAlias

from rich.console import Console

from archiver.text.sanitize import visible
from archiver.tui import bidi
from archiver.tui.bidi import Arranged
from archiver.tui.terminal_guard import guarded
from archiver.tui.terminal_probe import probe
from archiver.tui.terminal_widths import use_widths

BidiMode: TypeAlias = Literal["app", "vte", "terminal", "konsole", "words", "guarded"]
"""Who puts right-to-left text in order.

``app``: this program; the terminal writes what it is given (xterm, Alacritty, Windows Terminal, foot, WezTerm).
``vte``: this program, after telling the terminal to leave it (GNOME Terminal, Xfce Terminal, Tilix).
``terminal``: the terminal (mlterm, Terminal of macOS).
``konsole``: the terminal, within marks that keep it from moving other things, and with brackets that it leaves as they
are turned for it.
``words``: this program turns the words round, the terminal the letters (kitty).
``guarded``: nobody, with marks that keep the terminal from moving other things (VTE inside tmux, unknown terminals).
"""

BIDI_MODES: tuple[BidiMode, ...] = ("app", "vte", "terminal", "konsole", "words", "guarded")

_LEAVE_ORDER_TO_US, _ORDER_AS_BEFORE = "\x1b[8l", "\x1b[8h"
_VTE_WITH_BIDI = 5800
_EMOJI_SAMPLES = ("variation", "family", "skin tone", "keycap")


@dataclass(frozen=True, slots=True)
class Terminal:
    """What is known of the terminal."""

    name: str = ""
    widths: Mapping[str, int] = field(default_factory=dict)
    """Cells it uses for the samples of the probe; empty when it was not asked or did not answer."""
    bidi: BidiMode = "app"
    is_light: bool | None = None
    """Whether its background is light; None when it did not say."""
    typed: str = ""
    """What somebody typed while it was asked."""
    has_few_colours: bool = False
    """Whether it is taken for one of sixteen colours."""

    @property
    def needs_plain_emoji(self) -> bool:
        """Whether it draws combined emoji as several."""
        return any(self.widths.get(sample, 2) != 2 for sample in _EMOJI_SAMPLES)

    @property
    def vowel_signs(self) -> int:
        """Cells it gives a Devanagari vowel sign; one where it did not say, as nearly every terminal does."""
        return 1 if self.widths.get("vowel sign", 2) == 2 else 0

    @property
    def unicode_version(self) -> str:
        """The newest Unicode version whose emoji it draws two cells wide; empty when all of them."""
        versions = [sample for sample in self.widths if sample[0].isdigit()]
        if not versions or self.widths[versions[0]] == 2:
            return ""
        return next((version for version in versions if self.widths[version] == 2), "12.1.0")


_current = Terminal()


class _Orders:
    """Whether this is a terminal that can be told who puts right-to-left text in order."""

    is_held = False


_orders = _Orders()


def current() -> Terminal:
    """The terminal that text is written for."""
    return _current


def use(terminal: Terminal) -> None:
    """Write text for this terminal from now on."""
    global _current
    if _orders.is_held and (terminal.bidi == "vte") != (_current.bidi == "vte"):
        _write(_LEAVE_ORDER_TO_US if terminal.bidi == "vte" else _ORDER_AS_BEFORE)
    _current = terminal
    if terminal.widths:
        use_widths(vowel_signs=terminal.vowel_signs, unicode_version=terminal.unicode_version)


@contextmanager
def prepared(bidi_mode: BidiMode | None = None, environment: Mapping[str, str] = os.environ) -> Iterator[Terminal]:
    """Ask the terminal what it can do, and give it back as it was at the end: around ``App.run``.

    Args:
        bidi_mode: What the person chose in the settings; found out when None.
        environment: Tells which terminal this is.
    """
    answer = probe(environment)
    if answer.name and os.environ.get("TERM") == "xterm":
        # Whoever tells name and version (XTVERSION, since 2020) has 256 colours; by this name, only 16 would be used.
        os.environ["TERM"] = "xterm-256color"
    mode = bidi_mode or bidi_mode_of(answer.name, environment)
    use(Terminal())
    _orders.is_held = sys.__stderr__ is not None and sys.__stderr__.isatty()
    has_few_colours = Console().color_system == "standard"
    use(Terminal(answer.name, answer.widths, mode, answer.is_light, answer.typed, has_few_colours))
    try:
        with guarded(_ORDER_AS_BEFORE if mode == "vte" else ""):
            yield current()
    finally:
        use(replace(current(), bidi="app"))
        _orders.is_held = False


def carry_on_only_in_a_terminal() -> None:
    """Keep Textual from beginning anew in a terminal that was closed: for the main thread, once the app runs.

    Whoever closes a terminal sends "carry on" after "hang up", for programs that were asleep. Textual would read keys
    again, from nothing, for ever, and the program would never end.
    """
    number = getattr(signal, "SIGCONT", None)
    carry_on = signal.getsignal(number) if number is not None else None
    if number is None or not callable(carry_on) or threading.current_thread() is not threading.main_thread():
        return

    def carry_on_here(number: int, frame: FrameType | None) -> None:
        if sys.__stdin__ is not None and sys.__stdin__.isatty():
            carry_on(number, frame)

    signal.signal(number, carry_on_here)


def choose_bidi(mode: BidiMode) -> None:
    """Write right-to-left text another way, as chosen in the settings."""
    use(replace(_current, bidi=mode))


def bidi_mode_of(name: str, environment: Mapping[str, str]) -> BidiMode:
    """Who puts right-to-left text in order in this terminal, by its own answer or the environment."""
    term = environment.get("TERM", "")
    program = environment.get("TERM_PROGRAM", "")
    is_inside = bool(environment.get("TMUX") or environment.get("STY")) or name.startswith("tmux")
    if is_inside and "KONSOLE_VERSION" in environment:
        return "guarded"
    if "KONSOLE_VERSION" in environment or name.startswith("Konsole"):
        return "konsole"
    if "MLTERM" in environment or program == "Apple_Terminal":
        return "terminal"
    if "KITTY_WINDOW_ID" in environment or term == "xterm-kitty" or name.startswith("kitty"):
        return "words"
    version = environment.get("VTE_VERSION", "")
    if version.isdigit() or name.startswith("VTE"):
        if is_inside:
            return "guarded"
        return "vte" if not version.isdigit() or int(version) >= _VTE_WITH_BIDI else "app"
    known = ("XTERM_VERSION", "ALACRITTY_WINDOW_ID", "WT_SESSION", "WEZTERM_PANE", "GHOSTTY_RESOURCES_DIR")
    if any(variable in environment for variable in known) or name.lower().startswith(("xterm(", "foot", "wezterm")):
        return "app"
    return "app" if term.startswith(("alacritty", "foot", "wezterm", "linux")) else "guarded"


def shown(text: str) -> str:
    """Stored text made safe, in characters whose width this terminal and Rich agree on."""
    safe = visible(text)
    return _plain(safe) if _current.needs_plain_emoji and not safe.isascii() else safe


def _plain(text: str) -> str:
    from archiver.tui import emoji

    return emoji.plain(text)


def arranged(line: str, *, right_to_left: bool = False, is_cell: bool = False) -> Arranged:
    """One line of ``shown`` text in the order in which this terminal wants it.

    Args:
        line: What is read one after the other.
        right_to_left: Whether its paragraph runs from right to left.
        is_cell: Whether others stand beside it that the terminal must not put in order together with it.
    """
    if not bidi.has_right_to_left(line):
        return bidi.as_it_is(line)
    match _current.bidi:
        case "terminal" if not is_cell:
            return bidi.as_it_is(line)
        case "guarded" | "terminal":
            return bidi.guarded(line, right_to_left=right_to_left)
        case "konsole":
            return bidi.guarded(line, right_to_left=right_to_left, turns_brackets=True)
        case "words":
            return bidi.words_in_visual_order(line, right_to_left=right_to_left)
        case _:
            return _ordered_and_shaped(line, right_to_left=right_to_left)


def _ordered_and_shaped(line: str, *, right_to_left: bool) -> Arranged:
    from archiver.tui.arabic import shaped

    shapes = shaped(line)
    order = bidi.visual(shapes.text, right_to_left=right_to_left)
    return Arranged(order.text, tuple(shapes.origins[place] for place in order.origins))


def _write(sequence: str) -> None:
    if sys.__stderr__ is not None:
        sys.__stderr__.write(sequence)
        sys.__stderr__.flush()
