"""Damage is noticed: an answer is right and complete, or the index says that it has to be made again."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from archiver.index import Index
from archiver.index import stamp as stamps
from archiver.index.documents import IT
from archiver.index.pages import CheckedFile, Damaged, write_checked
from archiver.index.stamp import NAME
from tests.index.shelf import ARCHIVE, Shelf, document, fill, search

QUERIES = {
    "common": 90, "answer": 90, '"number 23"': 2, "東京": 30, "from:it": 90, "title:talk": 90, "numb*": 180,
    "hidden in:tool": 18, "on:2023-11-14 common": 90, "common -answer": 90, "lang:ja": 30,
}  # fmt: skip
"""And how often each is found."""


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    """Ninety conversations of several kinds."""
    made = Shelf()
    for number in range(90):
        text = ("text", f"common number {number}")
        sections = (text, ("tool", "hidden")) if number % 5 == 0 else (text,)
        made.talk([""], title=f"Talk {number}", sections=sections)
        answer = f"answer number {number} {'東京都に住む' if number % 3 == 0 else 'plain'}"
        made.documents[number + 1].append(document(1_000 + number, number + 1, answer, speaker=IT))
    return made


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, shelf: Shelf) -> dict[str, bytes]:
    """The files of a good index."""
    folder = tmp_path_factory.mktemp("whole")
    index = Index.open(folder, ARCHIVE)
    fill(index, shelf, range(1, 60))
    fill(index, shelf, range(60, 91))
    index.close()
    return {file.name: file.read_bytes() for file in folder.iterdir()}


@pytest.fixture
def folder(tmp_path: Path, whole: dict[str, bytes]) -> Path:
    """A fresh copy of the good index."""
    for name, data in whole.items():
        (tmp_path / name).write_bytes(data)
    return tmp_path


def is_right(index: Index) -> bool:
    """Whether every query is answered rightly; if not, the index must say so."""
    for typed, total in QUERIES.items():
        found = search(index, typed).total
        if index.sequence == 0:
            assert index.notice
            return False
        assert found == total, typed
    return True


def flip(data: bytes, random: Random) -> bytes:
    """One bit is another."""
    place = random.randrange(len(data))
    return data[:place] + bytes([data[place] ^ 1 << random.randrange(8)]) + data[place + 1 :]


DAMAGES: dict[str, Callable[[bytes, Random], bytes | None]] = {
    "missing": lambda _data, _random: None,
    "empty": lambda _data, _random: b"",
    "cut": lambda data, random: data[: random.randrange(len(data))],
    "longer": lambda data, _random: data + b"x",
    "zeroed": lambda data, _random: bytes(len(data)),
    "end zeroed": lambda data, _random: data[:-64] + bytes(64),
    "flipped": flip,
    "exchanged": lambda data, _random: data[::-1],
    "text": lambda _data, _random: b"hello\n",
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_never_gives_a_wrong_answer(
    folder: Path, whole: dict[str, bytes], shelf: Shelf, damage: str
) -> None:
    """Whichever file it is; afterwards the index fills up again and is right."""
    random = Random(damage)
    for name in sorted(whole):
        for file in folder.iterdir():
            file.unlink()
        for each, data in whole.items():
            (folder / each).write_bytes(data)
        changed = DAMAGES[damage](whole[name], random)
        if changed is None:
            (folder / name).unlink()
        else:
            (folder / name).write_bytes(changed)
        index = Index.open(folder, ARCHIVE)
        if not is_right(index):
            fill(index, shelf)
            assert is_right(index)
        index.close()


def test_every_flipped_bit_is_noticed_or_harmless(folder: Path, whole: dict[str, bytes], shelf: Shelf) -> None:
    """At random places of random files."""
    random = Random(11)
    names = sorted(whole)
    for _attempt in range(40):
        for each, data in whole.items():
            (folder / each).write_bytes(data)
        name = random.choice(names)
        (folder / name).write_bytes(flip(whole[name], random))
        index = Index.open(folder, ARCHIVE)
        is_right(index)
        index.close()


@pytest.mark.parametrize("damage", ["missing", "empty", "cut", "flipped"])
def test_damage_while_the_index_is_open_is_noticed(
    folder: Path, whole: dict[str, bytes], shelf: Shelf, damage: str
) -> None:
    """Between two searches of one window."""
    for name in sorted(whole):
        for each, data in whole.items():
            (folder / each).write_bytes(data)
        index = Index.open(folder, ARCHIVE)
        assert is_right(index)
        changed = DAMAGES[damage](whole[name], Random(5))
        (folder / name).unlink()
        if changed is not None:
            (folder / name).write_bytes(changed)
        if not is_right(index):
            fill(index, shelf)
            assert is_right(index)
        index.close()


@pytest.mark.parametrize("end", [".columns", ".words", ".postings"])
def test_an_update_of_a_damaged_index_fails_nobody(folder: Path, shelf: Shelf, end: str) -> None:
    """It is cleared, if the damage was in the way; the next update brings everything."""
    index = Index.open(folder, ARCHIVE)
    for file in folder.iterdir():
        if file.name.endswith(end):
            file.write_bytes(flip(file.read_bytes(), Random(3)))
    fill(index, shelf, [1])
    if not is_right(index):
        fill(index, shelf)
        assert is_right(index)
    index.close()


def test_the_index_of_another_archive_is_made_again(folder: Path, shelf: Shelf) -> None:
    """Keys of one library mean nothing in another."""
    index = Index.open(folder, "archive-2")
    assert index.sequence == 0
    assert index.notice
    assert search(index, "common").total == 0
    fill(index, shelf)
    assert is_right(index)


def test_the_index_of_another_version_is_made_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also when Python brings another Unicode."""
    monkeypatch.setattr(stamps, "VERSION", "0 unicode 1.0")
    assert Index.open(folder, ARCHIVE).sequence == 0


