"""Ways to other screens, the same from every main screen."""

from __future__ import annotations

from archiver.i18n import N_
from archiver.tui.commands.command import Command


class GoImport(Command):
    keys = "f5"
    text = N_("Add an export")
    also = N_("import open zip add")
    help = N_("Read another zip, older or newer; the order does not matter and nothing is lost")


class GoMedia(Command):
    keys = "f6"
    text = N_("Pictures and files")
    also = N_("images photos sounds voice attachments media")
    help = N_("All pictures, sounds and files with their dates, and the ones that are missing")


class GoNumbers(Command):
    keys = "f7"
    text = N_("Numbers")
    also = N_("statistics counts charts")
    help = N_("Conversations and messages by year, month and hour of the day")


class GoFavourites(Command):
    keys = "f8"
    text = N_("Favourites and notes")
    help = N_("The messages you marked, and the notes you wrote beside them")


class GoSettings(Command):
    keys = "f9"
    text = N_("Settings")
    also = N_("preferences options theme colours language")
    help = N_("Colours, language, and how the terminal draws Hindi, emoji and Arabic")


class GoKeys(Command):
    text = N_("Keys")
    also = N_("shortcuts keyboard remap bindings")
    help = N_("Every key, and a way to change it")


class GoThumbs(Command):
    keys = "f4"
    text = N_("Replies you rated")
    also = N_("feedback ratings thumbs")
    help = N_("The replies you gave a thumbs-up or thumbs-down, as the export has them")


class GoMemory(Command):
    text = N_("What it wrote down about you")
    also = N_("memory memories custom instructions bio")
    help = N_("Memories and custom instructions by date")


class GoLastWith(Command):
    text = N_("Last with a model")
    help = N_("The last reply of each model, with date and local time; opens only what you choose")


class GoGaps(Command):
    text = N_("What is missing")
    also = N_("gaps missing problems lost")
    help = N_("Pictures and files that no export holds, replies without a recorded model, and other gaps, by name")


class GoCheck(Command):
    text = N_("Check the archive")
    also = N_("verify whole damage integrity")
    help = N_("Read the originals and the database again and see whether everything is whole")


class GoSources(Command):
    text = N_("Where it came from")
    also = N_("sources originals imports zips SHA-256 reports")
    help = N_("The exports that were read, with the report of each import")


class GoPutAway(Command):
    text = N_("What is put away")
    also = N_("hidden archived")
    help = N_("Conversations you put away, to read or to bring back")


class GoFirst(Command):
    text = N_("First conversation")
    help = N_("Open the oldest conversation of the archive")


class GoLongest(Command):
    text = N_("Longest conversation")
    help = N_("Open the conversation with the most messages")


class GoThisDay(Command):
    text = N_("This day in other years")
    help = N_("Conversations of the same day and month")


PLACES_EVERYWHERE: tuple[type[Command], ...] = (
    GoImport, GoMedia, GoNumbers, GoFavourites, GoThumbs, GoSettings,
)  # fmt: skip
"""Those with a key of their own, which works while reading, too."""

PLACES: tuple[type[Command], ...] = (
    GoImport, GoMedia, GoNumbers, GoFavourites, GoThumbs, GoMemory, GoLastWith, GoFirst, GoLongest, GoThisDay,
    GoPutAway, GoGaps, GoCheck, GoSources, GoSettings, GoKeys,
)  # fmt: skip
