"""Opens the archive for a command; one that an older version of this program made is brought up to date first."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from archiver.archive import Archive
from archiver.cli.parser import archive_folder
from archiver.errors import ArchiveTooOld
from archiver.i18n import _


def open_archive(parsed: argparse.Namespace, *, create: bool = False) -> Archive:
    """The archive that the person means. Raises what ``Archive.open`` raises."""
    folder = archive_folder(parsed)
    try:
        return Archive.open(folder, create=create)
    except ArchiveTooOld:
        if not os.access(folder, os.W_OK):
            raise
    bring_up_to_date(folder)
    return Archive.open(folder, create=create)


def bring_up_to_date(folder: Path) -> None:
    """Make the library again from the originals; marks and notes are not part of it."""
    # Hardly anybody ever needs this, and everybody would wait for what it imports.
    from archiver.cli.output import say
    from archiver.cli.progress import ProgressBar, stoppable
    from archiver.ingest import rebuild
    from archiver.text.sanitize import one_line

    say(_("An older version of this program made this archive. It is being brought up to date from your originals."))
    bar = ProgressBar()
    with Archive.open(folder, rebuild=True) as archive, stoppable() as stopped:
        try:
            report = rebuild(archive, on_progress=bar, cancelled=stopped)
        finally:
            bar.clear()
        for problem in archive.verify().damaged if report.has_losses else ():
            say(f"{one_line(problem.where)}: {one_line(problem.what, 400)}")
