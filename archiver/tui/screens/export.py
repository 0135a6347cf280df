"""Saving to files: what, in which format, and where, with a look at how one file will be."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import ClassVar, get_args

from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal

from archiver.errors import ArchiverError
from archiver.exporters import ExportOptions, Format, export, preview
from archiver.i18n import N_, _
from archiver.records import Progress
from archiver.tui import amounts, commands
from archiver.tui.commands import Command
from archiver.tui.finding import path_words
from archiver.tui.panels import progress as progress_words
from archiver.tui.panels.rows import Row, RowList
from archiver.tui.panels.text_page import Passage, TextPage
from archiver.tui.place import Place
from archiver.tui.saving import CHOICES, FORMAT_WORDS, outcome
from archiver.tui.screens.dialog import LineDialog
from archiver.tui.screens.listing import ListScreen
from archiver.tui.session import Session
from archiver.tui.threads import hand_over
from archiver.tui.widgets.runs import Run

_PREVIEW_FROM_WIDTH = 100
_PREVIEW_CHARACTERS = 6000


class ExportScreen(ListScreen):
    """A form whose rows are changed with Enter; the first row writes."""

    DEFAULT_CSS = """
    ExportScreen > Horizontal { height: 1fr; }
    ExportScreen RowList { width: 2fr; }
    ExportScreen TextPage { width: 3fr; border-left: solid $foreground-muted; display: none; }
    ExportScreen.-with-preview TextPage { display: block; }
    """
    OFFERS: ClassVar[Sequence[type[Command]]] = (commands.Stop, commands.Back)
    FOOTER: ClassVar[Sequence[type[Command]]] = (commands.Move, commands.Choose, commands.Back, commands.Help)
    PURPOSE: ClassVar[str] = N_(
        "Copies of your conversations in files that other programs open. Nothing in the archive changes, and no file "
        "that you changed yourself is overwritten. Everything here can be done with “archiver export” too."
    )
    ROW_HEIGHT: ClassVar[int] = 2

    def __init__(self, session: Session, place: Place, found: Sequence[str] = ()) -> None:
        """
        Args:
            session: What all screens share.
            place: The conversation that was marked.
            found: Ids of the conversations a search had found or a list was narrowed to.
        """
        super().__init__(session)
        self._place = place
        self._found = list(dict.fromkeys(found))
        self._what = "one"
        chosen = session.config.export_format
        self._options = ExportOptions(format=_format(chosen))
        self._folder = session.export_folder
        self._progress: Progress | None = None
        self._estimate = progress_words.Estimate()
        self._stop: threading.Event | None = None

    def heading(self) -> tuple[str, str]:
        """What this is, and how far it is while it writes."""
        if self._progress is None:
            return _("Save as…"), ""
        return _("Save as…"), progress_words.sentence(self._progress, self._estimate.left(self._progress))

    def compose_body(self) -> ComposeResult:
        """The form, and the preview of a file."""
        with Horizontal():
            yield RowList(height=self.ROW_HEIGHT)
            yield TextPage()

    def on_mount(self) -> None:
        """Show the form and the preview."""
        super().on_mount()
        self.on_resize()
        self.set_interval(0.25, self.show_frame)
        self._look()

    def on_resize(self) -> None:
        """A narrow screen has no room for the preview."""
        self.set_class(self.size.width >= _PREVIEW_FROM_WIDTH, "-with-preview")

    def rows(self) -> Sequence[Row]:
        """Save, then everything that can be chosen."""
        name, about = FORMAT_WORDS[self._options.format]
        options = self._options
        versions = _("all of them") if options.branches == "all" else _("the path shown")
        pictures = _("copied along") if options.pictures else _("named only")
        choices = {
            "branches": _row("branches", _("Versions"), versions),
            "pictures": _row("pictures", _("Pictures, sounds and files"), pictures),
            "hidden": _row("hidden", _("Thoughts, tools and system messages"), self._hidden_words()),
            "style": _row("style", _("Made for"), "Obsidian" if options.style == "obsidian" else _("any program")),
        }
        return [
            Row("save", [Run(_("Save"), "strong")], second=_("Nothing that is there already is overwritten.")),
            _row("what", _("What"), self._what_words(self._what)),
            _row("format", f"{_('As')} · {_(name)}", _(about)),
            _row("folder", _("Where"), path_words(self._folder))._replace(keeps_end=True),
            *(choices[choice] for choice in CHOICES.get(options.format, ())),
        ]

    def _what_words(self, what: str) -> str:
        if what == "found":
            return _("what was found: {conversations}").format(conversations=amounts.conversations(len(self._found)))
        return self._place.title if what == "one" else _("the whole archive")

    def _hidden_words(self) -> str:
        return _("included") if self._options.include_thoughts else _("left out")

    def chosen(self, row: Row) -> None:
        """Change a row, or write."""
        getattr(self, f"_ask_{row.value}")()

    # One method a row

    def _ask_what(self) -> None:
        offered = ["one", *(["found"] if self._found else []), "all"]
        rows = [Row(what, self._what_words(what)) for what in offered]
        self.choose(lambda: _("What should be saved?"), lambda: rows, self._set_what, at=self._what)

    def _set_what(self, what: str) -> None:
        self._what = what
        self._changed()

    def _ask_format(self) -> None:
        rows = [
            Row(each, [Run(_(name), "strong"), Run(f"  {_(about)}", "dim")])
            for each, (name, about) in FORMAT_WORDS.items()
        ]
        self.choose(lambda: _("In which format?"), lambda: rows, self._set_format, at=self._options.format)

    def _set_format(self, chosen: str) -> None:
        self.tell_if(self.session.change(export_format=chosen))
        self._changed(replace(self._options, format=_format(chosen)))

    def _ask_folder(self) -> None:
        def named(folder: str | None) -> None:
            if folder and folder.strip():
                self._folder = Path(folder.strip()).expanduser()
                self._changed()

        self.app.push_screen(LineDialog(self.session, lambda: _("Into which folder?"), str(self._folder)), named)

    def _ask_branches(self) -> None:
        branches = self._options.branches
        self._changed(replace(self._options, branches="current" if branches == "all" else "all"))

    def _ask_pictures(self) -> None:
        self._changed(replace(self._options, pictures=not self._options.pictures))

    def _ask_hidden(self) -> None:
        shown = not self._options.include_thoughts
        self._changed(replace(self._options, include_thoughts=shown, include_tools=shown, include_system=shown))

    def _ask_style(self) -> None:
        self._changed(replace(self._options, style="plain" if self._options.style == "obsidian" else "obsidian"))

    def _changed(self, options: ExportOptions | None = None) -> None:
        self._options = options or self._options
        self.load()
        self._look()

    # Preview

    @work(thread=True, exclusive=True, group="look")
    def _look(self) -> None:
        try:
            text = preview(self.session.opened, self._place.conversation_id, self._options_for_one())
        except ArchiverError as error:
            text = str(error)
        passages = [Passage(text[:_PREVIEW_CHARACTERS])]
        if len(text) > _PREVIEW_CHARACTERS:
            passages.append(Passage("…", "dim"))
        hand_over(self, self._show_preview, passages)

    def _show_preview(self, passages: Sequence[Passage]) -> None:
        self.query_one(TextPage).show(passages)

    # Writing

    def _ask_save(self) -> None:
        if self._stop is not None:
            self.say(_("It is being written already."))
            return
        self._stop = threading.Event()
        self._write(self._stop)

    def _selection(self) -> list[str]:
        if self._what == "one":
            return [self._place.conversation_id]
        if self._what == "found":
            return self._found
        return [summary.id for summary in self.session.opened.summaries()]

    def _options_for_one(self) -> ExportOptions:
        """A single conversation needs no pages that list it, and a letter is about the message one came from."""
        return replace(self._options, index=False, messages=tuple(filter(None, [self._place.message_id])))

    @work(thread=True, group="export")
    def _write(self, stop: threading.Event) -> None:
        options = self._options_for_one() if self._what == "one" else self._options
        try:
            report = export(self.session.opened, self._selection(), self._folder, options, self._note, stop.is_set)
        except ArchiverError as error:
            hand_over(self, self._written, "", str(error))
        else:
            hand_over(self, self._written, outcome(report), "")

    def _note(self, progress: Progress) -> None:
        self._progress = progress

    def _written(self, said: str, trouble: str) -> None:
        self._stop = self._progress = None
        self.tell_if(trouble)
        if said:
            if self._folder != self.session.export_folder:
                self.tell_if(self.session.change(export_folder=str(self._folder)))
            self.app.notify(said, timeout=10, markup=False)
            self.dismiss()

    def action_stop(self) -> None:
        """Stop writing."""
        if self._stop is not None:
            self._stop.set()

    def action_back(self) -> None:
        """Stop writing, or go back."""
        if self._stop is not None:
            self._stop.set()
        else:
            self.dismiss()


def _row(value: str, name: str, now: str) -> Row:
    return Row(value, name, second=[Run(now, "accent")], group=_("What and how"))


def _format(chosen: str) -> Format:
    return next((each for each in get_args(Format) if each == chosen), "markdown")
