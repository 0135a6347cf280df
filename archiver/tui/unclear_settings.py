"""What stands in the settings but means nothing to this version: said in plain words, once, and in Settings."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import get_args

from archiver import clock
from archiver.config import Config
from archiver.i18n import _
from archiver.tui.appearance import BIDI_CHOICES, LANGUAGES, WIDTH_CHOICES
from archiver.tui.commands import keymap
from archiver.tui.library_rows import ORDERS
from archiver.tui.themes import CHOICES
from archiver.tui.widgets.choice import KINDS


def unclear(config: Config) -> list[str]:
    """A sentence for each setting that is not used as it stands."""
    return [*config.problems, *_names(config), *keymap(config.keymap).doubts]


def _formats(config: Config) -> Collection[str]:
    """The formats that there are, where somebody chose one: what knows them takes long to import."""
    usual = Config().export_format
    if config.export_format == usual:
        return (usual,)
    from archiver.exporters import Format

    return get_args(Format)


def _names(config: Config) -> Iterator[str]:
    choices: tuple[tuple[str, str, Collection[str]], ...] = (
        ("theme", config.theme, CHOICES),
        ("language", config.language, ("", *LANGUAGES)),
        ("sort", config.sort, ORDERS),
        ("widths", config.widths, WIDTH_CHOICES),
        ("bidi", config.bidi, BIDI_CHOICES),
        ("export_format", config.export_format, _formats(config)),
        *(("hide", kind, KINDS) for kind in config.hide),
        *(("[names]", name, ("me", "it")) for name in config.names),
    )
    if config.time_zone and not clock.is_known(config.time_zone):
        yield _("“{zone}” is not a time zone that is known here; this computer’s is used.").format(
            zone=config.time_zone
        )
    for setting, value, known in choices:
        if value not in known:
            sentence = _("The settings say “{value}” for {setting}, which is not known here. Known are: {known}.")
            names = ", ".join(filter(None, known))
            yield sentence.format(value=value, setting=setting, known=names)
