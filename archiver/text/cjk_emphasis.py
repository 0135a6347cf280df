"""Bold and italic words beside Chinese, Japanese and Korean letters.

CommonMark decides by spaces and punctuation whether ``**`` begins or ends bold words. Chinese and Japanese put no
spaces between words, so in ``**重点：**请注意`` the second ``**`` counts as a beginning and everything after it is
bold instead. Models write this in every second answer. Here a letter of these scripts beside the signs counts as a
space would.
"""

from __future__ import annotations

import html  # noqa: F401 (before markdown-it; see test_what_markdown_needs_of_html_is_there_before_it)
import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter

_CJK = re.compile(
    "[\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]"
)


def add_cjk_emphasis(markdown: MarkdownIt) -> None:
    """Teach a parser where emphasis begins and ends in these scripts."""
    markdown.inline.ruler.at("emphasis", _emphasis)


def _emphasis(state: StateInline, silent: bool) -> bool:
    marker = state.src[state.pos]
    if silent or marker not in "*_":
        return False
    scanned = state.scanDelims(state.pos, marker == "*")
    end = state.pos + scanned.length
    before, after = state.src[max(0, state.pos - 1) : state.pos], state.src[end : end + 1]
    opens = scanned.can_open or (marker == "*" and bool(_CJK.match(before)) and bool(after.strip()))
    closes = scanned.can_close or (marker == "*" and bool(_CJK.match(after)) and bool(before.strip()))
    for _ in range(scanned.length):
        state.push("text", "", 0).content = marker
        state.delimiters.append(
            Delimiter(
                marker=ord(marker),
                length=scanned.length,
                token=len(state.tokens) - 1,
                end=-1,
                open=opens,
                close=closes,
            )
        )
    state.pos += scanned.length
    return True
