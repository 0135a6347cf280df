"""Which member holds the bytes that a message's pointer means, in every era's way of naming files.

    file-<id>-<own name>, file_<hex>-<uuid>.png      until mid-2026: the id begins the member's name
    <id>.dat                                         since then: two lists tell the file's own name
    …/mnt/data/<own name>                            files of the model's workspace, meant by their path
    anything else                                    chat.html tells, else the path stands for itself

Extensions can lie or be missing, so the type is what the first bytes show.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain

from archiver.errors import ArchiverError
from archiver.i18n import _
from archiver.importers.chatgpt.library import read_library, read_names
from archiver.importers.chatgpt.names import IDENTITY, WORKSPACE, is_json, is_sent
from archiver.importers.chatgpt.page_files import page_files
from archiver.importers.sources.file_kinds import HEAD, extension_of, mime_of
from archiver.importers.sources.members import basename, folder_of
from archiver.importers.sources.source import Member, Source
from archiver.records import Asset, Problem

_PAGES = frozenset({"chat.html", "report.html"})
_UUID_START = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?=\.)")


def read_assets(source: Source) -> Iterator[Asset | Problem]:
    """Every member that belongs to a conversation, with the pointer that messages use for it."""
    names: dict[str, str] = {}
    for item in _known_names(source):
        if isinstance(item, Problem):
            yield item
        else:
            names.setdefault(*item)
    unnamed = []
    searched = {name.rpartition("!")[0] for name in source.members if "!" in name}
    for member in source.members.values():
        base = basename(member.name)
        is_part = base.casefold() in _PAGES or (is_json(base) and not is_sent(member.name))
        if is_part or member.name in searched:
            continue
        match = IDENTITY.fullmatch(base)
        pointer = match["id"] if match else base.removesuffix(".dat")
        if match is None and pointer not in names:
            unnamed.append(member)
        else:
            yield _asset(source, member, pointer, _shown_name(base, names.get(pointer, ""), match))
    if unnamed:
        yield from _unnamed(source, unnamed)


def _unnamed(source: Source, members: list[Member]) -> Iterator[Asset | Problem]:
    """Members whose names tell no id: the page may, and files of the workspace are meant by their path there."""
    pointers, problems = _page_assets(source)
    yield from problems
    inside = {member.name: f"/{match['path']}" for member in members if (match := WORKSPACE.fullmatch(member.name))}
    uses = Counter(inside.values())
    for member in members:
        base = basename(member.name)
        workspace = inside.get(member.name, "")
        fallback = workspace if uses[workspace] == 1 else member.name
        yield _asset(source, member, _first_of(pointers, member.name) or fallback, base)


def _first_of(pointers: Mapping[str, str], member: str) -> str:
    """The pointer of a member: by its whole name, inside of its zip, by its last piece."""
    names = (member, member.rpartition("!")[2], basename(member))
    return next((pointers[name] for name in names if name in pointers), "")


def _asset(source: Source, member: Member, pointer: str, name: str) -> Asset | Problem:
    try:
        head = source.read(member.name, HEAD)
    except ArchiverError as error:
        return Problem(member.name, str(error), is_loss=True)
    mime = mime_of(head, name)
    if name == f"{pointer}.dat":
        name = pointer
    if "." not in name:
        name += extension_of(mime)
    return Asset(pointer, member.name, name, mime, max(0, member.size))


def _shown_name(base: str, known: str, match: re.Match[str] | None) -> str:
    """The file's own name, without folders: as the lists tell it, else what follows the id."""
    if known:
        return basename(known.replace("\\", "/")) or base
    rest = (match["rest"] or "") if match else ""
    if not rest or "." not in rest or _UUID_START.match(rest):
        return base
    return rest


def _known_names(source: Source) -> Iterator[tuple[str, str] | Problem]:
    """Ids with the names that the export's two lists tell."""
    for origin in chain(read_library(source), read_names(source)):
        if isinstance(origin, Problem):
            yield origin
        elif origin.name:
            yield origin.pointer, origin.name


def _page_assets(source: Source) -> tuple[dict[str, str], list[Problem]]:
    """By member: the pointer that the list in the page beside it tells; and what is wrong with such lists.

    Paths count from the folder of the page, or from the zip that it lies in.
    """
    found: dict[str, str] = {}
    problems = []
    for page in source.members:
        if basename(page) != "chat.html":
            continue
        try:
            entries, is_whole = page_files(source, page)
        except ArchiverError:
            continue
        for pointer, path in entries:
            name = pointer.rpartition("://")[2]
            found.setdefault(folder_of(page) + path.removeprefix("./"), name)
            found.setdefault(path, name)
        if not is_whole:
            problems.append(Problem(page, _("The list of files in this page is damaged; its beginning is used.")))
    return found, problems
