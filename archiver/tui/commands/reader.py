"""The reader: finding words, moving by messages and versions, and what can be done with one message."""

from __future__ import annotations

from archiver.i18n import N_
from archiver.tui.commands.command import Command


class Find(Command):
    keys = "slash,f3"
    text = N_("Find")
    help = N_("Find words in this conversation")


class NextMatch(Command):
    keys = "n"
    text = N_("Next match")
    help = N_("Go to the next place that was found")


class PreviousMatch(Command):
    keys = "N"
    text = N_("Previous match")
    help = N_("Go to the place found before")


class NextMessage(Command):
    keys = "right_square_bracket,tab"
    text = N_("Next message")
    help = N_("Go to the beginning of the next message")


class PreviousMessage(Command):
    keys = "left_square_bracket,shift+tab"
    text = N_("Previous message")
    help = N_("Go to the beginning of this message, then of the one before")


class NextQuestion(Command):
    keys = "right_curly_bracket"
    text = N_("My next message")
    help = N_("Go to the next message you wrote")


class PreviousQuestion(Command):
    keys = "left_curly_bracket"
    text = N_("My previous message")
    help = N_("Go to the message you wrote before")


class NextVersion(Command):
    keys = "right"
    text = N_("Next version")
    help = N_("Show the next version of an edited or regenerated message, and what followed it")


class PreviousVersion(Command):
    keys = "left"
    text = N_("Previous version")
    help = N_("Show the version before, of an edited or regenerated message")


class Versions(NextVersion):
    name = "next_version"
    together = (PreviousVersion, NextVersion)
    text = N_("Versions")


class Fold(Command):
    keys = "z"
    text = N_("Open or close")
    help = N_("Open or close what is folded in this message: thoughts, tools, earlier versions")


class MessageMenu(Command):
    keys = "enter"
    text = N_("This message…")
    help = N_("Everything that can be done with the message at the cursor")


class CopyMessage(Command):
    keys = "c"
    text = N_("Copy message")
    help = N_("Copy the message as it was written")


class CopyCode(Command):
    keys = "y"
    text = N_("Copy code")
    help = N_("Copy the code block at the cursor")


class OpenItem(Command):
    keys = "o"
    text = N_("Open picture, file or link")
    help = N_("Open what this message holds in another program, after asking")


class Note(Command):
    keys = "a"
    text = N_("Note")
    help = N_("Write a note beside this message; it never enters the conversation")


class KeepNote(Command):
    keys = "ctrl+s"
    text = N_("Keep")
    help = N_("Keep the note that is being written")
    is_first = True


class HideThoughts(Command):
    keys = "1"
    text = N_("Show or hide thoughts")
    help = N_("What the model wrote while thinking")


class HideTools(Command):
    keys = "2"
    text = N_("Show or hide tools")
    help = N_("What was asked of tools, and what they answered")


class HideSystem(Command):
    keys = "3"
    text = N_("Show or hide system messages")
    help = N_("Instructions and other messages that the provider’s own screen leaves out")


class OnlyFrom(Command):
    keys = "f"
    text = N_("Only from…")
    help = N_("Only your words, only the replies, or only the replies of one model")
