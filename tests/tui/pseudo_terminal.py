"""A program in a terminal of the tests' own: what it writes can be read byte by byte, and keys can be pressed."""

from __future__ import annotations

import os
import select
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).parents[2]

_KEPT = ("PATH", "HOME", "PYTHONPATH", "LANG", "LC_ALL", "TMPDIR")
"""Of the environment; what the tests' own terminal says of itself must not get in."""


class PseudoTerminal:
    """Runs ``python <arguments>`` with a terminal of 100 × 40 cells; a context manager."""

    def __init__(self, arguments: Sequence[str], environment: Mapping[str, str] | None = None) -> None:
        self._arguments = arguments
        kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
        self._environment = {**kept, "TERM": "xterm-256color", "COLUMNS": "100", "LINES": "40", **(environment or {})}
        self.output = b""
        """Everything written so far."""

    def __enter__(self) -> PseudoTerminal:
        import pty

        self._child, self._terminal = pty.fork()
        if self._child == 0:
            os.chdir(ROOT)
            os.execve(sys.executable, [sys.executable, *self._arguments], self._environment)
        return self

    def __exit__(self, *_error: type[BaseException] | BaseException | TracebackType | None) -> None:
        os.close(self._terminal)
        os.waitpid(self._child, 0)

    @property
    def process(self) -> int:
        """The number of the process."""
        return self._child

    def write(self, keys: bytes) -> None:
        """Press keys."""
        os.write(self._terminal, keys)

    def read_until(self, words: bytes, seconds: float = 20) -> None:
        """Read until these bytes were written since the call, or the time is over; without words, all that time."""
        start, end = len(self.output), time.monotonic() + seconds
        while time.monotonic() < end and not (words and words in self.output[start:]):
            if select.select([self._terminal], [], [], 0.05)[0]:
                try:
                    self.output += os.read(self._terminal, 65536)
                except OSError:
                    return
