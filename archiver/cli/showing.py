"""``archiver show``: one conversation as text, as JSON, or exactly as the sources held it."""

from __future__ import annotations

import argparse
import sys

from archiver.archive import Archive
from archiver.branches import Tree, current_path, parent_positions
from archiver.cli.output import bold, dim, print_json, say, utc
from archiver.cli.parser import archive_folder
from archiver.i18n import _
from archiver.records import (
    AssetReference,
    Conversation,
    Document,
    Message,
    Part,
    Quote,
    Reasoning,
    ToolCall,
    words_of,
)
from archiver.store import part_to_json
from archiver.text import when
from archiver.text.sanitize import one_line, visible

# Ids of conversations have dashes; so many digits without one are the SHA-256 of something no conversation was made of.
_SLICE_DIGITS = 16


def show(parsed: argparse.Namespace) -> int:
    """Print the conversation with the given id."""
    with Archive.open(archive_folder(parsed)) as archive:
        if parsed.raw and len(parsed.id) >= _SLICE_DIGITS and not set(parsed.id) - set("0123456789abcdef"):
            sys.stdout.flush()
            sys.stdout.buffer.write(archive.slice(parsed.id) + b"\n")
            return 0
        id_ = archive.find(parsed.id).id
        if parsed.raw:
            _print_raw(archive, id_)
            return 0
        if parsed.sources:
            _print_sources(archive, id_)
            return 0
        conversation = archive.conversation(id_)
    if parsed.json:
        print_json(conversation_object(conversation))
    else:
        _print_conversation(conversation, everything=parsed.all)
    return 0


def conversation_object(conversation: Conversation) -> dict[str, object]:
    """A conversation for programs: every message of every branch, in an order that the content alone decides."""
    return {
        "id": conversation.id,
        "provider": conversation.provider,
        "title": conversation.title,
        "created": utc(conversation.created),
        "updated": utc(conversation.updated),
        "current": conversation.current,
        "default_model": conversation.default_model or None,
        "project": conversation.project or None,
        "is_archived": conversation.is_archived,
        "is_starred": conversation.is_starred,
        "facts": dict(conversation.facts),
        "messages": [_message_object(message) for message in conversation.messages],
    }


def _message_object(message: Message) -> dict[str, object]:
    return {
        "id": message.id,
        "parent": message.parent,
        "role": message.role,
        "author": message.author or None,
        "model": message.answered or None,
        "model_from": message.answered_from or None,
        "asked": message.asked or None,
        "asked_from": message.asked_from or None,
        "time": utc(message.created),
        "updated": utc(message.updated),
        "hidden": message.hidden or None,
        "status": message.status or None,
        "recipient": message.recipient or None,
        "channel": message.channel or None,
        "rating": message.rating or None,
        "notes": list(message.notes),
        "details": [{"place": place, "text": words} for place, words in message.details],
        "parts": [part_to_json(part) for part in message.parts],
    }


def _print_raw(archive: Archive, id_: str) -> None:
    printed = set()
    sys.stdout.flush()
    for observation in archive.observations(id_):
        say(
            _("{member} in {source}, SHA-256 {sha256}").format(
                member=observation.member, source=observation.source.name, sha256=observation.sha256
            )
        )
        if observation.sha256 not in printed:
            sys.stdout.buffer.write(observation.read() + b"\n")
            printed.add(observation.sha256)


def _print_sources(archive: Archive, id_: str) -> None:
    for observation in archive.observations(id_):
        source = observation.source
        print(f"{one_line(source.name)}  {when.date(source.imported_at)}  {one_line(observation.member)}")
        print(f"  SHA-256 {observation.sha256}")
    for disagreement in archive.disagreements(id_):
        print(one_line(disagreement.path))
        print("  " + _("counts: {value}").format(value=one_line(repr(disagreement.kept))))
        for other in disagreement.others:
            print("  " + _("also said: {value}").format(value=one_line(repr(other))))


def _print_conversation(conversation: Conversation, *, everything: bool) -> None:
    print(bold(one_line(conversation.title) or _("Untitled")))
    print(dim(f"{when.date_time(conversation.created) or _('date not recorded')} · {one_line(conversation.id)}"))
    if everything:
        for name, fact in conversation.facts:
            print(dim(visible(f"{name}: {fact}")))
    tree = Tree(parent_positions(conversation))
    positions = range(len(conversation.messages)) if everything else current_path(conversation)
    for position in positions:
        message = conversation.messages[position]
        if message.hidden and not everything:
            continue
        branch = tree.branch(position)
        facts = [bold(_speaker(message)), when.date_time(message.created)]
        if message.role == "assistant":
            facts.append(message.answered or _("model not recorded"))
        if message.hidden:
            facts.append(_("hidden ({reason})").format(reason=message.hidden))
        if branch.of > 1:
            facts.append(_("version {number} of {of}").format(number=branch.number, of=branch.of))
        print()
        print(" · ".join(fact for fact in facts if fact))
        for part in message.parts:
            if everything or not isinstance(part, (ToolCall, Reasoning)):
                print(visible(_part_text(part)))
        if everything:
            for line in (*message.notes, *(f"{place}: {words}" for place, words in message.details)):
                print(dim(visible(line)))


def _speaker(message: Message) -> str:
    names = {"user": _("You"), "assistant": _("Assistant"), "system": _("System")}
    return names.get(message.role) or one_line(message.author or message.role)


def _part_text(part: Part) -> str:
    match part:
        case AssetReference(caption=caption):
            return f"[{part.media}: {part.name or part.pointer}]" + (f"\n{caption}" if caption else "")
        case Quote(title=title, url=url, text=text):
            return "\n".join(filter(None, (title, url, text)))
        case Document(title=title, text=text):
            return "\n\n".join(filter(None, (title, text)))
        case _:
            return words_of(part)
