"""The terminal interface as a whole: what holds on every screen, and how it gives the terminal back whatever happens.

    run -> ArchiverApp -> LibraryScreen -> ReaderScreen …
                       -> WelcomeScreen -> ImportScreen -> ImportReportScreen

Screens say up by messages what they want; the app does it in threads and lets every screen know.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
import threading
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

from rich.text import Text
from textual import on
from textual.app import App
from textual.binding import BindingType
from textual.events import Event, Key, Paste
from textual.filter import Monochrome, NoColor
from textual.notifications import Notification, SeverityLevel

from archiver import clock, paths
from archiver.config import Config
from archiver.i18n import _
from archiver.tui import appearance, terminal, themes
from archiver.tui.commands import EVERYWHERE, Command, bindings, keymap
from archiver.tui.messages import LeaveWanted, SettingsChanged
from archiver.tui.session import Session
from archiver.tui.start_app import StartApp

log = logging.getLogger(__name__)


def run(archive_path: Path, config: Config, *, demo: bool = False) -> int:
    """Open the terminal interface on an archive; returns the exit code."""
    session = Session(archive_path, config, paths.downloads(), paths.documents(), is_example=demo)
    try:
        with terminal.prepared(appearance.chosen_bidi(config.bidi)) as found:
            appearance.remember(found)
            app = ArchiverApp(session, found.typed)
            # The event loop waits for its threads, so afterwards nobody looks at an archive.
            with app.examples:
                result = app.run()
    finally:
        session.close()
    if app.trouble:
        print(app.trouble, file=sys.stderr)
    return result if result is not None else app.return_code or 0


class ArchiverApp(StartApp, inherit_bindings=False):
    """The app; its return value is the exit code."""

    CSS_PATH = "archiver.tcss"
    TITLE = "Archiver"
    ENABLE_COMMAND_PALETTE = False
    PAUSE_GC_ON_SCROLL = True
    VERTICAL_BREAKPOINTS = [(0, "-short"), (16, "-tall")]  # noqa: RUF012 (Textual declares it so)
    BINDINGS: ClassVar[list[BindingType]] = bindings(EVERYWHERE)

    def __init__(self, session: Session, typed: str = "") -> None:
        """
        Args:
            session: What all screens share.
            typed: What somebody typed already, for the first screen.
        """
        super().__init__(session)
        appearance.use_language(session.config.language)
        self._early_input: list[Event] | None = [Paste(typed)] if typed else []
        """Keys and pasted words for the first screen; None when it stands."""
        self.animation_level = "none"
        for theme in themes.OWN:
            self.register_theme(theme)
        if self.no_color:
            # Textual would turn every colour into a grey; here no colour means none.
            self._filters = [NoColor() if isinstance(each, Monochrome) else each for each in self._filters]
        self._use_settings()

    def _use_settings(self) -> None:
        self.theme = (
            "ansi-dark"
            if self.no_color
            else themes.textual_name(
                self.session.config.theme,
                is_light=terminal.current().is_light,
                has_few_colours=terminal.current().has_few_colours,
            )
        )
        clock.use(self.session.config.time_zone)
        self.set_keymap(keymap(self.session.config.keymap).keys)
        appearance.use_terminal(widths=self.session.config.widths, bidi=self.session.config.bidi)

    # Start and end

    def on_mount(self) -> None:
        """Begin with what there is."""
        self._listen_for_signals()
        self.begin()

    async def on_event(self, event: Event) -> None:
        """Keep what is typed before the first screen stands: there, Textual would take letters for commands."""
        if self._early_input is not None and isinstance(event, Key | Paste):
            self._early_input.append(event)
        else:
            await super().on_event(event)

    async def on_ready(self) -> None:
        """The first picture stands: give the screen what was typed before."""
        early, self._early_input = self._early_input or [], None
        for event in early:
            await self.on_event(event)

    def refresh_css(self, animate: bool = True) -> None:
        """Colours that are chosen before there is a screen need no second reading of the rules."""
        if self.screen_stack:
            super().refresh_css(animate)
        else:
            self.stylesheet.set_variables(self.get_css_variables())

    def _listen_for_signals(self) -> None:
        for name in ("SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is not None and threading.current_thread() is threading.main_thread():
                with suppress(NotImplementedError, RuntimeError):
                    asyncio.get_running_loop().add_signal_handler(number, self._signalled, number)
        terminal.carry_on_only_in_a_terminal()

    def _signalled(self, number: int) -> None:
        """Leave at once but in order, so that the terminal is as it was."""
        self._end(128 + number)

    def _end(self, code: int) -> None:
        try:
            for screen in self.archiver_screens:
                if screen.is_mounted:
                    screen.leaving()
        finally:
            # Whatever goes wrong on the way out, the way out is taken.
            self.session.stop()
            self.exit(code, return_code=code)

    def _fatal_error(self) -> None:
        """Say what happened without a word of anybody's messages: Textual's own report prints local variables."""
        from archiver import logs

        error = sys.exc_info()[1] or self._exception
        lines = [
            _("Archiver met an error it did not expect and has stopped."),
            _("Your exports are only ever read, and what is in the archive stays there."),
            _("Starting it again usually helps. If not, this says where it happened; it holds nothing you wrote:"),
            "",
            *(f"    {place}" for place in (logs.places(error) if error else [])[-12:]),
        ]
        log.error("unexpected error", exc_info=error)
        self._exit_renderables[:] = [Text("\n".join(lines))]
        self._close_messages_no_wait()

    def push_screen(self, *arguments: Any, **options: Any) -> Any:
        """Show another screen, without what was said in passing on the one before."""
        for each in filter(_is_in_passing, list(self._notifications)):
            self._unnotify(each)
        return super().push_screen(*arguments, **options)

    # Screens

    def action_help(self) -> None:
        """What the screen is for, and its keys."""
        from archiver.tui.screens.help import HelpScreen

        self.push_screen(HelpScreen(self.archiver_screens[-1]))

    def action_menu(self) -> None:
        """Everything that can be done."""
        from archiver.tui.screens.menu import MenuScreen

        below = self.archiver_screens[-1]

        async def perform(command: type[Command] | None) -> None:
            if command is not None:
                await below.action_perform(command.name)

        self.push_screen(MenuScreen(below), perform)

    @on(LeaveWanted)
    def _leave_wanted(self) -> None:
        self.action_leave()

    def action_leave(self) -> None:
        """Ask, then leave; the example is left without asking."""
        screen = self.archiver_screens[-1]
        if screen.session is not self.session and screen is not self.screen_stack[0]:
            self.close_example()
            return
        from archiver.tui.screens.dialog import yes_or_no

        details = (
            _("The import stops here. Choosing the same file again carries on.") if self.session.is_importing else ""
        )
        question = yes_or_no(self.session, lambda: _("Leave Archiver?"), _("Leave"), _("Stay"), details)
        self.push_screen(question, self._leave)

    def _leave(self, is_wanted: bool | None) -> None:
        if is_wanted:
            self._end(0)

    @on(SettingsChanged)
    def _apply_settings(self, message: SettingsChanged) -> None:
        if not self.archiver_screens:
            # The app is closing.
            return
        self.session.config = replace(message.config, file=self.session.config.file)
        appearance.use_language(self.session.config.language)
        self._use_settings()
        for screen in self.archiver_screens:
            screen.session.config = message.config
            screen.settings_changed()
            screen.relabel()

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,  # noqa: ARG002 (words of strangers are never markup)
    ) -> None:
        """Say something; what was said in passing before goes, so that nothing piles up over the text."""
        for each in list(self._notifications):
            if each.message == message or (severity == "information" and _is_in_passing(each)):
                self._unnotify(each, refresh=False)
        super().notify(message, title=title, severity=severity, timeout=timeout, markup=False)


def _is_in_passing(notification: Notification) -> bool:
    """Whether it is no warning, nor news that somebody waited for."""
    return notification.severity == "information" and notification.timeout <= App.NOTIFICATION_TIMEOUT
