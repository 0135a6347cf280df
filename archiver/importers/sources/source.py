"""A zip, folder or file that a person hands over, seen as named members whose bytes can be read safely.

Nothing is ever unpacked under a member's name. A zip that holds no conversations of its own is looked into for zips
that do, as the downloads of the Privacy Portal are built; their members are listed as ``outer/inner.zip!name``.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, cast

from archiver.errors import NotAnExport, NotFound
from archiver.i18n import _
from archiver.importers.sources.file_kinds import HEAD, kind_of
from archiver.importers.sources.folder_members import folder_members
from archiver.importers.sources.inner_zips import add_inner_zips
from archiver.importers.sources.members import Member, Members
from archiver.importers.sources.region import Region, RegionFile
from archiver.importers.sources.zip_members import add_zip, is_zip
from archiver.records import Problem

__all__ = ["Member", "Source", "open_source"]


@dataclass
class Source:
    """What a person handed over, open for reading."""

    name: str
    """The name of the file or folder, to show."""
    total_bytes: int
    """All members unpacked, as far as the source says."""
    problems: list[Problem]
    """What was odd about the container; grows while members are read."""
    is_container: bool
    """Whether this is a zip or folder and not a single file."""
    _members: Members = field(repr=False)
    _open_files: ExitStack = field(repr=False)

    @property
    def members(self) -> Mapping[str, Member]:
        """Everything inside, by name."""
        return self._members.by_name

    def open(self, name: str) -> BinaryIO:
        """The bytes of a member from its beginning; raises ``ArchiverError`` when they must not or cannot be read."""
        member = self.members.get(name)
        if member is None:
            raise NotFound(_("“{member}” is no longer in “{name}”.").format(member=name, name=self.name))
        return member.open()

    def read(self, name: str, limit: int) -> bytes:
        """The first ``limit`` bytes of a member."""
        with self.open(name) as stream:
            return stream.read(limit)

    def close(self) -> None:
        """Let go of the files."""
        self._open_files.close()

    def __enter__(self) -> Source:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_source(path: Path, *, name: str = "", scratch: Path | None = None) -> Source:
    """What lies at ``path``, ready to be read; raises ``ArchiverError`` with a sentence when it is none of our kinds.

    ``name`` is what to call it when ``path`` is not the person's own name for it. A zip that is packed once more inside
    another needs room for a temporary file, which has no name and lies in ``scratch``.
    """
    label = name or path.name or str(path)
    members = Members(label)
    is_container = is_folder = path.is_dir()
    with ExitStack() as stack:
        if is_folder:
            folder_members(path, members)
        else:
            is_container = _file_members(_opened(path, label, stack), members, label)
        if is_container:
            add_inner_zips(members, scratch, stack, is_folder=is_folder)
        open_files = stack.pop_all()
    total = sum(max(0, member.size) for member in members.by_name.values())
    return Source(label, total, members.problems, is_container, members, open_files)


def _opened(path: Path, label: str, stack: ExitStack) -> Region:
    """The file, if it is a plain file that can be read."""
    if not path.exists():
        raise NotAnExport(_("There is no file or folder at “{path}”. Check the name and try again.").format(path=path))
    if not path.is_file():
        raise NotAnExport(_("“{name}” is neither a file nor a folder, so it cannot be read.").format(name=label))
    try:
        file = stack.enter_context(path.open("rb"))
    except OSError as error:
        raise NotAnExport(
            _("“{name}” cannot be opened: {reason}.").format(name=label, reason=error.strerror)
        ) from error
    return Region.whole(cast(BinaryIO, file))


def _file_members(whole: Region, members: Members, label: str) -> bool:
    """Add what a file holds; whether it is a container."""
    head = whole.read_at(0, HEAD)
    if not head:
        raise NotAnExport(_("“{name}” is empty. Download the export again, then import that file.").format(name=label))
    if is_zip(whole):
        add_zip(whole, members, "")
        if not members.by_name:
            raise NotAnExport(
                _(
                    "“{name}” is a zip with nothing in it that can be read. Download the export again, then import"
                    " that file."
                ).format(name=label)
            )
        return True
    kind = kind_of(head)
    if kind not in ("", "text/html"):
        raise NotAnExport(_refusal(label, kind))
    members.add(_LoneFile(label, whole))
    return False


class _LoneFile(Member):
    """The one member of a source that is a single file."""

    __slots__ = ("_whole",)

    def __init__(self, name: str, whole: Region) -> None:
        super().__init__(name, whole.size)
        self._whole = whole

    def open(self) -> BinaryIO:
        return cast(BinaryIO, io.BufferedReader(RegionFile(self._whole), 1 << 18))


_PACKED = {
    "application/gzip": "gzip",
    "application/x-7z-compressed": "7-Zip",
    "application/vnd.rar": "RAR",
    "application/x-bzip2": "bzip2",
    "application/x-xz": "xz",
    "application/zstd": "Zstandard",
    "application/x-tar": "tar",
}


def _refusal(name: str, kind: str) -> str:
    """The sentence for a file that is neither zip nor JSON."""
    if program := _PACKED.get(kind):
        return _("“{name}” is packed with {program}. Unpack it first, then import the zip or folder it gives.").format(
            name=name, program=program
        )
    return _("“{name}” is not a chat export ({kind}). Import the .zip file that OpenAI’s mail links to.").format(
        name=name, kind=kind
    )
