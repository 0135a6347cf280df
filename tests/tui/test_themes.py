"""Colours: readable in every theme of our own."""

from __future__ import annotations

import pytest
from textual.color import Color
from textual.theme import Theme

from archiver.tui import themes

COLOURED = [theme for theme in themes.OWN if not theme.ansi]
WORDS = ("text-primary", "text-accent", "text-warning", "text-error", "text-success", "text-secondary", "text-muted")


def contrast(first: Color, second: Color) -> float:
    """The ratio of the Web Content Accessibility Guidelines."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Color) -> float:
    parts = (part / 255 for part in (colour.r, colour.g, colour.b))
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", COLOURED, ids=lambda theme: theme.name)
def test_words_can_be_read(theme: Theme) -> None:
    """At least 4.5 to 1 against the background; the high-contrast theme at least 7 to 1."""
    variables = theme.to_color_system().generate() | theme.variables
    least = 7.0 if theme.name == "contrast" else 4.5
    for name in (*WORDS, "foreground"):
        words = Color.parse(variables[name] if not variables[name].startswith("auto") else variables["foreground"])
        for ground in ("background", "panel"):
            assert contrast(words, Color.parse(variables[ground])) >= least, (name, ground)


@pytest.mark.parametrize("theme", COLOURED, ids=lambda theme: theme.name)
def test_the_row_under_the_cursor_can_be_read(theme: Theme) -> None:
    """The words on it, and the words beside them that are muted."""
    cursor = Color.parse(theme.variables["block-cursor-background"])
    assert contrast(Color.parse(theme.variables["block-cursor-foreground"]), cursor) >= 7


def test_every_choice_is_a_theme() -> None:
    """And an unknown one is the terminal's own."""
    names = {theme.name for theme in themes.OWN}
    assert {themes.textual_name(choice) for choice in themes.CHOICES} == names
    assert themes.textual_name("no such theme") in ("ansi-dark", "ansi-light")


@pytest.mark.parametrize(("told", "theme"), [("0;15", "ansi-light"), ("15;0", "ansi-dark"), ("", "ansi-dark")])
def test_a_light_terminal_is_believed(monkeypatch: pytest.MonkeyPatch, told: str, theme: str) -> None:
    """Some terminals say which background they have."""
    monkeypatch.setenv("COLORFGBG", told)
    assert themes.textual_name(themes.TERMINAL) == theme
