"""The commands and their options, and which function runs each.

Only arguments are defined here; the functions are named as ``module:function`` and imported when their command runs.
"""

from __future__ import annotations

import argparse
import importlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from archiver import __version__
from archiver.cli import export_options, json_fields
from archiver.i18n import _


def parse(arguments: list[str]) -> argparse.Namespace:
    """The parsed command line. Wrong usage prints a sentence and ends the process with exit code 2."""
    parser = _build()
    parsed = parser.parse_args(_protect_words(arguments))
    if parsed.command == "import" and bool(parsed.paths) == parsed.carry_on:
        parser.error(_("“archiver import” needs the export to read: archiver import YOUR-EXPORT.zip"))
    if getattr(parsed, "words", None) is not None:
        parsed.words = [word.removeprefix("\0") for word in parsed.words]
    return parsed


def run(parsed: argparse.Namespace) -> int:
    """Run the chosen command; its exit code."""
    module, _colon, function = parsed.run.partition(":")
    command: Callable[[argparse.Namespace], int] = getattr(importlib.import_module(f"archiver.cli.{module}"), function)
    return command(parsed)


def print_help() -> None:
    """Print the help of the whole command."""
    _build().print_help()


def _protect_words(arguments: list[str]) -> list[str]:
    """Let ``search soup -beans`` mean “without beans”: a word that begins with a dash and is no option of search."""
    if "search" not in arguments:
        return arguments
    start = arguments.index("search") + 1
    if "--" in arguments[start:]:
        return arguments
    options = ("--json", "--limit", "--sort", "--explain", "--archive", "--help", "-h")
    return arguments[:start] + [
        f"\0{word}" if word.startswith("-") and word != "-" and word.partition("=")[0] not in options else word
        for word in arguments[start:]
    ]


def _build() -> argparse.ArgumentParser:
    archive = argparse.ArgumentParser(add_help=False)
    archive.add_argument(
        "--archive",
        type=Path,
        metavar=_("DIR"),
        default=argparse.SUPPRESS,
        help=_("the archive folder (otherwise ARCHIVER_DIR, otherwise your personal data folder)"),
    )
    main = argparse.ArgumentParser(
        prog="archiver",
        parents=[archive],
        description=_(
            "Keeps your ChatGPT history on this computer: import the export zip as it was mailed, find words in it, "
            "read it again, save it as Markdown. Nothing leaves the machine. Without a command, the reader opens; "
            "every command also works line by line, which suits screen readers."
        ),
        epilog=_example("archiver import ~/Downloads/chatgpt-export.zip"),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    main.add_argument("--version", action="version", version=f"archiver {__version__}")
    main.set_defaults(run="reader:open_reader")
    commands = main.add_subparsers(title=_("commands"), metavar="", dest="command")

    def command(name: str, function: str, summary: str, example: str) -> argparse.ArgumentParser:
        added = commands.add_parser(
            name,
            parents=[archive],
            help=summary,
            description=summary[:1].upper() + summary[1:] + ".",
            epilog=_example(example),
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        added.set_defaults(run=function)
        if name in json_fields.FIELDS:
            added.add_argument("--json", action="store_true", help=json_fields.help_for(name))
        return added

    importing = command(
        "import",
        "importing:import_sources",
        _("keep export files and read their conversations into the archive"),
        "archiver import ~/Downloads/chatgpt-export.zip",
    )
    importing.add_argument(
        "paths",
        nargs="*",
        type=_path,
        metavar=_("PATH"),
        help=_("a zip as it was mailed, an unpacked folder, a JSON file, or another archive"),
    )

    importing.add_argument(
        "--carry-on", action="store_true", help=_("read the rest of what an import that was stopped had begun")
    )

    search = command(
        "search",
        "finding:search",
        _("find words in all conversations"),
        "archiver search grandmother soup -beans from:it before:2025-08",
    )
    search.add_argument(
        "words", nargs="+", metavar=_("WORDS"), help=_("words, “phrases in quotes”, word*, -without, filters")
    )
    search.add_argument("--limit", type=_count, default=20, metavar="N", help=_("show at most N messages (20)"))
    search.add_argument(
        "--sort", choices=("relevance", "newest", "oldest"), default="relevance", help=_("the order of what was found")
    )
    search.add_argument("--explain", action="store_true", help=_("say how the words were understood"))

    listing = command(
        "list",
        "finding:list_conversations",
        _("list all conversations, newest first"),
        "archiver list",
    )
    listing.add_argument("--limit", type=_count, default=0, metavar="N", help=_("show at most N conversations"))
    listing.add_argument("--put-away", action="store_true", help=_("list those that are put away"))

    show = command("show", "showing:show", _("print one conversation"), "archiver show 6a5e4247")
    show.add_argument("id", metavar="ID", help=_("its id, or the beginning of it"))
    show.add_argument("--raw", action="store_true", help=_("print the JSON exactly as each source held it"))
    show.add_argument(
        "--sources",
        action="store_true",
        help=_("say which sources hold it and where they disagree; with --json: {fields}").format(
            fields=", ".join(json_fields.SOURCES_OF_ONE)
        ),
    )
    show.add_argument("--all", action="store_true", help=_("print every branch and what is usually hidden"))

    exporting = command(
        "export",
        "exporting:export",
        _("save conversations as files that open without this program"),
        "archiver export ~/Documents/chats --query 'model:gpt-4o after:2025-03'",
    )
    export_options.add(exporting)

    command(
        "verify",
        "keeping:verify",
        _("check that originals and library are whole"),
        "archiver verify",
    )
    command(
        "rebuild",
        "keeping:rebuild",
        _("make library and index again from the originals"),
        "archiver rebuild",
    )
    command("paths", "keeping:paths", _("say where archive, settings and logs are"), "archiver paths")
    command(
        "sources",
        "keeping:sources",
        _("list the kept originals and what each import did"),
        "archiver sources",
    )
    command("gaps", "keeping:gaps", _("name what is missing from the exports"), "archiver gaps")
    for name, function, summary in (
        ("put-away", "keeping:put_away", _("take a conversation out of lists and search without losing it")),
        ("bring-back", "keeping:bring_back", _("put a conversation back that was put away")),
    ):
        command(name, function, summary, f"archiver {name} 6a5e4247").add_argument(
            "id", metavar="ID", help=_("its id, or the beginning of it")
        )

    demo = command("demo", "demonstration:demo", _("look at a small example archive"), "archiver demo")
    demo.add_argument(
        "--keep", type=Path, metavar=_("DIR"), help=_("make the example archive in DIR and leave it there")
    )
    return main


def archive_folder(parsed: argparse.Namespace) -> Path:
    """The archive the person means: ``--archive``, else ``ARCHIVER_DIR``, else the default."""
    from archiver.paths import default_archive

    chosen = getattr(parsed, "archive", None) or os.environ.get("ARCHIVER_DIR")
    return Path(chosen).expanduser() if chosen else default_archive()


def _path(text: str) -> Path:
    if not text:
        # An unset variable in quotes; as a path it would mean the folder one is in.
        raise argparse.ArgumentTypeError(_("the name of a file or folder"))
    return Path(text)


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(_("a number from 1 upwards"))
    return number


def _example(line: str) -> str:
    return _("example:") + f"\n  {line}"


def known_commands() -> Sequence[str]:
    """The names of all commands, for tests of the documentation."""
    action = next(action for action in _build()._actions if isinstance(action, argparse._SubParsersAction))
    return tuple(action.choices)
