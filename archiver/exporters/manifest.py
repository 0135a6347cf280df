"""The list of what an export wrote: lets the next one write only what changed and leave alone what a person edited.

It stands in the folder as ``export-manifest.json``, one file a line, with the SHA-256 of each, so that it can be read
and checked without this program. It is read back with suspicion: a path that leads out of the folder is ignored.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields
from pathlib import Path, PurePosixPath
from typing import Any

NAME = "export-manifest.json"


@dataclass(frozen=True, slots=True)
class Entry:
    """One file that an export wrote."""

    key: str
    """What it is, whatever it is called: ``markdown:<conversation id>``, ``asset:<pointer>`` …"""
    path: str
    """Relative to the folder, with ``/``."""
    sha256: str
    size: int
    title: str = ""
    created: float | None = None
    messages: int = 0
    own: tuple[str, ...] = ()
    """Files that this one stands beside, because the person had edited them."""


@dataclass(slots=True)
class Manifest:
    """Entries by key."""

    entries: dict[str, Entry] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """The manifest of a folder; empty when there is none that can be read."""
        try:
            data = json.loads((folder / NAME).read_bytes())
            rows = data["files"]
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return cls()
        found = (_entry(row) for row in rows) if isinstance(rows, list) else ()
        return cls({entry.key: entry for entry in found if entry is not None})

    def to_bytes(self) -> bytes:
        """As JSON, one file a line, in an order that depends on the content alone."""
        rows = sorted(self.entries.values(), key=lambda entry: entry.path)
        lines = ",\n".join(json.dumps(_row(entry), ensure_ascii=False) for entry in rows)
        text = f'{{"version": 1, "files": [\n{lines}\n]}}\n'
        return text.encode("utf-8", "replace")


_FIELDS = tuple(item.name for item in fields(Entry))


def _row(entry: Entry) -> dict[str, Any]:
    values = ((name, getattr(entry, name)) for name in _FIELDS)
    return {name: value for name, value in values if value not in ("", None, 0, ())}


def _entry(row: Any) -> Entry | None:
    if not isinstance(row, dict) or not all(isinstance(row.get(name), str) for name in ("key", "path", "sha256")):
        return None
    own = tuple(path for path in row.get("own", ()) if isinstance(path, str) and _stays_inside(path))
    known = {name: row[name] for name in _FIELDS if name in row}
    if not _stays_inside(row["path"]):
        return None
    try:
        return Entry(**{**known, "own": own, "size": int(row.get("size", 0)), "messages": int(row.get("messages", 0))})
    except (TypeError, ValueError):
        return None


def _stays_inside(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return bool(parts) and not path.startswith(("/", "\\")) and ".." not in parts and ":" not in parts[0]
