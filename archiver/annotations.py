"""annotations.jsonl: what the person adds to the archive: put-away marks, favourites, notes, reading positions.

One JSON object a line, only ever appended, so that nothing can be lost and everything undone. It is one of the two
truths of an archive (the other is originals/). Conversations and messages are named by the provider's ids: they stay
true after a rebuild and on another computer.
"""

from __future__ import annotations

import json
import os
import threading
import time
from pathlib import Path
from typing import Any, NamedTuple

from archiver.files import require_archive, writing_errors

_UNDOABLE = frozenset({"put_away", "bring_back", "favourite", "unfavourite", "note"})


class Favourite(NamedTuple):
    """A marked conversation, or a message of it."""

    conversation_id: str
    message_id: str
    """Empty when the whole conversation is marked."""


class Note(NamedTuple):
    """The person's own words beside a message or conversation."""

    conversation_id: str
    message_id: str
    text: str
    written: float


class Annotations:
    """The annotations of one archive folder; safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._entries = self._load()

    def put_away(self, conversation_id: str) -> None:
        """Take a conversation out of lists, search and dates; nothing is removed."""
        self._append("put_away", conversation_id)

    def bring_back(self, conversation_id: str) -> None:
        """Undo ``put_away``."""
        self._append("bring_back", conversation_id)

    def set_favourite(self, conversation_id: str, message_id: str = "", *, is_favourite: bool = True) -> None:
        """Mark or unmark a conversation or one message."""
        self._append("favourite" if is_favourite else "unfavourite", conversation_id, message=message_id)

    def write_note(self, conversation_id: str, message_id: str, text: str) -> None:
        """Put words beside a message; empty words take them away."""
        self._append("note", conversation_id, message=message_id, text=text)

    def set_position(self, conversation_id: str, message_id: str) -> None:
        """Remember where reading stopped."""
        if self.position(conversation_id) != message_id:
            self._append("position", conversation_id, message=message_id)

    def undo(self) -> str:
        """Take back the last act that can be; its name, empty when there is none."""
        for entry in reversed(self._standing()):
            if entry["do"] in _UNDOABLE and "id" in entry:
                self._append("undo", entry["conversation"], of=entry["id"])
                return str(entry["do"])
        return ""

    def put_away_ids(self) -> frozenset[str]:
        """Conversations that are put away."""
        away: set[str] = set()
        for entry in self._standing():
            if entry["do"] == "put_away":
                away.add(entry["conversation"])
            elif entry["do"] == "bring_back":
                away.discard(entry["conversation"])
        return frozenset(away)

    def favourites(self) -> tuple[Favourite, ...]:
        """Everything marked, in the order it was."""
        marked: dict[Favourite, None] = {}
        for entry in self._standing():
            if entry["do"] in {"favourite", "unfavourite"}:
                favourite = Favourite(entry["conversation"], entry.get("message", ""))
                marked.pop(favourite, None)
                if entry["do"] == "favourite":
                    marked[favourite] = None
        return tuple(marked)

    def notes(self) -> tuple[Note, ...]:
        """The latest note at every place that has one, in the order they were written."""
        latest: dict[tuple[str, str], Note] = {}
        for entry in self._standing():
            if entry["do"] == "note":
                place = (entry["conversation"], entry.get("message", ""))
                latest.pop(place, None)
                if entry.get("text"):
                    latest[place] = Note(*place, entry["text"], entry.get("at", 0.0))
        return tuple(latest.values())

    def position(self, conversation_id: str) -> str:
        """The message where reading stopped; empty when it never began."""
        for entry in reversed(self._entries):
            if entry.get("do") == "position" and entry.get("conversation") == conversation_id:
                return str(entry.get("message", ""))
        return ""

    def _standing(self) -> list[dict[str, Any]]:
        undone = {entry.get("of") for entry in self._entries if entry.get("do") == "undo"}
        return [
            entry
            for entry in self._entries
            if isinstance(entry.get("conversation"), str) and "do" in entry and entry.get("id", self) not in undone
        ]

    def _load(self) -> list[dict[str, Any]]:
        try:
            lines = self._path.read_text("utf-8", errors="replace").splitlines()
        except FileNotFoundError:
            return []
        entries = []
        for line in lines:
            try:
                entry = json.loads(line)
            except ValueError:
                # A line that a power cut left unfinished.
                continue
            if isinstance(entry, dict):
                entries.append(entry)
        return entries

    def _append(self, do: str, conversation_id: str, **values: Any) -> None:
        entry = {
            "id": os.urandom(6).hex(),
            "at": round(time.time(), 3),
            "do": do,
            "conversation": conversation_id,
            **values,
        }
        line = json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n"
        require_archive(self._path.parent)
        with self._lock, writing_errors(self._path):
            descriptor = os.open(self._path, os.O_CREAT | os.O_RDWR | os.O_APPEND, 0o600)
            with open(descriptor, "rb+", buffering=0) as file:
                if file.seek(0, os.SEEK_END) and not _ends_a_line(file.fileno()):
                    line = b"\n" + line
                file.write(line)
                os.fsync(file.fileno())
            self._entries.append(entry)


def _ends_a_line(descriptor: int) -> bool:
    os.lseek(descriptor, -1, os.SEEK_END)
    return os.read(descriptor, 1) == b"\n"
