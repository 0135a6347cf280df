"""Pages that list what an export folder holds, by month: a table of contents for people and for Obsidian."""

from __future__ import annotations

import posixpath

from archiver.exporters.encoded import encoded
from archiver.exporters.files import ExportFolder
from archiver.exporters.inert import plain
from archiver.exporters.links import path_target
from archiver.exporters.manifest import Entry
from archiver.exporters.moments import moment
from archiver.i18n import _, ngettext
from archiver.text import when

_FOLDER = "index"
_UNDATED = "undated"


def write_index_pages(folder: ExportFolder) -> None:
    """One page a month, and one that lists the months; over everything in the folder, not only the latest export."""
    months: dict[str, list[Entry]] = {}
    for entry in folder.manifest.entries.values():
        if entry.key.startswith("markdown:"):
            local = moment(entry.created)
            months.setdefault(local.date[:7] if local else _UNDATED, []).append(entry)
    if not months:
        return
    lines = [f"# {_('Conversations')}\n"]
    for month in sorted(months, reverse=True):
        entries = sorted(months[month], key=lambda entry: (entry.created or 0.0, entry.path))
        name = when.month(entries[0].created)
        path = folder.place(f"index:{month}", _FOLDER, month, ".md", "index")
        folder.write(f"index:{month}", path, encoded(_month_page(name, path, entries)))
        count = ngettext("{count} conversation", "{count} conversations", len(entries)).format(count=len(entries))
        lines.append(f"- [{plain(name)}]({path_target(path)}): {count}")
    path = folder.place("index:", "", "index", ".md", "index")
    folder.write("index:", path, encoded("\n".join(lines) + "\n"))


def _month_page(name: str, path: str, entries: list[Entry]) -> str:
    lines = [f"# {plain(name)}\n"]
    start = posixpath.dirname(path)
    for entry in entries:
        local = moment(entry.created)
        date = f"{local.date} {local.clock} " if local else ""
        messages = ngettext("{count} message", "{count} messages", entry.messages).format(count=entry.messages)
        target = path_target(posixpath.relpath(entry.path, start))
        lines.append(f"- {date}[{plain(entry.title)}]({target}): {messages}")
    return "\n".join(lines) + "\n"
