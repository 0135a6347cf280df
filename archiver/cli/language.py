"""Which language the command line speaks: the settings' one, else the system's."""

from __future__ import annotations

import os

from archiver import i18n
from archiver.paths import config_file


def choose() -> None:
    """Choose the language from settings and environment (``LC_ALL``, ``LC_MESSAGES``, ``LANG``)."""
    if not i18n.has_catalogues():
        return
    from archiver import config

    chosen = config.load(config_file()).language
    for name in (chosen, *(os.environ.get(variable, "") for variable in ("LC_ALL", "LC_MESSAGES", "LANG"))):
        code = name.partition(".")[0]
        if code and code not in {"C", "POSIX"}:
            i18n.use(code)
            return
