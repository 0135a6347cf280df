"""The frame of an HTML page: what it may load, which is nothing from elsewhere, and the words its scripts show.

Both forms state a Content-Security-Policy. A folder may load scripts, styles, pictures and sounds that lie beside the
page; a single file may run exactly the one script and the one style it was written with, told by their hashes. Neither
may fetch, send, embed or run anything else, so that even a mistake here could not let a message act.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path

from archiver.exporters.markup import escaped
from archiver.i18n import _

_PAGES = Path(__file__).parent / "pages"
_TABLES = Path(__file__).parent.parent / "text" / "data"
_TAG_LIKE = re.compile(r"<(?=[/!sS])")
"""What could end a block of data, or begin another inside it."""

FOLDER_POLICY = (
    "default-src 'none'; script-src 'self' file:; style-src 'self' file:; img-src 'self' file:; media-src 'self' file:;"
    " base-uri 'none'; form-action 'none'"
)


def page(title: str, policy: str, head: str, body: str) -> str:
    """A whole document."""
    return (
        '<!DOCTYPE html>\n<html>\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escaped(policy)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{escaped(title)}</title>\n{head}</head>\n<body>\n{body}</body>\n</html>\n"
    )


def file_policy(script: str, style: str) -> str:
    """What a single file may do; no script, nothing to run."""
    may_run = f" script-src '{_digest(script)}';" if script else ""
    return (
        f"default-src 'none';{may_run} style-src '{_digest(style)}';"
        " img-src data:; media-src data:; base-uri 'none'; form-action 'none'"
    )


def data_block(id_: str, value: object) -> str:
    """Data for a script, which the browser does not run; nothing in it can end the block."""
    text = _TAG_LIKE.sub(r"\\u003c", json.dumps(value, ensure_ascii=False, separators=(",", ":")))
    return f'<script type="application/json" id="{id_}">{text}</script>\n'


def script_words() -> dict[str, str]:
    """What the scripts say to people."""
    return {
        "title": _("Conversations"),
        "earlier": _("Earlier version"),
        "later": _("Later version"),
        # Translators: {hits} and {talks} are numbers.
        "found": _("Found: {hits}, conversations: {talks}"),
        "more": _("Show more"),
    }


@cache
def resource(name: str) -> str:
    """A script or style that comes with the program."""
    return (_PAGES / name).read_text(encoding="utf-8")


@cache
def search_script() -> str:
    """The search with its tables of letters that people take for one another."""
    letters = [(line[0], line[2:]) for line in (_TABLES / "letters.txt").read_text(encoding="utf-8").splitlines()]
    traditional, simplified = (_TABLES / "han.txt").read_text(encoding="utf-8").splitlines()
    arguments = ", ".join(json.dumps(each, ensure_ascii=False) for each in (letters, traditional, simplified))
    return f"{resource('search.js')}\narchiveSearch.learn({arguments});\n"


def _digest(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
