"""LaTeX delimiters as Obsidian, Pandoc and GitHub read them: ``$`` and ``$$`` instead of ``\\( \\)`` and ``\\[ \\]``.

Only pairs are changed, and none inside code.
"""

from __future__ import annotations

import re

_CODE_OR_MATH = re.compile(
    r"(?P<code>^(?P<fence>`{3,}|~{3,})[^\n]*\n.*?(?:^(?P=fence)[`~]*[ \t]*$|\Z)"
    r"|(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`))"
    r"|\\\((?P<inline>(?:(?!\\[()\[\]]).)+?)\\\)"
    r"|\\\[(?P<block>(?:(?!\\[()\[\]]).)+?)\\\]",
    re.DOTALL | re.MULTILINE,
)


def with_dollars(text: str) -> str:
    """``text`` with its formulas between dollar signs."""
    return _CODE_OR_MATH.sub(_dollars, text) if "\\(" in text or "\\[" in text else text


def _dollars(match: re.Match[str]) -> str:
    if match["inline"] is not None:
        return f"${match['inline'].strip()}$"
    if match["block"] is not None:
        return f"$${match['block']}$$"
    return match[0]
