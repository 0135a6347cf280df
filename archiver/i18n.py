"""The words shown to people, in the language they chose.

``_`` and ``ngettext`` look a sentence up when it is shown, never when a module is imported: the language can change
while the program runs. ``N_`` only marks a sentence for the catalogue.
"""

import gettext
from pathlib import Path

_CATALOGUES = Path(__file__).parent / "locale"
_current: gettext.NullTranslations = gettext.NullTranslations()


def has_catalogues() -> bool:
    """Whether any language besides English is there to choose."""
    return _CATALOGUES.is_dir()


def has_language(language: str) -> bool:
    """Whether there is a catalogue for ``language``."""
    return gettext.find("archiver", _CATALOGUES, [language]) is not None


def use(language: str) -> None:
    """Show words in ``language`` (a code such as ``de`` or ``zh_TW``); English where no catalogue has them."""
    global _current
    _current = gettext.translation("archiver", _CATALOGUES, languages=[language], fallback=True)


def _(sentence: str) -> str:
    """``sentence`` in the chosen language."""
    return _current.gettext(sentence)


def ngettext(singular: str, plural: str, count: int) -> str:
    """The form of a sentence that fits ``count`` in the chosen language."""
    return _current.ngettext(singular, plural, count)


def N_(sentence: str) -> str:
    """Mark a sentence for translation where it cannot be translated yet."""
    return sentence
