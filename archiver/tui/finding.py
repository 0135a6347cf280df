"""Finds exports that somebody may have downloaded, and makes a path of what they typed, pasted or dropped."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

_JSON_EXPORT = re.compile(r"conversations(-\d+)?\.json", re.IGNORECASE)
_MOST = 50


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file or folder that may be an export."""

    path: Path
    size: int
    """Bytes; 0 for a folder."""
    changed: float
    is_likely: bool = True
    """False when no name inside it is one of an export."""


def candidates(folder: Path) -> list[Candidate]:
    """Zips, conversation files and unpacked exports directly in ``folder``, the newest first."""
    found = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if _may_be_export(entry):
                    status = entry.stat()
                    found.append(Candidate(Path(entry.path), 0 if entry.is_dir() else status.st_size, status.st_mtime))
    except OSError:
        # A folder that is missing, or that may not be looked into, holds nothing to offer.
        pass
    found.sort(key=lambda candidate: candidate.changed, reverse=True)
    return found[:_MOST]


def judged(found: Sequence[Candidate]) -> list[Candidate]:
    """The same, with those first that hold conversations. Opens each file, so it is for a thread."""
    from archiver.importers import may_hold_conversations

    looked_at = [replace(each, is_likely=may_hold_conversations(each.path)) for each in found]
    return sorted(looked_at, key=lambda each: not each.is_likely)


def _may_be_export(entry: os.DirEntry[str]) -> bool:
    try:
        if entry.is_dir():
            return any((Path(entry.path) / name).is_file() for name in ("conversations.json", "conversations-000.json"))
        return entry.is_file() and (entry.name.lower().endswith(".zip") or bool(_JSON_EXPORT.fullmatch(entry.name)))
    except OSError:
        return False


def path_from(words: str) -> Path:
    """The path meant by what came from a keyboard, a clipboard or a mouse: quotes, ``file:`` and ``~`` are understood.

    Terminals write a dropped file in different ways: bare, in quotes, with a backslash before each space, or as a URL.
    """
    text = words.strip().splitlines()[0].strip() if words.strip() else ""
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        text = text[1:-1]
    elif text.startswith("file:"):
        text = unquote(urlsplit(text).path)
        text = text[1:] if re.match(r"/[A-Za-z]:", text) else text
    elif os.sep == "/" and "\\" in text and not Path(text).expanduser().exists():
        text = re.sub(r"\\(.)", r"\1", text)
    try:
        return Path(text).expanduser()
    except RuntimeError:
        return Path(text)


def is_there(path: Path) -> bool:
    """Whether there is such a file or folder; what no path can be is not there either."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def is_path(words: str) -> bool:
    """Whether these words are the path of something that is there, and not words to search for."""
    return any(sign in words for sign in "/\\") and is_there(path_from(words))


def path_words(path: Path) -> str:
    """A path as people know it: with ``~`` for their own folder."""
    with suppress(ValueError, RuntimeError):
        return str(Path("~") / path.relative_to(Path.home()))
    return str(path)
