"""The stamp: the one file that says which segments make up the index, written last and synced.

It takes the place of Whoosh's table of contents, which is a pickle and is neither synced nor checked. A file that the
stamp does not name is left over from work that was stopped and is removed by the next update. A stamp that is missing,
damaged, of another archive, another version or another Unicode makes the index as good as not there.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from archiver.files import atomic_file
from archiver.index.pages import Damaged
from archiver.index.segment import SegmentInfo

NAME: Final = "index.json"
VERSION: Final = f"19 unicode {unicodedata.unidata_version}"
"""Raise the number whenever tokens, folding or a file format change."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A state of the index."""

    archive_id: str
    sequence: int = 0
    """The change number of the library that the index has reached."""
    segments: tuple[SegmentInfo, ...] = ()

    def write(self, folder: Path) -> None:
        """Make this the state of the index."""
        content = json.dumps(self._to_json(), separators=(",", ":"))
        with atomic_file(folder / NAME) as file:
            file.write(f"{_digest(content)}\n{content}\n".encode())

    def _to_json(self) -> dict[str, Any]:
        return {
            "version": VERSION,
            "archive": self.archive_id,
            "sequence": self.sequence,
            "segments": [segment.to_json() for segment in self.segments],
        }


def read_stamp(folder: Path, archive_id: str) -> Stamp:
    """The state of the index in ``folder``. Raises ``FileNotFoundError`` or ``Damaged``."""
    try:
        digest, content = (folder / NAME).read_text(encoding="utf-8").splitlines()
        if digest != _digest(content):
            raise Damaged(f"{NAME} is not what was written")
        value = json.loads(content)
        if value["version"] != VERSION or value["archive"] != archive_id:
            raise Damaged(f"{NAME} is of another archive or version")
        return Stamp(archive_id, value["sequence"], tuple(map(SegmentInfo.from_json, value["segments"])))
    except FileNotFoundError:
        raise
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Damaged(f"{NAME} cannot be read") from error


def _digest(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()
