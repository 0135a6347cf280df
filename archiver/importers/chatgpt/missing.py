"""Which parts of an export are not there, although its manifest names them or a gap in their numbers shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

import orjson

from archiver.errors import ArchiverError
from archiver.i18n import _, ngettext
from archiver.importers.chatgpt.names import is_named_by_provider
from archiver.importers.sources.members import basename, folder_of
from archiver.importers.sources.source import Source
from archiver.records import Problem

SHARD = re.compile(r"conversations(?:[-_ ]?(?P<number>\d{1,9}))?(?: ?\(\d+\))?\.json", re.IGNORECASE)
"""Names of the files that hold conversations; a browser adds ``(1)`` to a second download."""

_PART = re.compile(r"\d+(?=\.zip!)", re.IGNORECASE)
"""The number of a part in the name of a zip inside a download."""
_MANIFEST = "export_manifest.json"
_MANIFEST_LIMIT = 16 << 20
_FILE_NAME = re.compile(r".+\.[A-Za-z0-9]{1,8}", re.DOTALL)
_NAME_KEYS = ("path", "name", "file", "filename", "file_name")
_SIZE_KEYS = ("size", "size_bytes", "bytes", "byte_size", "file_size", "file_size_bytes")
_MOST_SHARDS = 10_000
_LISTED_AT_MOST = 200_000
_NAMED_AT_MOST = 100


def missing(source: Source, shards: list[str]) -> Iterator[Problem]:
    """A problem for each part that is not there, or not as long as it should be."""
    present = {basename(name) for name in source.members}
    named: set[str] = set()
    for manifest in source.members:
        if basename(manifest) != _MANIFEST:
            continue
        try:
            value = orjson.loads(source.read(manifest, _MANIFEST_LIMIT))
        except (ArchiverError, ValueError):
            yield Problem(manifest, _("The list of the export’s files cannot be read."))
            continue
        listed = dict(islice(_listed(value), _LISTED_AT_MOST))
        named |= listed.keys()
        yield from _not_there(manifest, [name for name in listed if basename(name) not in present])
        for name, size in listed.items():
            found = source.members.get(folder_of(manifest) + name)
            if found is not None and size is not None and found.size not in (-1, size):
                what = _("“{name}” is not as long as the export says.").format(name=name)
                yield Problem(manifest, what, is_loss=True)
    yield from _gaps(shards, named)


def others_of(source: Source) -> Iterator[Problem]:
    """A word on the other parts of an export of which a single file was handed over."""
    name = next(iter(source.members))
    match = SHARD.fullmatch(basename(name))
    if match and int(match["number"] or 0):
        first = f"conversations-{0:0{len(match['number'])}}.json"
        what = _("This file is one part of an export. The others, from “{name}” on, hold more conversations.")
        yield Problem(name, what.format(name=first))


def _not_there(manifest: str, absent: list[str]) -> Iterator[Problem]:
    names = [name for name in absent if not is_named_by_provider(name)]
    if files := len(absent) - len(names):
        what = ngettext(
            "{count} picture, sound or file of its list is not in this part; other parts of the download may hold it.",
            "{count} pictures, sounds and files of its list are not in this part; other parts of the download may hold"
            " them.",
            files,
        )
        yield Problem(manifest, what.format(count=files))
    for name in names[:_NAMED_AT_MOST]:
        what = _("“{name}” belongs to this export and is missing. Import it when you find it.").format(name=name)
        yield Problem(manifest, what, is_loss=True)
    more = len(names) - _NAMED_AT_MOST
    if more > 0:
        what = ngettext("{count} more file is missing.", "{count} more files are missing.", more).format(count=more)
        yield Problem(manifest, what, is_loss=True)


def _gaps(shards: list[str], named: set[str]) -> Iterator[Problem]:
    """Numbers left out in a row of shards of one folder, or of the parts of one download."""
    folders: dict[str, dict[int, str]] = {}
    for member in shards:
        match = SHARD.fullmatch(basename(member))
        if match and match["number"]:
            folders.setdefault(folder_of(member), {})[int(match["number"])] = match["number"]
    for folder, numbers in _downloads(folders):
        # Behind 999 follows 1000: only shorter numbers are filled up.
        width = min(map(len, numbers.values()))
        absent = [number for number in range(min(max(numbers), _MOST_SHARDS)) if number not in numbers]
        for number in absent[:_NAMED_AT_MOST]:
            name = f"conversations-{number:0{width}}.json"
            if name not in named:
                what = _("This part of the export is missing. Import it when you find it.")
                yield Problem(folder + name, what, is_loss=True)


def _downloads(folders: dict[str, dict[int, str]]) -> Iterator[tuple[str, dict[int, str]]]:
    """The shards of each export, where zips that only differ in a number share one out among them.

    Zips that hold the same shards are exports of their own, whatever they are called.
    """
    parts: dict[str, list[str]] = {}
    for folder in folders:
        parts.setdefault(_PART.sub("", folder), []).append(folder)
    for together in parts.values():
        shared = {number: name for folder in together for number, name in folders[folder].items()}
        if len(shared) == sum(len(folders[folder]) for folder in together):
            yield together[0], shared
        else:
            yield from ((folder, folders[folder]) for folder in together)


def _listed(value: Any) -> Iterator[tuple[str, int | None]]:
    """File names and sizes anywhere in a manifest, whose exact form is not known."""
    waiting: list[Any] = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, list):
            waiting.extend(item)
        elif isinstance(item, dict):
            yield from _listed_in(item)
            waiting.extend(item.values())


def _listed_in(item: dict[str, Any]) -> Iterator[tuple[str, int | None]]:
    files = item.get("files")
    if isinstance(files, list):
        yield from ((name, None) for name in files if isinstance(name, str))
    elif files is None and (name := _first(item, _NAME_KEYS, str)) and _FILE_NAME.fullmatch(name):
        yield name, _first(item, _SIZE_KEYS, int)
    for name, size in item.items():
        if isinstance(size, int) and not isinstance(size, bool) and _FILE_NAME.fullmatch(name):
            yield name, size


def _first(item: dict[str, Any], keys: tuple[str, ...], kind: type) -> Any:
    return next((item[key] for key in keys if isinstance(item.get(key), kind)), None)
