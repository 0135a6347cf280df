"""Keeping the index up to date."""

import errno
import gc
import pickle
import threading
from collections.abc import Iterator, Sequence
from functools import partial
from multiprocessing import active_children
from pathlib import Path

import pytest

from archiver.errors import Cancelled, DiskFull
from archiver.index import Changed, Index, parse
from archiver.index.documents import Document
from archiver.index.folder import IndexFolder
from archiver.index.stamp import NAME
from tests.index.shelf import ARCHIVE, Shelf, fill, messages, read, search
from tests.processes import wait_until


@pytest.fixture
def shelf() -> Shelf:
    """Two conversations."""
    made = Shelf()
    made.talk(["first rose", "first answer"], title="Roses")
    made.talk(["second tulip"], title="Tulips")
    return made


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    """An index with nothing in it yet."""
    made = Index.open(tmp_path / "index", ARCHIVE)
    yield made
    made.close()


def segments(index: Index) -> int:
    """How many segments there are."""
    folder = IndexFolder(index._folder.path, ARCHIVE)
    return len(folder.open()[0].searches)


def test_an_update_is_found_and_remembered(index: Index, shelf: Shelf) -> None:
    """The change number is there when the index is opened again."""
    assert index.sequence == 0
    fill(index, shelf)
    assert index.sequence == shelf.sequence
    again = Index.open(index._folder.path, ARCHIVE)
    assert again.sequence == shelf.sequence
    assert messages(again, "tulip") == [3]
    assert again.notice == index.notice == ""


def test_a_changed_conversation_replaces_all_its_documents(index: Index, shelf: Shelf) -> None:
    """Nothing old is found, nothing is found twice, totals are right."""
    fill(index, shelf)
    new = shelf.talk(["first violet", "another violet"], key=1, title="Violets")
    fill(index, shelf, [1])
    assert search(index, "rose OR roses").total == 0
    assert set(messages(index, "violet")) == set(new)
    assert search(index, "first").total == 1
    assert messages(index, "in:title violets") == [0]
    assert messages(index, "tulip") == [3]


def test_a_conversation_without_documents_is_out_of_search(index: Index, shelf: Shelf) -> None:
    """As when it is put away."""
    fill(index, shelf)
    shelf.documents[1] = []
    fill(index, shelf, [1])
    assert search(index, "rose").total == 0
    assert search(index, "tulip").total == 1


def test_an_index_with_nothing_left_is_empty(index: Index, shelf: Shelf) -> None:
    """And can be filled again."""
    fill(index, shelf)
    before = dict(shelf.documents)
    shelf.documents = {1: [], 2: []}
    fill(index, shelf)
    assert search(index, "rose OR tulip").total == 0
    assert segments(index) == 0
    shelf.documents = before
    fill(index, shelf)
    assert search(index, "rose OR tulip").total == 2


def test_small_segments_are_joined(index: Index, shelf: Shelf) -> None:
    """However many small imports there are, searching does not grow slower with them."""
    for number in range(30):
        shelf.put(f"flower number {number}")
        fill(index, shelf, [len(shelf.documents)])
        assert segments(index) <= 9
    assert search(index, "flower").total == 30


def test_a_segment_that_is_mostly_out_of_date_is_made_again(index: Index) -> None:
    """Deleted documents do not pile up."""
    shelf = Shelf()
    for _number in range(10):
        shelf.put("flower")
    fill(index, shelf)
    for key in range(1, 9):
        shelf.talk(["flower"], key=key)
    fill(index, shelf, range(1, 9))
    shelf.put("tree")
    fill(index, shelf, [11])
    opened = IndexFolder(index._folder.path, ARCHIVE).open()[0]
    assert sum(len(search_.info.deleted) for search_ in opened.searches) == 0
    assert search(index, "flower").total == 10


def test_two_processes_find_what_one_finds(tmp_path: Path) -> None:
    """Conversations are shared out; every one arrives once."""
    shelf = Shelf()
    for number in range(400):
        shelf.talk([f"letter {number}", f"answer {number % 7}"], title=f"Talk {number}")
    index = Index.open(tmp_path / "two", ARCHIVE)
    done: list[tuple[int, int]] = []
    index.update(
        list(shelf.documents),
        9,
        partial(read, shelf.documents),
        processes=2,
        on_progress=lambda *step: done.append(step),
    )
    assert index.sequence == 9
    assert done[-1] == (400, 400)
    assert [number for number, _all in done] == sorted(number for number, _all in done)
    assert search(index, "letter").total == 400
    assert search(index, "talk in:title").total == 400
    assert messages(index, '"letter 123"') == [247]
    index.close()


def read_written(file: Path, keys: Sequence[int]) -> Iterator[Changed]:
    """The documents as they are now, for other processes too."""
    yield from read(pickle.loads(file.read_bytes()), keys)


