r"""Keeps formulas whole while Markdown is parsed.

Models write ``\( x_1 \)``, ``\[ … \]``, ``$$ … $$`` and ``$x_1$``. To Markdown a backslash escapes, an underscore is
emphasis and a line that begins with ``=`` or ``-`` makes a heading or a list, so formulas would come out torn. These
rules take them out of its hands; the reader shows them exactly as they were written. A single dollar sign is more
often a price or a variable of a shell than a formula, so what stands between two of them has to look like one.
"""

from __future__ import annotations

import html  # noqa: F401 (before markdown-it; see test_what_markdown_needs_of_html_is_there_before_it)
import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

_LONGEST_BLOCK = 100
"""Lines of a displayed formula; an opening without an end nearby is no formula."""

_LONGEST_INLINE = 1000

_BETWEEN_DOLLARS = re.compile(r"(?<![\w$\\])\$(?P<formula>[^\s$](?:[^$\n]{0,200}[^\s$\\])?)\$(?![\w$])")
_SIGN = re.compile(r"[\\^_=]|(?<=\D)[+<>]")
_PROSE = re.compile(r"[^\W\d_]{2,} [^\W\d_]{2,}")

_ENDS = {r"\(": r"\)", r"\[": r"\]", "$$": "$$"}


def add_formulas(markdown: MarkdownIt) -> None:
    """Teach a parser to leave formulas alone; they become ``math`` tokens."""
    markdown.inline.ruler.before("escape", "math", _inline_formula)
    markdown.block.ruler.before(
        "fence", "math", _displayed_formula, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )


def _inline_formula(state: StateInline, silent: bool) -> bool:
    closing = _ENDS.get(state.src[state.pos : state.pos + 2])
    if closing is None:
        end = _end_between_dollars(state.src, state.pos, state.posMax)
    else:
        found = state.src.find(closing, state.pos + 3, min(state.posMax, state.pos + _LONGEST_INLINE))
        end = found + 2 if found >= 0 else 0
    if not end:
        return False
    if not silent:
        state.push("math", "", 0).content = state.src[state.pos : end]
    state.pos = end
    return True


def _end_between_dollars(text: str, start: int, end: int) -> int:
    """Where the formula between single dollar signs ends that begins at ``start``; 0 when none does."""
    match = _BETWEEN_DOLLARS.match(text, start, end) if text[start] == "$" else None
    if match is None:
        return 0
    formula = match["formula"]
    # Letters alone may be anything, and so may a sum after a number: "$5+ or 10$".
    is_formula = formula.isalpha() if len(formula) == 1 else _SIGN.search(formula) is not None
    is_prose = "\\" not in formula and _PROSE.search(formula) is not None
    return match.end() if is_formula and not is_prose else 0


def _displayed_formula(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    def line(number: int) -> str:
        return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]].strip()

    first = line(start)
    closing = _ENDS.get(first[:2])
    if closing is None or first.startswith(r"\("):
        return False
    last = start
    if not first[2:].endswith(closing):
        last = next((n for n in range(start + 1, min(end, start + _LONGEST_BLOCK)) if line(n).endswith(closing)), -1)
    if last < 0:
        return False
    if not silent:
        token = state.push("math_block", "", 0)
        token.content = "\n".join(line(number) for number in range(start, last + 1))
        token.map = [start, last + 1]
        state.line = last + 1
    return True
