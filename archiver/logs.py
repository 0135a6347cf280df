"""One small log file beside the archive, for the question "what happened"; never what anybody wrote.

Two traps are guarded here. Log records carry arguments, and an argument may be a title or a message: only the fixed
message format and the types of its arguments are written. Tracebacks carry the words of an exception, which may quote
the data that caused it: only the places in the code and the name of the exception are written.
"""

from __future__ import annotations

import logging
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

_LOGGER = logging.getLogger("archiver")
# Without any handler Python would print warnings, words and all, to the terminal.
_LOGGER.addHandler(logging.NullHandler())
_LOGGER.propagate = False

_NAME = "archiver.log"
_BYTES = 200_000


def start(archive: Path) -> None:
    """Write the program's log into ``archive``/log; does nothing where that is not possible."""
    folder = archive / "log"
    stop()
    if not archive.is_dir():
        return
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        handler = RotatingFileHandler(folder / _NAME, maxBytes=_BYTES, backupCount=1, encoding="utf-8", delay=True)
    except OSError:
        return
    handler.setFormatter(_WordlessFormatter("{asctime} {levelname} {name} {message}", style="{"))
    _LOGGER.addHandler(handler)
    _LOGGER.setLevel(logging.INFO)


def stop() -> None:
    """Close the log."""
    for handler in list(_LOGGER.handlers):
        if isinstance(handler, RotatingFileHandler):
            _LOGGER.removeHandler(handler)
            handler.close()


def places(error: BaseException) -> list[str]:
    """Where an exception came from, without any of its words: ``file:line in function``, then the exception's name."""
    lines = []
    cause: BaseException | None = error
    seen: set[int] = set()
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        lines += _frames(cause.__traceback__)
        lines.append(f"{type(cause).__module__}.{type(cause).__qualname__}")
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    return lines


def _frames(trace: TracebackType | None) -> list[str]:
    frames = traceback.extract_tb(trace)
    return [f"{Path(frame.filename).name}:{frame.lineno} in {frame.name}" for frame in frames]


class _WordlessFormatter(logging.Formatter):
    """Writes numbers and names of types where a record has arguments, and places where it has an exception."""

    def format(self, record: logging.LogRecord) -> str:
        wordless = logging.makeLogRecord(record.__dict__)
        wordless.exc_info = wordless.exc_text = wordless.stack_info = None
        if isinstance(record.args, tuple):
            wordless.args = tuple(map(_without_words, record.args))
        elif record.args:
            wordless.args = {name: _without_words(value) for name, value in record.args.items()}
        text = super().format(wordless)
        error = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
        return text if error is None else "\n  ".join([text, *places(error)])


def _without_words(value: object) -> object:
    return value if isinstance(value, int | float) else f"<{type(value).__name__}>"
