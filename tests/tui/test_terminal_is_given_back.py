"""In a real pseudo-terminal: text appears, and whatever ends the program, the terminal is as it was before."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.tui import hostile

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="There are no pseudo-terminals on Windows.")

ALTERNATE_SCREEN_ON, ALTERNATE_SCREEN_OFF = b"\x1b[?1049h", b"\x1b[?1049l"
CURSOR_ON, MOUSE_OFF = b"\x1b[?25h", b"\x1b[?1000l"
SECRET = "words of a letter"
PATIENCE = 30.0

START = """
import sys
from pathlib import Path
from archiver.config import Config
from archiver.tui import app
{more}
sys.exit(app.run(Path({path!r}), Config()))
"""
EVENING = """
from functools import partial
Config = partial(Config, theme="evening")
"""
CRASH = f"""
from archiver.tui.screens.library import LibraryScreen
def stumble(screen):
    secret = {SECRET!r}
    raise ValueError(secret)
LibraryScreen.load_more = stumble
"""


class Terminal:
    """A program in a pseudo-terminal, and everything it wrote."""

    def __init__(self, process: int, file: int) -> None:
        self.process = process
        self.file = file
        self.written = b""

    def until(self, words: bytes) -> None:
        """Read until these bytes came."""
        end = time.monotonic() + PATIENCE
        while words not in self.written:
            assert time.monotonic() < end, self.written[-2000:]
            assert self.read(), f"The program ended before {words!r}: {self.written[-2000:]!r}"

    def read(self) -> bool:
        """Read what there is; False when the program has ended."""
        ready, _, _ = select.select([self.file], [], [], 0.2)
        if ready:
            try:
                data = os.read(self.file, 65536)
            except OSError:
                return False
            self.written += data
            return bool(data)
        return True

    def press(self, keys: bytes) -> None:
        """Type."""
        os.write(self.file, keys)

    def end(self) -> int:
        """Read to the end; the exit code."""
        end = time.monotonic() + PATIENCE
        while self.read():
            if time.monotonic() > end:
                os.kill(self.process, signal.SIGKILL)
        _, status = os.waitpid(self.process, 0)
        return os.waitstatus_to_exitcode(status)


@contextmanager
def terminal(archive: Path, more: str = "", **variables: str) -> Iterator[Terminal]:
    """The app on an archive, in 100 columns and 30 lines."""
    environment = variables | {
        "PATH": os.environ["PATH"], "HOME": str(archive.parent), "TERM": "xterm-256color", "COLUMNS": "100",
        "LINES": "30", "LANG": "C.UTF-8", "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "ARCHIVER_PROBE": "0",
    }  # fmt: skip
    code = START.format(more=more, path=str(archive))
    process, file = pty.fork()
    if process == 0:
        os.execve(sys.executable, [sys.executable, "-c", code], environment)
    try:
        yield Terminal(process, file)
    finally:
        os.close(file)


def is_given_back(written: bytes) -> bool:
    """Whether the ordinary screen, the cursor and the mouse are back."""
    end = written[written.rindex(ALTERNATE_SCREEN_ON) :]
    return ALTERNATE_SCREEN_OFF in end and CURSOR_ON in end and MOUSE_OFF in end


def test_leaving_gives_the_terminal_back(archive: Path) -> None:
    """Text is there, q asks, Enter leaves with exit code 0."""
    with terminal(archive) as screen:
        screen.until(b"Short note 4")
        screen.press(b"\x1b[B")
        screen.press(b"q")
        screen.until(b"Leave Archiver?")
        screen.press(b"\r")
        assert screen.end() == 0
        assert is_given_back(screen.written)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP], ids=lambda number: number.name)
def test_a_signal_gives_the_terminal_back(archive: Path, number: signal.Signals) -> None:
    """When the computer shuts down or the window closes."""
    with terminal(archive) as screen:
        screen.until(b"12 conversations")
        os.kill(screen.process, number)
        assert screen.end() == 128 + number
        assert is_given_back(screen.written)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGABRT], ids=lambda number: number.name)
def test_even_what_cannot_be_caught_gives_the_terminal_back(archive: Path, number: signal.Signals) -> None:
    """When memory runs out, or a library of the system crashes."""
    with terminal(archive) as screen:
        screen.until(b"12 conversations")
        os.kill(screen.process, number)
        assert screen.end() == -number
        assert is_given_back(screen.written)
        assert "What is in the archive stays there." in screen.written.decode()
        assert termios.tcgetattr(screen.file)[3] & termios.ECHO


def test_an_unexpected_error_gives_the_terminal_back_and_tells_no_secret(archive: Path) -> None:
    """What happened and what is safe; not what anybody wrote."""
    with terminal(archive, CRASH) as screen:
        assert screen.end() == 1
        assert is_given_back(screen.written)
        told = screen.written[screen.written.rindex(ALTERNATE_SCREEN_OFF) :].decode()
        assert "what is in the archive stays there" in told
        assert "builtins.ValueError" in told
        assert SECRET not in screen.written.decode("utf-8", "replace")
    assert SECRET not in (archive / "log" / "archiver.log").read_text("utf-8")


def test_an_archive_that_cannot_be_opened_is_one_sentence(archive: Path) -> None:
    """On the screen, and again after it."""
    (archive / "library.sqlite").unlink()
    with terminal(archive) as screen:
        screen.until(b"archiver rebuild")
        screen.until(b"Leave")
        screen.press(b"\x1b[B")
        screen.press(b"\r")
        assert screen.end() == 1
        assert is_given_back(screen.written)
        assert "archiver rebuild" in screen.written[screen.written.rindex(ALTERNATE_SCREEN_OFF) :].decode()


def test_no_color_means_no_colour(archive: Path) -> None:
    """Whatever theme the settings name: only weight, dimness and reverse are left."""
    with terminal(archive, EVENING, NO_COLOR="1") as screen:
        screen.until(b"12 conversations")
        screen.press(b"\x1b[B")
        screen.until(b"Noted.")
        os.kill(screen.process, signal.SIGTERM)
        screen.end()
    numbers = {int(part) for codes in re.findall(rb"\x1b\[([\d;]+)m", screen.written) for part in codes.split(b";")}
    assert numbers <= {0, 1, 2, 3, 4, 7, 39, 49}


def test_no_stored_text_reaches_the_terminal_as_a_command(tmp_path: Path) -> None:
    """The bytes themselves: no title of the window, no clipboard, no C1 controls, no direction overrides."""
    from tests.archives import archive_of

    archive_of(tmp_path, hostile.conversations()).close()
    with terminal(tmp_path / "archive") as screen:
        screen.until(f"{len(hostile.TITLES)} conversations".encode())
        for keys in (b"\x1b[B", b"\x1b[F", b"\r", b"\x1b[F", b"i"):
            screen.press(keys)
            screen.read()
        os.kill(screen.process, signal.SIGTERM)
        screen.end()
        for forbidden in (b"\x1b]0;", b"\x1b]52;", b"\x1b[2J\x1b[31m", b"\xc2\x9b", b"\xc2\x9d", "\u202e".encode()):
            assert forbidden not in screen.written, forbidden
