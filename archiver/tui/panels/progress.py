"""How far a long piece of work is, in words and as a bar."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from archiver.i18n import N_, _
from archiver.tui import amounts

if TYPE_CHECKING:
    from archiver.records import Progress


STAGES = {
    "keeping": N_("Keeping a copy of your file"),
    "reading": N_("Reading conversations"),
    "indexing": N_("Making every word findable"),
    "checking": N_("Checking"),
    "writing": N_("Writing"),
}

_EIGHTHS = " ▏▎▍▌▋▊▉█"


def bar(share: float, width: int) -> str:
    """A bar of ``width`` cells filled to ``share``; an eighth of a cell is its smallest step."""
    eighths = round(min(1.0, max(0.0, share)) * width * 8)
    full, rest = divmod(eighths, 8)
    return ("█" * full + (_EIGHTHS[rest] if rest else "")).ljust(width, "░")


def thin_bar(share: float, width: int) -> str:
    """A line as long as ``share`` of ``width`` cells, to half a cell; bars under each other stay apart."""
    halves = round(min(1.0, max(0.0, share)) * width * 2)
    return "━" * (halves // 2) + "╸" * (halves % 2)


class Estimate:
    """How long a stage of work will still take, from how it went so far."""

    def __init__(self) -> None:
        self._stage = ""
        self._started = 0.0
        self._first = 0

    def left(self, progress: Progress) -> str:
        """In words; empty as long as nothing can be said."""
        now = time.monotonic()
        if progress.stage != self._stage or progress.done < self._first:
            self._stage, self._started, self._first = progress.stage, now, progress.done
        spent, done = now - self._started, progress.done - self._first
        if spent < 1 or done <= 0 or not 0 < progress.total > progress.done:
            return ""
        # Translators: for example “about 20 seconds left”.
        return _("{time} left").format(time=amounts.about(spent * (progress.total - progress.done) / done))


def sentence(progress: Progress | None, left: str = "") -> str:
    """What is being done and how far it is."""
    if progress is None:
        return _("Opening the file")
    parts = [_(STAGES[progress.stage])]
    if progress.total > 0:
        parts.append(amounts.share(progress.done, progress.total))
    return " · ".join([*parts, left] if left else parts)
