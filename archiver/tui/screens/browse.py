"""Looking for an export in the folders of this computer, with the arrows and Enter alone."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar

from archiver.i18n import N_, _
from archiver.text import when
from archiver.text.sanitize import one_line
from archiver.tui import amounts, commands
from archiver.tui.commands import Command
from archiver.tui.finding import Candidate, candidates, path_words
from archiver.tui.panels.rows import Row, RowList
from archiver.tui.screens.listing import ListScreen
from archiver.tui.session import Session
from archiver.tui.widgets.runs import Run

_MOST_FOLDERS = 2000


class BrowseScreen(ListScreen):
    """One folder: the way up, what may be an export, and the folders in it."""

    OFFERS: ClassVar[Sequence[type[Command]]] = (commands.Back,)
    FOOTER: ClassVar[Sequence[type[Command]]] = (commands.Move, commands.Open, commands.Back, commands.Help)
    PURPOSE: ClassVar[str] = N_(
        "Enter opens a folder, or reads an export. Zips, conversations.json files and folders that an export was "
        "unpacked into are shown; other files are left out."
    )

    def __init__(self, session: Session, folder: Path, chosen: Callable[[Path], object]) -> None:
        """
        Args:
            session: What all screens share.
            folder: Where to begin.
            chosen: What to do with the export.
        """
        super().__init__(session)
        self._folder = folder
        self._chosen = chosen

    def heading(self) -> tuple[str, str]:
        """Where one is."""
        return _("Open an export"), one_line(path_words(self._folder), 300)

    def rows(self) -> Sequence[Row]:
        """The way up first."""
        above = []
        if self._folder.parent != self._folder:
            above.append(Row(self._folder.parent, _("One folder up"), group=_("Above")))
        exports = candidates(self._folder)
        inside = [_export_row(found) for found in exports]
        taken = {found.path for found in exports}
        inside += [
            Row(folder, [Run(folder.name), Run("/", "dim")], group=_("Folders in it"))
            for folder in _folders(self._folder)
            if folder not in taken
        ]
        nothing = Row(None, [Run(_("There is no zip and no folder here."), "dim")], group=_("Below"))
        return [*above, *(inside or [nothing])]

    def chosen(self, row: Row) -> None:
        """Go there, or read it."""
        if isinstance(row.value, Candidate):
            self.dismiss()
            self._chosen(row.value.path)
        elif row.value is not None:
            self._folder = row.value
            self.load()

    def show_rows(self, rows: Sequence[Row]) -> None:
        """A folder begins with what may be meant: an export, else the first folder in it."""
        super().show_rows(rows)
        inside = (place for place, row in enumerate(rows) if row.value and row.group != _("Above"))
        self.query_one(RowList).move_to(next(inside, 0))


def _export_row(found: Candidate) -> Row:
    size = amounts.size(found.size) if found.size else _("folder")
    note = f"{size}   {when.date(found.changed):>17}"
    return Row(found, found.path.name, note, group=_("Perhaps an export"))


def _folders(folder: Path) -> list[Path]:
    """The folders in a folder, without hidden ones; none where nobody may look."""
    try:
        with os.scandir(folder) as entries:
            names = [entry.name for entry in entries if not entry.name.startswith(".") and entry.is_dir()]
    except OSError:
        return []
    return [folder / name for name in sorted(names, key=str.casefold)[:_MOST_FOLDERS]]
