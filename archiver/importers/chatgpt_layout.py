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
from typing import Any

import orjson

from archiver.errors import ArchiverError, DamagedSource
from archiver.i18n import _
from archiver.importers.json_keys import Shape, shape_of
from archiver.importers.source import Source
from archiver.records import Problem

_SHARD = re.compile(r"conversations(?:[-_ ]?(?P<number>\d+))?(?: ?\(\d+\))?\.json", re.IGNORECASE)
_SIDECARS = frozenset(
    {
        "user.json", "user_settings.json", "message_feedback.json", "model_comparisons.json",
        "shared_conversations.json", "group_chats.json", "shopping.json", "sora.json", "basispoints.json",
        "codex.json", "library_files.json",
        "conversation_asset_file_names.json", "export_manifest.json", "assets.json",
    }
)  # fmt: skip
_ACCEPTED_BY_NAME = frozenset({"chatgpt", "perhaps chatgpt", "empty", "unclear"})
MANIFEST = "export_manifest.json"
_MANIFEST_LIMIT = 16 << 20
_HEADS = (4 << 10, 64 << 10, 4 << 20)
"""How much of a member is looked at to see what it is, if less does not tell."""
_PAGE_DATA = re.compile(rb"\bjsonData\s*=\s*\[")
_NAME_KEYS = ("path", "name", "file", "filename", "file_name")
_SIZE_KEYS = ("size", "size_bytes", "bytes", "byte_size", "file_size", "file_size_bytes")
_MOST_SHARDS = 10_000
_NAMED_AT_MOST = 100


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the conversations are."""

    members: tuple[str, ...]
    """Names, in the order to read them."""
    problems: tuple[Problem, ...] = ()
    """What is missing."""


def basename(member: str) -> str:
    """The last piece of a member's name."""
    return re.split("[/!]", member)[-1]


def folder_of(member: str) -> str:
    """A member's name without its last piece."""
    return member[: len(member) - len(basename(member))]


def shape_of_member(source: Source, member: str) -> Shape:
    """What kind of JSON a member begins with."""
    shape: Shape = "unclear"
    head = b""
    with source.open(member) as stream:
        for size in _HEADS:
            head += stream.read(size - len(head))
            shape = shape_of(head, is_whole=len(head) < size)
            if shape != "unclear":
                break
    return shape


def find_layout(source: Source) -> Layout | None:
    """Where ``source`` keeps ChatGPT conversations; None when it has none."""
    named, foreign = _by_name(source) if source.is_container else ([], [])
    shaped = list(_by_shape(source))
    if members := named + shaped:
        return Layout(tuple(members), (*_foreign(foreign), *_missing(source, named)))
    pages = (name for name in source.members if name.casefold().endswith((".html", ".htm")))
    if page := next((name for name in pages if page_start(source, name) is not None), None):
        problem = Problem(page, _("The JSON of the conversations is not there; they are read from this page instead."))
        return Layout((page,), (problem,))
    return None


def _by_name(source: Source) -> tuple[list[str], list[str]]:
    """Members that are called like conversations, in reading order: those that may be ChatGPT's, and the others."""
    ours: list[str] = []
    foreign: list[str] = []
    for name in sorted((name for name in source.members if _SHARD.fullmatch(basename(name))), key=_reading_order):
        try:
            shape = shape_of_member(source, name)
        except DamagedSource:
            shape = "unclear"
        (ours if shape in _ACCEPTED_BY_NAME else foreign).append(name)
    return ours, foreign


def _foreign(names: list[str]) -> Iterator[Problem]:
    for name in names[:_NAMED_AT_MOST]:
        yield Problem(name, _("This file holds no ChatGPT conversations; it is left out."))


def _reading_order(member: str) -> tuple[tuple[int | str, ...], int, str]:
    match = _SHARD.fullmatch(basename(member))
    number = int(match["number"] or -1) if match else -1
    return _natural(folder_of(member)), number, member


