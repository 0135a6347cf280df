"""Every message of every branch as one flat row: what JSON Lines and CSV are made of, and what their fields mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from archiver.branches import Tree, current_path, parent_positions
from archiver.exporters.moments import iso, utc
from archiver.exporters.shown import title_of
from archiver.i18n import N_, _
from archiver.records import AssetReference, Conversation, Message, Part

FIELDS: tuple[tuple[str, str], ...] = (
    ("conversation_id", N_("id of the conversation, as the provider gave it")),
    ("title", N_("its title, or the first words where it has none")),
    ("provider", N_("where the conversation took place")),
    ("project", N_("id of the custom GPT or project, if any")),
    ("position", N_("number of the message in its conversation, from 0; parents come before children")),
    ("message_id", N_("id of the message; unique inside its conversation only")),
    ("parent_id", N_("id of the message this one follows; empty for a first message")),
    ("on_path", N_("true when the message stands on the branch that the provider shows")),
    ("version", N_("which of its sibling versions (edited or regenerated messages) it is, from 1")),
    ("versions", N_("how many sibling versions there are")),
    ("role", N_("user, assistant, tool, system, or what else the export says")),
    ("author", N_("name of the tool that speaks, if any")),
    ("created", N_("time in UTC; empty when not recorded")),
    ("created_local", N_("the same moment in local time with its offset from UTC")),
    ("answered", N_("slug of the model that wrote the reply; empty when not recorded, never guessed")),
    ("answered_from", N_("name of the export’s field that says so")),
    ("asked", N_("slug of the model that was picked; empty when not recorded")),
    ("asked_from", N_("name of the export’s field that says so")),
    ("hidden", N_("why the provider’s screen leaves the message out; empty when it shows it")),
    ("status", N_("anything but a normal end, such as in_progress")),
    ("recipient", N_("the tool that is spoken to; empty for everybody")),
    ("channel", N_("the channel, as the export has it")),
    ("rating", N_("thumbs_up or thumbs_down where the reply was rated")),
    ("text", N_("all words of the message")),
)
"""Name and meaning, in the order of the columns."""


def rows(conversation: Conversation) -> Iterator[tuple[Message, dict[str, Any]]]:
    """Each message with its row; the keys are those of ``FIELDS``."""
    parents = parent_positions(conversation)
    tree = Tree(parents)
    path = set(current_path(conversation))
    title = title_of(conversation)
    for position, message in enumerate(conversation.messages):
        branch = tree.branch(position)
        values = (
            conversation.id,
            title,
            conversation.provider,
            conversation.project,
            position,
            message.id,
            message.parent or "",
            position in path,
            branch.number,
            branch.of,
            message.role,
            message.author,
            utc(message.created),
            iso(message.created),
            message.answered,
            message.answered_from,
            message.asked,
            message.asked_from,
            message.hidden,
            message.status,
            message.recipient,
            message.channel,
            message.rating,
            all_words(message.parts),
        )
        yield message, {name: value for (name, _meaning), value in zip(FIELDS, values, strict=True)}


def all_words(parts: Iterable[Part]) -> str:
    """The words of every part, one after the other."""
    return "\n\n".join(part.text for part in parts if not isinstance(part, AssetReference) and part.text)


def field_notes(names: tuple[tuple[str, str], ...], head: str) -> str:
    """The meaning of the fields as a plain text file."""
    width = max(len(name) for name, _meaning in names)
    return "\n".join([head, "", *(f"{name.ljust(width)}  {_(meaning)}" for name, meaning in names), ""])
