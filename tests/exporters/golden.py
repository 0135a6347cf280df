"""Golden files: what a format writes, kept beside the tests and looked at by people when it changes.

``UPDATE_GOLDEN=1 pytest tests/exporters`` writes them again.
"""

from __future__ import annotations

import os
from pathlib import Path

_FOLDER = Path(__file__).parent / "golden"


def check(name: str, data: bytes | str) -> None:
    """Compare with the golden file of this name."""
    actual = data.encode() if isinstance(data, str) else data
    path = _FOLDER / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(actual)
    assert actual.decode().splitlines() == path.read_bytes().decode().splitlines()
    assert actual == path.read_bytes()
