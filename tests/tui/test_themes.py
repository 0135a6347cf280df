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


@pytest.mark.parametrize("theme", COLOURED, ids=lambda theme: theme.name)
def test_words_can_be_read_where_they_are_marked(theme: Theme) -> None:
    """On the row where the cursor was left, and on what the mouse has marked."""
    variables = theme.to_color_system().generate() | theme.variables
    blurred = Color.parse(variables["block-cursor-blurred-background"])
    for name in (*WORDS, "foreground"):
        assert contrast(Color.parse(variables[name]), blurred) >= 4.5 or theme.name == "contrast", name
    marked = Color.parse(variables["screen-selection-background"])
    words = Color.parse(theme.variables.get("screen-selection-foreground", variables["foreground"]))
    assert contrast(words, marked) >= 4.5


def test_every_choice_is_a_theme() -> None:
    """And an unknown one is the terminal's own."""
    names = {theme.name for theme in themes.OWN}
    assert {themes.textual_name(choice) for choice in themes.CHOICES} | {"ansi-light", "ansi-dark", "ansi-any"} == names
    assert themes.textual_name("no such theme") in ("ansi-dark", "ansi-light", "ansi-any")


@pytest.mark.parametrize(("told", "theme"), [("0;15", "ansi-light"), ("15;0", "ansi-dark"), ("", "ansi-any")])
def test_a_light_terminal_is_believed(monkeypatch: pytest.MonkeyPatch, told: str, theme: str) -> None:
    """Some say through the environment which background they have; what a terminal answers itself counts more."""
    monkeypatch.setenv("COLORFGBG", told)
    assert themes.textual_name(themes.TERMINAL) == theme
    assert themes.textual_name(themes.TERMINAL, is_light=True) == "ansi-light"
    assert themes.textual_name(themes.TERMINAL, is_light=False) == "ansi-dark"


PALETTES = {
    "xterm": "000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5 "
    "7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff",
    "GNOME": "171421 c01c28 26a269 a2734c 12488b a347ba 2aa1b3 d0cfcc "
    "5e5c64 f66151 33d17a e9ad0c 2a7bde c061cb 33c7de ffffff",
    "Windows": "0c0c0c c50f1f 13a10e c19c00 0037da 881798 3a96dd cccccc "
    "767676 e74856 16c60c f9f1a5 3b78ff b4009e 61d6d6 f2f2f2",
}
NAMES = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
GROUNDS = {"ansi-dark": ("#000000",), "ansi-light": ("#ffffff",), "ansi-any": ("#000000", "#ffffff")}


@pytest.mark.parametrize("theme", [theme for theme in themes.OWN if theme.ansi], ids=lambda theme: theme.name)
@pytest.mark.parametrize("palette", PALETTES)
def test_the_terminals_own_colours_can_be_told_from_its_background(theme: Theme, palette: str) -> None:
    """The sixteen colours are the person's own, but there are usual ones: with those nothing fades into the ground."""
    values = PALETTES[palette].split()
    colours = dict(
        zip([f"ansi_{name}" for name in NAMES] + [f"ansi_bright_{name}" for name in NAMES], values, strict=True)
    )
    used = {theme.primary, theme.secondary, theme.accent, theme.warning, theme.error, theme.success}
    for name in filter(None, used):
        for ground in GROUNDS[theme.name]:
            assert contrast(Color.parse("#" + colours[name]), Color.parse(ground)) >= 3, (name, ground)
    cursor = [theme.variables[f"block-cursor-{part}ground"] for part in ("fore", "back")]
    assert contrast(*(Color.parse("#" + colours[name]) for name in cursor)) >= 4.5


def test_sixteen_colours_are_the_terminals_own() -> None:
    """The nearest of them to those of a theme can be yellow on white."""
    for choice in ("evening", "paper"):
        assert themes.textual_name(choice, is_light=True, has_few_colours=True) == "ansi-light"
        assert themes.textual_name(choice, is_light=False, has_few_colours=True) == "ansi-dark"
    assert themes.textual_name("contrast", has_few_colours=True) == "contrast"
