"""Finding words in the conversation that is open: a line to type into, marks, and a way from one place to the next."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from archiver.i18n import _, ngettext
from archiver.records import Message
from archiver.tui import amounts
from archiver.tui.commands import NextMatch, PreviousMatch
from archiver.tui.panels.line import Line
from archiver.tui.screens.conversation_commands import ConversationCommands
from archiver.tui.widgets.transcript import Transcript
from archiver.tui.widgets.transcript_messages import Located, WentRound


class FindsWords(ConversationCommands):
    """A screen with a transcript in which words can be found."""

    DEFAULT_CSS = """
    FindsWords > Input { margin: 0 1; display: none; }
    FindsWords.-finding > Input { display: block; }
    """

    sought = ""
    """The words looked for."""
    found_words = ""
    """Which of how many places one is at, for the heading; empty when nothing is looked for."""
    _was_typed_here = False
    """Whether the words were not brought along from a search, which may have found something else than words."""

    def compose_body(self) -> ComposeResult:
        """The line to find words, and the conversation."""
        yield Line(lambda: _("Find in this conversation"))
        yield Transcript()

    @property
    def transcript(self) -> Transcript:
        """The conversation."""
        return self.query_one(Transcript)

    def message(self) -> Message | None:
        """The message with the bar at its left."""
        raise NotImplementedError

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is no next place before anything was looked for."""
        if action in (NextMatch.name, PreviousMatch.name) and not self.found_words:
            return False
        return super().check_action(action, parameters)

    def go_to_found(self) -> None:
        """Go to the words inside a long message, once its lines are known; filters alone mark nothing."""
        message, spans = self.message(), self.session.opened.finder(self.sought)
        if message is not None and spans and any(spans(getattr(part, "text", "")) for part in message.parts):
            self.transcript.go_to_match(1)

    def action_find(self) -> None:
        """Open the line to find words."""
        self.add_class("-finding")
        self.set_focus(self.query_one(Input))

    def stop_finding(self) -> bool:
        """Close the line; False when it was not open."""
        was_open = self.has_class("-finding")
        self.remove_class("-finding")
        self.set_focus(self.transcript)
        return was_open

    @on(Input.Changed)
    def _find_typed(self, event: Input.Changed) -> None:
        self._was_typed_here = True
        self.find(event.value.strip())

    @on(Input.Submitted)
    def _find_entered(self) -> None:
        self.transcript.go_to_match(1)
        self.stop_finding()

    def find(self, query: str) -> None:
        """Mark and count these words."""
        self.sought = query
        self.found_words = ""
        archive = self.session.opened
        self.transcript.find(archive.finder(query) if query else None, archive.condition(query) if query else None)
        self.show_frame()

    @on(Located)
    def _located(self, event: Located) -> None:
        total = amounts.count(event.total) + ("" if event.is_complete else "+")
        if event.current:
            self.found_words = _("{n} of {total}").format(n=amounts.count(event.current), total=total)
        elif event.total or (self._was_typed_here and not event.is_complete):
            self.found_words = _("{total} found").format(total=total)
        else:
            self.found_words = _("not found") if self._was_typed_here else ""
        if self.found_words:
            self.found_words += f" ‹{self.sought}›"
        self.show_frame()

    def places_elsewhere(self) -> int:
        """How many messages of the conversation have the words and are on no path that is shown."""
        return 0

    @on(WentRound)
    def _went_round(self, event: WentRound) -> None:
        if event.is_only:
            words = _("This is the only match.")
        elif event.step > 0:
            words = _("That was the last match; this is the first.")
        else:
            words = _("That was the first match; this is the last.")
        if others := self.places_elsewhere():
            more = ngettext(
                "{n} further message on other versions has the words; the search lists it.",
                "{n} further messages on other versions have the words; the search lists them.",
                others,
            )
            words += " " + more.format(n=amounts.count(others))
        self.say(words)

    def action_next_match(self) -> None:
        """The next place that was found."""
        self.transcript.go_to_match(1)

    def action_previous_match(self) -> None:
        """The place found before."""
        self.transcript.go_to_match(-1)
