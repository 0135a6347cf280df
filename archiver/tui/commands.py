"""Everything a person can ask for: one class a command.

A class gives the keys, the words in the footer and in the menu, and the sentence of help that is the tooltip too.
Screens name the classes they offer and hold a method ``action_<name>`` for each; nothing else writes a key or its words
a second time. The name is also the key into the person's own keymap. A command without an action is a key that the list
or the text under the cursor handles itself, named here so that footer and help can show it.

Letter keys are for those who like them; every command is in the menu (F2) too, where arrows and Enter are enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import ClassVar

from textual.binding import Binding, BindingType

from archiver.i18n import N_, _


class Command:
    """One thing a person can ask for."""

    name: ClassVar[str] = ""
    """Name of the action, of the binding, and of the entry in the keymap."""
    keys: ClassVar[str] = ""
    """In Textual's spelling, separated by commas; the first one is shown. Empty: in the menu only."""
    text: ClassVar[str] = ""
    """A word or two for footer and menu."""
    menu_text: ClassVar[str] = ""
    """How the menu calls it, where the footer is shorter."""
    help: ClassVar[str] = ""
    """What it does, as a sentence."""
    shown_keys: ClassVar[str] = ""
    """How the footer writes the keys, where one word stands for several of them."""
    is_for_menu: ClassVar[bool] = True
    """False for keys that only make sense as keys."""
    has_action: ClassVar[bool] = True
    is_first: ClassVar[bool] = False
    """Whether it comes before what the focused widget does with the key, and before the next key is looked at."""

    def __init_subclass__(cls) -> None:
        """``SaveAs`` is named ``save_as``; a command in other words keeps the name of the one it is."""
        if "name" not in vars(cls):
            cls.name = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()
        if "menu_text" not in vars(cls):
            cls.menu_text = cls.text

    @classmethod
    def binding(cls) -> Binding:
        """The keys as Textual wants them; the words stay untranslated until they are shown."""
        return Binding(cls.keys, cls.name, cls.text, tooltip=cls.help, id=cls.name, show=False, priority=cls.is_first)

    @classmethod
    def key_words(cls, keymap: Mapping[str, str]) -> str:
        """The key to press, as people write it."""
        return key_words(keymap.get(cls.name, cls.keys).split(",", maxsplit=1)[0].strip())

    @classmethod
    def footer_words(cls, keymap: Mapping[str, str]) -> str:
        """The key, or the keys that belong together."""
        return _(cls.shown_keys) if cls.shown_keys and cls.name not in keymap else cls.key_words(keymap)


def bindings(commands: Iterable[type[Command]]) -> list[BindingType]:
    """The bindings of the commands that have keys of their own."""
    return [command.binding() for command in commands if command.keys and command.has_action]


def key_words(key: str) -> str:
    """``ctrl+p`` as ``Ctrl+P``, ``question_mark`` as ``?``."""
    *modifiers, last = key.split("+")
    if last in _KEYS:
        last = _(_KEYS[last])
    elif modifiers or re.fullmatch(r"f\d+", last):
        last = last.upper()
    return "+".join([_(_KEYS.get(modifier, modifier.capitalize())) for modifier in modifiers] + [last])


_KEYS = {
    "escape": N_("Esc"),
    "enter": N_("Enter"),
    "space": N_("Space"),
    "tab": N_("Tab"),
    "backspace": N_("Backspace"),
    "delete": N_("Del"),
    "home": N_("Home"),
    "end": N_("End"),
    "pageup": N_("PgUp"),
    "pagedown": N_("PgDn"),
    "ctrl": N_("Ctrl"),
    "shift": N_("Shift"),
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "slash": "/",
    "question_mark": "?",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "left_curly_bracket": "{",
    "right_curly_bracket": "}",
    "comma": ",",
    "full_stop": ".",
    "plus": "+",
    "minus": "-",
}


# Everywhere


class Back(Command):
    keys = "escape,q,backspace"
    text = N_("Back")
    help = N_("Go one step back; nothing is left without asking")


class ClearSearch(Back):
    name = "back"
    text = N_("Clear")
    help = N_("End the search")


class ShowAll(Back):
    name = "back"
    text = N_("Show all")
    help = N_("Show the whole library again")


class BackOut(Back):
    name = "back"
    text = N_("Leave")
    help = N_("Leave the program, after asking")


class Help(Command):
    keys = "f1,question_mark"
    text = N_("Help")
    help = N_("What this screen is for, and its keys")


class Menu(Command):
    keys = "f2,ctrl+p"
    text = N_("Menu")
    help = N_("Everything that can be done here, to choose or to look up by typing")
    is_for_menu = False


class Leave(Command):
    keys = "ctrl+q"
    text = N_("Leave")
    help = N_("Leave the program, after asking")


class Move(Command):
    keys = "up"
    shown_keys = "↑↓"
    text = N_("Choose")
    help = N_("Move through the list; PgUp, PgDn, Home and End move further, and so do j, k, g, G and Space")
    is_for_menu = False
    has_action = False


class Choose(Command):
    keys = "enter"
    text = N_("Open")
    help = N_("Open or do what is marked")
    is_for_menu = False
    has_action = False


