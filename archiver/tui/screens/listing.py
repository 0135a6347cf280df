"""A screen that is a list: pictures, sources, favourites, gaps … Rows are made in a thread and kept meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual import on, work
from textual.app import ComposeResult

from archiver.errors import ArchiverError
from archiver.i18n import N_, _
from archiver.text.sanitize import one_line
from archiver.tui import terminal
from archiver.tui.commands import Back, Command, Help, Menu, Move, Read
from archiver.tui.panels.paragraph import Paragraph
from archiver.tui.panels.rows import Row, RowList, runs_of
from archiver.tui.place import Place
from archiver.tui.screens.conversation_commands import ConversationCommands
from archiver.tui.session import Session
from archiver.tui.threads import hand_over
from archiver.tui.widgets import runs


class ListScreen(ConversationCommands):
    """Shows the rows that ``rows`` makes; a row whose value is a place opens it."""

    DEFAULT_CSS = """
    ListScreen > Heading { margin: 0; }
    ListScreen > Paragraph { padding: 0 2; margin: 1 0 0 0; max-width: 96; }
    ListScreen.-tall RowList.-flat { margin: 1 0 0 0; }
    ListScreen.-short > Paragraph { display: none; }
    ListScreen > #whole { margin: 0; max-height: 5; color: $text-muted; }
    """
    FOOTER: ClassVar[Sequence[type[Command]]] = (Move, Read, Back, Help, Menu)
    ROW_HEIGHT: ClassVar[int] = 1
    SAYS_WHOLE: ClassVar[bool] = False
    """Whether a row that has no room is said whole under the list, when the cursor is on it."""
    NOTHING: ClassVar[str] = N_("There is nothing here.")
    """What is said when the list is empty, with the next step in it."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._is_loaded = False

    def compose_body(self) -> ComposeResult:
        """A word on what this is, and the list."""
        if self.introduction():
            yield Paragraph(self.introduction)
        yield RowList(height=self.ROW_HEIGHT, empty=_("Reading…"))
        if self.SAYS_WHOLE:
            yield Paragraph(self._whole, id="whole")

    def introduction(self) -> str:
        """A sentence above the list; empty for none."""
        return ""

    def rows(self) -> Sequence[Row]:
        """Everything in the list. Runs in a thread; may raise an ``ArchiverError``."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Make the rows."""
        super().on_mount()
        self.load()

    def library_changed(self) -> None:
        """Make the rows again."""
        self.load()

    def relabel(self) -> None:
        """Say everything again."""
        super().relabel()
        self.load()

    @work(thread=True, exclusive=True, group="rows")
    def load(self) -> None:
        """Make the rows away from the screen."""
        try:
            rows = self.rows()
        except ArchiverError as error:
            hand_over(self, self.tell_if, str(error))
            rows = ()
        hand_over(self, self.show_rows, rows)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show what was made."""
        self._is_loaded = True
        the_list = self.query_one(RowList)
        the_list.set_empty(self.with_keys(self.NOTHING))
        # A heading has an empty line before it.
        the_list.set_class(bool(rows) and not rows[0].group, "-flat")
        the_list.show_rows(rows)
        self.show_frame()
        self._say_whole()

    def _whole(self) -> str:
        """The row under the cursor, when it is cut; empty otherwise."""
        for rows in self.query(RowList):
            row = rows.current_row
            words = runs_of(row.text) if row else ()
            room = rows.line_width - 3 - (cell_len(row.note) + 2 if row and row.note else 0)
            if runs.width_of(runs.safe(words)) > room:
                return terminal.shown(one_line("".join(run.text for run in words), 1000))
        return ""

    @on(RowList.Highlighted)
    def _say_whole(self) -> None:
        for paragraph in self.query("#whole").results(Paragraph):
            paragraph.relabel()
            paragraph.display = bool(self._whole())

    def place(self) -> Place | None:
        """The place that the row under the cursor stands for."""
        row = self.query_one(RowList).current_row
        return row.value if row and isinstance(row.value, Place) else None

    @on(RowList.Selected)
    def _selected(self, event: RowList.Selected) -> None:
        self.chosen(self.query_one(RowList).row(event.item))

    def chosen(self, row: Row) -> None:
        """Enter on a row."""
        if isinstance(row.value, Place):
            self.open_place(row.value)
