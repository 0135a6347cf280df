"""Words that stand beside a message: what its metadata says and no part shows.

Plugins, searches, widgets and research tasks leave words in places of their own, new ones every month. Each becomes a
detail of the message, named by its place (``jit_plugin_data.from_server.body.params.query``), unless the message shows
the same words anyway. Ids, addresses of services, times and switches are no words; they stay in the raw JSON.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from archiver.importers.chatgpt.keys import words
from archiver.importers.chatgpt.raw_json import from_json, to_json
from archiver.importers.chatgpt.references import links_of_markdown
from archiver.records import AssetReference, Part, Quote, Text, Unknown, words_of

Detail: TypeAlias = tuple[str, str]
"""The place of some words, and the words."""

TECHNICAL = words("""
    aspect_ratio asset_pointer asset_type chart_type citation_format citation_format_type cite component
    content_type cot_version crawl_date create_source decoding_id direction display_treatment edit_op
    execution_state expiry_datetime favicon format gen_size hash html_asset_pointer hydration_state icon icon_type
    id image_url index isDone language last_updated_at last_updated_time legal_info_url logo_url matched_text
    message_type method mime_type mimeType msg_type operation_hash orientation origin os_name os_type os_version
    privacy_policy pub_date publish_status ref_id ref_type regex response_format_name run_id safe_urls
    search_complexity selection_type sender source_type start_ix status stop stream_name style symbol_type
    textdoc_type thumbnail_url timestamp tool_audio_direction type updated_at variant websocket_url
    widget_session_behavior
    """)
"""Keys whose strings are ids, switches and times, wherever they stand."""
_TECHNICAL_ENDS = ("_id", "_ids", "Id", "_uri", "_pointer", "_slug", "_hash", "_time", "_timestamp", "_mime_type")
_ELSEWHERE = frozenset(("report_message", "alt"))
"""Read as the answer it is, or as the Markdown it is."""
_NO_WORDS = re.compile(
    r"[\W\d_]*"
    r"|[0-9a-fA-F-]{16,}"
    r"|turn\d+[a-z]+\d+"
    r"|(?!https?:)(?=\S*\d)[\w+/=:.-]{24,}"
    r"|\d{4}-\d\d-\d\d(?:[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?"
    r"|(?:sediment|file-service|connector|mcp)://\S*"
)
_DEEPEST = 24
_IGNORED: tuple[dict[str, list[Any]], ...] = ({"custom_symbol_offsets": []},)


def details(keys: Iterable[str], metadata: Mapping[str, Any], parts: Iterable[Part]) -> tuple[Detail, ...]:
    """The words under ``keys`` of ``metadata`` that ``parts`` do not show."""
    found = [(key, value) for key in keys if (value := metadata[key]) and value not in _IGNORED]
    return _not_shown(((place, said) for key, value in found for place, said in _words(value, key)), parts)


def details_of_content(content: Mapping[str, Any], parts: Iterable[Part]) -> tuple[Detail, ...]:
    """The words of a content that ``parts`` do not show.

    Plain strings of a text are never among them: they are always shown, with their markers resolved.
    """
    said = ((key, value) for key, value in content.items() if key != "text" and not _is_technical(key))
    return _not_shown(
        (
            found
            for key, value in said
            for item in (value if isinstance(value, list) else (value,))
            if not (key == "parts" and isinstance(item, str))
            for found in _words(item, key)
        ),
        parts,
    )


def not_said_above(found: Iterable[Detail], above: Mapping[str, Any]) -> tuple[Detail, ...]:
    """Details of a tool's answer without what the call above it says, such as the program it ran."""
    content = above.get("content")
    called = [content.get("text"), *_list(content.get("parts"))] if type(content) is dict else []
    said = "\n".join(words for words in called if isinstance(words, str))
    return tuple(each for each in found if each[1].strip() not in said)


def plain_detail(name: str, value: Any) -> Detail | None:
    """A new key without words, such as a switch or an id; None where it is empty."""
    if value is None or value in ("", [], {}):
        return None
    return name, value if isinstance(value, str) else to_json(value)


def _not_shown(found: Iterable[Detail], parts: Iterable[Part]) -> tuple[Detail, ...]:
    kept: dict[str, str] = {}
    shown: str | None = None
    for place, said in found:
        if said in kept:
            continue
        if shown is None:
            shown = "\n".join(map(_shown, parts))
        if said.strip() not in shown:
            kept[said] = place
    return tuple((place, said) for said, place in kept.items())


def _shown(part: Part) -> str:
    """What can be read in a part; JSON that is shown raw is also read as the words it holds."""
    match part:
        case Text(citations=citations):
            return "\n".join((part.text, *(f"{each.title}\n{each.url}" for each in citations)))
        case Quote(url=url):
            return f"{words_of(part)}\n{url}"
        case AssetReference(pointer=pointer):
            return f"{words_of(part)}\n{pointer}"
        case Unknown(raw=raw):
            return "\n".join((raw, *(said for _place, said in _all_strings(from_json(raw)))))
        case _:
            return words_of(part)


def _all_strings(value: Any) -> Iterator[Detail]:
    return _walk(value, "", 0, everything=True) if value is not None else iter(())


def _words(value: Any, place: str) -> Iterator[Detail]:
    return _walk(value, place, 0, everything=False)


def _walk(value: Any, place: str, depth: int, *, everything: bool) -> Iterator[Detail]:
    if isinstance(value, str):
        yield from _of_string(value, place, depth, everything=everything)
    elif depth < _DEEPEST:
        if isinstance(value, list):
            for item in value:
                yield from _walk(item, place, depth + 1, everything=everything)
        elif isinstance(value, dict):
            for key, item in value.items():
                if key == "text/html" and "text/plain" in value:
                    continue
                if everything or not (key in _ELSEWHERE or _is_technical(key)):
                    yield from _walk(item, f"{place}.{key}" if place else key, depth + 1, everything=everything)
                elif key == "alt" and isinstance(item, str):
                    yield from (
                        (f"{place}.alt", said.strip()) for said, _link in links_of_markdown(item) if _says(said)
                    )
    elif value is not None and not everything:
        yield place, to_json(value)


def _of_string(value: str, place: str, depth: int, *, everything: bool) -> Iterator[Detail]:
    inner = from_json(value) if value[:1] in ("{", "[") and depth < _DEEPEST else None
    if inner:
        yield from _walk(inner, place, depth + 1, everything=everything)
    elif everything or _says(value):
        yield place, value


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _is_technical(key: str) -> bool:
    return key in TECHNICAL or key.endswith(_TECHNICAL_ENDS)


def _says(value: str) -> bool:
    """Whether a string is something to read."""
    return bool(value.strip()) and _NO_WORDS.fullmatch(value.strip()) is None
