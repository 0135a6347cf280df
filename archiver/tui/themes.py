"""The colours one can choose from.

``terminal`` uses the sixteen colours that the person set up in their own terminal, which is the most readable choice
there is; the others bring their own. Meaning never hangs on a colour alone.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace

from textual.theme import BUILTIN_THEMES, Theme

from archiver.i18n import N_

TERMINAL = "terminal"

CHOICES: Mapping[str, str] = {
    TERMINAL: N_("The terminal’s own colours"),
    "ansi-dark": N_("The terminal’s colours, on dark"),
    "ansi-light": N_("The terminal’s colours, on light"),
    "evening": N_("Evening: dark and quiet"),
    "paper": N_("Paper: light and warm"),
    "contrast": N_("High contrast"),
}

_OF_MANY_COLOURS = frozenset({"evening", "paper"})

_ANSI_CURSOR = {
    # Many terminals draw bold black as grey, and bold white as white.
    "block-cursor-background": "ansi_blue",
    "block-cursor-foreground": "ansi_bright_white",
    "block-cursor-text-style": "none",
    "block-cursor-blurred-background": "ansi_default",
}

_DARK, _LIGHT = BUILTIN_THEMES["ansi-dark"], BUILTIN_THEMES["ansi-light"]
_UNKNOWN = "ansi-any"

OWN: tuple[Theme, ...] = (
    # Textual's own versions of these draw lines in a blue that can hardly be seen on many black backgrounds, and words
    # in a cyan and a green that can hardly be seen on white.
    replace(
        _DARK,
        primary="ansi_bright_blue",
        accent="ansi_bright_cyan",
        warning="ansi_bright_yellow",
        variables=_DARK.variables | _ANSI_CURSOR,
    ),
    replace(
        _LIGHT,
        secondary="ansi_magenta",
        accent="ansi_magenta",
        warning="ansi_red",
        success="ansi_blue",
        variables=_LIGHT.variables | _ANSI_CURSOR,
    ),
    # For a terminal that does not say which background it has: what can be read on both.
    replace(
        _DARK,
        name=_UNKNOWN,
        primary="ansi_bright_blue",
        secondary="ansi_bright_magenta",
        accent="ansi_bright_magenta",
        warning="ansi_bright_red",
        error="ansi_bright_red",
        success="ansi_bright_blue",
        variables=_DARK.variables | _ANSI_CURSOR,
    ),
    Theme(
        name="evening",
        primary="#8fb3d9",
        secondary="#b7a6d6",
        accent="#d9b382",
        warning="#e0b66c",
        error="#e08f84",
        success="#9cc49a",
        foreground="#d7d3cb",
        background="#1c1e22",
        surface="#1c1e22",
        panel="#272a30",
        dark=True,
        variables={
            "text-primary": "#9cc1e8",
            "text-secondary": "#c3b3e0",
            "text-accent": "#e0bd8c",
            "text-warning": "#e6c17a",
            "text-error": "#eba59b",
            "text-success": "#a9cfa6",
            "text-muted": "#9d9992",
            "foreground-muted": "#55585f",
            "block-cursor-background": "#36393f",
            "block-cursor-foreground": "#f3efe7",
            "block-cursor-text-style": "none",
            "block-cursor-blurred-background": "#2a2c31",
            "block-cursor-blurred-foreground": "#d7d3cb",
            "input-selection-background": "#40566e",
            "screen-selection-background": "#40566e",
        },
    ),
    Theme(
        name="paper",
        primary="#2f5d8a",
        secondary="#6b4f8a",
        accent="#8a5a1f",
        warning="#855600",
        error="#a3352b",
        success="#3b6b3a",
        foreground="#2c2a26",
        background="#f0efec",
        surface="#f0efec",
        panel="#e4e2dd",
        dark=False,
        variables={
            "text-primary": "#27527c",
            "text-secondary": "#5c4379",
            "text-accent": "#80501a",
            "text-warning": "#7a4f00",
            "text-error": "#93291f",
            "text-success": "#2f5a2e",
            "text-muted": "#625e55",
            "foreground-muted": "#bdb5a4",
            "block-cursor-background": "#d7d4cc",
            "block-cursor-foreground": "#1f1d1a",
            "block-cursor-text-style": "none",
            "block-cursor-blurred-background": "#e4e2dd",
            "block-cursor-blurred-foreground": "#2c2a26",
            "input-selection-background": "#c3d4e6",
            "screen-selection-background": "#c3d4e6",
        },
    ),
    Theme(
        name="contrast",
        primary="#ffff00",
        secondary="#00ffff",
        accent="#00ffff",
        warning="#ffff00",
        error="#ff8080",
        success="#80ff80",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#000000",
        boost="#000000",
        dark=True,
        text_alpha=1.0,
        variables={
            "text-muted": "#ffffff",
            "foreground-muted": "#ffffff",
            "foreground-disabled": "#ffffff",
            "block-cursor-background": "#ffff00",
            "block-cursor-foreground": "#000000",
            "block-cursor-blurred-background": "#666600",
            "block-cursor-blurred-foreground": "#ffffff",
            "input-selection-background": "#ffff00",
            "input-selection-foreground": "#000000",
            "screen-selection-background": "#ffff00",
            "screen-selection-foreground": "#000000",
        },
    ),
)


def textual_name(choice: str, *, is_light: bool | None = None, has_few_colours: bool = False) -> str:
    """The theme to use for a setting; an unknown one is the terminal's own.

    Args:
        choice: What the settings say.
        is_light: Whether the terminal said that its background is light; None when it said nothing.
        has_few_colours: Whether the terminal has sixteen colours; the nearest ones to those of our themes can be
            unreadable side by side, so its own are used.
    """
    if choice in CHOICES and choice != TERMINAL and not (has_few_colours and choice in _OF_MANY_COLOURS):
        return choice
    if is_light is None:
        # What some terminals tell through the environment, for example ``0;15``.
        number = os.environ.get("COLORFGBG", "").rpartition(";")[2]
        is_light = number in ("7", "15") if number.isdigit() else None
    return _UNKNOWN if is_light is None else "ansi-light" if is_light else "ansi-dark"
