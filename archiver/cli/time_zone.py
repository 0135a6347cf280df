"""Which time zone the command line speaks of: the settings' one, else the computer's."""

from __future__ import annotations

from archiver import clock
from archiver.paths import config_file


def choose() -> None:
    """Choose the time zone that the settings name; where they name none, they are not even read."""
    file = config_file()
    try:
        is_named = b"time_zone" in file.read_bytes()
    except OSError:
        return
    if is_named:
        from archiver import config

        clock.use(config.load(file).time_zone)
