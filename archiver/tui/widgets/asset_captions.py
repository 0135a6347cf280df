"""The line that says what a picture, sound or file of a message is, and whether the archive has it."""

from __future__ import annotations

from archiver.i18n import N_, _
from archiver.records import AssetReference
from archiver.text.sanitize import one_line

_FOUND = {"image": N_("Picture"), "audio": N_("Sound"), "video": N_("Video"), "file": N_("File")}
_MISSING = {
    "image": N_("Picture not in the export"),
    "audio": N_("Sound not in the export"),
    "video": N_("Video not in the export"),
    "file": N_("File not in the export"),
}


def caption(reference: AssetReference, *, is_found: bool) -> str:
    """For example ``Picture · soup.png · 1024 × 768`` or ``Sound not in the export · 0:12``."""
    words = _FOUND if is_found else _MISSING
    facts = [_(words.get(reference.media, words["file"]))]
    facts.append(one_line(reference.name, 80) or ("" if is_found else one_line(reference.pointer, 80)))
    return " · ".join(filter(None, [*facts, *measures(reference)]))


def measures(reference: AssetReference) -> list[str]:
    """What is recorded of its size and length, and the words a picture was made from."""
    found = []
    if reference.width and reference.height:
        found.append(f"{reference.width} × {reference.height}")
    if reference.seconds is not None:
        found.append(_duration(reference.seconds))
    if reference.caption:
        found.append(f"“{one_line(reference.caption, 300)}”")
    return [each for each in found if each]


def _duration(seconds: float) -> str:
    try:
        minutes, rest = divmod(round(seconds), 60)
    except (ValueError, OverflowError):
        return ""
    return f"{minutes}:{rest:02d}"
