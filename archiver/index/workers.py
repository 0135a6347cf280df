"""Processes that build segments beside the one that gives them conversations.

They are started anew (spawned), never forked: the program has threads. Each gets a chunk of conversations after the
other, so that the work is shared evenly however long conversations are.

Neither side ever waits for one that is no longer there: a process ends with the one that began it, whatever both are
doing, and who waits for a process hears at once that it has ended.
"""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from types import ModuleType

from archiver.errors import Cancelled
from archiver.i18n import _
from archiver.index.documents import ReadDocuments
from archiver.index.worker_process import work
from archiver.index.writing import CHUNK, WRITE_NOW, Step

_AHEAD = 8 * CHUNK
"""Conversations that a worker is given before it is done with earlier ones, so that it never waits for the next."""

_FIRST = 2 * CHUNK
"""Conversations that are made searchable first, long before a segment is full: somebody may be waiting to search."""

_starting = threading.Lock()

_PAUSE = 0.2
"""Seconds without news after which whoever waits may look whether the person wants to stop."""


class WorkerStopped(Cancelled):
    """A worker process was ended from outside; what it had not finished is made searchable another time."""


class Workers:
    """Shares conversations out among processes and collects what they have done."""

    def __init__(self, folder: Path, read: ReadDocuments) -> None:
        self._folder, self._read = folder, read
        self._waiting: dict[int, None] = {}
        self._worker_of: dict[int, _Worker] = {}
        self._workers: list[_Worker] = []
        self._is_over = self._is_begun = False

    @property
    def count(self) -> int:
        """How many processes there are."""
        return len(self._workers)

    @property
    def unassigned(self) -> int:
        """How many conversations no process has been given yet."""
        return len(self._waiting)

    def start(self) -> None:
        """Begin one more process."""
        self._workers.append(_Worker(self._folder, self._read, self.count + 1))

    def add(self, conversations: Iterable[int]) -> None:
        """More work. A conversation that comes again goes to the same process again: its later answer counts."""
        for key in conversations:
            worker = self._worker_of.get(key)
            (worker.again if worker else self._waiting)[key] = None
        self._share_out()

    def end(self) -> None:
        """Nothing will be added any more."""
        self._is_over = True
        self._share_out()

    def steps(self, *, wait: bool) -> Iterator[Step]:
        """What has been done. Without ``wait`` only what is known at once; with it everything, until the end.

        While nothing is done for a while, ``wait`` says so again and again by steps in which nothing was done.
        """
        # Fifteen milliseconds that searching does not need.
        from multiprocessing import connection

        while working := {worker.steps: worker for worker in self._workers if not worker.is_done}:
            ready = connection.wait(working, _PAUSE if wait else 0)
            for receiver in ready:
                worker = working[receiver]  # type: ignore[index]  # what is ready is one of those waited for
                step = worker.receive()
                self._share_out()
                if step:
                    yield step
            if not ready and not wait:
                return
            if not ready:
                yield Step(0)

    def _share_out(self) -> None:
        """Give each process enough to do."""
        for worker in self._workers:
            while worker.ahead < _AHEAD and (queue := worker.again or self._waiting):
                chunk = list(islice(queue, CHUNK))
                for key in chunk:
                    del queue[key]
                    self._worker_of[key] = worker
                worker.give(chunk)
                if not self._is_begun and worker.ahead >= _FIRST:
                    worker.give(WRITE_NOW)
                    self._is_begun = True
            if self._is_over and not worker.again and not self._waiting:
                worker.give(None)

    def close(self) -> None:
        """End all processes, whatever they are doing."""
        for worker in self._workers:
            worker.close()


class _Worker:
    """One process, seen from outside."""

    def __init__(self, folder: Path, read: ReadDocuments, share: int) -> None:
        # Fifteen milliseconds that searching does not need.
        import multiprocessing

        context = multiprocessing.get_context("spawn")
        orders, self._orders = context.Pipe(duplex=False)
        self.steps, steps = context.Pipe(duplex=False)
        self._process = context.Process(target=work, args=(folder, read, share, orders, steps), daemon=True)
        try:
            with _deaf(), _without_main_module():
                self._process.start()
        except OSError as error:
            self._orders.close()
            self.steps.close()
            raise WorkerStopped(_interrupted()) from error
        finally:
            orders.close()
            steps.close()
        self.ahead = 0
        """Conversations that it has been given and has not read yet."""
        self.again: dict[int, None] = {}
        """Conversations that have changed since it read them."""
        self.is_told = self.is_done = False

    def give(self, chunk: Sequence[int] | None) -> None:
        """One more chunk to do; None when there will be no more."""
        if self.is_told:
            return
        self.is_told = chunk is None
        self.ahead += len(chunk or ())
        try:
            self._orders.send(chunk)
        except BrokenPipeError:
            # It has ended; what it says last, or that it says nothing, is told by receive.
            self.is_told = True

    def receive(self) -> Step | None:
        """What it has done next; None when it is done with everything."""
        try:
            message = self.steps.recv()
        except (EOFError, OSError) as error:
            # Also when it ended in the middle of what it was saying.
            raise WorkerStopped(_interrupted()) from error
        if isinstance(message, BaseException):
            raise message
        if message is None:
            self.is_done = True
            return None
        assert isinstance(message, Step)
        self.ahead -= message.read
        return message

    def close(self) -> None:
        """End the process. It is not asked: where signals are ignored, nobody should have to wait for it."""
        self._process.kill()
        self._process.join()
        self._orders.close()
        self.steps.close()


def _interrupted() -> str:
    return _("Making the archive searchable was interrupted. Nothing is lost; the next search carries on.")


@contextmanager
def _deaf() -> Iterator[None]:
    """Processes begun here do not hear Ctrl+C, which goes to all of a terminal's; who began them ends them."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    # Beginning the first process begins this one, too, after which every signal is heard again (Python 3.11).
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _without_main_module() -> Iterator[None]:
    """Processes begun here do not run again what this one was started with.

    Python has each of them import the main module, for what it might be asked to do from there. A script of somebody's
    own that imports an export at its top level would do that a second time, beside the first; nothing here needs it.
    """
    with _starting:
        main = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = main
