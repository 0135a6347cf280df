"""Gives the terminal back when the program cannot do it any more: it was killed outright, or memory ran out.

The terminal would be left in the program's screen, without a cursor, and write signs for every move of the mouse. So a
shell waits beside the program for the other end of a pipe, which the system closes whatever happens. Where the program
leaves in order it says so, and the shell does nothing.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from archiver.i18n import _

_SHELL = "/bin/sh"
_WAIT = """
read -r word && exit
printf %s "$1"
case $(stty -a <&2) in *-isig*) stty sane <&2;; esac
printf "\\n%s\\n" "$2"
"""
"""Keys that mean signals (``isig``) are off only while this program reads them: where they are on, the person's own
shell has the terminal back, and its ways of reading a line are not to be changed."""
_MODES_OFF = "".join(f"\x1b[?{mode}l" for mode in (1000, 1002, 1003, 1006, 1015, 1004, 2004, 2048))
_GIVEN_BACK = f"{_MODES_OFF}\x1b[<u\x1b[?1049l\x1b[?7h\x1b[?25h\x1b[0m"
"""Mouse, focus, pasting and keys as before (xterm's and kitty's modes that Textual sets), the ordinary screen, lines
that go on in the next one, the cursor, no colour."""


@contextmanager
def guarded(more: str = "") -> Iterator[None]:
    """Have the terminal given back while this goes on, whatever becomes of the program.

    Args:
        more: What is to be written beside what every terminal needs.
    """
    out = sys.__stderr__
    if sys.platform == "win32" or out is None or not out.isatty() or not os.access(_SHELL, os.X_OK):
        yield
        return
    told, tell = os.pipe()
    words = _("Archiver was ended from outside. What is in the archive stays there.")
    shell = _start(told, out.fileno(), [_SHELL, "-c", _WAIT, "sh", more + _GIVEN_BACK, words])
    os.close(told)
    try:
        yield
    finally:
        with suppress(OSError):
            os.write(tell, b"left in order\n")
        os.close(tell)
        if shell:
            with suppress(OSError):
                os.waitpid(shell, 0)


def _start(told: int, terminal: int, command: list[str]) -> int:
    """Start the shell in a session of its own, so that nothing that ends the program ends it, too."""
    actions = [(os.POSIX_SPAWN_DUP2, told, 0), (os.POSIX_SPAWN_DUP2, terminal, 1), (os.POSIX_SPAWN_DUP2, terminal, 2)]
    try:
        return os.posix_spawn(_SHELL, command, os.environ, file_actions=actions, setsid=True)
    except (OSError, NotImplementedError):
        return 0
