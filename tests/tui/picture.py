"""Pictures of screens with their colours and type, as small SVG files that can be opened in a browser.

Textual's own picture draws every piece of text with names made anew for each run; here those names, the fonts and the
frame of a window go, so that equal screens are equal files on every machine. ``UPDATE_GOLDEN=1`` writes them again.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

FOLDER = Path(__file__).parent / "golden" / "pictures"


def normalised(svg: str) -> str:
    """The picture without what differs between runs, a tag a line."""
    unique = re.search(r"terminal-(\d+)-", svg)
    if unique:
        svg = svg.replace(f"terminal-{unique[1]}-", "")
    svg = re.sub(r"<!--.*?-->|@font-face \{.*?\}\n?", "", svg, flags=re.DOTALL)
    svg = re.sub(r"<clipPath.*?</clipPath>", "", svg, flags=re.DOTALL)
    svg = re.sub(r' (?:clip-path|textLength)="[^"]*"', "", svg)
    return re.sub(r">\s*<", ">\n<", svg).strip() + "\n"


def check(name: str, svg: str) -> None:
    """Compare a picture with the one kept under this name."""
    path, now = FOLDER / f"{name}.svg", normalised(svg)
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(now, "utf-8")
    assert now.splitlines() == path.read_text("utf-8").splitlines()
