"""Choosing what of a conversation is shown: thoughts, tools and system messages or not, one side, one model."""

from __future__ import annotations

from dataclasses import replace

from archiver.i18n import N_, _
from archiver.tui.conversation_source import ConversationSource
from archiver.tui.panels.rows import Row
from archiver.tui.screens.conversation_commands import ConversationCommands
from archiver.tui.widgets.choice import KINDS, Choice, Kind
from archiver.tui.widgets.transcript import Transcript

_HIDING: dict[Kind, tuple[str, str]] = {
    "thoughts": (N_("Thoughts are shown."), N_("Thoughts are hidden.")),
    "tools": (N_("Tools are shown."), N_("Tools are hidden.")),
    "system": (N_("System messages are shown."), N_("System messages are hidden.")),
}


class ChoosesShown(ConversationCommands):
    """A screen with a transcript of which a part can be shown."""

    choice = Choice()
    """What is left out now."""

    @property
    def transcript(self) -> Transcript:
        """The conversation."""
        raise NotImplementedError

    @property
    def source(self) -> ConversationSource:
        """The path that is shown."""
        raise NotImplementedError

    def only_words(self) -> str:
        """What is left out on purpose, lest the conversation look as if it were all of it."""
        if self.choice.model:
            return _("only {model}").format(model=self.session.model_name(self.choice.model))
        if self.choice.side:
            return _("only your words") if self.choice.side == "me" else _("only the replies")
        return ""

    def action_hide_thoughts(self) -> None:
        """Show or hide thoughts."""
        self._toggle("thoughts")

    def action_hide_tools(self) -> None:
        """Show or hide tools."""
        self._toggle("tools")

    def action_hide_system(self) -> None:
        """Show or hide system messages."""
        self._toggle("system")

    def _toggle(self, kind: Kind) -> None:
        hidden = self.choice.hidden ^ {kind}
        shown_words, hidden_words = _HIDING[kind]
        self.say(_(hidden_words if kind in hidden else shown_words))
        self.tell_if(self.session.change(hide=tuple(each for each in KINDS if each in hidden)))
        self._show_only(replace(self.choice, hidden=hidden))

    def _show_only(self, choice: Choice) -> None:
        self.choice = choice
        self.transcript.choose(choice)
        self.show_frame()

    def action_only_from(self) -> None:
        """Ask whose words to show."""
        self.choose(lambda: _("Show only…"), self._sides, self._show_only, at=self.choice)

    def _sides(self) -> list[Row]:
        hidden = self.choice.hidden
        rows = [
            Row(Choice(hidden), _("Everything")),
            Row(Choice(hidden, side="me"), _("Only your words")),
            Row(Choice(hidden, side="it"), _("Only the replies")),
        ]
        for slug in self.source.models():
            rows.append(Row(Choice(hidden, model=slug), self.session.model_name(slug), group=_("Only the replies of")))
        return rows