def never() -> bool:
    """Nobody stops the work."""
    return False


def quiet(_done: int, _total: int) -> None:
    """Nobody watches the work."""


def test_what_is_given_first_is_found_before_the_rest_is_given(index: Index, tmp_path: Path) -> None:
    """While an import goes on, long before a segment is full."""
    shelf = Shelf()
    for _number in range(300):
        shelf.put("rose")
    written = tmp_path / "documents"
    written.write_bytes(pickle.dumps(shelf.documents))
    with index.updating(partial(read_written, written), processes=2) as update:
        update.add(list(shelf.documents), 300)

        def is_found() -> int:
            update.look()
            return search(index, "rose").total

        wait_until(is_found)
        assert (is_found(), update.sequence) == (64, 0)
        shelf.talk(["violet"], key=7)
        shelf.put("tulip")
        written.write_bytes(pickle.dumps(shelf.documents))
        update.add([7, 301], 302)
        update.finish(quiet, never)
    assert index.sequence == 302
    assert [search(index, word).total for word in ("rose", "violet", "tulip")] == [299, 1, 1]


@pytest.mark.parametrize("processes", [1, 2])
def test_a_conversation_that_changes_during_an_update_counts_once(index: Index, tmp_path: Path, processes: int) -> None:
    """With its last words, whether or not it had been read before."""
    shelf = Shelf()
    for _number in range(600):
        shelf.put("rose")
    written = tmp_path / "documents"
    written.write_bytes(pickle.dumps(shelf.documents))
    with index.updating(partial(read_written, written), processes=processes) as update:
        update.add(list(shelf.documents), 600)
        for key in (1, 2, 599, 600):
            shelf.talk(["violet"], key=key)
        written.write_bytes(pickle.dumps(shelf.documents))
        update.add([1, 2, 599, 600], 604)
        update.finish(quiet, never)
    assert index.sequence == 604
    assert [search(index, word).total for word in ("rose", "violet")] == [596, 4]


def test_what_goes_wrong_is_told_at_the_end(tmp_path: Path) -> None:
    """Whoever stores conversations is not disturbed by their index."""
    index = Index.open(tmp_path, ARCHIVE)
    with index.updating(partial(failing, None), processes=2) as update:
        update.add(range(1, 300), 1)
        for child in active_children():
            child.kill()
            child.join()
        update.look()
        update.add(range(300, 400), 2)
        with pytest.raises(Cancelled):
            update.finish(quiet, never)
    assert index.sequence == 0
    assert [file.name for file in tmp_path.iterdir()] == [NAME]


