"""The ``archiver`` command: reads its arguments, runs one command, turns errors into a sentence and an exit code.

Exit codes: 0 done, 1 something failed or was damaged, 2 wrong usage, 130 stopped by the person. Standard output is
data; talk and progress go to standard error. With ``--json`` a command that fails prints an object too: its ``error``.
Every command imports what it needs when it runs, so that ``--help`` and ``search`` are quick.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence

from archiver.errors import ArchiverError, Cancelled
from archiver.i18n import _


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line ``arguments`` (those of the process by default); the exit code."""
    from archiver.cli import language, parser, time_zone

    os.umask(0o077)
    language.choose()
    time_zone.choose()
    _speak_utf8()
    parsed = parser.parse(sys.argv[1:] if arguments is None else list(arguments))
    try:
        code = parser.run(parsed)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read the output has seen enough. Python must not complain about it while it shuts down.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return 130
    except ArchiverError as error:
        _tell(type(error).__name__, str(error), parsed)
        return 130 if isinstance(error, Cancelled) else 1
    except Exception as error:  # noqa: BLE001 -- a mistake of this program is a sentence and a line in the log
        _own_up(error, parsed)
        return 1
    return code


def _tell(kind: str, sentence: str, parsed: argparse.Namespace) -> None:
    """Say why nothing was done: a sentence for people, and an object where a program waits for one."""
    from archiver.cli.output import print_json, say

    say(sentence)
    if getattr(parsed, "json", False):
        print_json({"error": {"kind": kind, "message": sentence}})


def _own_up(error: Exception, parsed: argparse.Namespace) -> None:
    """Tell of a mistake in this program, and note where it is."""
    import logging

    from archiver import logs
    from archiver.cli.parser import archive_folder

    folder = archive_folder(parsed)
    logs.start(folder)
    logging.getLogger("archiver").error("a command failed", exc_info=error)
    logs.stop()
    name = type(error).__name__
    sentence = _("Something in this program went wrong ({name}). What was finished before is safe.").format(name=name)
    if (folder / "log" / "archiver.log").exists():
        sentence += " " + _("{path} says where, and holds none of your words.").format(
            path=folder / "log" / "archiver.log"
        )
    _tell(name, sentence, parsed)


def _speak_utf8() -> None:
    """Let output that goes to a file or another program be UTF-8, and let no terminal stop at an unusual letter."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8", errors="replace")
