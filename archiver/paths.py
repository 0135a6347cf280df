"""Where archive, settings and logs live on this system. Nothing here creates anything."""

from pathlib import Path

import platformdirs

_NAME = "archiver"


def default_archive() -> Path:
    """The archive used when the person names none."""
    return Path(platformdirs.user_data_dir(_NAME, appauthor=False)) / "archive"


def config_file() -> Path:
    """The person's settings (TOML)."""
    return Path(platformdirs.user_config_dir(_NAME, appauthor=False)) / "config.toml"


def downloads() -> Path:
    """The folder where browsers save files."""
    return Path(platformdirs.user_downloads_dir())


def documents() -> Path:
    """The folder where people keep what they write."""
    return Path(platformdirs.user_documents_dir())
