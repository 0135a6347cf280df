"""Questions: a sheet at the bottom of the screen, over whatever was there.

It takes the whole width on purpose: nothing stored ever stands beside its edge, where a terminal that counts a
character differently would break the frame. Every dialog can be left with Esc, which changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from archiver.tui.commands import Back, Choose, Command, Done, Move
from archiver.tui.panels.command_bar import CommandBar
from archiver.tui.panels.line import Line
from archiver.tui.panels.paragraph import Paragraph
from archiver.tui.panels.rows import Row, RowList
from archiver.tui.screens.base import ArchiverScreen
from archiver.tui.session import Session

Answer = TypeVar("Answer")

_FRAME = 4
"""Lines for the edge above, the space and the keys below, and a line of what is behind."""
_SMALL_FRAME = 1
"""On a low screen there is only the line of keys."""


class Dialog(ArchiverScreen[Answer | None], ModalScreen[Answer | None], Generic[Answer]):
    """A sheet; ``None`` is the answer when it is left."""

    DEFAULT_CSS = """
    Dialog { align: center bottom; background: $background 60%; }
    Dialog:ansi { background: transparent; }
    Dialog > Vertical {
        height: auto; max-height: 100%; width: 100%; background: $panel; border-top: solid $primary; padding: 0 0 1 0;
    }
    Dialog > Vertical > Paragraph { padding: 0 2; margin: 0 0 1 0; }
    Dialog > Vertical > Paragraph.question { text-style: bold; }
    Dialog.-short > Vertical { border-top: none; padding: 0; }
    Dialog.-short > Vertical > Paragraph { margin: 0; }
    Dialog.-short > Vertical > Paragraph.question { max-height: 2; }
    Dialog RowList { height: auto; background: $panel; }
    Dialog CommandBar { background: $panel; }
    """
    HAS_FRAME = False
    FOOTER: ClassVar[Sequence[type[Command]]] = (Move, Choose, Back)

    def compose(self) -> ComposeResult:
        """The sheet."""
        with Vertical():
            yield from self.compose_body()
        yield CommandBar(self.footer())

    def on_mount(self) -> None:
        """Make the sheet fit."""
        super().on_mount()
        self.call_after_refresh(self._fit)

    def on_resize(self) -> None:
        """Make the sheet fit."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        """Give lists the lines that everything else leaves, so that the last row is never below the edge."""
        others = [child for child in self.query("Vertical > *").results() if not isinstance(child, RowList)]
        taken = sum(child.outer_size.height + child.styles.margin.height for child in others)
        for rows in self.query(RowList):
            frame = _SMALL_FRAME if self.has_class("-short") else _FRAME
            rows.styles.max_height = max(1, self.size.height - taken - frame)

    def action_back(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)


class ChoiceDialog(Dialog[Any]):
    """A question with a few answers; the answer is the value of the chosen row."""

    def __init__(
        self,
        session: Session,
        question: Callable[[], str],
        rows: Callable[[], Sequence[Row]],
        details: str = "",
        *,
        preview: Callable[[Any], None] | None = None,
        sample: Callable[[], str] | None = None,
        at: object = None,
    ) -> None:
        """
        Args:
            session: What all screens share.
            question: What is asked.
            rows: The answers.
            details: A further sentence.
            preview: Called with an answer when the cursor comes to it.
            sample: A text that a preview changes.
            at: The answer to begin at.
        """
        super().__init__(session)
        self._question = question
        self._rows = rows
        self._details = details
        self._preview = preview
        self._sample = sample
        self._begin_at = at

    def compose_body(self) -> ComposeResult:
        """The question and the answers."""
        yield Paragraph(self._question, classes="question")
        if self._details:
            yield Paragraph(lambda: self._details)
        if self._sample is not None:
            yield Paragraph(self._sample, id="sample")
        yield RowList()

    def on_mount(self) -> None:
        """Offer the answers."""
        super().on_mount()
        rows = self._rows()
        self.query_one(RowList).show_rows(rows)
        self.query_one(RowList).move_to(next((n for n, row in enumerate(rows) if row.value == self._begin_at), 0))

    def relabel(self) -> None:
        """Say everything again."""
        super().relabel()
        self.query_one(RowList).show_rows(self._rows())

    @on(RowList.Highlighted)
    def _moved(self, event: RowList.Highlighted) -> None:
        if self._preview is not None:
            self._preview(self.query_one(RowList).row(event.item).value)
            for sample in self.query("#sample").results(Paragraph):
                sample.relabel()

    @on(RowList.Selected)
    def _chosen(self, event: RowList.Selected) -> None:
        self.dismiss(self.query_one(RowList).row(event.item).value)


class LineDialog(Dialog[str]):
    """A question answered by typing one line."""

    FOOTER: ClassVar[Sequence[type[Command]]] = (Done, Back)

    def __init__(self, session: Session, question: Callable[[], str], text: str = "") -> None:
        super().__init__(session)
        self._question = question
        self._text = text

    def compose_body(self) -> ComposeResult:
        """The question and the line."""
        yield Paragraph(self._question, classes="question")
        yield Line(text=self._text)

    @on(Input.Submitted)
    def _answered(self, event: Input.Submitted) -> None:
        self.dismiss(event.value)


def yes_or_no(session: Session, question: Callable[[], str], yes: str, no: str, details: str = "") -> ChoiceDialog:
    """A question whose answer is ``True`` for ``yes``; the cursor is on ``yes``, because Esc is the way back."""
    return ChoiceDialog(session, question, lambda: [Row(True, yes), Row(False, no)], details)
