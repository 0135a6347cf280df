"""One writer at a time, and a process that ends gives the lock back however it ends."""

from __future__ import annotations

import errno
import signal
import subprocess
import sys
from pathlib import Path
from unittest import mock

import pytest

from archiver.errors import Busy, CannotWrite
from archiver.lock import exclusive, is_held

HOLD = """
import sys
from pathlib import Path
from archiver.lock import exclusive
with exclusive(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def hold(path: Path) -> subprocess.Popen[str]:
    """Another process that holds the lock until its input ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_the_second_is_told_at_once_who_is_working(tmp_path: Path) -> None:
    """No waiting, no guessing: a sentence with the time; the number of the process is in the file, for experts."""
    process = hold(tmp_path / "lock")
    with pytest.raises(Busy, match=r"since (\d{4}-\d\d-\d\d )?\d\d:\d\d\. Please wait"), exclusive(tmp_path / "lock"):
        pass
    assert (tmp_path / "lock").read_text().endswith(f" {process.pid}")
    process.communicate("")


def test_whether_it_is_held_can_be_asked_without_taking_it(tmp_path: Path) -> None:
    """By whoever lists what is there meanwhile."""
    assert not is_held(tmp_path / "lock")
    process = hold(tmp_path / "lock")
    assert is_held(tmp_path / "lock")
    process.communicate("")
    assert not is_held(tmp_path / "lock")
    with exclusive(tmp_path / "lock"):
        pass


def test_a_killed_process_does_not_keep_the_lock(tmp_path: Path) -> None:
    """The system takes it back; no stale lock files to remove by hand."""
    process = hold(tmp_path / "lock")
    process.send_signal(signal.SIGKILL)
    process.wait()
    with exclusive(tmp_path / "lock"):
        assert (tmp_path / "lock").exists()
    process.communicate()


def test_the_lock_can_be_taken_again_after_an_error(tmp_path: Path) -> None:
    """An import that failed must not lock the archive."""

    def fail() -> None:
        with exclusive(tmp_path / "lock"):
            raise ArithmeticError

    with pytest.raises(ArithmeticError):
        fail()
    with exclusive(tmp_path / "lock"):
        pass


@pytest.mark.skipif(sys.platform == "win32", reason="it locks in another way")
def test_a_disk_that_knows_no_locks_is_not_called_busy(tmp_path: Path) -> None:
    """Waiting for another import, of which there is none, would never end."""
    no_locks = OSError(errno.ENOLCK, "No locks available")
    with (
        mock.patch("fcntl.flock", side_effect=no_locks),
        pytest.raises(CannotWrite, match="No locks"),
        exclusive(tmp_path / "lock"),
    ):
        pass


def test_a_full_disk_does_not_keep_anybody_from_the_lock(tmp_path: Path) -> None:
    """What then needs room will say so in a sentence."""
    with (
        mock.patch("os.write", side_effect=OSError(errno.ENOSPC, "No space left")),
        exclusive(tmp_path / "lock"),
    ):
        assert (tmp_path / "lock").exists()
