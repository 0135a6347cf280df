"""What can be asked of an export, and what it says when it is done."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias, get_args

from archiver.records import Problem

Format: TypeAlias = Literal[
    "markdown",
    "text",
    "html",
    "html-file",
    "epub",
    "letter",
    "jsonl",
    "csv",
    "sillytavern",
    "sharegpt",
    "openai",
    "memory",
]
FORMATS: tuple[str, ...] = get_args(Format)


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """Every choice of an export; a format ignores the choices that mean nothing to it."""

    format: Format = "markdown"
    style: Literal["plain", "obsidian"] = "plain"
    """Markdown: headings, or Obsidian callouts, for who speaks."""
    branches: Literal["current", "all"] = "current"
    """The path that the provider shows, or every version of every message as well."""
    include_thoughts: bool = False
    include_tools: bool = False
    include_system: bool = False
    """System messages, custom instructions and everything else the provider's screen hides."""
    by: Literal["flat", "year", "month", "project"] = "flat"
    name_template: str = "{date} {title}"
    latex: Literal["keep", "dollar"] = "keep"
    """``dollar`` turns ``\\( \\)`` and ``\\[ \\]`` into the ``$`` that Obsidian and others read."""
    citations: Literal["links", "footnotes"] = "links"
    pictures: bool = True
    """Copy pictures, sounds and files along."""
    index: bool = True
    """Markdown: index pages by month."""
    only_model: str = ""
    """Training data: only replies that this model slug answered, with what they answer to."""
    only_replies: bool = False
    """Training data: replies without the messages they answer."""
    split_characters: int = 0
    """Training data: start a new record where a conversation would grow longer than this; 0 never."""
    letter: Literal["html", "markdown", "text"] = "html"
    messages: tuple[str, ...] = ()
    """Letter: ids of the messages on the page; empty takes the last exchange."""
    chapters: Literal["conversation", "month"] = "conversation"
    """EPUB: what makes a chapter."""
    book_title: str = ""
    """EPUB: what stands on the title page; empty makes one from the selection."""
    user_name: str = ""
    """What the person is called where a format needs a name; empty is "You"."""
    model_name: str = ""
    """What the assistant is called where a format needs a name; empty is "ChatGPT"."""
    dry_run: bool = False
    """Say what would be written, and write nothing."""


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that the person had edited, so that it was left alone."""

    path: str
    beside: str
    """Where the archive's own version stands instead; both relative to the folder."""


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What one export did; paths are relative to ``folder``."""

    format: str
    folder: str
    conversations: int = 0
    written: tuple[str, ...] = ()
    """New files."""
    updated: tuple[str, ...] = ()
    """Files that had changed in the archive and were written again."""
    unchanged: int = 0
    kept: tuple[KeptFile, ...] = ()
    assets_copied: int = 0
    assets_missing: int = 0
    """Pictures, sounds and files named in the text that no source holds."""
    left_out: int = 0
    """Conversations that had nothing for this format, for example no reply of the asked model."""
    problems: tuple[Problem, ...] = field(default=())
    dry_run: bool = False
    was_stopped: bool = False
