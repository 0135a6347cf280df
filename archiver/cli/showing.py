"""``archiver show``: one conversation as text, as JSON, or exactly as the sources held it."""

from __future__ import annotations

import argparse
import sys

from archiver.archive import Archive
from archiver.cli.opening import open_archive
from archiver.cli.output import print_json, say, utc
from archiver.cli.transcript import transcript
from archiver.errors import NotFound
from archiver.i18n import _
from archiver.records import AssetReference, Conversation, Message
from archiver.store import part_to_json
from archiver.text import when
from archiver.text.sanitize import one_line

# Ids of conversations have dashes; so many digits without one are the SHA-256 of something no conversation was made of.
_SLICE_DIGITS = 16


def show(parsed: argparse.Namespace) -> int:
    """Print the conversation with the given id."""
    with open_archive(parsed) as archive:
        if parsed.raw and _is_slice(archive, parsed.id):
            sys.stdout.flush()
            sys.stdout.buffer.write(archive.slice(parsed.id) + b"\n")
            return 0
        id_ = archive.find(parsed.id).id
        if parsed.raw:
            _print_raw(archive, id_)
            return 0
        if parsed.sources:
            if parsed.json:
                print_json(_sources_object(archive, id_))
            else:
                _print_sources(archive, id_)
            return 0
        conversation = archive.conversation(id_)
        missing = _missing(archive, conversation)
    if parsed.json:
        print_json(conversation_object(conversation) | {"missing_assets": sorted(missing)})
    else:
        for line in transcript(conversation, missing, everything=parsed.all):
            print(line)
    return 0


def _is_slice(archive: Archive, id_: str) -> bool:
    """Whether a person means bytes that no conversation was made of; a conversation's id may be all digits, too."""
    if len(id_) < _SLICE_DIGITS or set(id_) - set("0123456789abcdef"):
        return False
    try:
        archive.find(id_)
    except NotFound:
        return True
    return False


def _missing(archive: Archive, conversation: Conversation) -> set[str]:
    """Pointers of pictures, sounds and files that no source holds."""
    parts = (part for message in conversation.messages for part in message.parts)
    references = [part for part in parts if isinstance(part, AssetReference)]
    found = archive.find_assets(references)
    return {reference.pointer for reference in references} - found.keys()


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


def _sources_object(archive: Archive, id_: str) -> dict[str, object]:
    return {
        "id": id_,
        "observations": [
            {
                "source": observation.source.name,
                "original": observation.source.original,
                "imported_at": utc(observation.source.imported_at),
                "member": observation.member,
                "offset": observation.offset,
                "sha256": observation.sha256,
            }
            for observation in archive.observations(id_)
        ],
        "disagreements": [
            {"path": disagreement.path, "kept": disagreement.kept, "others": list(disagreement.others)}
            for disagreement in archive.disagreements(id_)
        ],
    }


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
