"""Which recorded model a person means by what they type behind ``model:``."""

from __future__ import annotations

import re
from functools import lru_cache

_WORDS = re.compile(r"[a-z]+|[0-9]+[a-z]*")
_SNAPSHOT = re.compile(r"[0-9]{4,8}|[0-9]{2}|latest|preview")


@lru_cache(maxsize=512)
def is_model(slug: str, typed: str) -> bool:
    """Whether ``slug`` is the model ``typed``, or a dated snapshot of it.

    ``gpt-4o`` means gpt-4o, gpt-4o-2024-11-20 and chatgpt-4o-latest; never gpt-4o-mini, which is another model, nor
    gpt-4. ``GPT 4.1`` and ``4.1`` mean gpt-4-1. ``gpt-5*`` means everything that begins so.
    """
    have, wanted = _words(slug), _words(typed)
    if not wanted:
        return False
    if typed.endswith("*"):
        return "".join(have).startswith("".join(wanted))
    if have[: len(wanted)] != wanted:
        return False
    rest = have[len(wanted) :]
    return not rest or (_is_date(rest[0]) and all(map(_SNAPSHOT.fullmatch, rest)))


def _is_date(word: str) -> bool:
    return word == "latest" or (word.isdigit() and len(word) >= 4)


def _words(name: str) -> list[str]:
    words = _WORDS.findall(name.casefold())
    return words[1:] if len(words) > 1 and words[0] in {"gpt", "chatgpt"} else words
