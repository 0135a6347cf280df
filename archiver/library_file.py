"""The file ``library.sqlite`` of an archive folder: where there is one, where it is to be made, what takes its place.

While a library that is missing or cannot be read is made again, an empty one stands in for it under another name; half
of a library must never look like all there is.
"""

from __future__ import annotations

import os
from pathlib import Path

from archiver.errors import ArchiveDamaged, ArchiveMissing, ArchiveTooOld, CannotWrite
from archiver.files import atomic_file, make_private_folder, writing_errors
from archiver.i18n import _
from archiver.store import Store

LIBRARY = "library.sqlite"
OLD_LIBRARY = "library-before-rebuild.sqlite"
"""An unreadable library that may have words which damaged originals no longer have."""
_STAND_IN = ".stand-in.sqlite"


def open_library(archive: Path, *, create: bool, rebuild: bool) -> Store:
    """The library of the archive folder at ``archive``, which ``create`` makes when there is none.

    ``rebuild`` opens an empty one in place of one that is missing or unreadable. Raises ``ArchiveMissing``,
    ``ArchiveTooNew``, ``ArchiveTooOld``, ``ArchiveDamaged`` or ``CannotWrite``.
    """
    library = archive / LIBRARY
    existing = next(folder for folder in (archive, *archive.absolute().parents) if folder.exists())
    if not existing.is_dir():
        raise CannotWrite(_("{path} is a file. Please name a folder for the archive.").format(path=existing))
    if not (library.exists() and library.stat().st_size):
        # Where there is a library, nobody should have to wait for what reads originals.
        from archiver.vault import Vault

        if Vault(archive).has_originals():
            if rebuild:
                return Store(_emptied(archive / _STAND_IN))
            raise ArchiveDamaged(
                _(
                    "The library of this archive is missing. “archiver rebuild” makes it again from the originals; "
                    "“archiver verify” checks those."
                )
            )
        if not create:
            raise ArchiveMissing(
                _("There is no archive at {path} yet. “archiver import YOUR-EXPORT.zip” makes one.").format(
                    path=archive
                )
            )
        _make_archive(archive)
    with writing_errors(library):
        try:
            return Store(library, read_only=not os.access(archive, os.W_OK))
        except (ArchiveDamaged, ArchiveTooOld):
            if not rebuild:
                raise
            return Store(_emptied(archive / _STAND_IN))


def is_stand_in(store: Store) -> bool:
    """Whether a library only stands in for one that could not be read."""
    return store.path.name == _STAND_IN


def remove_stand_in(archive: Path) -> None:
    """Clear away what stood in for a library; it is closed."""
    _emptied(archive / _STAND_IN)


def replace_library(archive: Path, new: Path, *, keep_old: bool) -> Store:
    """Let a newly made library take the place of the present one; both are closed.

    With ``keep_old`` the present one stays in the archive under the name ``OLD_LIBRARY``, unless one is there.
    """
    library = archive / LIBRARY
    is_kept = keep_old and library.exists() and not (archive / OLD_LIBRARY).exists()
    with writing_errors(library):
        for side in ("-wal", "-shm", *([""] if is_kept else [])):
            file = library.with_name(library.name + side)
            if is_kept and file.exists():
                os.replace(file, archive / (OLD_LIBRARY + side))
            file.unlink(missing_ok=True)
        os.replace(new, library)
        remove_stand_in(archive)
    return Store(library)


def _make_archive(folder: Path) -> None:
    from archiver.archive_readme import README
    from archiver.vault import Vault

    make_private_folder(folder)
    Vault(folder).create()
    with atomic_file(folder / "README.txt") as file:
        file.write(README.encode())


def _emptied(library: Path) -> Path:
    """A place for a library where none is."""
    for side in ("", "-wal", "-shm"):
        library.with_name(library.name + side).unlink(missing_ok=True)
    return library
