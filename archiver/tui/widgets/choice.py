"""Which messages of a path the reader wants to see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from archiver.i18n import _
from archiver.records import OutlineRow
from archiver.tui.widgets.items import Item
from archiver.tui.widgets.transcript_source import FindSpans

Kind: TypeAlias = Literal["thoughts", "tools", "system"]

KINDS: tuple[Kind, ...] = ("thoughts", "tools", "system")


@dataclass(frozen=True, slots=True)
class Choice:
    """What is left out of the reader."""

    hidden: frozenset[Kind] = frozenset(KINDS)
    """Kinds that stay out of sight, as they do on the provider's own screen."""
    model: str = ""
    """Only replies of this model (slug); empty for all."""
    side: Literal["me", "it", ""] = ""
    """Only what the person wrote, or only what the other side wrote."""

    def shows(self, row: OutlineRow) -> bool:
        """Whether a message is shown."""
        if row.hidden and _kind(row) in self.hidden:
            return False
        if self.model and row.answered != self.model:
            return False
        return not self.side or (row.role == "user") == (self.side == "me")


def that_shows(choice: Choice, row: OutlineRow, items: Sequence[Item], find: FindSpans | None) -> Choice:
    """The choice, without what would hide a message, or all places in it that hold the words looked for.

    Args:
        choice: What is left out otherwise.
        row: The message.
        items: What it shows.
        find: Finds the words; None when nothing is looked for.
    """
    if not choice.shows(row):
        return Choice(frozenset())
    kinds = {item.kind for item in items if find(item.body)} if find is not None else set()
    hiding = frozenset(kind for kind in choice.hidden if kind in kinds)
    return replace(choice, hidden=choice.hidden - hiding) if len(hiding) == len(kinds) else choice


def shown_positions(rows: Sequence[OutlineRow], choice: Choice) -> list[int]:
    """The positions of the messages that are shown."""
    return [position for position, row in enumerate(rows) if choice.shows(row)]


def why_nothing_is_shown(rows: Sequence[OutlineRow], choice: Choice) -> str:
    """A sentence for a path of which no message is shown.

    An export keeps a message of the system without a word even where nobody wrote anything.
    """
    if all(row.hidden and not row.characters for row in rows):
        return _("This conversation holds no messages.")
    if choice.model or choice.side:
        return _("No message fits what you chose to see.")
    return _("Thoughts, tools and system messages are hidden, and this conversation holds nothing else.")


def model_changes(rows: Sequence[OutlineRow], positions: Sequence[int]) -> frozenset[int]:
    """Positions of the replies that another model gave than the reply before; unrecorded models change nothing."""
    changes = []
    before = ""
    for position in positions:
        answered = rows[position].answered
        if answered:
            if before and answered != before:
                changes.append(position)
            before = answered
    return frozenset(changes)


def _kind(row: OutlineRow) -> Kind:
    match row.hidden:
        case "thoughts" | "commentary":
            return "thoughts"
        case "tool":
            return "tools"
        case _:
            return "system"
