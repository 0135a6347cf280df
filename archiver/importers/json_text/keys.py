"""What kind of JSON a member begins with, told by the first keys that give a provider away.

Only keys near the top count, so that a chat about another provider's files is not mistaken for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, TypeAlias

Shape: TypeAlias = Literal[
    "chatgpt", "perhaps chatgpt", "claude", "grok", "gemini", "deepseek", "empty", "other", "unclear", "no JSON"
]
"""``empty`` is JSON without any key, ``unclear`` needs more bytes, ``other`` has keys that say nothing."""

_TOKEN = re.compile(rb'"((?:[^"\\]++|\\.)*+)"?+(\s*+:)?|([{\[])|([}\]])|[^"{}\[\]]++', re.DOTALL)
_DEEPEST = 5
_CONCLUSIVE: dict[bytes, Shape] = {
    b"mapping": "chatgpt",
    b"raw_provider_payload": "chatgpt",
    b"moderation_results": "chatgpt",
    b"current_node": "chatgpt",
    b"page_info": "chatgpt",
    b"shared_conversation_id": "chatgpt",
    b"chat_messages": "claude",
    b"grok_conversation_id": "grok",
    b"xai_user_id": "grok",
    b"responses": "grok",
    b"inserted_at": "deepseek",
    b"safeHtmlItem": "gemini",
    b"chunkedPrompt": "gemini",
}
_COMMON = frozenset({b"conversation_id", b"create_time", b"update_time", b"title"})
_OF_A_MESSAGE = frozenset({b"author", b"content_type", b"node_id"})
_BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")


def shape_of(head: bytes, *, is_whole: bool) -> Shape:
    """What the first bytes of a member show; ``unclear`` when more of them are needed and there are more."""
    if head.startswith(_BYTE_ORDER_MARKS):
        head = head.decode("utf-16", "ignore").encode("utf-8", "ignore")
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not text or text[:1] not in b"[{":
        return "no JSON"
    seen: set[bytes] = set()
    has_messages = False
    for key, depth in _keys(text):
        seen.add(key)
        if depth <= _DEEPEST and (shape := _CONCLUSIVE.get(key)):
            return shape
        if key == b"messages" and depth <= _DEEPEST:
            has_messages = True
        elif has_messages and key in _OF_A_MESSAGE:
            return "chatgpt"
    if not is_whole:
        return "unclear"
    if seen & _COMMON:
        return "perhaps chatgpt"
    return "other" if seen or text.strip(b"[]{}, \t\r\n") else "empty"


def _keys(text: bytes) -> Iterator[tuple[bytes, int]]:
    """Each key with how many brackets are open around it."""
    depth = 0
    for match in _TOKEN.finditer(text):
        if match.group(2):
            yield match.group(1), depth
        elif match.group(3):
            depth += 1
        elif match.group(4):
            depth -= 1