def test_a_stamp_that_somebody_edited_is_not_believed(folder: Path) -> None:
    """Its own digest does not fit."""
    digest, content = (folder / NAME).read_text().splitlines()
    value = json.loads(content)
    value["sequence"] = 999
    (folder / NAME).write_text(f"{digest}\n{json.dumps(value)}\n")
    assert Index.open(folder, ARCHIVE).sequence == 0


def test_a_good_index_says_nothing(folder: Path) -> None:
    """No notice, no files touched."""
    before = {file.name: file.stat().st_mtime_ns for file in folder.iterdir()}
    index = Index.open(folder, ARCHIVE)
    assert is_right(index)
    assert not index.notice
    assert {file.name: file.stat().st_mtime_ns for file in folder.iterdir()} == before


def test_a_first_index_says_nothing(tmp_path: Path) -> None:
    """There was nothing to make again."""
    assert not Index.open(tmp_path / "index", ARCHIVE).notice


def test_old_files_of_whoosh_are_never_opened(folder: Path) -> None:
    """A pickle in the folder is nobody's."""
    (folder / "_MAIN_1.toc").write_bytes(b"cos\nsystem\n(S'echo no'\ntR.")
    index = Index.open(folder, ARCHIVE)
    assert is_right(index)


def test_pages_are_checked_when_they_are_first_read(tmp_path: Path) -> None:
    """Opening a file of any size is quick; a page that nobody reads may rest."""
    path = tmp_path / "file"
    data = os.urandom(200_000)
    stamp = write_checked(path, [data[:70_000], data[70_000:]])
    assert CheckedFile(path, stamp).slice(60_000, 140_000) == data[60_000:140_000]
    written = bytearray(path.read_bytes())
    written[150_000] ^= 1
    path.write_bytes(written)
    file = CheckedFile(path, stamp)
    assert file.slice(0, 131_072) == data[:131_072]
    with pytest.raises(Damaged):
        file.slice(149_900, 149_910)
    with pytest.raises(Damaged):
        file.slice(0, len(data) + 1)


@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 65_537, 3 << 20])
def test_files_of_any_size_come_back(tmp_path: Path, size: int) -> None:
    """Also an empty one."""
    data = os.urandom(size)
    file = CheckedFile(tmp_path / "file", write_checked(tmp_path / "file", [data]))
    assert file.slice(0, file.length) == data
