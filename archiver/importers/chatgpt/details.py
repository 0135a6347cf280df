"""Words that stand beside a message: what its metadata says and no part shows.

Plugins, searches, widgets and research tasks leave words in places of their own, new ones every month. Each becomes a
detail of the message, named by its place (``jit_plugin_data.from_server.body.params.query``), unless the message shows
the same words anyway. Ids, addresses of services, times and switches are no words; they stay in the raw JSON.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

from archiver.importers.chatgpt.keys import METADATA, WITH_DETAILS, words
from archiver.importers.chatgpt.raw_json import from_json, to_json
from archiver.importers.chatgpt.references import links_of_markdown
from archiver.records import AssetReference, Part, Quote, Text, Unknown, words_of

Detail: TypeAlias = tuple[str, str]
"""The place of some words, and the words."""

TECHNICAL = words("""
    aspect_ratio asset_pointer asset_type chart_type citation_format citation_format_type cite component
    connector_type content_type context cot_version crawl_date create_source decoding_id direction
    display_treatment edit_op execution_state expiry_datetime favicon format gen_size hash html_asset_pointer
    hydration_state icon icon_type id image_url index invocation_uuid isDone language last_updated_at
    last_updated_time legal_info_url logo_url message_type method mime_type mimeType msg_type operation_hash
    orientation origin os_name os_type os_version privacy_policy pub_date publish_status reason ref_id ref_type
    regex response_format_name run_id safe_urls search_complexity selection_type sender source source_type start_ix
    status stop stream_name style symbol_type textdoc_type thumbnail_url timestamp tool_audio_direction turn_uuid
    type updated_at user_message_type variant websocket_url widget_session_behavior
    """)
"""Keys whose strings are ids, switches and times, wherever they stand."""
_TECHNICAL_ENDS = ("_id", "_ids", "Id", "_uri", "_pointer", "_slug", "_hash", "_time", "_timestamp", "_mime_type")
_ELSEWHERE = frozenset(("report_message", "alt", "matched_text", "regex"))
"""Read as the answer it is, as the Markdown it is, or a piece of the text that is shown."""
_NO_WORDS = re.compile(
    r"[\W\d_]*"
    r"|[0-9a-fA-F-]{16,}"
    r"|turn\d+[a-z]+\d+"
    r"|(?!https?:)(?=\S*\d)[\w+/=:.-]{24,}"
    r"|\d{4}-\d\d-\d\d(?:[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?"
    r"|(?:sediment|file-service|connector|mcp)://\S*"
)
_OTHERS = METADATA - WITH_DETAILS
_ANYTHING: Callable[[str], bool] = bool
_DEEPEST = 24
_COMPARED = 2000
"""Words looked for in what is shown; only data made to take long has more."""


def details(keys: Iterable[str], metadata: Mapping[str, Any], parts: Iterable[Part]) -> tuple[Detail, ...]:
    """The words under ``keys`` of ``metadata`` that ``parts`` do not show."""
    return _not_shown((found for key in keys for found in _words(metadata[key], key)), parts)


def details_of_content(content: Mapping[str, Any], parts: Iterable[Part]) -> tuple[Detail, ...]:
    """The words of a content that ``parts`` do not show.

    Plain strings of a text are never among them: they are always shown, with their markers resolved.
    """
    said = ((key, value) for key, value in content.items() if key not in ("text", "content_type"))
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
    for number, (place, said) in enumerate(found):
        if said in kept:
            continue
        if shown is None:
            shown = "\n".join(map(_shown, parts))
        if number > _COMPARED or said.strip() not in shown:
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


def _all_strings(value: Any) -> list[Detail]:
    found: list[Detail] = []
    _walk(value, "", _ANYTHING, 0, found)
    return found


def _words(value: Any, place: str) -> list[Detail]:
    found: list[Detail] = []
    _walk(value, place, _is_sentence if _is_technical(place) or place in _OTHERS else _says, 0, found)
    return found


def _walk(value: Any, place: str, is_said: Callable[[str], bool], depth: int, found: list[Detail]) -> None:
    """Add the strings of a value for which ``is_said`` holds, each with its place."""
    if isinstance(value, str):
        inner = from_json(value) if value[:1] in ("{", "[") and depth < _DEEPEST else None
        if inner:
            _walk(inner, place, is_said, depth + 1, found)
        elif is_said(value):
            found.append((place, value))
    elif not isinstance(value, dict | list):
        return
    elif depth >= _DEEPEST:
        found.append((place, to_json(value)))
    elif isinstance(value, list):
        for item in value:
            _walk(item, place, is_said, depth + 1, found)
    else:
        _walk_object(value, place, is_said, depth, found)


def _walk_object(
    value: dict[str, Any], place: str, is_said: Callable[[str], bool], depth: int, found: list[Detail]
) -> None:
    for key, item in value.items():
        if not item or (key == "text/html" and "text/plain" in value):
            continue
        if is_said is _ANYTHING:
            _walk(item, key, is_said, depth + 1, found)
        elif key not in _ELSEWHERE:
            _walk(item, f"{place}.{key}", _is_sentence if _is_technical(key) else _says, depth + 1, found)
        elif key == "alt" and isinstance(item, str):
            found += ((f"{place}.alt", said.strip()) for said, _link in links_of_markdown(item) if _says(said))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _is_technical(key: str) -> bool:
    return key in TECHNICAL or key.endswith(_TECHNICAL_ENDS)


def _says(value: str) -> bool:
    """Whether a string is something to read."""
    return bool(value.strip()) and _NO_WORDS.fullmatch(value.strip()) is None


def _is_sentence(value: str) -> bool:
    """Whether a string is something to read even where switches stand: those have no spaces, and no letters of ours."""
    return (not value.isascii() or " " in value.strip()) and _says(value)
