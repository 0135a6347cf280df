"""Which members of a source hold ChatGPT conversations, found by what is there and never by date or version.

    conversations.json | conversations-000.json … in any folder and any inner zip
    and every other JSON member that is shaped like conversations
    else chat.html, which repeats them all

What a manifest names and what a gap in the numbers shows to be missing is said by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from archiver.errors import ArchiverError, DamagedSource, UnsafeSource
from archiver.i18n import _
from archiver.importers.chatgpt.missing import SHARD, missing, others_of
from archiver.importers.chatgpt.names import is_json, is_named_by_provider, is_sent
from archiver.importers.json_text.keys import Shape, shape_of
from archiver.importers.sources.members import basename, folder_of
from archiver.importers.sources.source import Source
from archiver.records import Problem

_SIDECARS = frozenset(
    {
        "user.json", "user_settings.json", "message_feedback.json", "model_comparisons.json",
        "shared_conversations.json", "group_chats.json", "shopping.json", "sora.json", "basispoints.json",
        "codex.json", "library_files.json",
        "conversation_asset_file_names.json", "export_manifest.json", "assets.json",
    }
)  # fmt: skip
_ACCEPTED_BY_NAME = frozenset({"chatgpt", "perhaps chatgpt", "empty", "unclear"})
_HEADS = (4 << 10, 64 << 10, 4 << 20)
"""How much of a member is looked at to see what it is, if less does not tell."""
_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*+<")
_PAGE_DATA = re.compile(rb"\bjsonData\s*=\s*\[")
_NAMED_AT_MOST = 100


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the conversations are."""

    members: tuple[str, ...]
    """Names, in the order to read them."""
    problems: tuple[Problem, ...] = ()
    """What is missing."""


def shape_of_member(source: Source, member: str) -> Shape:
    """What kind of JSON a member begins with."""
    shape: Shape = "unclear"
    head = b""
    with source.open(member) as stream:
        for size in _HEADS:
            head += stream.read(size - len(head))
            shape = shape_of(head, is_whole=len(head) < size or size == _HEADS[-1])
            if shape != "unclear":
                break
    return shape


def find_layout(source: Source) -> Layout | None:
    """Where ``source`` keeps ChatGPT conversations; None when it has none."""
    named, foreign = _by_name(source) if source.is_container else ([], {})
    shaped, unclear = _by_shape(source)
    if members := named + shaped:
        problems = (*_foreign(foreign), *unclear, *_closed_zips(source), *missing(source, named + list(foreign)))
        if not source.is_container:
            problems = (*problems, *others_of(source))
        return Layout(tuple(members), problems)
    pages = (name for name in source.members if name.casefold().endswith((".html", ".htm")) or not source.is_container)
    if page := next((name for name in pages if _is_page(source, name)), None):
        problem = Problem(page, _("The JSON of the conversations is not there; they are read from this page instead."))
        return Layout((page,), (problem,))
    return None


def _by_name(source: Source) -> tuple[list[str], dict[str, Shape]]:
    """Members that are called like conversations, in reading order: those that may be ChatGPT's, and the others."""
    ours: list[str] = []
    foreign: dict[str, Shape] = {}
    shards = (name for name in source.members if SHARD.fullmatch(basename(name)) and not is_sent(name))
    for name in sorted(shards, key=_reading_order):
        try:
            shape = shape_of_member(source, name)
        except (DamagedSource, UnsafeSource):
            shape = "unclear"
        if shape in _ACCEPTED_BY_NAME:
            ours.append(name)
        else:
            foreign[name] = shape
    return ours, foreign


def _foreign(shapes: dict[str, Shape]) -> Iterator[Problem]:
    for name, shape in islice(shapes.items(), _NAMED_AT_MOST):
        if shape == "no JSON":
            what = _(
                "This part of the export is damaged and holds nothing that can be read. Download the export again,"
                " then import that file too."
            )
            yield Problem(name, what, is_loss=True)
        else:
            yield Problem(name, _("This file holds no ChatGPT conversations; it is left out."))


def _reading_order(member: str) -> tuple[tuple[int | str, ...], int, str]:
    match = SHARD.fullmatch(basename(member))
    number = int(match["number"] or -1) if match else -1
    return _natural(folder_of(member)), number, member


def _natural(text: str) -> tuple[int | str, ...]:
    """A sort key that puts 10 behind 9; texts and numbers take turns, so that they are never compared."""
    return tuple(int(piece) if piece.isdecimal() else piece for piece in re.split(r"([0-9]{1,9})", text))


def _by_shape(source: Source) -> tuple[list[str], list[Problem]]:
    """Members of any other name that hold conversations, such as captures of single ones; and those that may."""
    likely = (name for name in source.members if not source.is_container or _may_hold_conversations(name))
    found: list[str] = []
    unclear: list[Problem] = []
    for name in sorted(likely, key=_natural):
        try:
            if shape_of_member(source, name) == "chatgpt":
                found.append(name)
        except ArchiverError as error:
            what = _("It is not known whether this file holds conversations.")
            unclear.append(Problem(name, f"{error} {what}", is_loss=True))
    return found, unclear[:_NAMED_AT_MOST]


def _closed_zips(source: Source) -> Iterator[Problem]:
    """Zips beside the conversations that were not looked into, unless they were sent in a chat."""
    opened = {name.rpartition("!")[0] for name in source.members if "!" in name}
    closed = (
        name
        for name in source.members
        if name.casefold().endswith(".zip") and not is_named_by_provider(name) and name not in opened
    )
    for name in islice(closed, _NAMED_AT_MOST):
        what = _("This zip beside the conversations is not looked into. If it is an export, import it by itself.")
        yield Problem(name, what)


def _may_hold_conversations(member: str) -> bool:
    """Whether it is worth looking; never into files that the person once sent in a chat."""
    base = basename(member).casefold()
    return is_json(base) and base not in _SIDECARS and not SHARD.fullmatch(base) and not is_sent(member)


def page_start(head: bytes) -> int:
    """Where the list of conversations begins in a page such as ``chat.html``; 0 when this is no such page."""
    if not _PAGE.match(head):
        return 0
    match = _PAGE_DATA.search(head, 0, _HEADS[1])
    return match.end() - 1 if match else 0


def _is_page(source: Source, member: str) -> bool:
    """Whether a member is a page that holds conversations."""
    try:
        return page_start(source.read(member, _HEADS[1])) > 0
    except ArchiverError:
        return False
