"""Zips that are damaged or built to harm: read as far as they are certain, refused in one sentence, never worse."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import builders
from tests.hostile.raw_zip import STORED, RawMember, deflated, raw_zip
from tests.importers.reading import Reading, read

TALKS = [builders.conversation(f"Talk {number}", [("user", "Hello."), ("assistant", "Hello.")]) for number in range(3)]
JSON = builders.json_bytes(TALKS)
TALK = RawMember(b"conversations.json", JSON)


def reading(tmp_path: Path, data: bytes) -> Reading:
    """What comes out of a zip of these bytes."""
    path = tmp_path / "export.zip"
    path.write_bytes(data)
    return read(path)


HONEST: dict[str, Callable[[], bytes]] = {
    "plain": lambda: raw_zip([TALK]),
    "stored": lambda: raw_zip([RawMember(b"conversations.json", JSON, STORED)]),
    "sizes behind the body": lambda: raw_zip([RawMember(b"conversations.json", JSON, has_descriptor=True)]),
    "a comment": lambda: raw_zip([TALK], comment=b"made by hand"),
    "a comment that looks like an end": lambda: raw_zip([TALK], comment=b"PK\5\6" + bytes(30)),
    "zip64 records": lambda: raw_zip([TALK], wide=True),
    "a folder around it": lambda: raw_zip([RawMember(b"a/"), RawMember(b"a/conversations.json", JSON)]),
    "a name of code page 437": lambda: raw_zip([TALK, RawMember(b"file-Ab\x81.txt", b"x", flags=0)]),
    "a leading dot": lambda: raw_zip([RawMember(b"./conversations.json", JSON)]),
    "backslashes": lambda: raw_zip([RawMember(b"a\\conversations.json", JSON)]),
    "what a Mac adds": lambda: raw_zip([TALK, RawMember(b"__MACOSX/._conversations.json", b"\0\5\x16\7")]),
    "6,000 files beside it": lambda: raw_zip([TALK, *(RawMember(b"file-A%dz.txt" % n, b"x") for n in range(6000))]),
}


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_zip_is_read_without_a_word(tmp_path: Path, name: str) -> None:
    """However its maker wrote it."""
    found = reading(tmp_path, HONEST[name]())
    assert len(found.ids) == 3
    assert not found.problems


LINK = 0o120777 << 16
REMARKED: dict[str, tuple[Callable[[], bytes], str]] = {
    "something before it": (lambda: raw_zip([TALK], before=b"#!/bin/sh\n" * 9), "before"),
    "something before it, counted": (
        lambda: raw_zip([TALK], before=b"MZ" * 40, offsets_from_file=True), "no file in it",
    ),
    "something after it": (lambda: raw_zip([TALK], after=b"more"), "after"),
    "a hidden member": (lambda: raw_zip([TALK, RawMember(b"hidden", b"x" * 99, is_listed=False)]), "no file in it"),
    "names that climb": (lambda: raw_zip([TALK, RawMember(b"../../evil.txt", b"x")]), "unsafe file name"),
    "absolute names": (lambda: raw_zip([TALK, RawMember(b"/etc/passwd", b"x")]), "unsafe file name"),
    "drive letters": (lambda: raw_zip([TALK, RawMember(b"C:\\boot.ini", b"x")]), "unsafe file name"),
    "device names": (lambda: raw_zip([TALK, RawMember(b"a/com1.txt", b"x")]), "unsafe file name"),
    "names that reach for the terminal": (
        lambda: raw_zip([TALK, RawMember(b"\x1b]0;x\x07.txt", b"x")]), "unsafe file name",
    ),
    "names that turn the reading direction": (
        lambda: raw_zip([TALK, RawMember("a\u202egpj.exe".encode(), b"x")]), "unsafe file name",
    ),
    "conversations in a climbing folder": (
        lambda: raw_zip([RawMember(b"../conversations.json", JSON)]), "unsafe file name",
    ),
    "very long names": (lambda: raw_zip([TALK, RawMember(b"x" * 60_000, b"x")]), "unsafe file name"),
    "an empty name": (lambda: raw_zip([TALK, RawMember(b"", b"x")]), "unsafe file name"),
    "links": (lambda: raw_zip([TALK, RawMember(b"link", b"/etc/passwd", external=LINK)]), "not followed"),
    "one file twice": (lambda: raw_zip([TALK, RawMember(b"a.txt", b"x"), RawMember(b"a.txt", b"x")]), "twice"),
    "two files of one name": (
        lambda: raw_zip([TALK, RawMember(b"a.txt", b"x"), RawMember(b"a.txt", b"y")]), "both are kept",
    ),
    "the same conversations twice": (lambda: raw_zip([TALK, TALK]), "twice"),
    "an encrypted picture": (lambda: raw_zip([TALK, RawMember(b"file-A.png", b"x", flags=1)]), "password"),
    "a picture packed with LZMA": (lambda: raw_zip([TALK, RawMember(b"file-A.png", b"x", 14)]), "LZMA"),
    "a picture whose headers disagree": (
        lambda: raw_zip([TALK, RawMember(b"file-A.png", b"x", local_name=b"file-B.png")]), "disagree",
    ),
    "a picture that unpacks to too much": (
        lambda: raw_zip([TALK, RawMember(b"file-A.png", b"\0" * (65 << 20))]), "200 times",
    ),
    "a wrong checksum": (
        lambda: raw_zip([RawMember(b"conversations.json", JSON, declared_crc=7)]), "checksum",
    ),
    "more than it says": (
        lambda: raw_zip([RawMember(b"conversations.json", JSON, declared_size=len(JSON) - 2)]), "more than it says",
    ),
    "less than it says": (
        lambda: raw_zip([RawMember(b"conversations.json", JSON, declared_size=len(JSON) + 2)]), "ends early",
    ),
    "no table of contents": (lambda: raw_zip([TALK], end=False), "ends early or is damaged"),
    "no table of contents and open sizes": (
        lambda: raw_zip([RawMember(b"a.txt", b"x", has_descriptor=True),
                         RawMember(b"b.txt", b"y", STORED, has_descriptor=True),
                         RawMember(b"conversations.json", JSON, has_descriptor=True)], end=False),
        "ends early or is damaged",
    ),
    "a damaged table of contents": (
        lambda: raw_zip([TALK]).replace(b"PK\1\2", b"PK\1\3"), "ends early or is damaged",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REMARKED)
def test_an_odd_zip_is_read_and_remarked_on(tmp_path: Path, name: str) -> None:
    """Every conversation comes out, and the oddity is named."""
    make, remark = REMARKED[name]
    found = reading(tmp_path, make())
    assert len(found.ids) + found.failed == 3
    assert found.said.count(remark) >= 1
    assert len({(problem.where, problem.what) for problem in found.problems}) == len(found.problems)
    assert "\x1b" not in found.said


def unicode_path(raw: bytes, name: bytes) -> bytes:
    """The extra field that gives a member a second name."""
    field = b"\1" + struct.pack("<L", zlib.crc32(raw)) + name
    return struct.pack("<HH", 0x7075, len(field)) + field


BAD_NAMES = RawMember(b"conversations.json", JSON, extra=unicode_path(b"conversations.json", b"conversations-7.json"))
BOMB = RawMember(b"conversations.json", b"[" + b" " * (65 << 20))
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "a bomb": (lambda: raw_zip([BOMB]), "200 times"),
    "a bomb that hides its size": (
        lambda: raw_zip([RawMember(b"conversations.json", b"", packed=deflated(b"[" + b" " * (90 << 20)),
                                   declared_size=1 << 30, declared_packed=6 << 20)]), "",
    ),
    "an encrypted export": (lambda: raw_zip([RawMember(b"conversations.json", JSON, flags=1)]), "password"),
    "bzip2": (lambda: raw_zip([RawMember(b"conversations.json", JSON, 12)]), "bzip2"),
    "LZMA": (lambda: raw_zip([RawMember(b"conversations.json", JSON, 14)]), "LZMA"),
    "Zstandard": (lambda: raw_zip([RawMember(b"conversations.json", JSON, 93)]), "Zstandard"),
    "an unknown method": (lambda: raw_zip([RawMember(b"conversations.json", JSON, 77)]), "not known here"),
    "two different exports of one name": (
        lambda: raw_zip([TALK, RawMember(b"conversations.json", b"[]")]), "not certain",
    ),
    "headers that disagree about the name": (
        lambda: raw_zip([RawMember(b"conversations.json", JSON, local_name=b"conversations.jsom")]), "disagree",
    ),
    "two names in one header": (
        lambda: raw_zip([RawMember(b"notes.txt", b"x", extra=unicode_path(b"notes.txt", b"other.txt")), BAD_NAMES]),
        "disagree",
    ),
    "headers that disagree about the method": (
        lambda: raw_zip([RawMember(b"conversations.json", JSON, local_method=STORED)]), "disagree",
    ),
    "a stored member of two sizes": (
        lambda: raw_zip([RawMember(b"conversations.json", JSON, STORED, declared_size=5)]), "two different sizes",
    ),
    "members that are the same bytes": (
        lambda: raw_zip([TALK, RawMember(b"conversations-001.json", JSON, offset=0, is_written=False,
                                         local_name=b"conversations.json")]), "overlap",
    ),
    "a member inside another": (
        lambda: raw_zip([RawMember(b"file-A.zip", raw_zip([TALK], end=False), STORED),
                         RawMember(b"conversations.json", JSON, offset=40, is_written=False)]), "overlap",
    ),
    "a wrong number of members": (lambda: raw_zip([TALK], count=3), "another number"),
    "millions of members": (lambda: raw_zip([TALK], count=5_000_000, wide=True), "more files"),
    "a link in place of the conversations": (
        lambda: raw_zip([RawMember(b"conversations.json", b"/etc/passwd", external=LINK)]), "nothing in it",
    ),
    "a folder in place of the conversations": (lambda: raw_zip([RawMember(b"conversations.json/")]), "nothing in it"),
    "no members": (lambda: raw_zip([]), "nothing in it"),
    "nothing but its beginning": (lambda: raw_zip([TALK])[:20], "nothing in it can be read"),
    "a picture, no conversations": (lambda: raw_zip([RawMember(b"a.png", b"x")]), "no ChatGPT conversations"),
    "zeros in place of the conversations": (
        lambda: raw_zip([RawMember(b"conversations.json", bytes(5000))]), "damaged",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_zip_that_is_not_certain_is_refused(tmp_path: Path, name: str) -> None:
    """In one sentence, and nothing of it is read."""
    make, sentence = REFUSED[name]
    found = reading(tmp_path, make())
    assert found.refusal
    assert "\n" not in found.refusal
    assert sentence in found.refusal


def test_a_download_that_stopped_early_gives_what_arrived(tmp_path: Path) -> None:
    """At whatever byte it stopped: whole shards come out, the cut one as far as it goes, and the loss is named."""
    path = builders.write_zip(tmp_path / "whole.zip", TALKS, "shards", shard_size=1)
    whole = path.read_bytes()
    counts = []
    for size in range(60, len(whole) - 1, max(1, len(whole) // 40)):
        found = reading(tmp_path, whole[:size])
        assert found.refusal or found.problems
        counts.append(len(found.ids))
    assert counts == sorted(counts)
    assert counts[-1] == 3


def test_zips_inside_zips_are_opened_two_deep_and_no_deeper(tmp_path: Path) -> None:
    """A Privacy Portal download that was zipped again is read; a chain of zips without end is not followed."""
    data = raw_zip([TALK])
    for depth in range(5):
        found = reading(tmp_path, data)
        assert len(found.ids) == (3 if depth <= 2 else 0)
        data = raw_zip([RawMember(b"inner.zip", data, STORED if depth % 2 else 8)])


def test_a_crowd_of_inner_zips_is_not_opened_without_end(tmp_path: Path) -> None:
    """The first ones are looked into, the rest is named."""
    inner = raw_zip([RawMember(b"a.txt", b"x")])
    found = reading(tmp_path, raw_zip([RawMember(b"%d.zip" % number, inner) for number in range(300)]))
    assert found.refusal


def test_damage_inside_an_inner_zip_is_named(tmp_path: Path) -> None:
    """The download of the provider's privacy pages is a zip of zips."""
    inner = raw_zip([RawMember(b"conversations.json", JSON, declared_crc=7)])
    found = reading(tmp_path, raw_zip([RawMember(b"conversations__1.zip", inner)]))
    assert len(found.ids) == 3
    assert found.said.count("checksum") == 1


