"""Exports never hold what identifies the account or the computer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from unittest import mock

import pytest

from archiver.exporters import FORMATS, ExportOptions, export
from tests.exporters.pictures import PNG
from tests.exporters.talks import SOURCE, archive_of, sample


@pytest.mark.parametrize("name", FORMATS)
def test_no_path_and_no_address_of_a_person(name: str, tmp_path: Path) -> None:
    """Not of the archive, not of the source, not of the folder written to; not what the provider knows."""
    one = replace(sample(), facts=(("owner", "lovelace@example.org"), ("voice", "cove")))
    archive = archive_of(one, **{"file-cat": PNG})
    source = replace(SOURCE, name="/home/lovelace/Downloads/chatgpt.zip")
    with mock.patch("tests.exporters.talks.SOURCE", source):
        options = ExportOptions(format=name, include_system=True, include_tools=True)  # type: ignore[arg-type]
        export(archive, [one.id], tmp_path, options)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files
    for path in files:
        data = path.read_bytes()
        for private in (b"lovelace", b"example.org/user", b"/home", b"/nowhere", str(tmp_path).encode(), b"originals/"):
            assert private not in data, path
