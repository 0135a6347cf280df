"""Colours and type of a transcript: quiet, and never the only sign of anything."""

from __future__ import annotations

_RULES = {
    "me": "color: $text-accent; text-style: bold;",
    "it": "color: $text-primary; text-style: bold;",
    "other": "color: $text-muted; text-style: bold;",
    "model": "",
    "branch": "color: $text-warning;",
    "branch-earlier": "color: $text-warning; text-style: bold;",
    "branch-later": "color: $text-warning; text-style: bold;",
    "dim": "color: $text-muted;",
    "lead": "color: $text-muted;",
    "rule": "color: $text-muted;",
    "note": "color: $text-success; text-style: italic;",
    "strong": "text-style: bold;",
    "em": "text-style: italic;",
    "strike": "text-style: strike;",
    "code": "color: $text-warning;",
    "math": "color: $text-secondary;",
    "codeblock": "background: $panel;",
    "copy": "color: $text-muted; text-style: underline;",
    "heading1": "text-style: bold underline;",
    "heading2": "text-style: bold;",
    "heading3": "text-style: bold italic;",
    "link": "color: $text-accent; text-style: underline;",
    "source": "color: $text-muted; text-style: underline;",
    "quote": "text-style: italic;",
    "thought": "color: $text-muted; text-style: italic;",
    "label": "color: $text-muted;",
    "label-link": "color: $text-accent; text-style: underline;",
    "missing": "color: $text-muted; text-style: italic;",
    "match": "color: $text-warning; text-style: bold underline;",
    "current": "color: $text-warning; text-style: bold reverse;",
    "cursor": "color: $primary;",
    "syntax-comment": "color: $text-muted; text-style: italic;",
    "syntax-keyword": "color: $text-accent;",
    "syntax-string": "color: $text-success;",
    "syntax-number": "color: $text-warning;",
    "syntax-name": "color: $text-primary;",
    "syntax-builtin": "color: $text-secondary;",
}

_FAINT = {
    "other": "bold",
    "dim": "",
    "lead": "",
    "rule": "",
    "copy": "underline",
    "source": "underline",
    "thought": "italic",
    "label": "",
    "missing": "italic",
    "syntax-comment": "italic",
}
"""What is written in a muted colour. The terminal's own sixteen colours have none: there it is dim."""

NAMES = {f"text--{name}" for name in _RULES}

CSS = "\n".join(
    [f"TranscriptView > .text--{name} {{ {rules} }}" for name, rules in _RULES.items()]
    + [f"TranscriptView:ansi > .text--{name} {{ text-style: dim {style}; }}" for name, style in _FAINT.items()]
)
