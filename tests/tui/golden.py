"""Screens as text, kept beside the tests and looked at by people when they change.

``UPDATE_GOLDEN=1 pytest tests/tui`` writes them again.
"""

from __future__ import annotations

import os
from pathlib import Path

_FOLDER = Path(__file__).parent / "golden" / "screens"


def check(name: str, screen: str) -> None:
    """Compare a screen with the golden file of this name."""
    path = _FOLDER / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(screen + "\n", "utf-8")
    assert screen.splitlines() == path.read_text("utf-8").splitlines()
