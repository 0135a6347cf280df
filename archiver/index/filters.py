"""The filters of the query language: their names, their values, and what they mean.

    from:me  model:gpt-4o  asked:gpt-4o  before:2025-08  after:2025  on:2025-08-07  since: until:  in:title
    has:image  lang:ja  title:letters  id:6891

A year, a month or a day is a stretch of local time: ``before`` ends where it begins, ``after`` begins where it ends,
``on`` is the stretch itself; ``since`` and ``until`` include it. 07.08.2025 and 2025年8月7日 are read too.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo
from typing import Final
from unicodedata import normalize

from archiver.index import documents
from archiver.index.documents import SECTIONS, VISIBLE
from archiver.index.languages import bits_of
from archiver.index.nodes import From, Has, Identified, Model, Node, Spoken, Time

_ALSO = {
    "from": "von da", "model": "modell modele modelo modello", "before": "vor avant antes prima",
    "after": "nach apres despues dopo", "on": "am", "title": "titel titre titulo titolo",
    "lang": "language sprache langue idioma lingua", "has": "hat", "since": "seit depuis desde dal",
    "until": "bis", "asked": "", "in": "", "id": "",
}  # fmt: skip
NAMES: Final = {name: english for english, others in _ALSO.items() for name in (english, *others.split())}
"""Every name of a filter, also in other languages where it can be typed in ASCII, and its English name."""

SECTION_NAMES: Final[dict[str, tuple[str, ...]]] = {
    **{section: (section,) for section in SECTIONS},
    "titles": ("title",), "thought": ("thoughts",), "reasoning": ("thoughts",), "tools": ("tool",),
    "system": ("tool",), "titel": ("title",), "titre": ("title",), "titulo": ("title",), "titolo": ("title",),
    "texte": ("text",), "texto": ("text",), "testo": ("text",), "codigo": ("code",), "codice": ("code",),
    "gedanken": ("thoughts",), "alles": SECTIONS, "tout": SECTIONS, "todo": SECTIONS, "tutto": SECTIONS,
    "hidden": tuple(section for section in SECTIONS if section not in VISIBLE), "all": SECTIONS,
}  # fmt: skip

_SPEAKERS = {
    **dict.fromkeys(("me", "user", "i", "myself", "ich", "moi", "yo", "io"), documents.ME),
    **dict.fromkeys(("it", "assistant", "chatgpt", "gpt", "ai", "model", "bot"), documents.IT),
    **dict.fromkeys(("tool", "tools"), documents.TOOL),
    **dict.fromkeys(("system", "other"), documents.OTHER),
}
_FLAGS = {
    flag: value
    for value, flags in (
        (documents.IMAGE, "image images picture pictures photo photos bild bilder foto fotos imagen immagine"),
        (documents.AUDIO, "audio voice sound video ton stimme voix son voz sonido voce suono"),
        (documents.CODE, "code program codigo codice"),
        (documents.FILE, "file files document attachment datei dateien anhang fichier archivo allegato"),
        (documents.LINK, "link links url lien liens enlace collegamento"),
        (documents.BRANCH, "branch branches version versions zweig branche rama ramo"),
    )
    for flag in flags.split()
}
_DATE = re.compile(r"(\d{4})(?:[-/.](\d{1,2}))?(?:[-/.](\d{1,2}))?")
_DAY_FIRST = re.compile(r"(?:(\d{1,2})\.)?(\d{1,2})\.(\d{4})")
_NAMED_PARTS = re.compile("[年月년월](?=.)|[年月日년월일]$")
_LAST_YEAR = 2100


def readers(now: datetime, timezone: tzinfo | None) -> dict[str, Callable[[str], Node | None]]:
    """For each filter but ``title`` and ``in``: what a typed value means; None when it makes no sense."""

    def stretch(typed: str) -> tuple[int, int] | None:
        return _stretch(normalize("NFKC", typed), now, timezone)

    def before(typed: str) -> Node | None:
        return Time(None, found[0]) if (found := stretch(typed)) else None

    def after(typed: str) -> Node | None:
        return Time(found[1], None) if (found := stretch(typed)) else None

    def during(typed: str) -> Node | None:
        return Time(*found) if (found := stretch(typed)) else None

    def since(typed: str) -> Node | None:
        return Time(found[0], None) if (found := stretch(typed)) else None

    def until(typed: str) -> Node | None:
        return Time(None, found[1]) if (found := stretch(typed)) else None

    return {
        "from": _speaker, "model": _model, "asked": _asked, "before": before, "after": after, "on": during,
        "since": since, "until": until, "has": _flag, "lang": _language, "id": _id,
    }  # fmt: skip


def _speaker(typed: str) -> Node | None:
    speaker = _SPEAKERS.get(normalize("NFKC", typed).casefold())
    return None if speaker is None else From(speaker)


def _model(typed: str) -> Node | None:
    return Model(typed) if typed else None


def _asked(typed: str) -> Node | None:
    return Model(typed, is_asked=True) if typed else None


def _flag(typed: str) -> Node | None:
    flag = _FLAGS.get(normalize("NFKC", typed).casefold())
    return Has(flag) if flag else None


def _language(typed: str) -> Node | None:
    bits = bits_of(normalize("NFKC", typed))
    return Spoken(bits, typed) if bits else None


def _id(typed: str) -> Node | None:
    return Identified(typed) if typed else None


def _stretch(typed: str, now: datetime, timezone: tzinfo | None) -> tuple[int, int] | None:
    """Begin and end of a year, month or day as Unix seconds."""
    if typed.casefold() in {"today", "yesterday"}:
        day = now.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(typed.casefold() == "yesterday")
        return _seconds(day.year, day.month, day.day, timezone), _seconds(day.year, day.month, day.day + 1, timezone)
    typed = _NAMED_PARTS.sub("-", typed).rstrip("-/.")
    match, turned = _DATE.fullmatch(typed), _DAY_FIRST.fullmatch(typed)
    if not match and not turned:
        return None
    groups = match.groups() if match else turned.groups()[::-1] if turned else ()
    year, month, day_number = (int(group) if group else 0 for group in groups)
    if not 1970 <= year <= _LAST_YEAR or month > 12:
        return None
    if not month:
        return _seconds(year, 1, 1, timezone), _seconds(year + 1, 1, 1, timezone)
    if not day_number:
        return _seconds(year, month, 1, timezone), _seconds(year, month + 1, 1, timezone)
    try:
        datetime(year, month, day_number)
    except ValueError:
        return None
    return _seconds(year, month, day_number, timezone), _seconds(year, month, day_number + 1, timezone)


def _seconds(year: int, month: int, day: int, timezone: tzinfo | None) -> int:
    """Local midnight; ``month`` may be one too many, and so may ``day``."""
    first = datetime(year + month // 13, 1 if month == 13 else month, 1)
    moment = first + timedelta(day - 1)
    return int(moment.replace(tzinfo=timezone).timestamp())
