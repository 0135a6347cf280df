"""Asks the terminal how wide it draws what terminals disagree about, and which background it has.

One write and one round trip before Textual starts: each sample is printed and the cursor's column asked for. It takes
a few milliseconds; a terminal that does not answer costs a quarter of a second, once a start. What somebody types
meanwhile comes in between the answers, and is given on.
"""

from __future__ import annotations

import os
import re
import select
import sys
from collections.abc import Mapping
from time import monotonic
from typing import NamedTuple

TIMEOUT = 0.25

SAMPLES = {
    "vowel sign": "की",
    "variation": "❤️",
    "family": "👩‍👩‍👧",
    "skin tone": "👍🏽",
    "keycap": "1️⃣",
    "16.0.0": "🫩",
    "15.0.0": "🪿",
    "14.0.0": "🫠",
    "13.0.0": "🥲",
}

_COLUMN = re.compile(rb"\x1b\[\d+;(\d+)R")
_BACKGROUND = re.compile(rb"\x1b\]11;rgb:([0-9A-Fa-f]{2,4})/([0-9A-Fa-f]{2,4})/([0-9A-Fa-f]{2,4})")
_SEQUENCE = re.compile(rb"\x1b(?:P.*?\x1b\\|\].*?(?:\x07|\x1b\\)|O.|\[[0-9;?<>=]*[@-~])", re.DOTALL)
"""Answers, and keys that are no letters."""
_NAME = re.compile(rb"\x1bP>\|([^\x1b]{0,100})\x1b\\")


def question() -> bytes:
    """What is written to the terminal; it leaves the line as it was."""
    samples = "".join(f"\r{sample}\x1b[6n" for sample in SAMPLES.values())
    return f"\x1b7\x1b[?25l\x1b[>q\x1b]11;?\x1b\\{samples}\r\x1b[K\x1b8\x1b[?25h".encode()


class Answer(NamedTuple):
    """What the terminal said."""

    widths: dict[str, int] = {}  # noqa: RUF012 (never changed)
    """Cells of the samples; none when any is missing."""
    name: str = ""
    is_light: bool | None = None
    """Whether its background is light; None when it did not say."""
    typed: str = ""
    """The letters that somebody typed before the end of it."""


def understand(answer: bytes) -> Answer:
    """Every part of the answer that there is."""
    columns = [int(column) - 1 for column in _COLUMN.findall(answer)]
    widths = dict(zip(SAMPLES, columns, strict=True)) if len(columns) == len(SAMPLES) else {}
    name = _NAME.search(answer)
    return Answer(widths, name.group(1).decode("ascii", "replace") if name else "", _is_light(answer), _typed(answer))


def _typed(answer: bytes) -> str:
    letters = _SEQUENCE.sub(b"", answer)
    # Half an answer looks like letters, too.
    return "" if b"\x1b" in letters else "".join(filter(str.isprintable, letters.decode("utf-8", "ignore")))


def _is_light(answer: bytes) -> bool | None:
    colour = _BACKGROUND.search(answer)
    if colour is None:
        return None
    red, green, blue = (int(part, 16) / (16 ** len(part) - 1) for part in colour.groups())
    return bool(0.299 * red + 0.587 * green + 0.114 * blue > 0.5)


def probe(environment: Mapping[str, str]) -> Answer:
    """Ask; nothing is known of a terminal that does not answer, and nothing is asked where there is none."""
    out = sys.__stderr__
    if environment.get("ARCHIVER_PROBE") == "0" or sys.platform == "win32":
        return Answer()
    if out is None or not (sys.stdin.isatty() and out.isatty()):
        return Answer()
    return understand(_ask(sys.stdin.fileno(), out.fileno()))


def _ask(read_from: int, write_to: int) -> bytes:
    import termios
    import tty

    before = termios.tcgetattr(read_from)
    answer = b""
    try:
        # The usual way would throw away what was typed so far.
        tty.setcbreak(read_from, termios.TCSANOW)
        os.write(write_to, question())
        end = monotonic() + TIMEOUT
        while len(_COLUMN.findall(answer)) < len(SAMPLES) and (left := end - monotonic()) > 0:
            if not select.select([read_from], [], [], left)[0]:
                break
            answer += os.read(read_from, 4096)
    finally:
        termios.tcsetattr(read_from, termios.TCSAFLUSH, before)
    return answer
