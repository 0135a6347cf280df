r"""Keeps formulas whole while Markdown is parsed.

Models write ``\( x_1 \)``, ``\[ … \]`` and ``$$ … $$``. To Markdown a backslash escapes, an underscore is emphasis and
a line that begins with ``=`` or ``-`` makes a heading or a list, so formulas would come out torn. These rules take
them out of its hands; the reader shows them exactly as they were written.
"""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

_LONGEST_BLOCK = 100
"""Lines of a displayed formula; an opening without an end nearby is no formula."""

_LONGEST_INLINE = 1000

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
        return False
    end = state.src.find(closing, state.pos + 3, min(state.posMax, state.pos + _LONGEST_INLINE))
    if end < 0:
        return False
    if not silent:
        state.push("math", "", 0).content = state.src[state.pos : end + 2]
    state.pos = end + 2
    return True


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
