"""The list of files in a page is read as far as it goes, also where it is a program and no JSON."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.importers.chatgpt.page_files import _Reading, page_files
from archiver.importers.sources.source import open_source
from tests import builders
from tests.importers.reading import read

TALK = builders.conversation("Rivers", [("user", "Look.")])
ENTRIES = [("file-service://file-A", "odd/cat.png"), ("sediment://file_b", "dog's.png")]

FIRST, SECOND = '"file-service://file-A": "odd/cat.png"', '"sediment://file_b": "dog\'s.png"'


def listed(tmp_path: Path, words: str) -> tuple[list[tuple[str, str]], bool]:
    """What a page with this list says."""
    page = f"<html><script>var jsonData = [];\nvar assetsJson = {words};</script>{{</html>".encode()
    path = builders.write_members(tmp_path / "export.zip", {"chat.html": page, "conversations.json": b"[]"})
    with open_source(path) as source:
        return page_files(source, "chat.html")


@pytest.mark.parametrize(
    "words",
    [
        r"""{"file-service://file-A": "odd/cat.png", "sediment://file_b": "dog's.png"}""",
        r"""{"file-service:\/\/file-A": "odd\/cat.png", "sediment://file_b": "dog\u0027s.png"}""",
        r"""{'file-service://file-A': 'odd/cat.png', 'sediment://file_b': 'dog\'s.png'}""",
        r"""{'file-service://file-A': "odd/cat.png", "sediment://file_b": "dog's.png",}""",
        f'{{\n  // the first: {{\n  {FIRST}, /* "x": "y" */\n {SECOND}\n}}',
        """{"file-service://file-A": {"file_path": "odd/cat.png", size: 7},
            "sediment://file_b": {name: undefined, file_path: "dog's.png"}}""",
        f'{{{FIRST}, "none": undefined, {SECOND}, "n": null, "t": 5}}',
    ],
)
def test_quotes_commas_and_comments_are_those_of_a_program(tmp_path: Path, words: str) -> None:
    """And what is no text is no path."""
    assert listed(tmp_path, words) == (ENTRIES, True)


def test_escapes_are_read(tmp_path: Path) -> None:
    """Both halves of an emoji are one character."""
    words = r"""{"a": "\ud83d\ude00.png", 'b': 'it\'s in\/x.png'}"""
    assert listed(tmp_path, words) == ([("a", "\U0001f600.png"), ("b", "it's in/x.png")], True)


def test_names_need_no_quotes(tmp_path: Path) -> None:
    """Where they are plain words."""
    assert listed(tmp_path, "{file_b: 'dog.png'}") == ([("file_b", "dog.png")], True)


@pytest.mark.parametrize("rest", ["", '"sediment://file_b": "do', "<broken>", "@"])
def test_what_stands_before_a_break_is_used(tmp_path: Path, rest: str) -> None:
    """And it is said that there may be more."""
    words = '{"file-service://file-A": "odd/cat.png", ' + rest
    assert listed(tmp_path, words) == (ENTRIES[:1], False)
    page = f"<html><script>var assetsJson = {words}".encode()
    members = {"conversations.json": builders.json_bytes([TALK]), "chat.html": page, "odd/cat.png": builders.png()}
    found = read(builders.write_members(tmp_path / "export.zip", members))
    assert [asset.pointer for asset in found.assets] == ["file-A"]
    assert "the list of files in this page is damaged" in found.said.casefold()


@given(st.text(alphabet="{}[]:,\"'/*\\ab \n", max_size=40))
def test_no_list_is_too_odd(words: str) -> None:
    """Whatever stands there."""
    assert all(isinstance(path, str) for _pointer, path in _Reading().entries(words))
