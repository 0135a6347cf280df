"""On every screen: help, menu, the way out, and the way back in the words that fit."""

from __future__ import annotations

from archiver.i18n import N_
from archiver.tui.commands.command import Command


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
    also = N_("quit exit close")
    help = N_("Leave the program, after asking")


EVERYWHERE: tuple[type[Command], ...] = (Help, Menu, Leave)
