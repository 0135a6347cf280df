"""Answers with sources, in the three ways the provider has marked them inside a text.

    2023         as a test showed【0†source】        ``metadata.citations`` with offsets
    since 2025   as a test showed\\ue200cite\\ue202turn0search0\\ue201   ``metadata.content_references`` with offsets
    mid-2026     the same markers, but references without offsets (``eras.slim`` takes them off)

Offsets count code points. The private-use characters U+E200 to U+E206 stand in the text itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from tests.builders.drafts import Draft, Object, assistant

OPEN, CLOSE, NEXT = "\ue200", "\ue201", "\ue202"


class Source(NamedTuple):
    """A page that an answer names."""

    title: str
    url: str


def marker(kind: str, *arguments: str) -> str:
    """An inline marker such as ``marker("entity", '["place","Paris","France"]')``."""
    return OPEN + NEXT.join((kind, *arguments)) + CLOSE


def cited(words: str, sources: Sequence[Source], **fields: Any) -> Draft:
    """An answer of 2025; ``{0}`` in the words stands where the first source is named, ``{0,1}`` for two at once."""
    references: list[Object] = []
    written = ""
    for before, numbers in _pieces(words):
        written += before
        if not numbers:
            continue
        mark = marker("cite", *(f"turn0search{number}" for number in numbers))
        named = [sources[number] for number in numbers]
        references.append(_reference(mark, len(written), numbers, named))
        written += mark
    foot = {"type": "sources_footnote", "matched_text": " ", "start_idx": len(written), "end_idx": len(written)}
    listed = [{"title": source.title, "url": source.url, "attribution": source.url.split("/")[2]} for source in sources]
    references.append({**foot, "sources": listed, "alt": "", "refs": [], "items": []})
    return assistant(written, **fields).noting(content_references=references)


def cited_in_2023(words: str, sources: Sequence[Source], **fields: Any) -> Draft:
    """An answer of 2023 with ``【0†source】`` marks."""
    citations: list[Object] = []
    written = ""
    for before, numbers in _pieces(words):
        written += before
        for number in numbers:
            mark = f"【{number}†source】"
            page = {"type": "webpage", "title": sources[number].title, "url": sources[number].url, "text": "…"}
            end = len(written) + len(mark)
            citations.append({"start_ix": len(written), "end_ix": end, "citation_format_type": "tether_og"})
            citations[-1]["metadata"] = {**page, "pub_date": None, "extra": None}
            written += mark
    metadata = {
        "citations": citations,
        "_cite_metadata": {
            "citation_format": {"name": "tether_og", "regex": "【(\\d+)(?::(\\d+))?†([^†【】]*)[^【】]*?】"},
            "metadata_list": [citation["metadata"] for citation in citations],
        },
    }
    return assistant(written, **fields).noting(**metadata)


def _pieces(words: str) -> list[tuple[str, list[int]]]:
    """Words cut at ``{0}`` and ``{0,1}``: text before, and the numbers named there."""
    cut = re.split(r"\{([\d,]+)\}", words)
    befores, names = cut[::2], [*cut[1::2], ""]
    return [
        (before, [int(number) for number in named.split(",") if number])
        for before, named in zip(befores, names, strict=True)
    ]


def _reference(mark: str, start: int, numbers: Sequence[int], named: Sequence[Source]) -> Object:
    links = ", ".join(f"[{source.title}]({source.url})" for source in named)
    items = [{"title": s.title, "url": s.url, "attribution": s.url.split("/")[2], "pub_date": None} for s in named]
    return {
        "matched_text": mark,
        "start_idx": start,
        "end_idx": start + len(mark),
        "safe_urls": [source.url for source in named],
        "refs": [{"turn_index": 0, "ref_type": "search", "ref_index": number} for number in numbers],
        "alt": f"({links})",
        "prompt_text": None,
        "type": "grouped_webpages",
        "items": items,
        "fallback_items": None,
        "status": "done",
        "error": None,
        "style": None,
    }
