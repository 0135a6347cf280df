"""Moving and choosing: what lists and texts do themselves with the keys they get."""

from __future__ import annotations

from archiver.i18n import N_
from archiver.tui.commands.command import Command


class MoveKey(Command):
    """A key of the list or the text under the cursor."""

    is_for_menu = False
    has_action = False


class Up(MoveKey):
    keys = "up,k"
    text = N_("Up")
    help = N_("One row or line up")


class Down(MoveKey):
    keys = "down,j"
    text = N_("Down")
    help = N_("One row or line down")


class PageUp(MoveKey):
    keys = "pageup,b,ctrl+b"
    text = N_("Page up")
    help = N_("A screen up")


class PageDown(MoveKey):
    keys = "pagedown,space,ctrl+f"
    text = N_("Page down")
    help = N_("A screen down")


class HalfPageUp(MoveKey):
    keys = "ctrl+u"
    text = N_("Half a page up")
    help = N_("Half a screen up")


class HalfPageDown(MoveKey):
    keys = "ctrl+d"
    text = N_("Half a page down")
    help = N_("Half a screen down")


class First(MoveKey):
    keys = "home,g"
    text = N_("Beginning")
    help = N_("To the beginning")


class Last(MoveKey):
    keys = "end,G"
    text = N_("End")
    help = N_("To the end")


class Choose(MoveKey):
    keys = "enter"
    text = N_("Choose")
    help = N_("Open or do what is marked")


class Read(Choose):
    name = "choose"
    text = N_("Read")
    help = N_("Open the conversation; from a search it opens at the place that was found")


class Open(Choose):
    name = "choose"
    text = N_("Open")
    help = N_("Open what is marked")


class Change(Choose):
    name = "choose"
    text = N_("Change")
    help = N_("Change what is marked")


class Done(Choose):
    name = "choose"
    text = N_("Done")
    help = N_("Take what is written")


class Move(MoveKey):
    together = (Up, Down)
    text = N_("Move")
    help = N_("Move through the list")


class Scroll(MoveKey):
    together = (Up, Down)
    text = N_("Scroll")
    help = N_("Scroll by lines")


MOVING: tuple[type[Command], ...] = (Up, Down, PageUp, PageDown, HalfPageUp, HalfPageDown, First, Last, Choose)
