"""The options of ``archiver export``, apart from the other commands because there are many."""

from __future__ import annotations

import argparse
from pathlib import Path

from archiver.i18n import _

FORMATS = (
    "markdown", "text", "html", "html-file", "epub", "letter",
    "jsonl", "csv", "sillytavern", "sharegpt", "openai", "memory",
)  # fmt: skip


def add(parser: argparse.ArgumentParser) -> None:
    """Define them on ``parser``."""
    option = parser.add_argument
    option("folder", type=Path, metavar=_("DEST"), help=_("the folder to write into; made when missing"))
    option("--id", action="append", default=[], metavar="ID", help=_("only this conversation; may be repeated"))
    option("--query", metavar=_("QUERY"), help=_("only conversations that this search finds"))
    option("--format", choices=FORMATS, default="markdown", metavar=_("FORMAT"), help=", ".join(FORMATS))
    option("--dry-run", action="store_true", help=_("say what would be written, and write nothing"))

    group = parser.add_argument_group(_("what goes in"))
    option = group.add_argument
    option(
        "--branches", choices=("current", "all"), default="current", help=_("the path that was taken, or all versions")
    )
    option("--thoughts", action="store_true", help=_("include what the model thought"))
    option("--tools", action="store_true", help=_("include what tools were asked and answered"))
    option("--system", action="store_true", help=_("include system messages and instructions"))
    option("--no-pictures", action="store_true", help=_("leave pictures, sounds and files out"))
    option("--model", default="", metavar=_("MODEL"), help=_("training data: only replies of this model"))
    option("--only-replies", action="store_true", help=_("training data: replies without the questions"))
    option("--split", type=int, default=0, metavar="N", help=_("training data: start anew after N characters"))
    option("--message", action="append", default=[], metavar="ID", help=_("letter: this message; may be repeated"))

    group = parser.add_argument_group(_("how it looks"))
    option = group.add_argument
    option("--style", choices=("plain", "obsidian"), default="plain", help=_("Markdown: headings or Obsidian callouts"))
    option("--by", choices=("flat", "year", "month", "project"), default="flat", help=_("sort into folders"))
    option(
        "--name", default="{date} {title}", metavar=_("TEMPLATE"), help=_("file names, made of {date}, {title}, {id} …")
    )
    option("--no-index", action="store_true", help=_("Markdown: no index pages"))
    option(
        "--latex", choices=("keep", "dollar"), default="keep", help=_("Markdown: formulas as they are, or between $")
    )
    option("--citations", choices=("links", "footnotes"), default="links", help=_("Markdown: how sources are named"))
    option("--letter", choices=("html", "markdown", "text"), default="html", help=_("letter: what kind of file"))
    option(
        "--chapters", choices=("conversation", "month"), default="conversation", help=_("book: what makes a chapter")
    )
    option("--title", default="", metavar=_("TITLE"), help=_("book: what stands on the title page"))
    option("--my-name", default="", metavar=_("NAME"), help=_("what you are called in it"))
    option("--its-name", default="", metavar=_("NAME"), help=_("what the assistant is called in it"))
