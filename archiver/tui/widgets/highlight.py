"""Colours for program code, by Pygments, when the code is about to be seen."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TypeAlias

from archiver.tui.widgets.blocks import Mark

_Lexer: TypeAlias = Callable[[str], Iterable[tuple[object, str]]]

LONGEST = 8_000
"""Characters of code that are coloured; some lexers take seconds over more."""

_STYLES = (
    ("Comment", "syntax-comment"),
    ("Keyword", "syntax-keyword"),
    ("String", "syntax-string"),
    ("Number", "syntax-number"),
    ("Name.Function", "syntax-name"),
    ("Name.Class", "syntax-name"),
    ("Name.Builtin", "syntax-builtin"),
    ("Name.Tag", "syntax-keyword"),
)


def colours(code: str, language: str) -> tuple[Mark, ...]:
    """Marks for the words of ``code``; none for a language Pygments does not know."""
    tokens = _lexer(language.lower()) if language and len(code) <= LONGEST else None
    if tokens is None:
        return ()
    marks: list[Mark] = []
    position = 0
    for token, word in tokens(code):
        end = position + len(word)
        style = _style(str(token))
        if style and word.strip():
            marks.append(Mark(position, end, style))
        position = end
    return tuple(marks)


@lru_cache(256)
def _style(token: str) -> str:
    name = token.removeprefix("Token.").removeprefix("Literal.")
    return next((style for prefix, style in _STYLES if name.startswith(prefix)), "")


@lru_cache(64)
def _lexer(language: str) -> _Lexer | None:
    # Pygments costs 40 ms: a conversation without code never pays them.
    from pygments.lexers import get_lexer_by_name  # type: ignore[import-untyped]
    from pygments.util import ClassNotFound  # type: ignore[import-untyped]

    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None
    tokens: _Lexer = lexer.get_tokens
    return tokens
