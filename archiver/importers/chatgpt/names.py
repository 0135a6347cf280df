"""What names of members in ChatGPT's exports tell: ids of files that were sent or made, places in a workspace."""

from __future__ import annotations

import re

from archiver.importers.sources.members import basename

IDENTITY = re.compile(r"(?P<id>file-[A-Za-z0-9]+|file_[0-9A-Za-z]+)(?:[-.](?P<rest>.*))?", re.DOTALL)
"""A file's id, and what follows it, which may be the file's own name."""
WORKSPACE = re.compile(r"(?:.*/)?(?P<path>mnt/data/.+)", re.DOTALL)
"""The model's workspace and a file in it."""

_JSON = (".json", ".jsonl", ".ndjson")


def is_sent(member: str) -> bool:
    """Whether a member is a file of a conversation, whatever it holds, and not a part of the export itself."""
    return IDENTITY.fullmatch(basename(member)) is not None or WORKSPACE.fullmatch(member) is not None


def is_json(member: str) -> bool:
    """Whether a member calls itself JSON."""
    return member.casefold().endswith(_JSON)


_OWN_FOLDER = re.compile(
    r"(?:.*/)?(?:dalle-generations|textdocs|user-[A-Za-z0-9]+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/.+",
    re.DOTALL,
)
_PAGES = frozenset({"chat.html", "report.html"})


def is_named_by_provider(member: str) -> bool:
    """Whether a member is called, or lies in a folder called, as only the provider calls things."""
    return is_sent(member) or member.endswith(".dat") or _OWN_FOLDER.fullmatch(member) is not None


def is_beside(member: str) -> bool:
    """Whether a member belongs to the export when it lies beside the conversations."""
    return is_json(member) or basename(member).casefold() in _PAGES
