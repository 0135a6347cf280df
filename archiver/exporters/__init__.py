"""What leaves the archive: the one door that the command line and the terminal interface use.

    selection -> archive.conversation(id) -> one format's pure function -> ExportFolder (names, manifest, whole files)

Exports are copies: they can be made again at any time, and nothing reads them back.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from archiver.errors import Cancelled, CannotWrite
from archiver.exporters.formats import WRITERS
from archiver.exporters.options import FORMATS, ExportOptions, ExportReport, Format, KeptFile
from archiver.exporters.work import Work
from archiver.i18n import _
from archiver.records import Progress

if TYPE_CHECKING:
    from archiver.archive import Archive

__all__ = ["FORMATS", "ExportOptions", "ExportReport", "Format", "KeptFile", "export", "preview"]

_OBJECTS = 200_000
"""New objects after which the collector looks for cycles; seven hundred is usual."""


def export(
    archive: Archive,
    selection: Sequence[str],
    folder: Path,
    options: ExportOptions,
    on_progress: Callable[[Progress], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ExportReport:
    """Write the conversations with these ids into ``folder``; what was finished stays when it is stopped.

    Raises ``CannotWrite``, ``DiskFull``, and ``ArchiverError`` for a name template with an unknown field.
    """
    if folder.exists() and not folder.is_dir():
        raise CannotWrite(_("{path} is a file. Please name a folder to write into.").format(path=folder))
    originals = (archive.path / "originals").resolve()
    if folder.resolve() == archive.path.resolve() or folder.resolve().is_relative_to(originals):
        raise CannotWrite(_("{path} is part of the archive. Please choose a folder outside it.").format(path=folder))
    work = Work(archive, selection, folder, options, on_progress, cancelled)
    # A conversation holds no cycles; looking for some after every few hundred messages takes a fifth of the time.
    thresholds = gc.get_threshold()
    gc.set_threshold(_OBJECTS, *thresholds[1:])
    try:
        WRITERS[options.format](work)
    except Cancelled:
        work.was_stopped = True
    finally:
        work.folder.finish()
        gc.set_threshold(*thresholds)
    return work.report()


def preview(archive: Archive, id_: str, options: ExportOptions) -> str:
    """What the file of one conversation will look like, for the screen; the words alone where a file is no text."""
    from archiver.exporters.previews import preview_text

    return preview_text(archive.conversation(id_), options)
