"""What kind of JSON a member begins with, told by the first keys that give a provider away.

Only keys near the top count, so that a chat about another provider's files is not mistaken for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, TypeAlias

Shape: TypeAlias = Literal["chatgpt", "claude", "grok", "gemini", "empty", "other", "unclear", "no JSON"]

_TOKEN = re.compile(rb'"((?:[^"\\]++|\\.)*+)"(\s*+:)?|([{\[])|([}\]])|[^"{}\[\]]++', re.DOTALL)
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
    b"safeHtmlItem": "gemini",
    b"chunkedPrompt": "gemini",
}
_OF_A_MESSAGE = frozenset({b"author", b"content_type", b"node_id"})
_BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")


def shape_of(head: bytes, *, is_whole: bool) -> Shape:
    """What the first bytes of a member show; ``unclear`` when more of them are needed."""
    if head.startswith(_BYTE_ORDER_MARKS):
        head = head.decode("utf-16", "ignore").encode("utf-8", "ignore")
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not text or text[:1] not in b"[{":
        return "no JSON"
    keys = 0
    has_messages = False
    for key, depth in _keys(text):
        keys += 1
        if depth <= _DEEPEST and (shape := _CONCLUSIVE.get(key)):
            return shape
        if key == b"messages" and depth <= _DEEPEST:
            has_messages = True
        elif has_messages and key in _OF_A_MESSAGE:
            return "chatgpt"
    if not is_whole:
        return "unclear"
    return "other" if keys or text.strip(b"[]{}, \t\r\n") else "empty"


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
