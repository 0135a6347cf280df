"""Positions as bytes, and the dictionary over them."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.index import postings
from archiver.index.dictionary import Dictionary
from archiver.index.encoding import dictionary_chunks, encode
from archiver.index.pages import CheckedFile, Damaged, write_checked
from archiver.index.postings import BLOCK, MIDDLE, Planes

POSITIONS = st.one_of(
    st.lists(st.integers(0, (1 << 24) - 1), min_size=1, max_size=50, unique=True).map(sorted),
    st.builds(
        lambda first, step, count: list(range(first, first + step * count, step)),
        st.integers(0, 1 << 20),
        st.integers(1, 900),
        st.sampled_from([1, 2, 399, 400, 401, 2_047, 2_048, 5_000]),
    ),
)
LENGTHS = (1, 2, 3, 4, 5, 450, 3_000)
"""Lists of every kind stand beside each other."""
DOCUMENT_OF = [block // 2 for block in range(1 << 16)]
"""Every document has two blocks."""


def encoded(lists: list[list[int]]) -> tuple[array[int], bytes]:
    """Heads and bytes of some lists."""
    counts = np.array([len(places) for places in lists], np.int64)
    positions = np.array([place for places in lists for place in places], np.uint32)
    ends = np.cumsum(counts)
    heads, written = encode(positions, ends - counts, ends, np.array(DOCUMENT_OF, np.uint16))
    return heads, b"".join(written)


@given(POSITIONS)
@settings(deadline=None)
def test_positions_come_back(places: list[int]) -> None:
    """With their blocks and the number of their documents, however many there are."""
    (head,), written = encoded([places])
    view = memoryview(written)
    assert len(view) == postings.length(head)
    assert postings.count(head) == len(places)
    assert list(postings.positions(head, view)) == places
    assert list(postings.blocks(head, view)) == [place // BLOCK for place in places]
    assert postings.document_count(head, view, DOCUMENT_OF) == len({place // BLOCK // 2 for place in places})


@given(POSITIONS.filter(lambda places: len(places) >= 400), st.lists(st.integers(-300, (1 << 24) + 300), max_size=50))
@settings(deadline=None)
def test_few_places_can_be_asked_about_without_reading_all(places: list[int], others: list[int]) -> None:
    """Places before the first and behind the last are none."""
    (head,), written = encoded([places])
    assert head & 3 >= MIDDLE
    planes = Planes(head, memoryview(written))
    wanted = {*places[::7], *(place + 1 for place in places[::5]), *others}
    assert set(planes.among(wanted)) == wanted.intersection(places)
    blocks = sorted({place // BLOCK for place in wanted if 0 <= place < (1 << 24) - 2 * BLOCK})
    stretches = [(block, block + 1 + block % 2) for block in blocks]
    assert planes.frequencies(stretches) == [
        bisect_left(places, end * BLOCK) - bisect_left(places, begin * BLOCK) for begin, end in stretches
    ]


def opened(folder: Path, words: dict[str, list[int]]) -> Dictionary:
    """A dictionary of these words on the disk."""
    keys = sorted(words)
    heads, written = encoded([words[key] for key in keys])
    stamp = write_checked(folder / "words", dictionary_chunks(keys, heads))
    other = write_checked(folder / "postings", [written])
    return Dictionary(CheckedFile(folder / "words", stamp), CheckedFile(folder / "postings", other))


def test_every_word_of_many_is_found_again(tmp_path: Path) -> None:
    """And no word that is not there."""
    words = {
        f"word{number:05}": list(range(number, number + LENGTHS[number % len(LENGTHS)])) for number in range(1_000)
    }
    dictionary = opened(tmp_path, words)
    assert dictionary.total == 1_000
    for key, places in words.items():
        (entry,) = dictionary.forms(key.encode())
        assert list(dictionary.positions(entry)) == places
    for missing in ("", "a", "word", "word00000x", "zzz"):
        assert dictionary.forms(missing.encode()) == []
    assert [entry.key.decode() for entry in dictionary.entries()] == sorted(words)


def test_forms_of_a_word_stand_together_and_can_be_asked_for_alone(tmp_path: Path) -> None:
    """cafe stands for café too."""
    dictionary = opened(tmp_path, {"cafe": [1], "cafe\x01café": [2, 3], "cafeteria": [4], "caf": [5]})
    assert [entry.key for entry in dictionary.forms(b"cafe")] == [b"cafe", "cafe\x01café".encode()]
    assert [entry.key for entry in dictionary.forms("cafe\x01café".encode())] == ["cafe\x01café".encode()]
    assert [entry.key for entry in dictionary.forms(b"cafe\x01cafe")] == [b"cafe"]
    assert [entry.key for entry in dictionary.starting_with(b"cafe")] == [
        b"cafe",
        "cafe\x01café".encode(),
        b"cafeteria",
    ]


def test_an_empty_dictionary_has_no_words(tmp_path: Path) -> None:
    """And fails at nothing."""
    dictionary = opened(tmp_path, {})
    assert dictionary.forms(b"a") == list(dictionary.entries()) == []


def test_a_dictionary_that_is_none_is_damaged(tmp_path: Path) -> None:
    """Bytes of something else."""
    stamp = write_checked(tmp_path / "words", [b"\xff" * 64])
    other = write_checked(tmp_path / "postings", [b""])
    with pytest.raises(Damaged):
        Dictionary(CheckedFile(tmp_path / "words", stamp), CheckedFile(tmp_path / "postings", other))
