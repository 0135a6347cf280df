"""The codes of languages for ``lang:``, and the bits that stand for them in the index (see ``language_finder``)."""

from __future__ import annotations

from typing import Final

CODES: Final = (
    "en", "zh-hans", "zh-hant", "ja", "fr", "de", "it", "es", "ko", "hi", "ar", "ru", "el", "he", "th", "pt"
)  # fmt: skip
"""The place of a code is the number of its bit."""

_OTHER_NAMES = {
    "zh": ("zh-hans", "zh-hant"), "zh-cn": ("zh-hans",), "zh-sg": ("zh-hans",), "zh-tw": ("zh-hant",),
    "zh-hk": ("zh-hant",), "jp": ("ja",), "kr": ("ko",), "cn": ("zh-hans", "zh-hant"),
}  # fmt: skip


def bits_of(code: str) -> int:
    """The bits that a code which a person typed stands for; 0 when it is unknown."""
    code = code.casefold().replace("_", "-")
    names = _OTHER_NAMES.get(code, (code,) if code in CODES else ())
    if not names and (language := code.partition("-")[0]) in CODES:
        # pt-BR, en-US
        names = (language,)
    return sum(1 << CODES.index(name) for name in names)
