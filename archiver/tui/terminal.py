"""What this terminal can do, and how text must be written for it."""

from __future__ import annotations

from archiver.text.sanitize import visible
from archiver.tui.bidi import Arranged


def shown(text: str) -> str:
    """Stored text made safe, in characters whose width this terminal and Rich agree on."""
    return visible(text)


def arranged(line: str, *, right_to_left: bool = False) -> Arranged:  # noqa: ARG001
    """One line of ``shown`` text in the order in which this terminal wants it."""
    return Arranged(line, tuple(range(len(line))))
