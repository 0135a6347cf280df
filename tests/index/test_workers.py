"""The processes that build the index beside the program."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from functools import partial
from multiprocessing import active_children
from pathlib import Path
from unittest import mock

import pytest

from archiver.index import worker_process
from archiver.index.documents import Changed
from archiver.index.workers import Workers, WorkerStopped
from archiver.index.writing import Step

PATIENCE = 60.0
"""Seconds after which a test gives up on a busy machine."""


def without_end(told: Path, _conversations: Sequence[int]) -> Iterator[Changed]:
    """Reading that takes for ever, at full speed, and holds the file ``told`` open, in which it says who it is."""
    with told.open("w") as file:
        file.write(f"{os.getpid()}\n")
        file.flush()
        while True:
            yield from ()


def what_is_blocked(told: Path, _conversations: Sequence[int]) -> Iterator[Changed]:
    """Writes into the file ``told`` which signals the process does not hear."""
    told.write_text(" ".join(map(str, signal.pthread_sigmask(signal.SIG_BLOCK, ()))))
    return iter(())


def nothing(_conversations: Sequence[int]) -> Iterator[Changed]:
    """There are no conversations."""
    return iter(())


def heard(reader: int) -> str:
    """What comes next through a pipe; empty when nobody holds its other end any more."""
    assert select.select([reader], [], [], PATIENCE)[0], "nothing was heard"
    return os.read(reader, 100).decode()


@pytest.fixture
def pipe(tmp_path: Path) -> Iterator[tuple[Path, int]]:
    """A pipe with a name, and its end for reading."""
    os.mkfifo(tmp_path / "told")
    reader = os.open(tmp_path / "told", os.O_RDONLY | os.O_NONBLOCK)
    yield tmp_path / "told", reader
    os.close(reader)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_process_ends_with_the_one_that_began_it(tmp_path: Path, pipe: tuple[Path, int]) -> None:
    """However that ended, and whatever the process was doing; else it would keep a core busy unseen."""
    told, reader = pipe
    begin = """
import sys
from functools import partial
from pathlib import Path
from archiver.index.workers import Workers
from tests.index.test_workers import without_end
workers = Workers(Path(sys.argv[1]), partial(without_end, Path(sys.argv[2])))
workers.start()
workers.add([1])
sys.stdin.read()
"""
    parent = subprocess.Popen([sys.executable, "-c", begin, str(tmp_path), str(told)], stdin=subprocess.PIPE)
    child = 0
    try:
        child = int(heard(reader))
        parent.kill()
        parent.wait()
        assert heard(reader) == ""
        child = 0
    finally:
        parent.kill()
        parent.communicate()
        if child:
            os.kill(child, signal.SIGKILL)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_nobody_waits_for_a_process_that_has_ended(tmp_path: Path, pipe: tuple[Path, int]) -> None:
    """The system ends those that take much memory, in the middle of anything."""
    told, reader = pipe
    workers = Workers(tmp_path, partial(without_end, told))
    try:
        workers.start()
        workers.add([1])
        assert workers_are_busy(workers)
        os.kill(int(heard(reader)), signal.SIGKILL)
        with pytest.raises(WorkerStopped):
            list(workers.steps(wait=True))
    finally:
        workers.close()


def workers_are_busy(workers: Workers) -> bool:
    """Whether whoever waits for workers that have no news is told that, so that it can stop waiting."""
    return next(workers.steps(wait=True)) == Step(0)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_process_that_heeds_no_signal_is_ended_all_the_same(tmp_path: Path, pipe: tuple[Path, int]) -> None:
    """Signals that the starter of a program ignores are ignored by all that it starts."""
    told, reader = pipe
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        workers = Workers(tmp_path, partial(without_end, told))
        workers.start()
        workers.add([1])
        assert int(heard(reader))
        started = time.monotonic()
        workers.close()
        assert time.monotonic() - started < PATIENCE
    finally:
        signal.signal(signal.SIGTERM, before)
    assert not active_children()


def test_a_process_that_ended_in_the_middle_of_a_word_has_ended(tmp_path: Path) -> None:
    """What it says of a large segment takes more than one writing."""
    workers = Workers(tmp_path, nothing)
    try:
        workers.start()
        workers.end()
        broken = mock.patch("multiprocessing.connection.Connection.recv", side_effect=OSError("end in a message"))
        with broken, pytest.raises(WorkerStopped):
            list(workers.steps(wait=True))
    finally:
        workers.close()


def test_a_process_that_cannot_be_begun_is_told_in_a_sentence(tmp_path: Path) -> None:
    """The system allows only so many; the work is done without."""
    with (
        mock.patch("multiprocessing.context.SpawnProcess.start", side_effect=BlockingIOError("no more processes")),
        pytest.raises(WorkerStopped, match="Nothing is lost"),
    ):
        Workers(tmp_path, nothing).start()


@pytest.mark.skipif(not hasattr(os, "nice"), reason="this system has no such order among processes")
def test_building_the_index_gives_way_to_what_somebody_sees() -> None:
    """With as many processes as the machine has cores, keys would wait for their turn among them."""
    code = "import os; from archiver.index import worker_process; worker_process._give_way(); print(os.nice(0))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(done.stdout) > os.nice(0) or os.nice(0) == 19


def test_a_script_that_has_processes_begun_is_run_once(tmp_path: Path) -> None:
    """Also one that does everything at its top level, as small scripts do."""
    script = tmp_path / "script.py"
    script.write_text(
        """
