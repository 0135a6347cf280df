"""How quickly the terminal interface answers, measured from outside through a pseudo-terminal.

    python -m tests.bench.screen [--archive FOLDER] [--conversations 10000] [--messages 4] [--starts 5]

A generated export is imported first unless an archive is named. Reported are

    first paint   from starting the command to the first words on the screen, and to the list of conversations
    keys          from writing a key to the last byte of the repaint, and processor time of the screen's thread a key
    memory        after searching and reading

A bare Textual app, started in the same way, stands beside the first figure as the floor.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import select
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from archiver.archive import Archive
from archiver.ingest import import_sources
from tests.bench import generate

COLUMNS, LINES = 120, 40
FLOOR = """
from textual.app import App
from textual.widgets import Input
class Bare(App):
    def compose(self):
        yield Input(placeholder="Type to search")
Bare().run()
"""
OURS = "import sys; from archiver.cli import main; sys.exit(main())"
DOWN, ENTER, ESCAPE = b"\x1b[B", b"\r", b"\x1b"


class Terminal:
    """A program behind a pseudo-terminal."""

    def __init__(self, process: int, file: int, started: float) -> None:
        self.process = process
        self.started = started
        self._file = file
        self.written = b""

    def wait_for(self, words: bytes) -> tuple[float, float]:
        """Milliseconds since the start, and of processor time, when these bytes were there."""
        while words not in self.written:
            self._read(10.0)
        return (time.monotonic() - self.started) * 1e3, self._cpu("*")

    def press(self, key: bytes) -> tuple[float, float]:
        """Milliseconds from the key to the end of the repaint, and of the screen's own thread."""
        begun, cpu, last = time.monotonic(), self._cpu(str(self.process)), 0.0
        os.write(self._file, key)
        while self._read(0.08 if last else 0.5):
            last = time.monotonic()
        return (last - begun) * 1e3 if last else 0.0, self._cpu(str(self.process)) - cpu

    def settle(self) -> None:
        """Wait until nothing more is written."""
        while self._read(0.5):
            pass

    @property
    def megabytes(self) -> float:
        """Memory in use."""
        lines = Path(f"/proc/{self.process}/status").read_text("ascii").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024

    def _read(self, patience: float) -> bool:
        ready, _, _ = select.select([self._file], [], [], patience)
        if ready:
            self.written += os.read(self._file, 1 << 16)
        return bool(ready)

    def _cpu(self, threads: str) -> float:
        """Milliseconds of processor time of the threads that match, as exactly as the system counts them."""
        files = Path(f"/proc/{self.process}/task").glob(f"{threads}/schedstat")
        return sum(int(file.read_text("ascii").split()[0]) for file in files) / 1e6


@contextmanager
def terminal(code: str, *arguments: str) -> Iterator[Terminal]:
    """Run Python code in a pseudo-terminal."""
    environment = {
        "PATH": os.environ["PATH"], "HOME": tempfile.gettempdir(), "TERM": "xterm-256color", "COLUMNS": str(COLUMNS),
        "LINES": str(LINES), "LANG": "C.UTF-8", "ARCHIVER_PROBE": "0", "PYTHONPATH": os.getcwd(),
    }  # fmt: skip
    started = time.monotonic()
    process, file = pty.fork()
    if process == 0:
        os.execve(sys.executable, [sys.executable, "-c", code, *arguments], environment)
    fcntl.ioctl(file, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
    try:
        yield Terminal(process, file, started)
    finally:
        os.kill(process, signal.SIGTERM)
        os.close(file)
        os.waitpid(process, 0)


def measure_start(archive: Path, starts: int) -> None:
    """Print the times of the first words and of the list."""
    floor, first, whole = [], [], []
    for _start in range(starts):
        with terminal(FLOOR) as screen:
            floor.append(screen.wait_for(b"ype to search"))
        with terminal(OURS, "--archive", str(archive)) as screen:
            first.append(screen.wait_for(b"ype to search"))
            whole.append(screen.wait_for(b"conversations\x1b"))
    for name, figures in (("bare Textual app", floor), ("first words", first), ("list", whole)):
        wall, cpu = (statistics.median(column) for column in zip(*figures, strict=True))
        print(f"{name:20} {wall:7.0f} ms  {cpu:6.0f} ms cpu")


def measure_keys(archive: Path) -> None:
    """Print how long keys take in the list, in the search box and in the reader."""
    with terminal(OURS, "--archive", str(archive)) as screen:
        screen.wait_for(b"conversations\x1b")
        screen.settle()
        screen.press(DOWN)
        _print_keys("list: down", [screen.press(b"j") for _ in range(30)])
        _print_keys("list: page", [screen.press(b" ") for _ in range(15)])
        _print_keys("list: end, start", [screen.press(key) for key in (b"G", b"g") * 5])
        screen.press(b"/")
        _print_keys("search: a letter", [screen.press(bytes([letter])) for letter in b"the"])
        screen.settle()
        screen.press(ENTER)
        screen.settle()
        _print_keys("reader: line", [screen.press(b"j") for _ in range(30)])
        _print_keys("reader: page", [screen.press(b" ") for _ in range(15)])
        print(f"{'memory':20} {screen.megabytes:7.0f} MiB")


def _print_keys(name: str, figures: Sequence[tuple[float, float]]) -> None:
    walls, cpus = zip(*figures, strict=True)
    print(
        f"{name:20} {statistics.median(walls):7.1f} ms  {max(walls):6.1f} worst  {statistics.median(cpus):5.1f} ms cpu"
    )


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--archive", type=Path, help="an archive to open instead of a generated one")
    parser.add_argument("--conversations", type=int, default=10_000)
    parser.add_argument("--messages", type=int, default=4)
    parser.add_argument("--starts", type=int, default=5)
    parsed = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="archiver-bench-") as folder:
        archive = parsed.archive or Path(folder) / "archive"
        if parsed.archive is None:
            generate.write(Path(folder) / "export.zip", parsed.conversations, parsed.messages)
            with Archive.open(archive, create=True) as opened:
                import_sources(opened, [Path(folder) / "export.zip"])
        measure_start(archive, parsed.starts)
        measure_keys(archive)


if __name__ == "__main__":
    main()
