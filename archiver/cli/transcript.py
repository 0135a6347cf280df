"""A conversation as lines of a terminal: who said what when, which model answered, and what is missing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from archiver.branches import Tree, current_path, parent_positions
from archiver.cli.output import bold, dim
from archiver.i18n import _
from archiver.records import AssetReference, Conversation, Document, Message, Part, Quote, Reasoning, ToolCall, words_of
from archiver.text import when
from archiver.text.sanitize import one_line, visible

_ADJUSTMENT = re.compile(r"[a-z_]+(?::[\w.-]+)+")
"""What the provider calls an adjustment of the model, such as ``auto:smaller_model:reached_message_cap``."""


def transcript(conversation: Conversation, missing: Collection[str], *, everything: bool) -> Iterator[str]:
    """The lines; ``missing`` are pointers whose pictures, sounds or files no source holds.

    ``everything`` adds the other branches and what the provider's own screen leaves out.
    """
    yield bold(one_line(conversation.title) or _("Untitled"))
    yield dim(f"{when.date_time(conversation.created) or _('date not recorded')} · {one_line(conversation.id)}")
    if everything:
        for name, fact in conversation.facts:
            yield dim(visible(f"{name}: {fact}"))
    tree = Tree(parent_positions(conversation))
    positions = range(len(conversation.messages)) if everything else current_path(conversation)
    for position in positions:
        message = conversation.messages[position]
        if message.hidden and not everything:
            continue
        branch = tree.branch(position)
        facts = [bold(_speaker(message)), when.date_time(message.created), *map(one_line, _models(message))]
        if message.hidden:
            facts.append(_("hidden ({reason})").format(reason=one_line(message.hidden)))
        if branch.of > 1:
            facts.append(_("version {number} of {of}").format(number=branch.number, of=branch.of))
        yield ""
        yield " · ".join(fact for fact in facts if fact)
        for part in message.parts:
            if everything or not isinstance(part, (ToolCall, Reasoning)):
                yield visible(_part_text(part, missing))
        if everything:
            for line in (*message.notes, *(f"{place}: {words}" for place, words in message.details)):
                yield dim(visible(line))


def _speaker(message: Message) -> str:
    names = {"user": _("You"), "assistant": _("Assistant"), "system": _("System")}
    return names.get(message.role) or one_line(message.author or message.role)


def _models(message: Message) -> Iterator[str]:
    """Which model answered, which was asked where that differs, and what the provider says it changed."""
    if message.role == "assistant":
        answered = message.answered or _("model not recorded")
        if message.asked and message.asked != message.answered:
            yield _("{answered} (asked: {asked})").format(answered=answered, asked=message.asked)
        else:
            yield answered
    for note in filter(_ADJUSTMENT.fullmatch, message.notes):
        if "smaller_model" in note:
            yield _("a smaller model stood in ({note})").format(note=note)
        else:
            yield note


def _part_text(part: Part, missing: Collection[str]) -> str:
    match part:
        case AssetReference(caption=caption):
            name = part.name or part.pointer
            shown = _("{name}, not in any export").format(name=name) if part.pointer in missing else name
            return f"[{part.media}: {shown}]" + (f"\n{caption}" if caption else "")
        case Quote(title=title, url=url, text=text):
            return "\n".join(filter(None, (title, url, text)))
        case Document(title=title, text=text):
            return "\n\n".join(filter(None, (title, text)))
        case _:
            return words_of(part)
