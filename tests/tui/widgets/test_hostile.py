"""Whatever a message or a title holds, it reaches the terminal as characters that do nothing."""

from __future__ import annotations

import re
import sys

import pytest

from archiver.tui.widgets.transcript import Transcript
from tests.tui.pseudo_terminal import PseudoTerminal

from .apps import running, screen_text
from .hostile_app import PAYLOADS, HostileApp

OBEYED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\ud800-\udfff\U000e0000-\U000e007f]"
)


async def test_nothing_obeyed_is_in_what_is_drawn() -> None:
    """Every line of the conversation, at a wide and at a narrow window, and every row of the list."""
    for size in ((100, 60), (30, 120)):
        seen = ""
        app = HostileApp()
        async with running(app, size) as pilot:
            assert isinstance(app.widget, Transcript)
            await pilot.press("g")
            while True:
                text = screen_text(app)
                assert OBEYED.search(text.replace("\n", "")) is None
                text.encode("utf-8")
                seen += text
                if app.widget.top >= app.widget.max_scroll_y:
                    break
                await pilot.press("pagedown")
            assert app.is_running
        assert "[/b][/]" in seen


async def test_no_stored_word_becomes_an_action() -> None:
    """The only things in a style are what this program put there."""
    app = HostileApp()
    async with running(app, (100, 40)) as pilot:
        await pilot.press("g", "pagedown", "pagedown")
        for strip in app.screen._compositor.render_strips():
            for segment in strip:
                meta = segment.style.meta if segment.style else {}
                assert set(meta) <= {"offset", "target"}
                assert segment.style is None or segment.style.link is None


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_nothing_obeyed_reaches_a_real_terminal() -> None:
    """The bytes written to a pseudo-terminal hold none of the payloads."""
    with PseudoTerminal(["-m", "tests.tui.widgets.hostile_app"]) as terminal:
        terminal.read_until("⟦U+202E⟧RLO".encode())
        for _ in range(8):
            terminal.write(b"\x1b[6~")
            terminal.read_until(b"", 0.2)
        terminal.write(b"\x11")
        terminal.read_until(b"\x1b[?1049l")
    for payload in PAYLOADS[:8]:
        assert payload.partition("\\")[0].encode("utf-8", "surrogatepass") not in terminal.output
    text = terminal.output.decode("utf-8")
    assert not re.search("[\u0080-\u009f\u202a-\u202e\u2066-\u2069\u200f\U000e0000-\U000e007f]", text)
    assert "\x1b]0;" not in text
    assert "\x1b]52;" not in text
    assert "\x1bP" not in text
