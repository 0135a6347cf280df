"""Titles and texts as somebody would write them who wants a terminal to do something else than show them."""

from __future__ import annotations

from typing import Any

from tests import builders

ESC = "\x1b"
TITLES = (
    "[/]",
    "[/b]",
    "[b]not bold",
    "[@click=app.leave]x[/]",
    "[link='https://example.org']x",
    "$primary [$error]",
    f"{ESC}[2J{ESC}[31mred",
    f"{ESC}]0;title of the window\x07",
    f"{ESC}]52;c;aGVsbG8=\x07",
    "\x9b31m C1 \x9d0;x\x9c",
    "evil\u202egpj.exe",
    "\u2066isolated\u2069\u200b\u200e",
    "NUL \x00 BEL \x07 BS \x08 DEL \x7f",
    "line\rreturn\nfeed\u2028separator",
    "Zalgo " + "z\u0301\u0302\u0303" * 40,
    "\udc80 lone surrogate",
    "x" * 5000,
    "家" * 400,
    "👩‍👩‍👧👍🏽❤️" * 30,
    "",
    " \t ",
)

FORBIDDEN = [chr(code) for code in [*range(0x20), *range(0x7F, 0xA0)] if chr(code) != "\n"] + list(
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029\ud800\udc80"
)
"""What must never reach the screen."""


def conversations() -> list[Any]:
    """A conversation for each title, with the title as every text of it too."""
    talks = []
    for number, title in enumerate(TITLES):
        lost = builders.FileInExport(builders.file_id(str(number)), f"{title[:40]}.png", builders.png())
        turns: list[builders.Draft] = [
            builders.picture_sent(lost, title + " please"),
            builders.assistant(
                f"# {title}\n\n{title}\n\n```{title}\n{title}\n```\n\n[{title}](javascript:x)", model=title[:30]
            ),
        ]
        day = 86_400 * number
        talks.append(builders.conversation(title, turns, id=f"hostile-{number:02}", created=1_715_000_000.0 + day))
    return talks
