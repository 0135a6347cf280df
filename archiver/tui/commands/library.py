"""The library: searching, and the order of a list."""

from __future__ import annotations

from archiver.i18n import N_
from archiver.tui.commands.command import Command


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
