"""``archiver`` without a command: the terminal reader, where there is a terminal."""

from __future__ import annotations

import argparse
import sys
from contextlib import suppress

from archiver.cli.opening import open_archive
from archiver.cli.parser import archive_folder, print_help
from archiver.config import load
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
    from archiver.tui.app import run

    with suppress(ArchiverError):
        # The reader says itself what is wrong with an archive; only this takes long and shows how far it is.
        open_archive(parsed).close()
    return run(archive_folder(parsed), load(config_file()))
