"""Copying to the clipboard of the person's desktop.

A terminal can be asked to do it (OSC 52), but some do not, and none says whether it did. So the desktop's own tool is
used too where there is one. Text is handed to it on standard input: never in an argument, never through a shell.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from enum import Enum

LONGEST_SEQUENCE = 100_000
"""Characters that terminals take in one OSC 52 sequence; a longer one may be shown as text or stop the terminal."""

_TIMEOUT = 2.0


class Taker(Enum):
    """Who took a text."""

    NOBODY = "nobody"
    TERMINAL = "terminal"
    """It was asked to; whether it does what it was asked, no terminal says."""
    DESKTOP = "desktop"


def copy(text: str, send_to_terminal: Callable[[str], None]) -> Taker:
    """Copy ``text``, and say who took it for certain.

    Args:
        text: What to copy.
        send_to_terminal: ``App.copy_to_clipboard``.
    """
    text = text.encode("utf-8", "replace").decode()
    was_sent = len(text) <= LONGEST_SEQUENCE
    if was_sent:
        send_to_terminal(text)
    command = tool()
    if command is not None and _hand_to(command, text):
        return Taker.DESKTOP
    return Taker.TERMINAL if was_sent else Taker.NOBODY


def tool() -> list[str] | None:
    """The command of this desktop that takes text for the clipboard; None when there is none."""
    if sys.platform == "darwin":
        candidates = [["pbcopy"]]
    elif sys.platform == "win32":
        candidates = [["clip.exe"]]
    else:
        candidates = []
        if os.environ.get("WAYLAND_DISPLAY"):
            candidates.append(["wl-copy"])
        if os.environ.get("DISPLAY"):
            candidates += [["xclip", "-selection", "clipboard"], ["xsel", "--clipboard", "--input"]]
        if os.environ.get("WSL_DISTRO_NAME"):
            candidates.append(["clip.exe"])
        if os.environ.get("TMUX"):
            # By itself it keeps what programs send from the terminal around it; so asked, it hands it on.
            candidates.append(["tmux", "load-buffer", "-w", "-"])
    for name, *arguments in candidates:
        if path := shutil.which(name):
            return [path, *arguments]
    return None


def _hand_to(command: list[str], text: str) -> bool:
    encoding = "utf-16-le" if command[0].endswith("clip.exe") else "utf-8"
    try:
        finished = subprocess.run(
            command,
            input=text.encode(encoding),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_TIMEOUT,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return finished.returncode == 0
