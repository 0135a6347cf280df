"""Named sources of a text, written into its Markdown as links or footnotes.

Offsets count characters of the text as it is, so marks are put in from the end to the start.
"""

from __future__ import annotations

from collections.abc import Sequence

from archiver.exporters.inert import plain
from archiver.exporters.links import is_web_url, url_target
from archiver.records import Citation


def cited(text: str, citations: Sequence[Citation], *, first_footnote: int = 0) -> str:
    """``text`` with its sources marked: as links, or as footnotes ``[^c7]``, ``[^c8]`` … where a first is given."""
    length = untouched = len(text)
    last_first = sorted(enumerate(citations, first_footnote), key=lambda pair: (-pair[1].start, -pair[1].end, -pair[0]))
    for number, citation in last_first:
        start, end = citation.start, citation.end
        if not 0 <= start <= end <= length:
            continue
        if first_footnote:
            text = f"{text[:end]}[^c{number}]{text[end:]}"
        elif is_web_url(citation.url) and end <= untouched:
            text = text[:start] + _linked(text[start:end], citation) + text[end:]
            # What overlaps with a link already made stays as it is: links do not nest.
            untouched = start
    return text


def _linked(words: str, citation: Citation) -> str:
    """``words`` as a link; where they hold brackets or a link of their own, the source is named behind them."""
    if "](" in words or words.startswith(("http://", "https://")):
        return words
    target = url_target(citation.url)
    if words.strip() and not any(sign in words for sign in "[]\n`"):
        return f"[{words}]({target})"
    return f"{words} [{plain(citation.title or citation.url)}]({target})"
