"""Builds segments from conversations, in this process or in several."""

from __future__ import annotations

import gc
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from archiver.errors import Cancelled
from archiver.i18n import _
from archiver.index.builder import Builder
from archiver.index.documents import ReadDocuments
from archiver.index.segment import SegmentInfo

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

FEWEST_FOR_PROCESSES = 200
"""Conversations below which another process costs more than it saves."""
_CHUNK = 32


class Step(NamedTuple):
    """Something has been done."""

    read: int
    """So many more conversations were read."""
    conversations: Sequence[int] = ()
    """What the index holds of these is now out of date."""
    segment: SegmentInfo | None = None
    """Documents of these conversations; the rest of the last one may follow."""


class WorkerStopped(Cancelled):
    """A worker process was ended from outside; what it had not finished is made searchable another time."""


def build(folder: Path, conversations: Sequence[int], read: ReadDocuments, processes: int) -> Iterator[Step]:
    """Write segments with all documents of the conversations into ``folder``."""
    if processes < 2 or len(conversations) < FEWEST_FOR_PROCESSES:
        return _build_here(folder, conversations, read)
    return _build_beside(folder, conversations, read, processes)


def _build_here(folder: Path, conversations: Sequence[int], read: ReadDocuments) -> Iterator[Step]:
    builder, inside = Builder(), []
    with _without_collections():
        for start in range(0, len(conversations), _CHUNK):
            chunk = conversations[start : start + _CHUNK]
            for changed in read(chunk):
                inside.append(changed.conversation)
                fits = builder.has_room(changed.documents)
                for document in changed.documents:
                    if not fits and not builder.has_room((document,)) and not builder.is_empty:
                        yield Step(0, inside, builder.write(folder))
                        builder, inside = Builder(), [changed.conversation]
                    builder.add(document)
            yield Step(len(chunk))
        if inside:
            yield Step(0, inside, None if builder.is_empty else builder.write(folder))


def _build_beside(folder: Path, conversations: Sequence[int], read: ReadDocuments, processes: int) -> Iterator[Step]:
    """Every process takes each nth conversation, so that long and short ones spread."""
    # Fifteen milliseconds that searching does not need.
    import multiprocessing
    from multiprocessing.connection import Connection, wait

    context = multiprocessing.get_context("spawn")
    receivers: list[Connection] = []
    workers = []
    try:
        for number in range(processes):
            receiver, sender = context.Pipe(duplex=False)
            part = conversations[number::processes]
            worker = context.Process(target=_work, args=(folder, part, read, sender), daemon=True)
            with _deaf():
                worker.start()
            sender.close()
            receivers.append(receiver)
            workers.append(worker)
        while receivers:
            for ready in wait(receivers):
                assert isinstance(ready, Connection)
                step = _receive(ready)
                if step is None:
                    receivers.remove(ready)
                else:
                    yield step
    finally:
        for worker in workers:
            worker.terminate()
            worker.join()


@contextmanager
def _deaf() -> Iterator[None]:
    """Processes begun here do not hear Ctrl+C, which goes to all of a terminal's; who began them ends them."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _receive(receiver: Connection) -> Step | None:
    try:
        message = receiver.recv()
    except EOFError as error:
        raise WorkerStopped(
            _("Making the archive searchable was interrupted. Nothing is lost; the next search carries on.")
        ) from error
    if isinstance(message, BaseException):
        raise message
    assert message is None or isinstance(message, Step)
    return message


def _work(folder: Path, conversations: Sequence[int], read: ReadDocuments, sender: Connection) -> None:
    """The whole life of a worker process."""
    try:
        for step in _build_here(folder, conversations, read):
            sender.send(step)
        sender.send(None)
    except Exception as error:  # noqa: BLE001 -- raised again by the process that waits for this one
        sender.send(error)


@contextmanager
def _without_collections() -> Iterator[None]:
    """Millions of lists and arrays without a cycle among them: looking for cycles would take a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
