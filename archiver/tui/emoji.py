"""Plain forms of emoji, for terminals that draw a combined emoji as its several pieces."""

from __future__ import annotations

import re

_EMOJI = "\u2190-\u2bff\U0001f000-\U0001faff"
_SKIN = "\U0001f3fb-\U0001f3ff"
_JOINED = re.compile(f"(?<=[{_EMOJI}\ufe0f])\u200d[{_EMOJI}][\ufe0f{_SKIN}]*")
_MODIFIED = re.compile(f"(?<=[{_EMOJI}])[{_SKIN}]|(?<=[{_EMOJI}0-9#*])[\ufe0e\ufe0f\u20e3]+")


def plain(text: str) -> str:
    """The first person of a family, no skin tone, no colour variant: what every terminal measures alike."""
    if text.isascii():
        return text
    return _MODIFIED.sub("", _JOINED.sub("", text))
