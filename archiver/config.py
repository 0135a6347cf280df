"""The person's settings: one frozen record, read from and written to a TOML file.

Only the edges (command line, terminal interface) read it. A setting that cannot be understood falls back to its default
and is named in ``problems``, so that a typing error never keeps anybody from their archive. Saving changes only the
lines of the values that changed: comments and unknown keys, perhaps of a newer version, stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archiver.files import atomic_file, make_private_folder, writing_errors
from archiver.i18n import _

if TYPE_CHECKING:
    from archiver import toml_text

_TABLES = ("keymap", "names")
_NOT_SETTINGS = ("file", "problems")


@dataclass(frozen=True)
class Config:
    """Every setting, with the value it has when nobody chose one."""

    theme: str = "terminal"
    """Name of a theme; ``terminal`` uses the sixteen colours of the terminal itself."""
    language: str = ""
    """Code of the interface's language; empty follows the system."""
    hide: tuple[str, ...] = ("thoughts", "tools", "system")
    """Kinds of messages that the reader leaves out."""
    preview: bool = True
    """Whether the library shows the beginning of the chosen conversation where there is room."""
    last_with: bool = True
    """Whether the library begins with an entry for the last reply of each model that is no longer offered."""
    sort: str = "newest"
    """Order of the library: ``newest``, ``oldest``, ``longest`` or ``title``."""
    widths: str = "auto"
    """How wide the terminal draws Hindi and emoji: ``auto`` asks it; ``plain`` and ``full`` overrule the answer."""
    bidi: str = "auto"
    """Who puts Arabic and Hebrew in order: ``auto``, or a mode of ``archiver.tui.terminal``."""
    time_zone: str = ""
    """Time zone of dates and times, such as ``Europe/Rome``; empty is the computer's."""
    export_format: str = "markdown"
    export_folder: str = ""
    """Where the export dialog wrote to last; empty is the documents folder."""
    keymap: Mapping[str, str] = field(default_factory=dict)
    """Keys by name of command, for example ``{"save_markdown": "s,f4"}``; the screen "Keys" lists the names."""
    names: Mapping[str, str] = field(default_factory=dict)
    """Own words for the speakers: ``me`` and ``it``."""
    file: Path | None = None
    """Where the settings live; None keeps them in memory only."""
    problems: tuple[str, ...] = ()
    """Finished sentences about settings that could not be used."""


_NAMES = [setting.name for setting in fields(Config) if setting.name not in _NOT_SETTINGS]


def load(file: Path) -> Config:
    """The settings in ``file``; a missing file is the same as an empty one."""
    try:
        values = _values(file.read_text("utf-8"))
    except FileNotFoundError:
        return Config(file=file)
    except (OSError, ValueError) as error:
        sentence = _("The settings in {file} cannot be read ({reason}); the usual ones are used.")
        return Config(file=file, problems=(sentence.format(file=file, reason=error),))
    known: dict[str, Any] = {}
    problems = [_unknown(name, file) for name in values if name not in _NAMES]
    for setting in fields(Config):
        if setting.name not in _NAMES or setting.name not in values:
            continue
        try:
            known[setting.name] = _READERS[setting.type](values[setting.name])  # type: ignore[index]
        except ValueError:
            sentence = _("The setting “{name}” in {file} is not understood; the usual one is used.")
            problems.append(sentence.format(name=setting.name, file=file))
    return Config(**known, file=file, problems=tuple(problems))


def _unknown(name: str, file: Path) -> str:
    sentence = _("“{name}” in {file} is not a setting of this version; it is left as it is. Settings are: {known}.")
    return sentence.format(name=name, file=file, known=", ".join(_NAMES))


def save(config: Config) -> None:
    """Write the settings that differ from what the file says; raises ``CannotWrite``."""
    from archiver import toml_text

    if config.file is None:
        return
    with writing_errors(config.file):
        text, stored = _stored(config.file)
        make_private_folder(config.file.parent)
    with atomic_file(config.file) as file:
        file.write(toml_text.edited(text, _changes(config, stored)).encode("utf-8"))


def changed(config: Config, **values: Any) -> Config:
    """``config`` with other values, saved."""
    config = replace(config, **values)
    save(config)
    return config


def _changes(config: Config, stored: Mapping[str, Any]) -> dict[tuple[str, ...], toml_text.Value | None]:
    """What must be written: a place in the file for each value, None for one to take out."""
    changes: dict[tuple[str, ...], toml_text.Value | None] = {}
    defaults = Config()
    for setting in fields(Config):
        name, value = setting.name, getattr(config, setting.name)
        if name in _NOT_SETTINGS:
            continue
        if name in _TABLES:
            before = stored.get(name)
            before = before if isinstance(before, dict) else {}
            changes |= {(name, key): None for key in before if key not in value}
            changes |= {(name, key): entry for key, entry in value.items() if before.get(key) != entry}
            continue
        plain = list(value) if isinstance(value, tuple) else value
        if plain != stored.get(name, None if value != getattr(defaults, name) else plain):
            changes[name,] = plain
    return changes


def _stored(file: Path) -> tuple[str, dict[str, Any]]:
    """The file's text and values; a file that cannot be understood is put aside, so that nobody's words are lost."""
    try:
        text = file.read_text("utf-8")
        return text, _values(text)
    except FileNotFoundError:
        return "", {}
    except ValueError:
        names = (file.with_name(f"{file.name}.unreadable-{number}") for number in count(1))
        file.replace(next(name for name in names if not name.exists()))
        return "", {}


def _values(text: str) -> dict[str, Any]:
    """What TOML says; raises ``ValueError``, of which that of a wrong character is one, too."""
    # Most people have no settings, and reading none needs no grammar.
    import tomllib

    return tomllib.loads(text)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(value)
    return value


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError(value)
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ValueError(value)
    return tuple(map(_text, value))


def _table(value: object) -> dict[str, str]:
    if not isinstance(value, dict):
        raise ValueError(value)
    return {key: _text(entry) for key, entry in value.items()}


_READERS: dict[str, Callable[[object], object]] = {
    "str": _text,
    "bool": _truth,
    "tuple[str, ...]": _texts,
    "Mapping[str, str]": _table,
}
