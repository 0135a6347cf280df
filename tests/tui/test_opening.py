"""Only harmless things are opened, and never through a shell."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from archiver.errors import CannotWrite
from archiver.tui import opening
from tests import builders


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("HTTP://EXAMPLE.org:8080/x", "http://example.org:8080/x"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://раураl.com/", "https://xn--l-7sba6dbr.com/"),
    ],
)
def test_addresses_of_the_web_are_shown_as_they_are_opened(address: str, shown: str) -> None:
    """A host in look-alike letters is shown in the form that gives it away."""
    assert opening.shown_address(address) == shown


@pytest.mark.parametrize(
    "address",
    [
        "", "javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "smb://host/share", "\\\\host\\share",
        "-oProxyCommand=x", "mailto:somebody@example.org", "https://", "https:///path", "http://user:pw@example.org/",
        "https://example.org/\nx", "https://example.org/ x", "https://example.org/\x1b[31m", "https://exa\u202emple.org",
        "https://example.org/`id`", 'https://example.org/"x', "https://[::1", "https://example.org:99999/",
        "https://example.org/" + "x" * 3000,
    ],
)  # fmt: skip
def test_everything_else_is_not_opened(address: str) -> None:
    """Scripts, files, networks, and whatever might break out of an argument."""
    assert opening.shown_address(address) == ""


@pytest.mark.parametrize(
    ("data", "suffix"),
    [
        (builders.png(), ".png"), (builders.jpeg(), ".jpg"), (builders.webp(), ".webp"), (builders.wav(), ".wav"),
        (b"GIF89a....", ".gif"), (b"%PDF-1.7", ".pdf"), (b"OggS....", ".ogg"), (b"ID3....", ".mp3"),
        (b"\0\0\0\x18ftypM4A ", ".m4a"), (b"\0\0\0\x18ftypisom", ".mp4"),
        (b"<html><script>", ""), (b"<svg onload=x>", ""), (b"#!/bin/sh\n", ""), (b"MZ\x90\0", ""),
        (b"[Desktop Entry]", ""), (b"PK\3\4", ""), (b"", ""),
    ],
)  # fmt: skip
def test_files_are_judged_by_their_first_bytes(data: bytes, suffix: str) -> None:
    """What could run something has no suffix to be opened under."""
    assert opening.extension(data) == suffix


def test_a_copy_for_another_program_is_private_and_goes() -> None:
    """Under a name of our own, readable by its owner, gone at the end."""
    folder = opening.PrivateFolder()
    path = folder.copy(builders.png())
    assert path is not None
    assert path.suffix == ".png"
    assert path.read_bytes() == builders.png()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert folder.copy(builders.png()) == path
    assert folder.copy(b"#!/bin/sh\nrm -rf ~\n") is None
    folder.close()
    assert not path.exists()


def test_a_saved_copy_overwrites_nothing(tmp_path: Path) -> None:
    """A second one gets a number; a place that cannot be written is said plainly."""
    assert opening.save_copy(b"1", tmp_path / "new", "a.png").name == "a.png"
    assert opening.save_copy(b"2", tmp_path / "new", "a.png").name == "a (2).png"
    assert (tmp_path / "new" / "a.png").read_bytes() == b"1"
    with pytest.raises(CannotWrite, match="another folder"):
        opening.save_copy(b"3", tmp_path / "new" / "a.png", "b.png")


def test_the_desktop_gets_one_argument_and_no_shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also when the address looks like more."""
    told = tmp_path / "told"
    program = tmp_path / "xdg-open"
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$#" "$1" > {told}.part && mv {told}.part {told}\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.delenv("WSL_DISTRO_NAME", raising=False)
    assert opening.open_with_desktop("https://example.org/$(id);x&y")
    while not told.exists():
        os.sched_yield()
    assert told.read_text() == "1\nhttps://example.org/$(id);x&y\n"


def test_without_a_desktop_nothing_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    """Over SSH the screen offers to save instead."""
    for variable in ("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"):
        monkeypatch.delenv(variable, raising=False)
    assert opening.opener() == []
    assert not opening.open_with_desktop("https://example.org/")


@pytest.mark.parametrize(
    ("mime", "offered"), [("image/png", True), ("application/pdf", True), ("text/html", False), ("", False)]
)
def test_only_what_can_be_opened_is_offered(mime: str, offered: bool) -> None:
    """Nobody is asked about what would be refused."""
    assert opening.may_open(mime) == offered
