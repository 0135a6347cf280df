"""Whether a file is worth offering as an export, told by the names inside it alone: nothing is unpacked or read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import BinaryIO, cast

from archiver.errors import ArchiverError
from archiver.importers.sources.members import basename
from archiver.importers.sources.region import Region
from archiver.importers.sources.zip_directory import NoDirectory, read_directory

_CONVERSATIONS = re.compile(r"conversations[\w.-]*\.json|chat\.html|.*\.zip", re.IGNORECASE)


def may_hold_conversations(path: Path) -> bool:
    """False for a whole zip without files named as conversations are, and without zips; a damaged one may hold some."""
    if path.suffix.lower() != ".zip":
        return True
    try:
        with path.open("rb") as file:
            entries = read_directory(Region.whole(cast(BinaryIO, file))).entries
    except (OSError, ValueError, ArchiverError, NoDirectory):
        return True
    return any(_CONVERSATIONS.fullmatch(basename(entry.name)) for entry in entries)
