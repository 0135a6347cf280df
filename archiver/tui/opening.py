"""Opening links and files in other programs: only what is on a short list, and only after somebody said yes.

What is opened came with an export, so its name, its type and its address may all be meant to mislead. Files are judged
by their first bytes, and copied under a name of our own into a private folder that goes when the program ends; scripts,
programs and pages that run scripts are never opened. Addresses must be plain http or https. Nothing goes through a
shell.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from archiver.errors import CannotWrite
from archiver.i18n import _

_LONGEST_ADDRESS = 2048

_OPENED = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "audio/wav": ".wav",
    "audio/mpeg": ".mp3",
    "audio/mp4": ".m4a",
    "audio/ogg": ".ogg",
    "video/mp4": ".mp4",
    "application/pdf": ".pdf",
}
"""Kinds of files that run nothing when they are opened."""


def shown_address(address: str) -> str:
    """The address as it may be opened, with a foreign-looking host in its ASCII form; empty when it may not."""
    if not address or len(address) > _LONGEST_ADDRESS or address.startswith("-") or not address.isprintable():
        return ""
    if any(character.isspace() or character in '"<>\\^`{|}' for character in address):
        return ""
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port else ""
    except (ValueError, UnicodeError):
        return ""
    if parts.scheme.lower() not in ("http", "https") or not host or "@" in parts.netloc:
        return ""
    return parts._replace(scheme=parts.scheme.lower(), netloc=host + port).geturl()


def extension(beginning: bytes) -> str:
    """The true extension of a file that may be opened, from its first bytes; empty when it may not."""
    # The package of importers is large, and nothing else on the first screen needs it.
    from archiver.importers import HEAD, kind_of

    return _OPENED.get(kind_of(beginning[:HEAD]), "")


def may_open(mime: str) -> bool:
    """Whether a file of this kind is offered to be opened; its first bytes decide whether it is."""
    return mime in _OPENED


def opener() -> list[str]:
    """The desktop's own command for opening things; empty where there is no desktop, for example over SSH."""
    if sys.platform == "darwin":
        candidates = ["open"]
    elif sys.platform == "win32":
        return ["explorer.exe"]
    elif os.environ.get("WSL_DISTRO_NAME"):
        candidates = ["wslview"]
    elif os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        candidates = ["xdg-open", "gio"]
    else:
        return []
    for name in candidates:
        if path := shutil.which(name):
            return [path, "open"] if name == "gio" else [path]
    return []


def open_with_desktop(target: str) -> bool:
    """Hand an address from ``shown_address`` or a path from ``private_copy`` to the desktop."""
    command = opener()
    if not command:
        return False
    try:
        subprocess.Popen(
            [*command, target],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return False
    return True


class PrivateFolder:
    """Copies for other programs, readable by their owner only, gone when the program ends."""

    def __init__(self) -> None:
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def copy(self, data: bytes) -> Path | None:
        """A copy under a safe name with the true extension; None for a kind of file that is not opened."""
        suffix = extension(data)
        if not suffix:
            return None
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="archiver-")
        path = Path(self._folder.name) / (hashlib.sha256(data).hexdigest()[:16] + suffix)
        if not path.exists():
            _write_new(path, data)
        return path

    def close(self) -> None:
        """Remove all copies."""
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None


def save_copy(data: bytes, folder: Path, name: str) -> Path:
    """Write ``data`` into ``folder`` as ``name``, or as ``name (2)`` and so on: nothing is ever overwritten."""
    stem, suffix = Path(name).stem, Path(name).suffix
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for number in range(1, 10_000):
            path = folder / (name if number == 1 else f"{stem} ({number}){suffix}")
            try:
                _write_new(path, data)
            except FileExistsError:
                continue
            return path
    except OSError as error:
        sentence = _("{name} cannot be saved in {folder} ({reason}). Please choose another folder in Settings.")
        raise CannotWrite(sentence.format(name=name, folder=folder, reason=error.strerror)) from error
    raise CannotWrite(_("{folder} holds too many files of the same name.").format(folder=folder))


def _write_new(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0), 0o600)
    with open(descriptor, "wb") as file:
        file.write(data)
