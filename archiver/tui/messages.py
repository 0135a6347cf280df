"""What screens and workers tell the app."""

from __future__ import annotations

from pathlib import Path

from textual.message import Message

from archiver.config import Config


class ImportWanted(Message):
    """Somebody chose sources to read."""

    def __init__(self, paths: tuple[Path, ...]) -> None:
        super().__init__()
        self.paths = paths


class ImportStopWanted(Message):
    """Somebody wants the import to stop."""


class LeaveWanted(Message):
    """Somebody went back from the first screen."""


class ExampleWanted(Message):
    """Somebody wants to look at the example."""


class IndexLost(Message):
    """A search met damage, so the index has to be made again."""


class LibraryChanged(Message):
    """Conversations were added, put away or brought back."""


class SettingsChanged(Message):
    """The settings are others now."""

    def __init__(self, config: Config) -> None:
        super().__init__()
        self.config = config


class ImportEnded(Message):
    """The import is over; its job knows how it went."""
