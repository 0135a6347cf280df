"""What the settings say about the terminal, put into effect."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace

from archiver import i18n
from archiver.i18n import N_
from archiver.tui import terminal

LANGUAGES: Mapping[str, str] = {
    "en": "English",
    "zh_CN": "简体中文",
    "zh_TW": "繁體中文",
    "ja": "日本語",
    "fr": "Français",
    "de": "Deutsch",
    "it": "Italiano",
    "es": "Español",
    "ko": "한국어",
    "hi": "हिन्दी",
    "ar": "العربية",
}
WIDTH_CHOICES: Mapping[str, str] = {
    "auto": N_("Ask the terminal"),
    "plain": N_("Vowel signs take a cell, emoji are drawn plain (most terminals)"),
    "full": N_("Vowel signs take no cell, emoji are drawn whole (kitty and some others)"),
}
BIDI_CHOICES: Mapping[str, str] = {
    "auto": N_("Find out from the terminal"),
    "app": N_("This program puts it in order"),
    "vte": N_("This program; the terminal is asked to leave it alone (GNOME, Xfce)"),
    "terminal": N_("The terminal puts it in order (macOS)"),
    "konsole": N_("The terminal, and nothing else moves with it (Konsole)"),
    "words": N_("This program the words, the terminal the letters (kitty)"),
    "guarded": N_("As it is stored, and nothing else moves with it (inside tmux)"),
}

_WIDTHS = {
    "plain": {"vowel sign": 2, "variation": 1, "family": 6, "skin tone": 4, "keycap": 1},
    "full": {"vowel sign": 1, "variation": 2, "family": 2, "skin tone": 2, "keycap": 2},
}


class _Found:
    """What the terminal itself answered at the start."""

    terminal = terminal.Terminal()


def remember(found: terminal.Terminal) -> None:
    """Keep what the terminal answered, for ``auto``."""
    _Found.terminal = found


def chosen_bidi(setting: str) -> terminal.BidiMode | None:
    """The mode that a setting names; None where the terminal is to be asked."""
    return next((mode for mode in terminal.BIDI_MODES if mode == setting), None)


def use_terminal(*, widths: str = "", bidi: str = "") -> None:
    """Write text as these settings say; an empty one stays as it is."""
    now = terminal.current()
    if widths:
        now = replace(now, widths=_WIDTHS.get(widths, _Found.terminal.widths))
    if bidi:
        now = replace(now, bidi=chosen_bidi(bidi) or _Found.terminal.bidi)
    terminal.use(now)


def use_language(chosen: str) -> None:
    """Speak the chosen language; with none chosen, the system's (``LC_ALL``, ``LC_MESSAGES``, ``LANG``)."""
    wanted = [chosen] if chosen else [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    codes = (name.partition(".")[0] for name in wanted)
    i18n.use(next((code for code in codes if code not in ("", "C", "POSIX")), "en"))
