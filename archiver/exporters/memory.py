"""What the model had noted down about the person, as a text that another assistant can be given.

Gathered from the notes it wrote, from the lists of notes and from the custom instructions in all conversations: the
export itself has no such list. The same words count once, with the first date they appear at; the latest instructions
stand in full, earlier ones behind them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from archiver.exporters.moments import moment
from archiver.i18n import _
from archiver.records import Conversation, Instructions, Memory

_WRAPPED = re.compile(r"\s*The user provided [^\n`]*:?\s*```(?:text\n)?(.*)```\s*\Z", re.DOTALL)
_LISTED = re.compile(r"(?m)^\s*\d+\.\s*(?:\[(?P<date>\d{4}-\d\d-\d\d)\]\.?\s*)?(?P<words>\S.*)$")


@dataclass(slots=True)
class Notebook:
    """Collects notes and instructions, conversation by conversation."""

    notes: dict[str, tuple[float, str]] = field(default_factory=dict)
    """Words -> when first noted, and that day as text (empty when not recorded)."""
    instructions: dict[tuple[str, str], float] = field(default_factory=dict)
    """(about the person, how to answer) -> when last seen."""

    def add(self, conversation: Conversation) -> bool:
        """Take what one conversation has; says whether it has anything."""
        has_any = False
        for message in conversation.messages:
            at = message.created if message.created is not None else conversation.created or 0.0
            for part in message.parts:
                if isinstance(part, Memory):
                    has_any = True
                    for words, date in _notes(part.text, at):
                        self._note(words, at, date)
                elif isinstance(part, Instructions):
                    has_any = True
                    key = (_unwrapped(part.about_user), _unwrapped(part.about_model))
                    self.instructions[key] = max(at, self.instructions.get(key, 0.0))
        return has_any

    def _note(self, words: str, at: float, date: str) -> None:
        known = self.notes.get(words)
        if known is None or (date or "9") < (known[1] or "9"):
            self.notes[words] = (at, date)

    def to_text(self) -> str:
        """The whole file; empty when nothing was noted."""
        return "\n".join(self._lines()) + "\n" if self.notes or self.instructions else ""

    def _lines(self) -> Iterator[str]:
        yield _("What an earlier assistant knew about me")
        instructions = sorted(self.instructions.items(), key=lambda item: (-item[1], item[0]))
        for words, at in instructions[:1]:
            yield from self._instruction(_("My instructions"), words, at)
        if self.notes:
            yield ""
            yield _("Notes")
            yield ""
        for note, (_at, date) in sorted(self.notes.items(), key=lambda item: (item[1][1], item[1][0], item[0])):
            yield f"- {date}: {note}" if date else f"- {note}"
        for words, at in instructions[1:]:
            yield from self._instruction(_("Earlier instructions"), words, at)

    def _instruction(self, title: str, words: tuple[str, str], at: float) -> Iterator[str]:
        local = moment(at) if at else None
        yield ""
        yield f"{title} ({local.date})" if local else title
        for name, text in zip((_("About me"), _("How to answer")), words, strict=True):
            if text:
                yield from ("", f"{name}:", text)


def _unwrapped(text: str) -> str:
    """The person's own words, out of the sentence and the fence that the provider put around them for the model."""
    match = _WRAPPED.match(text)
    return (match[1] if match else text).strip()


def _notes(text: str, at: float) -> Iterator[tuple[str, str]]:
    """The notes of one memory, each with its date: a numbered list has a date on every line."""
    local = moment(at) if at else None
    listed = list(_LISTED.finditer(text))
    if listed and all(_LISTED.match(line) for line in text.splitlines() if line.strip()):
        for match in listed:
            yield match["words"].strip(), match["date"] or ""
    else:
        yield text.strip(), local.date if local else ""