import sys
from pathlib import Path
from archiver.index.workers import Workers
from tests.index.test_workers import nothing
print("once", flush=True)
workers = Workers(Path(sys.argv[1]), nothing)
workers.start()
workers.end()
list(workers.steps(wait=True))
workers.close()
"""
    )
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, script, tmp_path], capture_output=True, text=True, check=True, timeout=PATIENCE, cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
    )  # fmt: skip
    assert done.stdout.split() == ["once"]


@pytest.mark.skipif(
    not worker_process._AUTOGROUP.exists(), reason="this system does not share processors out among sessions"
)
def test_a_process_has_a_session_of_its_own_that_gives_way() -> None:
    """Else it would take its share from the session in which somebody types."""
    code = (
        "import os; from archiver.index import worker_process; worker_process._give_way();"
        "print(os.getsid(0) == os.getpid(), worker_process._AUTOGROUP.read_text().split()[-1])"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.split() == ["True", str(worker_process._NICENESS)]


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="this system has no signals to block")
def test_the_first_process_of_all_does_not_hear_an_interrupt(tmp_path: Path) -> None:
    """Ctrl+C goes to everything in a terminal; a process that heard it would print where it was."""
    code = """
import sys
from functools import partial
from pathlib import Path
from archiver.index.workers import Workers
from tests.index.test_workers import what_is_blocked
workers = Workers(Path(sys.argv[1]), partial(what_is_blocked, Path(sys.argv[2])))
workers.start()
workers.add([1])
workers.end()
print(sum(step.read for step in workers.steps(wait=True)))
"""
    told = tmp_path / "told"
    done = subprocess.run([sys.executable, "-c", code, tmp_path, told], check=True, capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("1\n", "")
    assert str(int(signal.SIGINT)) in told.read_text().split()


@pytest.mark.skipif(sys.platform != "linux", reason="only the C library of Linux keeps memory back")
def test_memory_of_large_arrays_is_given_back() -> None:
    """Else every process would keep as much as two segments need."""
    code = """
import numpy
from archiver.index import worker_process
def kept():
    return next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("RssAnon")) // 1024
worker_process._give_memory_back()
before = kept()
first = [numpy.ones(24 << 20, numpy.uint8) for number in range(2)]
del first
second, small = numpy.ones(16 << 20, numpy.uint8), bytearray(100_000)
between = kept() - before
del second
print(between, kept() - before)
"""
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    between, after = map(int, done.stdout.split())
    assert between >= 15
    assert after <= 2
