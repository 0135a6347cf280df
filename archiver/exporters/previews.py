"""What one conversation will look like in a format, as text for the screen."""

from __future__ import annotations

from dataclasses import replace

from archiver.exporters import csv_table, jsonl, letter, training
from archiver.exporters.markdown import to_markdown
from archiver.exporters.memory import Notebook
from archiver.exporters.options import ExportOptions
from archiver.exporters.plain_text import to_text
from archiver.exporters.sillytavern import to_sillytavern
from archiver.i18n import _
from archiver.records import Conversation


def preview_text(conversation: Conversation, options: ExportOptions) -> str:
    """The text of the file, or its words where the file is a page, a book or a picture of one."""
    match options.format:
        case "markdown":
            # Pictures are copied when the file is written; until then none is missing, so each is only named.
            return to_markdown(conversation, replace(options, pictures=False))
        case "jsonl":
            text = b"".join(jsonl.lines(conversation)).decode()
        case "csv":
            text = (csv_table.header()[3:] + csv_table.lines(conversation)).decode()
        case "sillytavern":
            text = to_sillytavern(conversation, options).decode()
        case "sharegpt" | "openai":
            text = b"".join(training.lines(conversation, options)).decode()
        case "memory":
            notebook = Notebook()
            notebook.add(conversation)
            text = notebook.to_text()
        case "letter":
            messages = letter.chosen(conversation, options)
            text = letter.to_letter_text(messages, options) if messages else ""
        case _:
            text = to_text(conversation, options)
    return text or _("This conversation has nothing for this format.")