def test_an_inner_bomb_costs_only_itself(tmp_path: Path) -> None:
    """The other inner zip is read."""
    bomb = RawMember(b"Files__1-files-0001.zip", b"PK\3\4" + bytes(70 << 20))
    found = reading(tmp_path, raw_zip([bomb, RawMember(b"Conversations__1-chatgpt-0001.zip", raw_zip([TALK]))]))
    assert len(found.ids) == 3
    assert "200 times" in found.said


@settings(deadline=None)
@given(st.data())
def test_no_damage_to_a_zip_raises_anything_of_ours(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Bytes changed, cut out or doubled anywhere."""
    whole = bytearray(_small_export())
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, max(0, len(whole) - 1)))
        whole = whole or bytearray(b"P")
        match data.draw(st.sampled_from(["change", "cut", "double", "end"])):
            case "change":
                whole[place] = data.draw(st.integers(0, 255))
            case "cut":
                del whole[place : place + data.draw(st.integers(1, 40))]
            case "double":
                whole[place:place] = whole[place : place + data.draw(st.integers(1, 40))]
            case "end":
                del whole[max(1, place) :]
    found = reading(tmp_path_factory.getbasetemp(), bytes(whole))
    assert found.refusal or found.ids or found.problems


def _small_export() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("conversations-000.json", builders.json_bytes(TALKS[:2]))
        archive.writestr("conversations-001.json", builders.json_bytes(TALKS[2:]))
        archive.writestr("file-Abc-cat.png", builders.png())
        archive.writestr("message_feedback.json", "[]")
    return buffer.getvalue()
