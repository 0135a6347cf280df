"""Copying uses the terminal and the desktop's tool, and never a shell or an argument for the text."""

import sys
from pathlib import Path

import pytest

from archiver.tui import clipboard


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
    assert clipboard.copy("a'b\n$(c)", sent.append)
    assert sent == ["a'b\n$(c)"]
    assert tool.read_text() == "a'b\n$(c)"


def test_a_long_text_goes_only_to_the_tool(tool: Path) -> None:
    """A terminal may stop at a sequence of megabytes."""
    sent: list[str] = []
    assert clipboard.copy("x" * 200_000, sent.append)
    assert sent == []
    assert tool.stat().st_size == 200_000


def test_a_long_text_without_a_tool_is_not_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    """And that is said."""
    monkeypatch.setenv("PATH", "/nowhere")
    assert not clipboard.copy("x" * 200_000, lambda _text: None)


def test_a_tool_that_fails_is_no_trouble(tool: Path) -> None:
    """The terminal still has it."""
    tool.parent.joinpath("wl-copy").write_text("#!/nowhere/at/all\n")
    assert clipboard.copy("x", lambda _text: None)


def test_broken_text_can_be_copied(tool: Path) -> None:
    """Half a character of old data is no reason to stop."""
    assert clipboard.copy("a\ud800b", lambda _text: None)
    assert tool.read_text() == "a?b"
