"""``archiver demo``: a small example archive, imported from an example export and opened in the reader."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from archiver import demo as example
from archiver.archive import Archive
from archiver.cli.output import say
from archiver.cli.report_lines import report_lines
from archiver.config import load
from archiver.i18n import _
from archiver.ingest import import_sources
from archiver.paths import config_file


def demo(parsed: argparse.Namespace) -> int:
    """Make the example archive and open it; it is removed afterwards unless ``--keep`` names a folder."""
    if parsed.keep is None:
        with tempfile.TemporaryDirectory(prefix="archiver-demo-") as folder:
            return _show(Path(folder) / "archive")
    code = _show(parsed.keep.expanduser())
    say(_("The example archive is in {path}. “archiver --archive {path}” opens it again.").format(path=parsed.keep))
    return code


def _show(folder: Path) -> int:
    with tempfile.TemporaryDirectory(prefix="archiver-demo-") as sources:
        zip_file = Path(sources) / "example-export.zip"
        example.build(zip_file)
        with Archive.open(folder, create=True) as archive:
            report = import_sources(archive, [zip_file])
    for line in report_lines(report):
        say(line)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        say(_("This is no terminal, so the reader does not open. “archiver search” and “archiver list” work anywhere."))
        return 0
    from archiver.tui.app import run

    return run(folder, load(config_file()), demo=True)
