"""The generated export is the same on every machine, or its figures could not be compared."""

from __future__ import annotations

import json
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from tests.bench import generate
from tests.bench.words import language


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    """And another seed gives others."""
    one, two, three = (tmp_path / f"{name}.zip" for name in ("one", "two", "three"))
    generate.write(one, 3, 8, seed=1)
    generate.write(two, 3, 8, seed=1)
    generate.write(three, 3, 8, seed=2)
    assert one.read_bytes() == two.read_bytes() != three.read_bytes()


@pytest.mark.parametrize("layout", ["single", "shards", "slim"])
def test_every_layout_holds_every_conversation(layout: generate.Layout, tmp_path: Path) -> None:
    """Also when the last shard is not full, and the reported size is that of the JSON."""
    size = generate.write(tmp_path / "export.zip", 103, 2, layout=layout)
    with zipfile.ZipFile(tmp_path / "export.zip") as archive:
        members = [name for name in archive.namelist() if name.startswith("conversations")]
        assert sum(len(json.loads(archive.read(name))) for name in members) == 103
        assert sum(archive.getinfo(name).file_size for name in members) == size


def test_words_are_as_unequal_as_in_real_text() -> None:
    """A few words make up much of the text, and most words are rare."""
    words = language("en").bare
    counts = Counter(words)
    assert sum(count for _, count in counts.most_common(20)) > len(words) / 6
    assert len(counts) > 10_000
