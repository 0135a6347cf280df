"""One writer at a time: a lock file whose lock the system takes back when the process ends, however it ends."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from archiver.errors import Busy
from archiver.files import writing_errors
from archiver.i18n import _

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


_A_MOMENT = 0.02
_WRITTEN = "%Y-%m-%d %H:%M"
"""What the lock file says of its holder, before the number of the process."""


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Hold the lock at ``path``. Raises ``Busy`` at once when another process holds it."""
    with writing_errors(path):
        descriptor = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        try:
            _lock_patiently(descriptor)
        except (BlockingIOError, PermissionError) as error:
            since = _since(os.pread(descriptor, 200, 0).decode(errors="replace") if hasattr(os, "pread") else "")
            sentence = _(
                "Another import has been working on this archive since {time}. Please wait until it has finished, "
                "then start again."
            )
            raise Busy(sentence.format(time=since)) from error
        except OSError:
            # A disk that knows no locks, as some on a network, is not one that somebody else is working on.
            with writing_errors(path):
                raise
        # On a full disk the lock is held all the same; only since when cannot be told then.
        with suppress(OSError):
            os.ftruncate(descriptor, 0)
            os.write(descriptor, f"{time.strftime(_WRITTEN)} {os.getpid()}".encode())
        yield
    finally:
        os.close(descriptor)


def is_held(path: Path) -> bool:
    """Whether another process holds the lock at ``path`` now; false where that cannot be found out."""
    try:
        descriptor = os.open(path, os.O_RDWR)
    except OSError:
        return False
    try:
        _lock(descriptor)
    except (BlockingIOError, PermissionError):
        return True
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return False


def _lock_patiently(descriptor: int) -> None:
    """Somebody who only asks whether the lock is held holds it for less than a moment."""
    try:
        _lock(descriptor)
    except (BlockingIOError, PermissionError):
        time.sleep(_A_MOMENT)
        _lock(descriptor)


def _since(written: str) -> str:
    """When the other one began: the time, and the day unless it is today."""
    day, _space, rest = written.partition(" ")
    clock = rest.partition(" ")[0]
    if not clock:
        return _("a moment ago")
    return clock if day == time.strftime("%Y-%m-%d") else f"{day} {clock}"


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
