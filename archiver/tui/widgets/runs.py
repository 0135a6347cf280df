"""Short pieces of styled text on one line: what list rows and message headers are made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size

from archiver.text.sanitize import one_line
from archiver.tui import bidi, isolates, terminal

ELLIPSIS = "…"


class Run(NamedTuple):
    """Text in one style."""

    text: str
    style: str = ""
    """Name of a component class without its prefix: ``dim``, ``strong``, ``match`` …; empty for plain text."""


def safe(runs: Iterable[Run]) -> list[Run]:
    """The same runs, fit for a terminal: nothing in them can be obeyed by it, and each is a single line."""
    return [Run(_shown(text), style) for text, style in runs]


def _shown(text: str) -> str:
    """One safe line, with the spaces at its ends, which separate runs, kept."""
    if text.isascii() and text.isprintable():
        return text
    body = text.strip()
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    line = terminal.shown(one_line(body, 1000))
    return " " * len(before[:4]) + line + " " * len(after[:4]) if body else " " * min(len(text), 4)


def width_of(runs: Iterable[Run]) -> int:
    """Cells the runs take."""
    return sum(cell_len(text) for text, _ in runs)


def fit(runs: Sequence[Run], width: int) -> list[Run]:
    """The runs, cut with an ellipsis to at most ``width`` cells."""
    if width_of(runs) <= width:
        return list(runs)
    fitting: list[Run] = []
    room = width - 1
    for text, style in runs:
        size = cell_len(text)
        if size > room:
            if width > 0:
                fitting.append(Run(set_cell_size(text, room).rstrip(f" {ELLIPSIS}") + ELLIPSIS, style))
            break
        fitting.append(Run(text, style))
        room -= size
    return fitting


def fit_end(runs: Sequence[Run], width: int) -> list[Run]:
    """The runs, the last of them cut at its beginning: of a path the end is what matters."""
    room = width - width_of(runs[:-1])
    text, style = runs[-1]
    if cell_len(text) <= room or room < 2:
        return fit(runs, width)
    while cell_len(text) >= room:
        text = text[1:]
    return [*runs[:-1], Run(ELLIPSIS + text, style)]


def arrange(runs: Sequence[Run], *, right_to_left: bool = False) -> list[Run]:
    """The runs in the order in which their characters must be written for this terminal.

    Args:
        runs: Things beside each other on one line, each with an order of its own (see ``isolates.facts``).
        right_to_left: Whether the first of them stands at the right.
    """
    text = "".join(run.text for run in runs)
    if not bidi.has_right_to_left(text):
        return list(runs)
    styles = [style for run_text, style in runs for _ in run_text]
    arranged = isolates.arranged(text, isolates.facts(text), right_to_left=right_to_left)
    return list(_joined(zip(arranged.text, (styles[origin] for origin in arranged.origins), strict=True)))


def arrange_each(runs: Iterable[Run]) -> list[Run]:
    """The runs in their order, the characters of each in an order of its own."""
    return [run._replace(text=isolates.arranged(run.text, [isolates.Stretch(0, len(run.text))]).text) for run in runs]


def _joined(characters: Iterable[tuple[str, str]]) -> Iterator[Run]:
    text, current = "", None
    for character, style in characters:
        if style != current and current is not None:
            yield Run(text, current)
            text = ""
        text, current = text + character, style
    if current is not None:
        yield Run(text, current)
