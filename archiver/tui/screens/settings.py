"""Settings: colours, language, how the terminal draws what terminals disagree about, and the person's own words.

Choices that one has to see to judge are shown while the cursor moves over them; Esc takes them back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from archiver import clock, i18n
from archiver.i18n import N_, _, ngettext
from archiver.tui import commands, terminal, themes
from archiver.tui.appearance import BIDI_CHOICES, LANGUAGES, WIDTH_CHOICES, use_terminal
from archiver.tui.commands import Command
from archiver.tui.finding import path_words
from archiver.tui.messages import SettingsChanged
from archiver.tui.panels.rows import Row, in_columns
from archiver.tui.screens.dialog import ChoiceDialog, LineDialog
from archiver.tui.screens.listing import ListScreen
from archiver.tui.unclear_settings import unclear
from archiver.tui.widgets import runs
from archiver.tui.widgets.runs import Run

_WIDE = 76
_COLUMN, _SHORTEST_COLUMN = 36, 18
_WIDTH_SAMPLE = "दादी की खीर की विधि   ❤️ 👩‍👩‍👧 👍🏽 1️⃣"
_BIDI_SAMPLE = "وصفة حساء جدتي (2024)، שלום"


class SettingsScreen(ListScreen):
    """The list of settings; Enter changes one."""

    OFFERS: ClassVar[Sequence[type[Command]]] = (commands.Back,)
    FOOTER: ClassVar[Sequence[type[Command]]] = (commands.Move, commands.Change, commands.Back, commands.Help)
    PURPOSE: ClassVar[str] = N_(
        "Everything here is kept in one file that can be edited by hand too. Under [keymap] of it, a line such as  "
        "save_markdown = “f4”  gives a command another key; the list under Keys does the same and has the names."
    )

    def heading(self) -> tuple[str, str]:
        """Where the settings are kept."""
        file = self.session.config.file
        return _("Settings"), path_words(file) if file else _("kept until you leave")

    def introduction(self) -> str:
        """What of the file could not be used."""
        return "\n".join(unclear(self.session.config))

    def rows(self) -> Sequence[Row]:
        """What can be set, and what it is now."""
        config = self.session.config
        look, words, reading = _("Look"), _("Words"), _("Terminal")
        row = partial(_row, _COLUMN if self.size.width >= _WIDE else max(_SHORTEST_COLUMN, self.size.width // 2 - 8))
        yes_no = {True: _("yes"), False: _("no")}
        return [
            row("theme", _("Colours"), _(themes.CHOICES.get(config.theme, config.theme)), look),
            row("preview", _("Preview beside the library"), yes_no[config.preview], look),
            row("last_with", _("“Last with …” in the library"), yes_no[config.last_with], look),
            row("language", _("Language"), LANGUAGES.get(config.language, _("as the system says")), words),
            *([row("time_zone", _("Dates and times"), self._zone_words(), words)] if clock.can_choose() else []),
            row("me", _("What you are called here"), config.names.get("me") or _("You"), words),
            row("it", _("What the other side is called here"), config.names.get("it") or _("the model’s name"), words),
            row("export_folder", _("Folder for what you save"), path_words(self.session.export_folder), words)._replace(
                keeps_end=True
            ),
            row("keys", _("Keys"), self._keys_words(), reading),
            row("widths", _("Hindi and emoji"), _(WIDTH_CHOICES.get(config.widths, config.widths)), reading),
            row("bidi", _("Arabic and Hebrew"), _(BIDI_CHOICES.get(config.bidi, config.bidi)), reading),
        ]

    def on_resize(self) -> None:
        """Where there is little room, what is set moves nearer."""
        if self._is_loaded:
            self.load()

    def _zone_words(self) -> str:
        zone = self.session.config.time_zone
        if zone and clock.is_known(zone):
            return zone
        return _("of this computer: {zone}").format(zone=clock.present())

    def _keys_words(self) -> str:
        number = len(self.session.config.keymap)
        if not number:
            return _("the usual ones")
        return ngettext("{n} is your own", "{n} are your own", number).format(n=number)

    def chosen(self, row: Row) -> None:
        """Change it."""
        getattr(self, f"_ask_{row.value}")()

    # One method a setting

    def _ask_theme(self) -> None:
        rows = lambda: [Row(name, _(text)) for name, text in themes.CHOICES.items()]  # noqa: E731
        self._ask(lambda: _("Colours"), rows, "theme", self._preview_theme)

    def _preview_theme(self, name: str) -> None:
        if not self.app.no_color:
            self.app.theme = themes.textual_name(
                name,
                is_light=terminal.current().is_light,
                has_few_colours=terminal.current().has_few_colours,
            )

    def _ask_preview(self) -> None:
        self._apply(preview=not self.session.config.preview)

    def _ask_last_with(self) -> None:
        self._apply(last_with=not self.session.config.last_with)

    def _ask_language(self) -> None:
        rows = [Row("", _("As the system says"))]
        for code, name in LANGUAGES.items():
            is_there = code == "en" or i18n.has_language(code)
            rows.append(Row(code, name, "" if is_there else _("not translated yet")))
        self._ask(lambda: _("Language"), lambda: rows, "language")

    def _ask_me(self) -> None:
        self._ask_name("me", lambda: _("What should you be called? Empty is “You”."))

    def _ask_it(self) -> None:
        self._ask_name("it", lambda: _("What should the other side be called? Empty is the model’s name."))

    def _ask_name(self, who: str, question: Callable[[], str]) -> None:
        def named(name: str | None) -> None:
            if name is not None:
                names = {**self.session.config.names, who: name.strip()}
                self._apply(names={key: value for key, value in names.items() if value})

        self.app.push_screen(LineDialog(self.session, question, self.session.config.names.get(who, "")), named)

    def _ask_export_folder(self) -> None:
        def named(folder: str | None) -> None:
            if folder is not None:
                self._apply(export_folder=folder.strip())

        question = LineDialog(self.session, lambda: _("Folder for what you save"), str(self.session.export_folder))
        self.app.push_screen(question, named)

    def _ask_time_zone(self) -> None:
        def named(zone: str | None) -> None:
            if zone and not clock.is_known(zone.strip()):
                self.tell_if(
                    _("No time zone is called “{zone}”. Names are such as Europe/Rome, Asia/Tokyo, UTC.").format(
                        zone=zone
                    )
                )
            elif zone is not None:
                self._apply(time_zone=zone.strip())

        question = LineDialog(
            self.session,
            lambda: _("In which time zone? Such as Europe/Rome, Asia/Tokyo or UTC. Empty is this computer’s."),
            self.session.config.time_zone,
        )
        self.app.push_screen(question, named)

    def _ask_keys(self) -> None:
        self.action_go_keys()

    def _ask_widths(self) -> None:
        rows = lambda: [Row(name, _(text)) for name, text in WIDTH_CHOICES.items()]  # noqa: E731
        preview = lambda name: use_terminal(widths=name)  # noqa: E731
        self._ask(
            lambda: _("With which of these do the two bars stand under each other?"), rows, "widths", preview, _bars
        )

    def _ask_bidi(self) -> None:
        rows = lambda: [Row(name, _(text)) for name, text in BIDI_CHOICES.items()]  # noqa: E731
        preview = lambda name: use_terminal(bidi=name)  # noqa: E731
        self._ask(lambda: _("With which of these does this line read correctly?"), rows, "bidi", preview, _bidi_line)

    def _ask(
        self,
        question: Callable[[], str],
        rows: Callable[[], Sequence[Row]],
        setting: str,
        preview: Callable[[str], None] | None = None,
        sample: Callable[[], str] | None = None,
    ) -> None:
        before = getattr(self.session.config, setting)

        def answered(answer: str | None) -> None:
            self._apply(**{setting: before if answer is None else answer})

        dialog = ChoiceDialog(self.session, question, rows, sample=sample, preview=preview, at=before)
        self.app.push_screen(dialog, answered)

    def _apply(self, **values: object) -> None:
        self.tell_if(self.session.change(**values))
        self.post_message(SettingsChanged(self.session.config))


def _row(width: int, value: str, name: str, now: str, group: str) -> Row:
    return Row(value, in_columns(name, now, width, "accent"), group=group)


def _bars() -> str:
    return f"{terminal.shown(_WIDTH_SAMPLE)}|\n{' ' * runs.width_of([Run(terminal.shown(_WIDTH_SAMPLE))])}|"


def _bidi_line() -> str:
    return "".join(run.text for run in runs.arrange([Run(_BIDI_SAMPLE)]))
