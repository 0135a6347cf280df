"""The words of the program as frozen records: conversations, messages, their parts, assets, problems.

Importers build these, the store keeps them, everything else reads them. Times are Unix seconds (UTC) as floats; offsets
into text count code points. Text is kept exactly as the provider wrote it, except that citation markers, which are not
text, are resolved into readable words; what the source said byte for byte stays available as the raw JSON.
"""

from archiver.records.assets import Asset, asset_id
from archiver.records.conversations import Branch, Conversation, Message, Outline, OutlineRow, Summary
from archiver.records.joining import UNDATED, Disagreement, JoiningRules, Observation
from archiver.records.parts import (
    PART_CLASSES,
    AssetReference,
    Citation,
    Code,
    Document,
    Instructions,
    Memory,
    Notice,
    Part,
    Quote,
    Reasoning,
    Speech,
    Text,
    ToolCall,
    ToolResult,
    Unknown,
    words_of,
)
from archiver.records.results import Hit, Results, Span
from archiver.records.work import Json, Problem, Progress

__all__ = [
    "PART_CLASSES",
    "UNDATED",
    "Asset",
    "AssetReference",
    "Branch",
    "Citation",
    "Code",
    "Conversation",
    "Disagreement",
    "Document",
    "Hit",
    "Instructions",
    "JoiningRules",
    "Json",
    "Memory",
    "Message",
    "Notice",
    "Observation",
    "Outline",
    "OutlineRow",
    "Part",
    "Problem",
    "Progress",
    "Quote",
    "Reasoning",
    "Results",
    "Span",
    "Speech",
    "Summary",
    "Text",
    "ToolCall",
    "ToolResult",
    "Unknown",
    "asset_id",
    "words_of",
]
