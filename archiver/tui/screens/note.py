"""A note beside a message: as many lines as somebody likes, kept with the arrows and Enter alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.widgets import TextArea

from archiver.i18n import _
from archiver.text.sanitize import visible
from archiver.tui.commands import Back, Choose, Command, KeepNote, Move
from archiver.tui.panels.paragraph import Paragraph
from archiver.tui.panels.rows import Row, RowList
from archiver.tui.screens.dialog import Dialog, yes_or_no
from archiver.tui.session import Session


class NoteField(TextArea):
    """Down from the last line leads to the list under it."""

    def action_cursor_down(self, select: bool = False) -> None:
        """Go a line down, or out of the field."""
        line = self.wrapped_document.location_to_offset(self.cursor_location).y
        if line >= self.wrapped_document.height - 1 and not select:
            self.screen.set_focus(self.screen.query_one(NoteAnswers))
        else:
            super().action_cursor_down(select)


class NoteAnswers(RowList):
    """Up from the first row leads back into the field; while one writes there, no row is marked."""

    @property
    def marks_cursor(self) -> bool:
        """In the field, Enter begins a new line."""
        return not isinstance(self.screen.focused, NoteField)

    def action_move(self, step: int) -> None:
        """Go a row up or down, or out of the list."""
        if step < 0 and self.cursor == 0:
            self.screen.set_focus(self.screen.query_one(NoteField))
        else:
            super().action_move(step)


class NoteDialog(Dialog[str]):
    """A field to write in; the arrow down leads out of its last line to what can be done with the note."""

    DEFAULT_CSS = """
    NoteDialog > Vertical > NoteField {
        height: 8; margin: 0 1; padding: 0 1; border: round $foreground-muted; background: transparent;
    }
    NoteDialog > Vertical > NoteField:focus { border: round $primary; }
    NoteDialog.-short > Vertical > NoteField { height: 3; border: none; }
    """
    OFFERS: ClassVar[Sequence[type[Command]]] = (KeepNote, Back)
    FOOTER: ClassVar[Sequence[type[Command]]] = (Move, Choose, KeepNote, Back)

    def __init__(self, session: Session, text: str) -> None:
        super().__init__(session)
        self._text = visible(text)

    def compose_body(self) -> ComposeResult:
        """The field and the answers."""
        yield Paragraph(lambda: _("Your note beside this message"), classes="question")
        field = NoteField(self._text, highlight_cursor_line=False)
        field.cursor_blink = False
        yield field
        yield NoteAnswers()

    def footer(self) -> Sequence[type[Command]]:
        """In the field, Enter chooses nothing."""
        is_writing = isinstance(self.focused, NoteField)
        return [command for command in self.FOOTER if not (is_writing and command is Choose)]

    def on_descendant_focus(self) -> None:
        """The keys are others in the field than in the list."""
        self.show_frame()
        self.query_one(NoteAnswers).redraw()

    def action_keep_note(self) -> None:
        """Keep what is written."""
        self.dismiss(self.query_one(NoteField).text.strip())

    def on_mount(self) -> None:
        """Write at the end of what is there."""
        super().on_mount()
        field = self.query_one(NoteField)
        field.move_cursor(field.document.end)
        self.set_focus(field)
        self.query_one(NoteAnswers).show_rows(self._answers())

    def relabel(self) -> None:
        """Say everything again."""
        super().relabel()
        self.query_one(NoteAnswers).show_rows(self._answers())

    def _answers(self) -> list[Row]:
        rows = [Row("keep", _("Keep this note"))]
        if self._text:
            rows.append(Row("away", _("Take the note away")))
        return [*rows, Row("", _("Leave everything as it was"))]

    def action_back(self) -> None:
        """Leave; what was written is never thrown away without asking."""
        text = self.query_one(NoteField).text.strip()
        if text == self._text.strip():
            self.dismiss(None)
            return

        def answered(keeps: bool | None) -> None:
            if keeps is not None:
                self.dismiss(text if keeps else None)

        question = yes_or_no(self.session, lambda: _("Keep what you wrote?"), _("Keep it"), _("Throw it away"))
        self.app.push_screen(question, answered)

    @on(RowList.Selected)
    def _chosen(self, event: RowList.Selected) -> None:
        match self.query_one(NoteAnswers).row(event.item).value:
            case "keep":
                self.action_keep_note()
            case "away":
                self.dismiss("")
            case _:
                self.dismiss(None)
