"""Pictures, sounds and files that came with a source, and which of them a pointer means."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asset:
    """Bytes that came with a source."""

    pointer: str
    """The id that messages use, as ``asset_id`` gives it, for example ``file-AbC`` or ``file_00ff``."""
    member: str
    """Path inside the source."""
    name: str
    """The name to show and to save under; never used as a path."""
    mime: str
    """From the first bytes where they are known, else from the name."""
    size: int


def asset_id(pointer: str) -> str:
    """The id of the file that a pointer means: without scheme, and without hash and page around it (§7)."""
    name = pointer.rpartition("://")[2]
    return next((piece for piece in name.split("#") if piece.startswith(("file-", "file_"))), name)
