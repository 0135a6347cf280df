"""Screens that are a page, a list of files or a piece of work."""

from __future__ import annotations

from archiver.i18n import N_
from archiver.tui.commands.command import Command


class SaveCopy(Command):
    keys = "e"
    text = N_("Save a copy")
    help = N_("Write this picture, sound or file to your documents folder")


class Stop(Command):
    keys = "s"
    text = N_("Stop")
    help = N_("Stop the work; what is finished stays, and the rest can be done at any time")


class Copy(Command):
    keys = "c"
    text = N_("Copy")
    help = N_("Copy this page as text")
