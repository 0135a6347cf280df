"""The names of keys: as Textual spells them, and as people write them."""

from __future__ import annotations

import re
import unicodedata

from textual.keys import Keys, _character_to_key

from archiver.i18n import N_, _


def key_words(key: str) -> str:
    """``ctrl+p`` as ``Ctrl+P``, ``question_mark`` as ``?``."""
    *modifiers, last = key.split("+")
    if last in _KEYS:
        last = _(_KEYS[last])
    elif modifiers or re.fullmatch(r"f\d+", last):
        last = last.upper()
    else:
        last = _character(last) or last
    return "+".join([_(_KEYS.get(modifier, modifier.capitalize())) for modifier in modifiers] + [last])


def spelled(key: str) -> str:
    """A key from a settings file as Textual spells it; empty when no keyboard has such a key."""
    key = key.strip()
    if len(key) == 1:
        return _character_to_key(key)
    *modifiers, last = key.split("+")
    if len(last) == 1:
        last = _character_to_key(last)
    names = {each.value for each in Keys}
    is_key = last in names or (len(last) == 1 and last.isalnum()) or bool(_character(last))
    is_known = is_key and all(modifier in _MODIFIERS for modifier in modifiers)
    return "+".join([*modifiers, last]) if is_known else ""


def _character(name: str) -> str:
    """``question_mark`` as ``?``; empty for a key that writes nothing."""
    try:
        return unicodedata.lookup(name.replace("_", " ").upper()) if len(name) > 1 else ""
    except KeyError:
        return ""


_MODIFIERS = ("ctrl", "shift", "alt", "super", "meta", "hyper")
_KEYS = {
    "escape": N_("Esc"),
    "enter": N_("Enter"),
    "space": N_("Space"),
    "tab": N_("Tab"),
    "backspace": N_("Backspace"),
    "delete": N_("Del"),
    "home": N_("Home"),
    "end": N_("End"),
    "pageup": N_("PgUp"),
    "pagedown": N_("PgDn"),
    "ctrl": N_("Ctrl"),
    "shift": N_("Shift"),
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "slash": "/",
    "question_mark": "?",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "left_curly_bracket": "{",
    "right_curly_bracket": "}",
    "comma": ",",
    "full_stop": ".",
    "plus": "+",
    "minus": "-",
}
