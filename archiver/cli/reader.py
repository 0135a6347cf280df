"""``archiver`` without a command: the terminal reader, where there is a terminal."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from archiver.cli.parser import archive_folder, print_help
from archiver.errors import ArchiverError
from archiver.paths import config_file


def open_reader(parsed: argparse.Namespace) -> int:
    """Open the reader; without a terminal, print the help instead."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        print_help()
        return 0
    from archiver.tui import gc_tuning

    gc_tuning.hold()
    # 250 ms of imports that no other command needs.
    with _without_encryption():
        from archiver.tui.app import run
    from archiver.cli.opening import open_archive
    from archiver.config import load

    with suppress(ArchiverError):
        # The reader says itself what is wrong with an archive; only this takes long and shows how far it is.
        open_archive(parsed).close()
    return run(archive_folder(parsed), load(config_file()))


@contextmanager
def _without_encryption() -> Iterator[None]:
    """Import as a Python that was built without ``ssl`` would: nothing here talks to anybody.

    The event loop under Textual imports it when it can, for connections that it is never asked for. That takes a
    thirtieth of the time until the list is on the screen.
    """
    if "ssl" in sys.modules:
        yield
        return
    sys.modules["ssl"] = None  # type: ignore[assignment]  # Python's own way of saying that there is no such module
    try:
        yield
    finally:
        del sys.modules["ssl"]
