"""What every command prints with ``--json``, by name: shown in its help, kept stable, held to by tests.

Programs are written against these names. A name may be added; none is ever removed or given another meaning.
"""

from __future__ import annotations

from archiver.i18n import _

FIELDS: dict[str, tuple[str, ...]] = {
    "import": (
        "sources", "found", "added", "updated", "unchanged", "empty", "failed", "messages", "branches", "assets_found",
        "assets_missing", "assets_unused", "assets_recovered", "content_types", "models", "unknown_keys",
        "not_in_newest", "problems", "imported_at", "was_stopped",
    ),
    "search": ("conversation_id", "message_id", "title", "role", "model", "time", "snippet", "score"),
    "list": ("id", "title", "created", "updated", "messages", "models"),
    "show": (
        "id", "provider", "title", "created", "updated", "current", "default_model", "project", "is_archived",
        "is_starred", "facts", "messages", "missing_assets",
    ),
    "export": (
        "format", "folder", "conversations", "written", "updated", "unchanged", "kept", "assets_copied",
        "assets_missing", "left_out", "problems", "dry_run", "was_stopped",
    ),
    "verify": ("is_whole", "originals", "conversations", "damaged", "checked_at"),
    "paths": ("archive", "originals", "library", "index", "annotations", "log", "config"),
    "sources": ("sources", "imports"),
    "gaps": (
        "not_read", "missing_assets", "replies", "replies_without_model", "damaged_texts", "left_out", "not_in_newest",
        "unused_files",
    ),
    "put-away": ("id", "title", "is_put_away"),
    "bring-back": ("id", "title", "is_put_away"),
}  # fmt: skip
SOURCES_OF_ONE = ("id", "observations", "disagreements")
"""What ``archiver show ID --sources --json`` prints."""
FIELDS["rebuild"] = FIELDS["import"]

LINES = frozenset({"search", "list"})
"""Commands that print an object for everything they find, each on a line of its own."""


def help_for(command: str) -> str:
    """What ``--json`` does, for the help of a command."""
    sentence = (
        _("print a JSON object a line for programs, with {fields}")
        if command in LINES
        else _("print one JSON object for programs, with {fields}")
    )
    return sentence.format(fields=", ".join(FIELDS[command]))
