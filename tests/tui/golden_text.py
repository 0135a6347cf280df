"""Screens kept as text files: what changed on a screen can be read in the difference.

Set ``ARCHIVER_UPDATE_GOLDEN=1`` to write the files anew; look at the difference before committing it.
"""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).parent / "golden"


def check(name: str, text: str) -> None:
    """Compare ``text`` with the file of this name."""
    file = FOLDER / f"{name}.txt"
    text = text.rstrip() + "\n"
    if os.environ.get("ARCHIVER_UPDATE_GOLDEN"):
        file.write_text(text, encoding="utf-8")
    assert file.read_text(encoding="utf-8") == text
