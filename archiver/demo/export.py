"""Write the demo as the provider's zip: numbered files of conversations, a manifest, pictures, ratings.

The bytes depend on the texts alone, so that importing the demo twice is recognised as the same source.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

from archiver.demo import talks
from archiver.demo.talks import Talk

_PER_FILE = 10
_WRITTEN = (2026, 6, 2, 9, 30, 0)
"""When the export was made."""


def build(path: Path) -> Path:
    """Write the demo export to ``path`` and give it back."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in _members(list(_read_talks())):
            archive.writestr(zipfile.ZipInfo(name, _WRITTEN), data, zipfile.ZIP_DEFLATED, compresslevel=9)
    return path


def _read_talks() -> Iterator[Talk]:
    folder = resources.files("archiver.demo") / "talks"
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".toml"):
            yield talks.read(file.name.removesuffix(".toml"), file.read_text(encoding="utf-8"))


def _members(written: Sequence[Talk]) -> Iterator[tuple[str, bytes]]:
    shards = {
        f"conversations-{number:03}.json": [talk.conversation for talk in written[start : start + _PER_FILE]]
        for number, start in enumerate(range(0, len(written), _PER_FILE))
    }
    for name, conversations in shards.items():
        yield name, _json(conversations)
    logical = {"conversations.json": {"files": list(shards), "sharded": True}}
    yield (
        "export_manifest.json",
        _json({"version": 1, "manifest_file": "export_manifest.json", "logical_files": logical}),
    )
    yield "message_feedback.json", _json([rating for talk in written for rating in talk.ratings])
    yield "user.json", _json({"id": talks.USER, "email": "reader@example.org", "chatgpt_plus_user": True})
    yield "shared_conversations.json", _json([])
    for talk in written:
        yield from talk.files.items()


def _json(value: Any) -> bytes:
    """As the provider writes it: one line, everything beyond ASCII escaped."""
    return json.dumps(value).encode("ascii")
