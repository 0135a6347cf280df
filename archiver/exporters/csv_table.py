"""CSV for spreadsheets, in which no cell can become a formula.

A spreadsheet runs a cell that begins with ``=``, ``+``, ``-``, ``@``, a tab or a line break, and some strip blanks
first. Such a cell gets an apostrophe in front, which spreadsheets take for "this is text". The byte order mark tells
them that the file is UTF-8.
"""

from __future__ import annotations

import csv
import io
import re
from typing import Any

from archiver.exporters.encoded import encoded
from archiver.exporters.message_table import FIELDS, field_notes, rows
from archiver.i18n import _
from archiver.records import Conversation

_FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20|%]|[\t\r\n]")


def header() -> bytes:
    """The mark and the names of the columns."""
    return b"\xef\xbb\xbf" + _table([[name for name, _meaning in FIELDS]])


def lines(conversation: Conversation) -> bytes:
    """The messages of one conversation, one row each."""
    return _table([[cell(value) for value in row.values()] for _message, row in rows(conversation)])


def cell(value: Any) -> str:
    """One value as text that a spreadsheet leaves alone."""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value).replace("\x00", "\ufffd")
    return f"'{text}" if _FORMULA.match(text) else text


def notes() -> str:
    """What each column means; written beside the file."""
    return field_notes(
        FIELDS,
        _("messages.csv: one message a row, UTF-8. A cell that a spreadsheet would take for a formula begins with '."),
    )


def _table(table: list[list[str]]) -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\r\n").writerows(table)
    return encoded(buffer.getvalue())
