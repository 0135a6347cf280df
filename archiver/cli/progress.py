"""Progress on standard error: a bar that repaints itself on a terminal, elsewhere a plain line now and then."""

from __future__ import annotations

import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from archiver.i18n import _
from archiver.records import Progress
from archiver.text.sanitize import one_line

_REPAINT_SECONDS = 0.1
_LINE_SECONDS = 5.0
_LINE_STEP = 0.1
_LINE_PATIENCE = 60.0
"""Where lines stay, there is one for every tenth of the work, or one a minute."""


class ProgressBar:
    """Shows ``Progress`` values as they come."""

    def __init__(self) -> None:
        self._is_terminal = sys.stderr.isatty()
        self._stage = ""
        self._started = self._shown = 0.0
        self._share_shown = 0.0
        self._is_painted = False

    def __call__(self, progress: Progress) -> None:
        """Show how far the work is, unless it was shown a moment ago."""
        now = time.monotonic()
        if progress.stage != self._stage:
            self.clear()
            self._stage, self._started, self._shown = progress.stage, now, 0.0 if self._is_terminal else now
            self._share_shown = 0.0
        if self._is_terminal:
            self._paint(progress, now)
        else:
            self._print(progress, now)

    def _paint(self, progress: Progress, now: float) -> None:
        if now - self._shown >= _REPAINT_SECONDS:
            self._shown = now
            width = max(10, shutil.get_terminal_size().columns - 1)
            print(f"\r\x1b[K{one_line(self._line(progress, now), width)}", end="", file=sys.stderr, flush=True)
            self._is_painted = True

    def _print(self, progress: Progress, now: float) -> None:
        share, waited = _share(progress), now - self._shown
        is_step = share >= self._share_shown + _LINE_STEP and waited >= _LINE_SECONDS
        if is_step or waited >= _LINE_PATIENCE:
            self._shown, self._share_shown = now, share
            facts = ", ".join(filter(None, (f"{share:.0%}" if share else "", self._left(share, now))))
            print(f"{_stage_name(progress.stage)}: {facts}".removesuffix(": "), file=sys.stderr, flush=True)

    def clear(self) -> None:
        """Take the bar away, so that a line can be printed."""
        if self._is_painted:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
            self._is_painted = False

    def _line(self, progress: Progress, now: float) -> str:
        label = _stage_name(progress.stage)
        if progress.total <= 0:
            return f"{label}  {progress.note}"
        share = _share(progress)
        filled = round(share * 20)
        bar = "█" * filled + "░" * (20 - filled)
        words = [label, f"{bar} {share:4.0%}", self._left(share, now), progress.note]
        return "  ".join(filter(None, words))

    def _left(self, share: float, now: float) -> str:
        """How long it will still take, once that can be told."""
        elapsed = now - self._started
        if not share or elapsed <= (2 if share > 0.03 else 30):
            return ""
        left = elapsed / share - elapsed
        if left >= 120:
            return _("about {minutes} min left").format(minutes=round(left / 60))
        return _("about {seconds} s left").format(seconds=round(left))


def _share(progress: Progress) -> float:
    return min(1.0, progress.done / progress.total) if progress.total > 0 else 0.0


def _stage_name(stage: str) -> str:
    return {
        "keeping": _("Keeping the original"),
        "reading": _("Reading"),
        "indexing": _("Making it searchable"),
        "checking": _("Checking"),
        "writing": _("Writing"),
    }[stage]


@contextmanager
def stoppable() -> Iterator[Callable[[], bool]]:
    """A function that says whether the person pressed Ctrl+C (or the system asked to end); once is enough.

    Pressing it a second time stops at once.
    """
    stopped = False

    def stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal stopped
        if stopped:
            raise KeyboardInterrupt
        stopped = True

    previous = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: stopped
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
