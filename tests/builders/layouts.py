"""Where an export's files lie: every container the provider or its users have made of the same conversations.

    single    conversations.json, files under their old names             2023 - early 2026
    shards    conversations-000.json … and export_manifest.json           since February 2026
    slim      shards of slim conversations, files as <id>.dat             since about June 2026
    wrapped   single inside a folder, with the __MACOSX litter of a Mac   whenever somebody zipped it again
    portal    a zip of zips from the provider's privacy pages             since July 2026

``members`` gives names and bytes; ``write_zip`` and ``write_folder`` put them on disk. The bytes depend on nothing but
the arguments.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, TypeAlias

from tests.builders import sidecars as sidecar_files
from tests.builders.drafts import Object
from tests.builders.eras import slim
from tests.builders.files import FileInExport

Layout: TypeAlias = Literal["single", "shards", "slim", "wrapped", "portal"]
Members: TypeAlias = dict[str, bytes]

LAYOUTS: tuple[Layout, ...] = ("single", "shards", "slim", "wrapped", "portal")


def write_zip(
    path: Path,
    conversations: Sequence[Any],
    layout: Layout = "single",
    *,
    files: Sequence[FileInExport] = (),
    sidecars: Mapping[str, Any] | None = None,
    extra: Mapping[str, bytes] | None = None,
    shard_size: int = 100,
) -> Path:
    """Write an export as the provider mails it, and give back its path.

    Args:
        conversations: as ``conversation`` makes them; the slim layouts slim them down themselves.
        sidecars: JSON values by file name; None writes the usual ones.
        extra: more members, byte for byte.
    """
    inside = members(conversations, layout, files=files, sidecars=sidecars, shard_size=shard_size)
    return write_members(path, inside | dict(extra or {}))


def write_folder(
    path: Path,
    conversations: Sequence[Any],
    layout: Layout = "single",
    *,
    files: Sequence[FileInExport] = (),
    sidecars: Mapping[str, Any] | None = None,
    shard_size: int = 100,
) -> Path:
    """Write the same as an unpacked folder."""
    for name, data in members(conversations, layout, files=files, sidecars=sidecars, shard_size=shard_size).items():
        target = path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return path


def write_json(path: Path, value: Any, *, bom: bool = False) -> Path:
    """Write a lone JSON file: a list of conversations, ``{"conversations": […]}``, one object, or anything else."""
    path.write_bytes((b"\xef\xbb\xbf" if bom else b"") + json_bytes(value))
    return path


def write_members(path: Path, inside: Mapping[str, bytes]) -> Path:
    """Write a zip of exactly these members."""
    path.write_bytes(zip_bytes(inside))
    return path


def zip_bytes(inside: Mapping[str, bytes]) -> bytes:
    """A zip whose bytes depend on its members only, not on the clock."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in inside.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 31, 12, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def json_bytes(value: Any) -> bytes:
    """JSON as the provider writes it: one line, everything beyond ASCII escaped."""
    return json.dumps(value).encode()


def members(
    conversations: Sequence[Any],
    layout: Layout = "single",
    *,
    files: Sequence[FileInExport] = (),
    sidecars: Mapping[str, Any] | None = None,
    shard_size: int = 100,
) -> Members:
    """The files of an export by path."""
    whole = [conversation for conversation in conversations if isinstance(conversation, dict)]
    beside = _json_members(sidecar_files.usual(whole) if sidecars is None else sidecars)
    match layout:
        case "single":
            page = {"chat.html": sidecar_files.chat_html(conversations, files)}
            return {"conversations.json": json_bytes(list(conversations))} | beside | page | _old_files(files)
        case "shards":
            return _sharded(conversations, shard_size) | beside | _old_files(files)
        case "slim":
            slimmed = [slim(one) if _is_whole(one) else one for one in conversations]
            return _sharded(slimmed, shard_size) | beside | _dat_files(files)
        case "wrapped":
            return _wrapped(members(conversations, "single", files=files, sidecars=sidecars))
        case "portal":
            return _portal(members(conversations, "slim", sidecars=sidecars, shard_size=shard_size), files)


def _is_whole(conversation: Any) -> bool:
    """Whether it is in the form of 2025 and can be slimmed; odd rows of a test stay as they are."""
    mapping = conversation.get("mapping") if isinstance(conversation, dict) else None
    return isinstance(mapping, dict) and all("children" in node for node in mapping.values())


def _sharded(conversations: Sequence[Any], size: int) -> Members:
    shards = {
        f"conversations-{number:03}.json": json_bytes(list(conversations[start : start + size]))
        for number, start in enumerate(range(0, max(len(conversations), 1), size))
    }
    manifest = {
        "version": 1,
        "manifest_file": "export_manifest.json",
        "logical_files": {"conversations.json": {"files": list(shards), "sharded": True}},
    }
    return shards | {"export_manifest.json": json_bytes(manifest)}


def _old_files(files: Iterable[FileInExport]) -> Members:
    return {file.member: file.data for file in files if not file.is_left_out}


def _dat_files(files: Iterable[FileInExport]) -> Members:
    """Files under their ids, and the two lists that tell their names."""
    present = [file for file in files if not file.is_left_out]
    names = {f"{file.id}.dat": f"{file.folder}{file.name}" for file in present}
    library = [library_entry(file) for file in present]
    return {
        "conversation_asset_file_names.json": json_bytes(names),
        "library_files.json": json_bytes(library),
    } | {f"{file.id}.dat": file.data for file in present}


def library_entry(file: FileInExport, **keys: Any) -> Object:
    """One line of ``library_files.json``."""
    return {
        "id": {"id": f"libfile_{file.id[-8:]}"},
        "file_id": file.id,
        "file_name": file.name,
        "file_extension": Path(file.name).suffix,
        "mime_type": file.mime,
        "file_size_bytes": len(file.data),
        "sha256_digest": None,
        "library_artifact_type": "image" if file.mime.startswith("image/") else "other",
        "origination_message_id": file.from_message or None,
        "origination_thread_id": file.from_conversation or None,
        "created_at": "2026-07-01T08:00:00Z",
        **keys,
    }


def _wrapped(inside: Members) -> Members:
    wrapped = {f"ChatGPT export/{name}": data for name, data in inside.items()}
    litter = {
        f"__MACOSX/ChatGPT export/._{name}": b"\x00\x05\x16\x07\x00\x02\x00\x00" for name in inside if "/" not in name
    }
    return wrapped | litter


def _portal(inside: Members, files: Sequence[FileInExport]) -> Members:
    """Zips in folders of a zip: conversations in one, their files in another."""
    activity = "User Online Activity/"
    return {
        "report.html": b"<!DOCTYPE html><title>Your data</title>",
        "Financial/invoices.json": b"[]",
        "User Profile/profile.json": json_bytes(sidecar_files.USER),
        f"{activity}Conversations__1f0a-chatgpt-0001.zip": zip_bytes(inside),
        f"{activity}Files__1f0a-files-0001.zip": zip_bytes(_dat_files(files)),
    }


def _json_members(values: Mapping[str, Any]) -> Members:
    return {name: json_bytes(value) for name, value in values.items()}
