"""Progress on standard error: a bar that repaints itself on a terminal, a plain line now and then elsewhere."""

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


class ProgressBar:
    """Shows ``Progress`` values as they come."""

    def __init__(self) -> None:
        self._is_terminal = sys.stderr.isatty()
        self._stage = ""
        self._started = self._shown = 0.0
        self._is_painted = False

    def __call__(self, progress: Progress) -> None:
        """Show how far the work is, unless it was shown a moment ago."""
        now = time.monotonic()
        if progress.stage != self._stage:
            self.clear()
            self._stage, self._started, self._shown = progress.stage, now, 0.0 if self._is_terminal else now
        if now - self._shown < (_REPAINT_SECONDS if self._is_terminal else _LINE_SECONDS):
            return
        self._shown = now
        line = self._line(progress, now)
        if self._is_terminal:
            width = max(10, shutil.get_terminal_size().columns - 1)
            print(f"\r\x1b[K{one_line(line, width)}", end="", file=sys.stderr, flush=True)
            self._is_painted = True
        else:
            print(one_line(line, 200), file=sys.stderr, flush=True)

    def clear(self) -> None:
        """Take the bar away, so that a line can be printed."""
        if self._is_painted:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
            self._is_painted = False

    def _line(self, progress: Progress, now: float) -> str:
        label = _stage_name(progress.stage)
        if progress.total <= 0:
            return f"{label}  {progress.note}"
        share = min(1.0, progress.done / progress.total)
        filled = round(share * 20)
        bar = "█" * filled + "░" * (20 - filled)
        elapsed = now - self._started
        left = ""
        if share > 0.03 and elapsed > 2:
            left = "  " + _("about {seconds} s left").format(seconds=round(elapsed / share - elapsed))
        return f"{label}  {bar} {share:4.0%}{left}  {progress.note}".rstrip()


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
