"""How commands print: JSON for programs, plain safe lines for people."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import orjson

from archiver.records import Span
from archiver.text.sanitize import visible


def print_json(value: Any) -> None:
    """One JSON object on one line of standard output, as UTF-8 whatever the terminal's encoding."""
    sys.stdout.flush()
    try:
        line = orjson.dumps(value)
    except TypeError:
        # A name that is no text, or nesting beyond 254 levels.
        line = json.dumps(value).encode("ascii")
    sys.stdout.buffer.write(line + b"\n")


def say(sentence: str) -> None:
    """A sentence to the person, beside the data."""
    print(visible(sentence), file=sys.stderr)


def utc(seconds: float | None) -> str | None:
    """A stored time for programs: ISO 8601 in UTC; None when it is not known or beyond the calendar."""
    if seconds is None:
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC).isoformat().replace("+00:00", "Z")
    except (ValueError, OverflowError, OSError):
        return None


def marked(text: str, spans: Iterable[Span]) -> str:
    """A snippet with its matches marked: bold on a terminal, in guillemets elsewhere."""
    before, after = ("\x1b[1;4m", "\x1b[0m") if sys.stdout.isatty() else ("«", "»")
    pieces, end = [], 0
    for span in spans:
        pieces += [visible(text[end : span.start]), before, visible(text[span.start : span.end]), after]
        end = span.end
    return "".join([*pieces, visible(text[end:])])


def dim(text: str) -> str:
    """Words of lesser weight, where the terminal can show that."""
    return f"\x1b[2m{text}\x1b[0m" if sys.stdout.isatty() and text else text


def bold(text: str) -> str:
    """Words of greater weight, where the terminal can show that."""
    return f"\x1b[1m{text}\x1b[0m" if sys.stdout.isatty() and text else text
