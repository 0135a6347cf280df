"""What can be done with a conversation wherever one is shown."""

from __future__ import annotations

from archiver.i18n import N_
from archiver.tui.commands.command import Command


class SaveAs(Command):
    keys = "E"
    text = N_("Save as…")
    also = N_("export download")
    help = N_("Write conversations to files: Markdown, HTML, text and others")


class SaveMarkdown(Command):
    keys = "e"
    text = N_("Save as Markdown")
    help = N_("Write this conversation as Markdown at once, to the folder used last")


class Favourite(Command):
    keys = "m"
    text = N_("Favourite")
    help = N_("Mark or unmark this message, or this conversation from the list")


class Details(Command):
    keys = "i"
    text = N_("Details")
    help = N_(
        "Every recorded fact: ids, times, models and the fields they were read from, and the exports that hold it"
    )


class RawJson(Command):
    keys = "r"
    text = N_("Raw JSON")
    help = N_("What the export says, as it says it")


class GoConversation(Command):
    keys = "t"
    text = N_("Go to the conversation")
    help = N_("Open the conversation at this place")


class PutAway(Command):
    keys = "x"
    text = N_("Put away")
    help = N_("Leave this conversation out of lists, search and dates; it can be brought back at any time")


class BringBack(Command):
    keys = "x"
    text = N_("Bring back")
    help = N_("Show this conversation everywhere again")


class Undo(Command):
    keys = "u,ctrl+z"
    text = N_("Undo")
    help = N_("Take back the last mark, note or putting away")
