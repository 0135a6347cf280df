"""Parts of an export that hold nothing but files, such as ``Files__…-0001.zip`` of the Privacy Portal's downloads.

Somebody who unpacked the outer zip has them one by one. What messages call the files is in the other parts; here only
their names show that they are the provider's.
"""

from __future__ import annotations

import re

from archiver.i18n import _
from archiver.importers.chatgpt.names import is_json, is_named_by_provider
from archiver.importers.sources.members import basename
from archiver.importers.sources.source import Source
from archiver.records import Problem

_PART = re.compile(r"(?:.*/)?files__[^/]*\.zip", re.IGNORECASE | re.DOTALL)
_SURE = re.compile(r"(?:file-[A-Za-z0-9]{20,32}|file_[0-9a-f]{32})(?:[-.].*)?", re.DOTALL)
"""Ids as long as the provider's; other programs call files ``file_1.png``, too."""
_LISTS = frozenset({"library_files.json", "conversation_asset_file_names.json"})


def holds_files(source: Source) -> bool:
    """Whether ``source`` is a part of an export with files only, and nothing else that must not go unnoticed."""
    if not source.is_container or any(problem.is_loss for problem in source.problems):
        return False
    zips = {name.rpartition("!")[0] for name in source.members if "!" in name}
    names = [basename(name) for name in source.members if name not in zips]
    others = [name for name in names if not (_SURE.fullmatch(name) or name in _LISTS)]
    if _PART.fullmatch(source.name) or (zips and all(map(_PART.fullmatch, zips))):
        return bool(names) and not any(map(is_json, others))
    return len(others) < len(names) and all(map(is_named_by_provider, others))


def only_files(source: Source) -> Problem:
    """What to say of such a part."""
    return Problem(source.name, _("This is a part with files only; the conversations are in another part."))
