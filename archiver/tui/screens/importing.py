"""An import while it goes on. Reading is possible meanwhile, so this screen can be left at any time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content

from archiver.i18n import N_, _
from archiver.tui import amounts
from archiver.tui.commands import Back, Choose, Command, Help, Move, Stop
from archiver.tui.messages import ImportStopWanted
from archiver.tui.panels.paragraph import Paragraph
from archiver.tui.panels.progress import STAGES, Estimate, bar
from archiver.tui.panels.rows import Row, RowList
from archiver.tui.screens.base import ArchiverScreen
from archiver.tui.session import RebuildJob, Session
from archiver.tui.widgets import runs
from archiver.tui.widgets.runs import Run


class ImportScreen(ArchiverScreen[None]):
    """Bytes done, time left, the newest title."""

    DEFAULT_CSS = """
    ImportScreen > Paragraph { padding: 0 2; margin: 1 0 0 0; max-width: 84; }
    ImportScreen > RowList { margin: 1 0; height: auto; }
    """
    OFFERS: ClassVar[Sequence[type[Command]]] = (Stop, Back)
    FOOTER: ClassVar[Sequence[type[Command]]] = (Move, Choose, Back, Help)
    PURPOSE = N_(
        "Your export is being read. What is read already can be opened and searched. Stopping loses nothing: "
        "choosing the same file again carries on."
    )

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._estimate = Estimate()

    def heading(self) -> tuple[str, str]:
        """What is being read."""
        if self._is_rebuild:
            return _("Making the library again"), ""
        job = self.session.job
        return _("Reading your export"), (job.paths[0].name if job else "")

    @property
    def _is_rebuild(self) -> bool:
        """Whether the originals are read again; there is nothing to go back to until then."""
        return isinstance(self.session.job, RebuildJob)

    def compose_body(self) -> ComposeResult:
        """How far it is, and what can be done meanwhile."""
        yield Paragraph(self._how_far, id="how-far")
        yield Paragraph(self._meanwhile)
        yield RowList()

    def on_mount(self) -> None:
        """Begin to watch."""
        super().on_mount()
        self._show_choices()
        self.set_interval(0.25, self._move_on)

    def relabel(self) -> None:
        """Say everything again."""
        super().relabel()
        self._show_choices()

    def _meanwhile(self) -> str:
        if self._is_rebuild:
            return _("Your originals, marks and notes are only read. The library opens when it is whole.")
        return _("You can start reading now. Your file is only read, never changed.")

    def _show_choices(self) -> None:
        rows = [] if self._is_rebuild else [Row("read", _("Read while it works"))]
        rows.append(Row("stop", _("Stop (nothing is lost; start again at any time)")))
        self.query_one(RowList).show_rows(rows)

    def action_back(self) -> None:
        """Leave it working; a library that is made again is waited for, or not made."""
        if self._is_rebuild:
            self.action_stop()
        else:
            super().action_back()

    def _move_on(self) -> None:
        self.query_one("#how-far", Paragraph).relabel()

    def _how_far(self) -> Content:
        job = self.session.job
        if job is None or job.progress is None:
            return Content(_("Opening the file"))
        progress = job.progress
        width = max(4, min(40, self.size.width - 30))
        share = progress.done / progress.total if progress.total else 0.0
        lines = [_(STAGES[progress.stage])]
        facts = [bar(share, width), amounts.share(progress.done, progress.total), self._estimate.left(progress)]
        lines.append("  ".join(filter(None, facts)))
        if progress.stage in ("keeping", "reading") and progress.total:
            done, total = amounts.size(progress.done), amounts.size(progress.total)
            lines.append(_("{done} of {total}").format(done=done, total=total))
        elif progress.total:
            done, total = amounts.count(progress.done), amounts.conversations(progress.total)
            lines.append(_("{done} of {total}").format(done=done, total=total))
        if progress.note and progress.stage == "reading":
            title = runs.fit(runs.safe([Run(progress.note)]), max(1, min(80, self.size.width - 4)))
            lines += ["", _("Newest so far:"), "".join(run.text for run in runs.arrange(title))]
        if job.stop.is_set():
            lines += ["", _("Stopping…")]
        return Content("\n".join(lines))

    @on(RowList.Selected)
    def _chosen(self, event: RowList.Selected) -> None:
        if self.query_one(RowList).row(event.item).value == "stop":
            self.action_stop()
        else:
            self.action_back()

    def action_stop(self) -> None:
        """Stop after the conversation that is being read."""
        self.post_message(ImportStopWanted())
