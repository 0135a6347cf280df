"""Search over a whole archive: whatever is typed is answered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archiver.archive import Archive
from tests import builders
from tests.archives import archive_of

TALK = builders.conversation("Soup", [("user", "soup with leeks"), ("assistant", "**Yes**, [leeks](https://x.org).")])


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """One conversation."""
    with archive_of(tmp_path_factory.mktemp("searching"), [TALK]) as made:
        yield made


@pytest.mark.parametrize(
    "typed",
    [
        "id:\ud800", "id:\0", "id:'\"%_", "id:%", "title:\ud800", "model:\ud83d x", "\ud800", "\0", "\ud800* in:all",
        '"\ud800 x"', "x" * 5_000, "id:" + "x" * 5_000, "title:" + "a " * 3_000, "-id:zz", "on:1969", "-in:all",
        "\u202eabc", "a\nb", "\r", "\x1b[31m",
    ],
)  # fmt: skip
def test_odd_input_finds_something_or_nothing(archive: Archive, typed: str) -> None:
    """It never fails, and what was understood can be said."""
    results = archive.search_whole(typed)
    assert results.total >= 0
    assert isinstance(results.explanation, str)
    assert isinstance(archive.conversations_with(typed), list)


def test_a_hit_shows_words_and_not_the_signs_of_markdown(archive: Archive) -> None:
    """What is found is what is marked."""
    snippets = {hit.snippet: [hit.snippet[slice(*span)] for span in hit.spans] for hit in archive.search("leeks").hits}
    assert snippets == {"soup with leeks": ["leeks"], "Yes, leeks.": ["leeks"]}


def test_what_excludes_everything_is_said_to_be_unclear(archive: Archive) -> None:
    """Nothing would be left to look in."""
    assert "-in:" in archive.search("leeks -in:all").explanation


@pytest.mark.parametrize("typed", ["", '"', "-", "*", "()", "...", "?", "title:", "model:", "on:2025-02-30", "lang:xx"])
def test_where_nothing_is_asked_nothing_is_said_to_be_hidden(archive: Archive, typed: str) -> None:
    """Half-typed queries have no hits anywhere."""
    results = archive.search(typed)
    assert (results.total, results.hidden, results.suggestion) == (0, 0, "")


def test_what_is_suggested_finds_something(archive: Archive) -> None:
    """A word that is only in the text is no help in titles."""
    assert archive.search("leekz").suggestion == "leeks"
    assert archive.search("title:leekz").suggestion == ""
    assert archive.search("title:zoup").suggestion == "title:soup"


def test_more_words_than_are_looked_for_are_said_to_be_left_out(archive: Archive) -> None:
    """Nobody should believe that all of them were found."""
    assert "…" not in archive.search("soup " * 99 + "leeks").explanation
    assert "…" in archive.search(" ".join(f"soup{number}" for number in range(150))).explanation


def test_blocks_of_code_in_an_answer_are_code(tmp_path: Path) -> None:
    """There nearly all code stands; what is said around it is not."""
    answer = "So use zork here:\n\n```py\nzork = plover(1)\n```\n\nand then wait."
    talk = builders.conversation("Caves", [("user", "how?"), ("assistant", answer)])
    with archive_of(tmp_path, [talk]) as archive:
        assert [archive.search(f"in:{place} plover").total for place in ("code", "text", "all")] == [1, 0, 1]
        assert archive.search("in:text wait").total == 1
        assert archive.search("in:code wait").total == 0
        assert archive.search('"here py zork plover 1 and then"').total == 1
        (hit,) = archive.search("in:code zork").hits
        assert hit.snippet == "```py zork = plover(1) ```"
        (hit,) = archive.search("in:text zork").hits
        assert hit.snippet.startswith("So use zork here:")
        assert archive.search("has:code wait").total == 1


def test_whoever_asks_for_tools_means_what_they_said(tmp_path: Path) -> None:
    """Though it is hidden otherwise."""
    talk = builders.conversation("Caves", [("user", "look"), ("tool", "xyzzy 42")])
    with archive_of(tmp_path, [talk]) as archive:
        assert archive.search("xyzzy").total == 0
        assert archive.search("from:tool xyzzy").total == 1