class Scroll(Command):
    keys = "up"
    shown_keys = "↑↓"
    text = N_("Scroll")
    help = N_("Scroll by lines; PgUp, PgDn, Space, Home and End move further, and so do j, k, g and G")
    is_for_menu = False
    has_action = False


# Ways to other screens, the same from every main screen


class GoImport(Command):
    keys = "f5"
    text = N_("Add an export")
    help = N_("Read another zip, older or newer; the order does not matter and nothing is lost")


class GoMedia(Command):
    keys = "f6"
    text = N_("Pictures and files")
    help = N_("All pictures, sounds and files with their dates, and the ones that are missing")


class GoNumbers(Command):
    keys = "f7"
    text = N_("Numbers")
    help = N_("Conversations and messages by year, month and hour of the day")


class GoFavourites(Command):
    keys = "f8"
    text = N_("Favourites and notes")
    help = N_("The messages you marked, and the notes you wrote beside them")


class GoSettings(Command):
    keys = "f9"
    text = N_("Settings")
    help = N_("Colours, language, and how the terminal draws Hindi, emoji and Arabic")


class GoThumbs(Command):
    keys = "f4"
    text = N_("Replies you rated")
    help = N_("The replies you gave a thumbs-up or thumbs-down, as the export has them")


class GoMemory(Command):
    text = N_("What it wrote down about you")
    help = N_("Memories and custom instructions by date")


class GoLastWith(Command):
    text = N_("Last with a model")
    help = N_("The last reply of each model, with date and local time; opens only what you choose")


class GoGaps(Command):
    text = N_("What is missing")
    help = N_("Pictures and files that no export holds, replies without a recorded model, and other gaps, by name")


class GoCheck(Command):
    text = N_("Check the archive")
    help = N_("Read the originals and the database again and see whether everything is whole")


class GoSources(Command):
    text = N_("Where it came from")
    help = N_("The exports that were read, with the report of each import")


class GoPutAway(Command):
    text = N_("Put away")
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


# Library


class SearchWords(Command):
    keys = "slash,f3"
    text = N_("Search")
    help = N_("Type words; the list follows. Filters such as from:me, model:gpt-4o, after:2025 work too")


class IntoList(Command):
    keys = "down,pagedown,tab"
    text = N_("Into the list")
    help = N_("From the search box to the list below it; up from its first row leads back")
    is_for_menu = False
    is_first = True


class Read(Command):
    keys = "enter"
    text = N_("Read")
    help = N_("Open the conversation; from a search it opens at the place that was found")
    is_for_menu = False
    has_action = False


class Sort(Command):
    keys = "s"
    text = N_("Order")
    help = N_("Sort by date, length or title; results also by how well they fit")


class Filter(Command):
    keys = "f"
    text = N_("Show only…")
    help = N_("Only one model, one year, one project, favourites, or conversations with pictures")


class NextMonth(Command):
    keys = "right_curly_bracket"
    text = N_("Next month in the list")
    help = N_("Jump to the next heading")


class PreviousMonth(Command):
    keys = "left_curly_bracket"
    text = N_("Previous month in the list")
    help = N_("Jump to the heading before")


class TogglePreview(Command):
    keys = "v"
    text = N_("Preview")
    help = N_("Show or hide the beginning of the conversation beside the list")


class PutAway(Command):
    keys = "x"
    text = N_("Put away")
    help = N_("Leave this conversation out of lists, search and dates; it can be brought back at any time")


class BringBack(Command):
    keys = "x"
    text = N_("Bring back")
    help = N_("Show this conversation everywhere again")


class Undo(Command):
    keys = "u"
    text = N_("Undo")
    help = N_("Take back the last mark, note or putting away")


# A conversation, in the library and in the reader


class SaveAs(Command):
    keys = "E"
    text = N_("Save as…")
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


# Reader


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
    shown_keys = "←→"
    text = N_("Versions")
    menu_text = N_("Previous version")
    help = N_("Show the version before, of an edited or regenerated message")


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
    help = N_("Instructions and other messages that the provider's own screen leaves out")


class OnlyFrom(Command):
    keys = "f"
    text = N_("Only from…")
    help = N_("Only your words, only the replies, or only the replies of one model")


# Other screens


class Open(Command):
    keys = "o"
    text = N_("Open")
    help = N_("Open this in another program, after asking")


class SaveCopy(Command):
    keys = "e"
    text = N_("Save a copy")
    help = N_("Write this picture, sound or file to your documents folder")


class GoConversation(Command):
    keys = "t"
    text = N_("Go to the conversation")
    help = N_("Open the conversation at this place")


class Stop(Command):
    keys = "s"
    text = N_("Stop")
    help = N_("Stop the work; what is finished stays, and the rest can be done at any time")


class Copy(Command):
    keys = "c"
    text = N_("Copy")
    help = N_("Copy this page as text")


EVERYWHERE: tuple[type[Command], ...] = (Help, Menu, Leave)
PLACES: tuple[type[Command], ...] = (
    GoImport, GoMedia, GoNumbers, GoFavourites, GoThumbs, GoMemory, GoLastWith, GoFirst, GoLongest, GoThisDay,
    GoPutAway, GoGaps, GoCheck, GoSources, GoSettings,
)  # fmt: skip
