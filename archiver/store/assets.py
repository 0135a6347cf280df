"""Pictures, sounds and documents: what the sources hold of them, and where messages name them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import orjson

from archiver.records import AssetReference, asset_id
from archiver.store.encoding import part_from_json
from archiver.store.reading import Reader

if TYPE_CHECKING:
    # Making the classes of all reports takes 10 ms, which the list of conversations need not wait for.
    from archiver.reports import StoredAsset, UnusedFile


def find_assets(reader: Reader, pointers: Iterable[str]) -> dict[str, StoredAsset]:
    """Stored bytes by pointer; of several sources the largest copy, then the one imported first."""
    from archiver.reports import StoredAsset

    found: dict[str, StoredAsset] = {}
    for pointer in pointers:
        if pointer.startswith("/") and _means_several_files(reader, pointer):
            continue
        row = reader.select(
            "SELECT key, source, pointer, member, name, mime, size FROM asset WHERE pointer = ?"
            " ORDER BY size DESC, key LIMIT 1",
            (asset_id(pointer),),
        ).fetchone()
        if row:
            asset = StoredAsset(*row)
            found[pointer] = replace(asset, name=_own_name(reader, asset) or asset.name)
    return found


def unused_assets(reader: Reader) -> list[UnusedFile]:
    """Files of the sources that no message names, each once, in the order of their paths."""
    from archiver.reports import UnusedFile

    named = find_assets(reader, {reference.pointer for *_place, reference in asset_uses(reader)})
    used = {asset_id(pointer) for pointer in named}
    rows = reader.select(
        "SELECT a.pointer, a.name, a.member, s.name, a.size FROM asset a JOIN source s ON s.key = a.source"
        " ORDER BY a.member, s.name, s.sha256"
    )
    # Whichever was imported first, the same is said.
    found = {pointer: UnusedFile(*file) for pointer, *file in reversed(rows.fetchall()) if pointer not in used}
    return sorted(found.values(), key=lambda file: (file.member, file.source))


def asset_uses(reader: Reader) -> Iterator[tuple[str, str, str, float | None, AssetReference]]:
    """(conversation id, title, message id, time, reference) for every use of an asset, oldest first."""
    rows = reader.select(
        "SELECT c.id, c.title, m.id, ifnull(m.created, c.created) AS at, u.reference"
        " FROM asset_use u JOIN message m ON m.key = u.message JOIN conversation c ON c.key = u.conversation"
        " ORDER BY at, u.rowid"
    )
    for conversation_id, title, message_id, created, reference in rows:
        part = part_from_json(orjson.loads(reference))
        assert isinstance(part, AssetReference)
        yield conversation_id, title, message_id, created, part


def listed_file(reader: Reader, pointer: str) -> tuple[str, int | None]:
    """The name and size that a list tells of the file which a pointer means; an empty name where none does."""
    row = reader.select(
        "SELECT name, size FROM file_origin WHERE pointer = ? AND name != ''"
        " ORDER BY size < 0, name, size DESC LIMIT 1",
        (asset_id(pointer),),
    ).fetchone()
    if row is None:
        return "", None
    return row[0].replace("\\", "/").rpartition("/")[2], row[1] if row[1] >= 0 else None


def _own_name(reader: Reader, asset: StoredAsset) -> str:
    """The name of a file that is called by its id only, where another source tells it."""
    if not asset.name.startswith(asset.pointer):
        return ""
    name, _size = listed_file(reader, asset.pointer)
    ending = asset.name.rpartition(".")[2]
    return name if "." in name or not name else f"{name}.{ending}"


def _means_several_files(reader: Reader, path: str) -> bool:
    """Whether conversations that share no message name this path of a workspace: each has a file of its own."""
    rows = reader.select(
        "SELECT u.conversation, m.id FROM asset_use u JOIN message m ON m.key = u.message WHERE instr(u.reference, ?)",
        (f'"pointer":{orjson.dumps(path).decode()}',),
    )
    messages: dict[int, set[str]] = {}
    for conversation, message in rows:
        messages.setdefault(conversation, set()).add(message)
    return len(messages) > 1 and not set.intersection(*messages.values())
