"""The first screen: the beginning of the list at once, everything else when that stands."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from archiver.archive import Archive
from archiver.records import Summary
from archiver.tui import start_app
from archiver.tui.panels.conversation_list import ConversationList
from tests.tui.driving import Driver, driving
from tests.tui.pseudo_terminal import PseudoTerminal

ALTERNATE_SCREEN_OFF = b"\x1b[?1049l"
LATER = {
    "archiver.checking", "archiver.importers", "archiver.index", "archiver.ingest", "archiver.merge",
    "archiver.model_table", "archiver.reports", "archiver.toml_text", "archiver.tui.emoji", "archiver.tui.finding",
    "archiver.tui.panels.preview", "archiver.tui.screens.dialog", "archiver.tui.screens.reader",
    "archiver.tui.widgets.wrap", "archiver.vault", "markdown_it", "PIL", "pygments", "textual.widgets._markdown",
    "tomllib",
}  # fmt: skip


@pytest.fixture
def rest_may_come(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Three conversations are listed at once, and the rest when this is set."""
    may_come = threading.Event()
    read_all = Archive.summaries

    def wait_and_read(self: Archive, *, put_away: bool = False) -> list[Summary]:
        may_come.wait()
        return read_all(self, put_away=put_away)

    monkeypatch.setattr(start_app, "_FIRST_ROWS", 3)
    monkeypatch.setattr(Archive, "summaries", wait_and_read)
    return may_come


@contextmanager
def opened(archive: Path, *, is_asked: bool = False) -> Iterator[PseudoTerminal]:
    """The program in a terminal, until it is told to end."""
    start = "import sys; from archiver.cli import main; sys.exit(main())"
    with PseudoTerminal(
        ["-c", start, "--archive", str(archive)], {} if is_asked else {"ARCHIVER_PROBE": "0"}
    ) as screen:
        yield screen
        os.kill(screen.process, signal.SIGTERM)
        screen.read_until(ALTERNATE_SCREEN_OFF)


def listed(driver: Driver) -> int:
    """How many conversations the list holds now."""
    return len(driver.screen.query_one(ConversationList).shown)


def test_what_the_first_screen_does_not_show_is_brought_in_later() -> None:
    """Importing it takes longer than everything else that happens until the list stands."""
    code = "import sys, archiver.tui.app, archiver.archive; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert LATER & set(done.stdout.split()) == set()


def test_the_list_stands_in_the_first_picture(archive: Path) -> None:
    """No picture without it is drawn first, and no conversation moves when the rest of them is read."""
    with opened(archive) as screen:
        screen.read_until(b"Short note 4")
        assert screen.output.count(b"Archiver") == 1


@pytest.mark.parametrize("is_asked", [False, True])
def test_what_is_typed_before_the_first_picture_is_looked_for(archive: Path, is_asked: bool) -> None:
    """Whoever starts the program to find something types at once; no letter is lost, and none is taken for a key."""
    with opened(archive, is_asked=is_asked) as screen:
        screen.write(b"nutmeg")
        screen.read_until(b"1 place in 1 conversation")
        assert b"Show only" not in screen.output


async def test_the_latest_conversations_stand_before_the_rest_is_read(
    archive: Path, rest_may_come: threading.Event
) -> None:
    """With the number of all of them; the rest joins them without moving anything."""
    async with driving(archive) as driver:
        await driver.sees("12 conversations", "Short note 4", "Short note 2")
        assert "Short note 1" not in driver.text
        await driver.press("down", "down")
        await driver.sees("▌ Short note 3")
        rest_may_come.set()
        await driver.sees("Short note 1", "About me", "▌ Short note 3")
        await driver.sees("12 conversations")


async def test_the_end_of_the_list_is_the_end_of_all(archive: Path, rest_may_come: threading.Event) -> None:
    """Also when the key is pressed before the rest is there."""
    async with driving(archive) as driver:
        await driver.sees("Short note 4")
        await driver.press("down", "end")
        rest_may_come.set()
        await driver.sees("▌ Grandma’s soup")


async def test_the_list_is_narrowed_and_put_in_order_as_a_whole(archive: Path, rest_may_come: threading.Event) -> None:
    """Three of twelve conversations are not what somebody asks about."""
    async with driving(archive) as driver:
        await driver.sees("Short note 4")
        await driver.press("down", "f")
        assert listed(driver) == 3
        rest_may_come.set()
        await driver.sees("Show only…", "With pictures", "2023")