def _natural(text: str) -> tuple[int | str, ...]:
    """A sort key that puts 10 behind 9; texts and numbers take turns, so that they are never compared."""
    return tuple(int(piece) if piece.isdecimal() else piece for piece in re.split(r"([0-9]+)", text))


def _by_shape(source: Source) -> Iterator[str]:
    """Members of any other name that hold conversations, such as captures of single ones.

    Files that the person once sent in a chat are not looked into: their names begin with an id.
    """
    for name in sorted(source.members, key=_natural):
        if source.is_container and not _may_hold_conversations(basename(name).casefold()):
            continue
        try:
            shape = shape_of_member(source, name)
        except ArchiverError:
            continue
        if shape == "chatgpt":
            yield name


def _may_hold_conversations(base: str) -> bool:
    return (
        base.endswith((".json", ".jsonl", ".ndjson"))
        and base not in _SIDECARS
        and not base.startswith(("file-", "file_"))
        and not _SHARD.fullmatch(base)
    )


def page_start(source: Source, member: str) -> int | None:
    """Where the list of conversations begins in a page such as ``chat.html``."""
    try:
        head = source.read(member, _HEADS[1])
    except ArchiverError:
        return None
    match = _PAGE_DATA.search(head)
    return match.end() - 1 if match else None


def _missing(source: Source, found: list[str]) -> Iterator[Problem]:
    """Shards that a manifest names or that a gap in the numbers shows, and that are not there."""
    present = {basename(name) for name in source.members}
    named: set[str] = set()
    for manifest in source.members:
        if basename(manifest) != MANIFEST:
            continue
        try:
            value = orjson.loads(source.read(manifest, _MANIFEST_LIMIT))
        except (ArchiverError, ValueError):
            yield Problem(manifest, _("The list of the export's files cannot be read."))
            continue
        for name, size in _listed(value):
            named.add(name)
            if basename(name) not in present:
                yield Problem(
                    manifest,
                    _("“{name}” belongs to this export and is missing. Import it when you find it.").format(name=name),
                    is_loss=True,
                )
            elif size is not None and not _has_size(source, folder_of(manifest) + name, size):
                yield Problem(
                    manifest, _("“{name}” is not as long as the export says.").format(name=name), is_loss=True
                )
    yield from _gaps(found, named)


def _has_size(source: Source, member: str, size: int) -> bool:
    found = source.members.get(member)
    return found is None or found.size in (-1, size)


def _gaps(found: list[str], named: set[str]) -> Iterator[Problem]:
    """Numbers left out in a row of shards of one folder."""
    folders: dict[str, dict[int, str]] = {}
    for member in found:
        match = _SHARD.fullmatch(basename(member))
        if match and match["number"]:
            folders.setdefault(folder_of(member), {})[int(match["number"])] = match["number"]
    for folder, numbers in folders.items():
        width = max(map(len, numbers.values()))
        absent = [number for number in range(min(max(numbers), _MOST_SHARDS)) if number not in numbers]
        for number in absent[:_NAMED_AT_MOST]:
            name = f"conversations-{number:0{width}}.json"
            if name not in named:
                yield Problem(
                    folder + name, _("This part of the export is missing. Import it when you find it."), is_loss=True
                )


def _listed(value: Any) -> Iterator[tuple[str, int | None]]:
    """File names and sizes anywhere in a manifest, whose exact form is not known."""
    waiting: list[Any] = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            name = next((item[key] for key in _NAME_KEYS if isinstance(item.get(key), str)), None)
            if name is not None:
                yield name, next((item[key] for key in _SIZE_KEYS if isinstance(item.get(key), int)), None)
            for key, inner in item.items():
                if key == "files" and isinstance(inner, list):
                    yield from ((text, None) for text in inner if isinstance(text, str))
                elif isinstance(inner, int) and key.endswith((".json", ".html", ".dat")):
                    yield key, inner
            waiting.extend(item.values())
        elif isinstance(item, list):
            waiting.extend(item)
