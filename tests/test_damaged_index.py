"""Whatever happens to the files of the index, a search gives the whole answer: the index is made again on the way."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from archiver.archive import Archive
from archiver.cli import main
from archiver.ingest import import_sources
from archiver.lock import exclusive
from tests import builders

QUERIES = ("leeks", '"soup number 7"', "京都", "title:talk from:me", "in:tool weather", "leeks -7")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of a dozen conversations, for copying only."""
    folder = tmp_path_factory.mktemp("kept")
    talks = [
        builders.conversation(
            f"Talk {number}",
            [("user", f"soup number {number} with leeks"), ("assistant", "京都の紅葉"), ("tool", f"weather {number}")],
        )
        for number in range(12)
    ]
    with Archive.open(folder / "archive", create=True) as archive:
        import_sources(archive, [builders.write_zip(folder / "export.zip", talks)])
    return folder / "archive"


@pytest.fixture
def path(kept: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(kept, tmp_path / "archive"))


@pytest.fixture(scope="module")
def right(kept: Path) -> dict[str, object]:
    """What every query finds in the good archive."""
    with Archive.open(kept) as archive:
        found = answers(archive, [])
    assert [found[query][0] for query in QUERIES] == [12, 1, 12, 12, 12, 11]  # type: ignore[index]
    return found


def answers(archive: Archive, told: list[str]) -> dict[str, object]:
    """Number, hits and conversations for every query."""
    found: dict[str, object] = {}
    for query in QUERIES:
        results = archive.search_whole(query, limit=100, tell=told.append)
        assert results.waiting == 0
        hits = [(hit.message_key, hit.title, hit.snippet, hit.spans) for hit in results.hits]
        found[query] = (results.total, results.conversations, hits, archive.conversations_with(query))
    return found


def delete(file: Path) -> None:
    """It is not there."""
    file.unlink()


def empty(file: Path) -> None:
    """It has no bytes."""
    file.write_bytes(b"")


def cut(file: Path) -> None:
    """Its end is missing."""
    file.write_bytes(file.read_bytes()[: -Random(file.name).randrange(1, 40)])


def flip(file: Path) -> None:
    """One bit is another."""
    data = bytearray(file.read_bytes())
    data[Random(file.name[16:]).randrange(len(data))] ^= 1 << Random(file.name).randrange(8)
    file.write_bytes(data)


def clear(file: Path) -> None:
    """As many zeros."""
    file.write_bytes(bytes(file.stat().st_size))


def swap(file: Path) -> None:
    """It holds what another file should."""
    other = next(each for each in sorted(file.parent.iterdir()) if each != file)
    content = file.read_bytes()
    file.write_bytes(other.read_bytes())
    other.write_bytes(content)


DAMAGE = [delete, empty, cut, flip, clear, swap]


def files(kept: Path) -> Iterator[str]:
    """The ends of the names of all index files."""
    return (file.name.removeprefix(file.name.partition(".")[0]) for file in sorted((kept / "index").iterdir()))


@pytest.mark.parametrize("damage", DAMAGE)
def test_every_answer_is_whole_after_damage(
    damage: Callable[[Path], None], kept: Path, path: Path, right: dict[str, object]
) -> None:
    """To each file, before it is opened and while it is open."""
    for end in files(kept):
        for is_open in (False, True):
            (file,) = (each for each in (path / "index").iterdir() if each.name.endswith(end))
            told: list[str] = []
            if is_open:
                with Archive.open(path) as archive:
                    archive.search("leeks")
                    damage(file)
                    assert answers(archive, told) == right
            else:
                damage(file)
                with Archive.open(path) as archive:
                    assert answers(archive, told) == right
        with Archive.open(path) as archive:
            again: list[str] = []
            assert answers(archive, again) == right
            assert again == []


def test_many_flipped_bits_never_make_a_wrong_answer(path: Path, right: dict[str, object]) -> None:
    """At any place of any file."""
    for seed in range(12):
        random = Random(seed)
        file = random.choice(sorted((path / "index").iterdir()))
        data = bytearray(file.read_bytes())
        for _ in range(random.randrange(1, 4)):
            data[random.randrange(len(data))] ^= 1 << random.randrange(8)
        file.write_bytes(data)
        with Archive.open(path) as archive:
            assert answers(archive, []) == right


def test_the_command_says_that_the_index_is_made_again(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line, and all that is to be found."""
    monkeypatch.setenv("ARCHIVER_DIR", str(path))
    for file in (path / "index").glob("*.postings"):
        clear(file)
    assert main(["search", "leeks"]) == 0
    told = capsys.readouterr().err
    assert "index was damaged" in told
    assert "12 messages" in told
    assert main(["search", "leeks"]) == 0
    assert "damaged" not in capsys.readouterr().err


def test_while_another_process_is_at_it_the_answer_says_that_it_may_be_incomplete(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing found is not nothing there."""
    monkeypatch.setenv("ARCHIVER_DIR", str(path))
    shutil.rmtree(path / "index")
    with exclusive(path / "lock"):
        assert main(["search", "leeks"]) == 0
    assert "12 conversations are not searchable yet" in capsys.readouterr().err


def test_an_export_of_what_is_found_is_whole_after_damage(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would be quiet about what is missing otherwise."""
    monkeypatch.setenv("ARCHIVER_DIR", str(path))
    for file in (path / "index").glob("*.words"):
        clear(file)
    assert main(["export", str(tmp_path / "out"), "--query", "leeks"]) == 0
    assert len(list((tmp_path / "out").rglob("* Talk *.md"))) == 12
