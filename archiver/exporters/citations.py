"""Named sources of a text, written into its Markdown as links or footnotes.

Offsets count characters of the text as it is, so marks are put in from the end to the start.
"""

from __future__ import annotations

from collections.abc import Sequence

from archiver.exporters.inert import plain
from archiver.exporters.links import is_web_url, url_target
from archiver.records import Citation


def cited(text: str, citations: Sequence[Citation], *, footnote_prefix: str = "") -> str:
    """``text`` with its sources marked: as links, or as footnote marks ``[^prefix-1]`` where a prefix is given."""
    end_of_text = len(text)
    for number, citation in sorted(enumerate(citations, 1), key=lambda pair: (-pair[1].start, -pair[1].end, -pair[0])):
        start, end = citation.start, citation.end
        if not 0 <= start <= end <= len(text):
            continue
        words = text[start:end]
        if footnote_prefix:
            text = f"{text[:end]}[^{footnote_prefix}-{number}]{text[end:]}"
        elif is_web_url(citation.url) and end <= end_of_text and not _is_link_already(words):
            target = url_target(citation.url)
            link = (
                f"[{words}]({target})"
                if words.strip()
                else f"{words} [{plain(citation.title or citation.url)}]({target})"
            )
            text = text[:start] + link + text[end:]
            # What overlaps with a link already made stays as it is: links do not nest.
            end_of_text = start
    return text


def _is_link_already(words: str) -> bool:
    return "](" in words or words.startswith(("http://", "https://"))
