"""Copying uses the terminal and the desktop's tool, and never a shell or an argument for the text."""

import base64
import sys
from pathlib import Path

import pytest

from archiver.config import Config
from archiver.tui import clipboard
from archiver.tui.clipboard import Taker
from tests.tui.driving import driving
from tests.tui.pseudo_terminal import PseudoTerminal


@pytest.fixture
def tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A wl-copy that keeps what it is given; returns the file it keeps it in."""
    kept = tmp_path / "kept"
    script = tmp_path / "wl-copy"
    script.write_text(f'#!{sys.executable}\nimport sys\nopen({str(kept)!r}, "wb").write(sys.stdin.buffer.read())\n')
    script.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    return kept


def test_both_are_given_the_text(tool: Path) -> None:
    """Line ends and quotes arrive as they are."""
    sent: list[str] = []
    assert clipboard.copy("a'b\n$(c)", sent.append) == Taker.DESKTOP
    assert sent == ["a'b\n$(c)"]
    assert tool.read_text() == "a'b\n$(c)"


def test_a_long_text_goes_only_to_the_tool(tool: Path) -> None:
    """A terminal may stop at a sequence of megabytes."""
    sent: list[str] = []
    assert clipboard.copy("x" * 200_000, sent.append) == Taker.DESKTOP
    assert sent == []
    assert tool.stat().st_size == 200_000


def test_a_long_text_without_a_tool_is_not_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    """And that is said."""
    monkeypatch.setenv("PATH", "/nowhere")
    assert clipboard.copy("x" * 200_000, lambda _text: None) == Taker.NOBODY


def test_a_tool_that_fails_is_no_trouble(tool: Path) -> None:
    """The terminal still has it."""
    tool.parent.joinpath("wl-copy").write_text("#!/nowhere/at/all\n")
    assert clipboard.copy("x", lambda _text: None) == Taker.TERMINAL


def test_broken_text_can_be_copied(tool: Path) -> None:
    """Half a character of old data is no reason to stop."""
    assert clipboard.copy("a\ud800b", lambda _text: None) == Taker.DESKTOP
    assert tool.read_text() == "a?b"


def test_inside_tmux_it_is_asked_to_hand_the_text_on(tool: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the desktop has no tool of its own."""
    monkeypatch.delenv("WAYLAND_DISPLAY")
    monkeypatch.delenv("WSL_DISTRO_NAME", raising=False)
    monkeypatch.setenv("TMUX", "/tmp/tmux-0/default,1,0")
    tool.parent.joinpath("wl-copy").rename(tool.parent / "tmux")
    command = clipboard.tool()
    assert command is not None
    assert command[1:] == ["load-buffer", "-w", "-"]
    assert clipboard.copy("soup", lambda _text: None) == Taker.DESKTOP
    assert tool.read_text() == "soup"


async def test_messages_code_and_what_the_mouse_marked_are_copied_and_said_once(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As they were written, whatever the screen makes of them."""
    monkeypatch.setattr(clipboard, "tool", lambda: None)
    async with driving(archive, config=Config(last_with=False)) as driver:
        await driver.type("nutmeg")
        await driver.sees("1 place in 1 conversation")
        await driver.press("enter")
        await driver.at("ReaderScreen")
        await driver.sees("1 of 1")
        await driver.press("c")
        await driver.sees("Copied. If pasting brings nothing, this terminal did not pass it on.")
        assert driver.app.clipboard == "Leeks, potatoes, and a little nutmeg."
        await driver.press("right_square_bracket", "y")
        await driver.until(lambda: driver.app.clipboard == "print('soup')")
        row = next(n for n, line in enumerate(driver.text.splitlines()) if "Tell me about" in line)
        await driver.pilot.mouse_down(offset=(6, row))
        await driver.pilot.hover(offset=(17, row))
        await driver.pilot.mouse_up(offset=(17, row))
        await driver.until(lambda: driver.app.clipboard.startswith("Tell me abou"))
        await driver.until(lambda: driver.text.count("Copied.") == 1)
        driver.app.copy_to_clipboard("")
        await driver.press("ctrl+c")
        await driver.until(lambda: driver.app.clipboard.startswith("Tell me abou"))


@pytest.mark.skipif(sys.platform == "win32", reason="There are no pseudo-terminals on Windows.")
def test_the_terminal_is_asked_by_its_own_sequence(archive: Path) -> None:
    """OSC 52, which tmux and most terminals hand on to the clipboard, with the text in base64."""
    started = ["-m", "archiver", "--archive", str(archive)]
    with PseudoTerminal(started, {"ARCHIVER_PROBE": "0", "HOME": str(archive.parent)}) as terminal:
        terminal.read_until(b"12 conversations")
        terminal.write(b"nutmeg")
        terminal.read_until(b"1 place in 1 conversation")
        terminal.write(b"\r")
        terminal.read_until(b"1 of 1")
        terminal.write(b"c")
        sequence = b"\x1b]52;c;" + base64.b64encode(b"Leeks, potatoes, and a little nutmeg.")
        terminal.read_until(sequence)
        assert sequence in terminal.output
        terminal.write(b"\x11")
        terminal.read_until(b"Leave Archiver?")
        terminal.write(b"\r")
        terminal.read_until(b"\x1b[?1049l")