def test_a_conversation_larger_than_segments_is_found_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It counts as finished with its last documents, not before."""
    monkeypatch.setattr("archiver.index.builder.MOST_BLOCKS", 300)
    documents = {
        key: [Document(number, key, 1, 0, "", "", 0, (("text", f"leaf {number}"),)) for number in numbers]
        for key, numbers in ((1, range(1, 3)), (2, range(3, 1_000)), (3, range(1_000, 1_003)))
    }
    index = Index.open(tmp_path, ARCHIVE)
    for sequence in (1, 2):
        index.update([1, 2, 3], sequence, partial(read, documents))
        assert segments(index) > 3
        assert search(index, "leaf").total == 1_002
        assert index.search(parse("leaf"), limit=5).conversations == 3
    index.close()


def failing(_documents: object, _keys: Sequence[int]) -> Iterator[Changed]:
    """A library that cannot be read."""
    raise OSError("no library")


@pytest.mark.parametrize("processes", [1, 2])
def test_an_error_of_the_library_goes_through(tmp_path: Path, processes: int) -> None:
    """The index stays as it was, without files that belong to nothing."""
    index = Index.open(tmp_path, ARCHIVE)
    with pytest.raises(OSError, match="no library"):
        index.update(range(1, 300), 1, partial(failing, None), processes=processes)
    assert index.sequence == 0
    assert [file.name for file in tmp_path.iterdir()] == [NAME]


def test_a_full_disk_is_called_so(index: Index, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what was there before still found."""
    fill(index, shelf)
    shelf.put("violet")

    def write_checked(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("archiver.index.builder.write_checked", write_checked)
        with pytest.raises(DiskFull):
            fill(index, shelf, [3])
    assert search(index, "tulip").total == 1
    fill(index, shelf, [3])
    assert search(index, "violet").total == 1


def test_stopping_keeps_what_is_finished_and_says_that_it_is_not_all(index: Index) -> None:
    """The change number stays, so that the next update does the rest."""
    shelf = Shelf()
    for _number in range(100):
        shelf.put("flower")
    with pytest.raises(Cancelled):
        index.update(list(shelf.documents), 5, partial(read, shelf.documents), cancelled=lambda: True)
    assert index.sequence == 0
    fill(index, shelf)
    assert search(index, "flower").total == 100


def test_what_a_stopped_update_left_behind_goes_away(index: Index, shelf: Shelf) -> None:
    """Files that the stamp does not name are cleared by the next update; other files stay."""
    folder = index._folder.path
    (folder / "0123456789abcdef.columns").write_bytes(b"left over")
    (folder / "notes.txt").write_text("mine")
    fill(index, shelf)
    assert not (folder / "0123456789abcdef.columns").exists()
    assert (folder / "notes.txt").exists()


def test_another_open_index_sees_the_update(index: Index, shelf: Shelf) -> None:
    """As when a window is open and an import runs beside it."""
    window = Index.open(index._folder.path, ARCHIVE)
    assert search(window, "tulip").total == 0
    fill(index, shelf)
    assert search(window, "tulip").total == 1
    assert window.sequence == shelf.sequence


def test_hits_come_while_an_update_goes_on(index: Index, shelf: Shelf) -> None:
    """A finished segment can be searched before the whole is done."""
    seen: list[int] = []

    def slow(keys: Sequence[int]) -> Iterator[Changed]:
        for changed in read(shelf.documents, keys):
            seen.append(search(index, "tulip").total)
            yield changed

    fill(index, shelf)
    shelf.put("tulip again")
    index.update([3], shelf.sequence, slow)
    assert seen == [1]
    assert search(index, "tulip").total == 2


def test_many_threads_may_search_during_updates(index: Index) -> None:
    """Nobody sees an error, a conversation twice, or none of it."""
    shelf = Shelf()
    for _number in range(40):
        shelf.talk(["common word", "another word"])
    fill(index, shelf)
    problems: list[object] = []
    is_over = threading.Event()

    def look() -> None:
        while not is_over.is_set():
            found = search(index, "common")
            if found.total != 40 or len({hit.conversation for hit in found.hits}) != 40:
                problems.append(found)

    threads = [threading.Thread(target=look) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        for start in range(1, 41, 8):
            keys = range(start, start + 8)
            for key in keys:
                shelf.talk(["common word", "another word"], key=key)
            fill(index, shelf, keys)
    finally:
        is_over.set()
    for thread in threads:
        thread.join()
    assert not problems


def test_files_are_private(index: Index, shelf: Shelf) -> None:
    """Readable by their owner only."""
    fill(index, shelf)
    folder = index._folder.path
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {file.stat().st_mode & 0o777 for file in folder.iterdir()} == {0o600}


def test_indexing_leaves_the_collection_of_garbage_as_it_was(index: Index, shelf: Shelf) -> None:
    """It is off only while documents are taken in."""
    assert gc.isenabled()
    fill(index, shelf)
    assert gc.isenabled()


def test_where_nothing_can_be_written_the_index_lives_elsewhere(tmp_path: Path, shelf: Shelf) -> None:
    """Searching works for as long as it is open; a file in the place of the folder stands for a read-only disk."""
    (tmp_path / "index").write_text("in the way")
    index = Index.open(tmp_path / "index", ARCHIVE)
    fill(index, shelf)
    assert search(index, "tulip").total == 1
    elsewhere = index._folder.path
    index.close()
    assert not elsewhere.exists()
    assert (tmp_path / "index").read_text() == "in the way"


def test_more_documents_than_a_segment_holds_go_into_several(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also those of one conversation, which is then found once in each place and nowhere twice."""
    monkeypatch.setattr("archiver.index.builder.MOST_BLOCKS", 300)
    documents = {1: [Document(number, 1, 1, 0, "", "", 0, (("text", f"leaf {number}"),)) for number in range(1, 501)]}
    index = Index.open(tmp_path, ARCHIVE)
    index.update([1], 1, partial(read, documents))
    assert segments(index) > 1
    assert search(index, "leaf").total == 500
    index.update([1], 2, partial(read, documents))
    assert search(index, "leaf").total == 500
    assert search(index, '"leaf 400"').total == 1
    assert index.search(parse("leaf"), limit=5).conversations == 1
    index.close()


def test_more_messages_than_two_bytes_can_number_are_all_found(tmp_path: Path) -> None:
    """Those without words, and those with hidden words only, take no room in the field of the others."""
    words = [(("text", "a green leaf"),), (("tool", "some brown output"),), ()]
    documents = {
        key: [
            Document(number, key, 1, 0, "", "", 0, words[number % 3])
            for number in range(key * 1_000, key * 1_000 + 1_000)
        ]
        for key in range(1, 91)
    }
    index = Index.open(tmp_path, ARCHIVE)
    index.update(list(documents), 1, partial(read, documents))
    assert search(index, "leaf").total == 30_000
    assert search(index, '"brown output" in:tool').total == 30_000
    newest = index.search(parse("leaf"), limit=30_000).hits
    assert {hit.message for hit in newest} == {number for number in range(1_000, 91_000) if number % 3 == 0}
    index.close()
