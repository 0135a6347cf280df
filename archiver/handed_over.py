"""What a path that somebody hands over means: one source, or the originals of another archive.

An archive is no export: read as a folder, it would be copied as a whole, and the present one into itself without end.
Whoever hands over another archive, perhaps from an old computer, means what it keeps.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from archiver.errors import NotAnExport
from archiver.files import printable
from archiver.i18n import _
from archiver.records import Problem
from archiver.vault import Vault

_PREFIX = len("2026-11-21-01234567-")


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A zip, file or folder to import."""

    path: Path
    name: str
    """What its owner calls it."""


def handed_over(path: Path, archive: Path) -> tuple[list[HandedOver], list[Problem]]:
    """The sources that ``path`` means for the archive in the folder ``archive``, and what else is to be said of them.

    Raises ``NotAnExport`` for a folder that is, holds or lies in that archive.
    """
    if not path.is_dir():
        return [HandedOver(path, path.name)], []
    own, given = archive.resolve(), path.resolve()
    if own == given or own in given.parents:
        raise NotAnExport(
            _(
                "“{path}” is your archive itself; what is in it need not be imported. Name the export to add to it."
            ).format(path=printable(str(path)))
        )
    if given in own.parents:
        raise NotAnExport(
            _("“{path}” holds your archive itself. Name the folder or zip of the export inside it.").format(
                path=printable(str(path))
            )
        )
    other = _archive_at(path)
    if other is None:
        return [HandedOver(path, path.name or given.name)], []
    originals = Vault(other).paths()
    if not originals:
        raise NotAnExport(
            _("“{path}” is an archive of this program with nothing in it.").format(path=printable(str(path)))
        )
    sources = [HandedOver(other / original, name_of(original)) for original in originals]
    return sources, _left_behind(other)


def name_of(original: str) -> str:
    """The person's own file name, which a kept original has behind its date and hash."""
    return PurePosixPath(original).name[_PREFIX:]


def _archive_at(path: Path) -> Path | None:
    """The archive that a folder is, or whose originals it is."""
    for folder in (path, *path.resolve().parents[:2]):
        if (folder / "originals" / "bagit.txt").is_file() and (folder / "originals" / "data").is_dir():
            is_whole_bag = path.resolve() in {
                (folder / inner).resolve() for inner in ("", "originals", "originals/data")
            }
            return folder if is_whole_bag else None
    return None


def _left_behind(other: Path) -> list[Problem]:
    """Marks and notes belong to an archive, not to its originals."""
    annotations = other / "annotations.jsonl"
    if not (annotations.is_file() and annotations.stat().st_size):
        return []
    sentence = _(
        "The originals of this archive are imported; favourites and notes in it are not. To move all of it, copy the "
        "whole folder instead."
    )
    return [Problem(printable(str(other)), sentence)]
