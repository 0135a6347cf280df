"""The files of an index on the disk: which state they are in, the next state, and what to do when they are damaged."""

from __future__ import annotations

import os
from pathlib import Path

from archiver.files import make_private_folder, writing_errors
from archiver.i18n import _
from archiver.index.pages import Damaged
from archiver.index.snapshot import Snapshot
from archiver.index.stamp import NAME, Stamp, read_stamp

_OURS = (".columns", ".words", ".postings", ".part", NAME)
_ATTEMPTS = 4

Status = tuple[int, int, int]


class IndexFolder:
    """One folder with one index in it, or with none yet."""

    def __init__(self, path: Path, archive_id: str) -> None:
        self.path = path
        self._stamp = str(path / NAME)
        self._archive_id = archive_id

    def status(self) -> Status | None:
        """Changes with every change of the index; None when there is no index."""
        try:
            status = os.stat(self._stamp)
        except OSError:
            return None
        return status.st_size, status.st_mtime_ns, status.st_ino

    def open(self) -> tuple[Snapshot, str]:
        """The present state, and a sentence when it had to be made: because the files were damaged or foreign."""
        for attempt in range(_ATTEMPTS):
            status = self.status()
            try:
                return Snapshot(self.path, read_stamp(self.path, self._archive_id)), ""
            except FileNotFoundError:
                break
            except Damaged:
                # While another process goes on to the next state, files of this one go away.
                if self.status() == status and attempt:
                    break
        return self.start_again()

    def start_again(self) -> tuple[Snapshot, str]:
        """An empty index in place of whatever is there."""
        make_private_folder(self.path)
        with writing_errors(self.path):
            had_files = any(map(self._is_ours, self.path.iterdir()))
        self.commit(Stamp(self._archive_id))
        self.clean(Stamp(self._archive_id))
        return Snapshot(self.path, Stamp(self._archive_id)), _damage() if had_files else ""

    def commit(self, stamp: Stamp) -> None:
        """Make ``stamp`` the state of the index, on the disk before this returns."""
        stamp.write(self.path)

    def clean(self, stamp: Stamp) -> None:
        """Remove files that the stamp does not name. One that another program holds open stays until next time."""
        named = {f"{segment.id}{end}" for segment in stamp.segments for end in segment.files} | {NAME}
        with writing_errors(self.path):
            for file in self.path.iterdir():
                if self._is_ours(file) and file.name not in named:
                    try:
                        file.unlink(missing_ok=True)
                    except PermissionError:
                        continue

    def _is_ours(self, file: Path) -> bool:
        return file.name.endswith(_OURS)


def _damage() -> str:
    return _(
        "The search index was damaged or made by another version, so it is made again. Nothing of the archive is lost."
    )
