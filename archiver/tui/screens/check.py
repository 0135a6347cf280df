"""The check: every original is hashed again and every stored conversation read again."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.content import Content

from archiver.errors import ArchiverError, Cancelled
from archiver.i18n import N_, _, ngettext
from archiver.records import Progress
from archiver.reports import CheckReport
from archiver.text import when
from archiver.tui import amounts
from archiver.tui.commands import Back, Command, Help, Menu
from archiver.tui.panels.paragraph import Paragraph
from archiver.tui.panels.progress import Estimate, bar, sentence
from archiver.tui.panels.text_page import Passage, TextPage
from archiver.tui.screens.base import ArchiverScreen
from archiver.tui.session import Session
from archiver.tui.threads import hand_over


class CheckScreen(ArchiverScreen[None]):
    """Checks while one looks on; Esc stops it."""

    DEFAULT_CSS = """
    CheckScreen > Paragraph { padding: 0 2; margin: 1 0; }
    """
    OFFERS: ClassVar[Sequence[type[Command]]] = (Back,)
    FOOTER: ClassVar[Sequence[type[Command]]] = (Back, Help, Menu)
    PURPOSE: ClassVar[str] = N_(
        "Compares every original with its SHA-256 and every stored conversation with its digest. A dated line goes "
        "into log/verify.log of the archive. “archiver verify” does the same, for scripts."
    )

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._stop = threading.Event()
        self._estimate = Estimate()
        self._progress: Progress | None = None
        self._report: CheckReport | None = None

    def heading(self) -> tuple[str, str]:
        """What this is."""
        return _("Check the archive"), ""

    def compose_body(self) -> ComposeResult:
        """How far it is, then the outcome."""
        yield Paragraph(self._how_far)
        yield TextPage()

    def on_mount(self) -> None:
        """Begin."""
        super().on_mount()
        self.set_focus(self.query_one(TextPage))
        self.set_interval(0.25, self._move_on)
        self._check()

    def relabel(self) -> None:
        """Say everything again."""
        super().relabel()
        if self._report is not None:
            self._show(self._report)

    def on_unmount(self) -> None:
        """Stop when somebody leaves."""
        self._stop.set()

    def _move_on(self) -> None:
        if self._report is None:
            self.query_one(Paragraph).relabel()

    def _how_far(self) -> Content:
        if self._report is not None:
            return Content(_("Checked on {moment}.").format(moment=when.date_time(self._report.checked_at)))
        if self._progress is None or not self._progress.total:
            return Content(_("Checking"))
        width = max(4, min(40, self.size.width - 40))
        words = sentence(self._progress, self._estimate.left(self._progress))
        return Content(f"{bar(self._progress.done / self._progress.total, width)}  {words}")

    @work(thread=True, exclusive=True, group="check")
    def _check(self) -> None:
        try:
            report = self.session.opened.verify(self._note, self._stop.is_set)
        except Cancelled:
            return
        except ArchiverError as error:
            hand_over(self, self._show_trouble, str(error))
        else:
            hand_over(self, self._show, report)

    def _note(self, progress: Progress) -> None:
        self._progress = progress

    def _show_trouble(self, sentence: str) -> None:
        self.query_one(TextPage).show([Passage(sentence)])

    def _show(self, report: CheckReport) -> None:
        self._report = report
        self.query_one(Paragraph).relabel()
        self.query_one(TextPage).show(_outcome(report))


def _outcome(report: CheckReport) -> list[Passage]:
    originals = ngettext("{n} original file", "{n} original files", report.originals)
    checked = _("{originals} and {conversations} are as they were stored.").format(
        originals=originals.format(n=amounts.count(report.originals)),
        conversations=amounts.conversations(report.conversations),
    )
    if report.is_whole:
        return [Passage(_("Everything is here and readable."), "heading"), Passage(checked, gap=True)]
    number = len(report.damaged)
    title = ngettext("{n} thing is not as it was stored", "{n} things are not as they were stored", number)
    passages = [Passage(title.format(n=amounts.count(number)), "heading"), Passage(checked, gap=True)]
    passages += [Passage(problem.what, label=problem.where, gap=True) for problem in report.damaged]
    advice = _(
        "Nothing else is affected. Where the library is damaged, “archiver rebuild” makes it again from the originals. "
        "Where an original is damaged, copy it back from a backup, or add your own zip again."
    )
    return [*passages, Passage(advice, gap=True)]
