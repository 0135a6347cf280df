"""File names: legal everywhere, readable, never too long, never the same."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.errors import ArchiverError
from archiver.exporters import ExportOptions, export
from archiver.exporters.names import LIMIT, asset_name, cut, file_name, fill, safe_name, same_to_a_file_system
from tests.exporters.hostile import TITLES
from tests.exporters.talks import all_ids, archive_of, talk

ANY_TEXT = st.text(st.characters(), max_size=300)


def is_legal(name: str) -> bool:
    """By the rules of Linux, macOS and Windows together."""
    stem = name.split(".", maxsplit=1)[0].strip().upper()
    return (
        0 < len(name.encode()) <= 255
        and len(name.encode("utf-16-le")) // 2 <= 255
        and not re.search(r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*\u202a-\u202e\u2066-\u2069\ud800-\udfff]', name)
        and name[0] not in " .-~"
        and name[-1] not in " ."
        and stem not in {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"}
        and not re.fullmatch(r"(COM|LPT)[0-9¹²³]", stem)
    )


@pytest.mark.parametrize("title", TITLES)
def test_every_hostile_title_becomes_a_legal_name(title: str) -> None:
    """With and without a date before it."""
    for template in ("{title}", "{date} {title}"):
        assert is_legal(file_name(fill(template, {"date": "2026-02-13", "title": title}), ".md"))


@given(ANY_TEXT)
def test_any_text_becomes_a_legal_name(text: str) -> None:
    """Whatever it holds."""
    name = file_name(safe_name(text), ".md", "-abcd1234")
    assert is_legal(name)
    assert len(name.encode()) <= LIMIT
    assert name.endswith("-abcd1234.md")


@given(ANY_TEXT, st.integers(4, 60))
def test_a_cut_never_splits_what_is_seen_as_one(text: str, limit: int) -> None:
    """The rest never begins with a mark that belongs to the letter before."""
    short = cut(safe_name(text), limit)
    whole = safe_name(text)
    if whole.startswith(short) and len(short) < len(whole) and len(short) > 1:
        # A space or point that carried the mark is left out with it.
        assert not unicodedata.combining(whole[len(short) :].lstrip("\u200c\u200d")[:1] or ".")


def test_families_and_flags_stay_whole() -> None:
    """An emoji made of several characters is kept or left out as one."""
    assert cut("👨‍👩‍👧‍👦👨‍👩‍👧‍👦", 30) == "👨‍👩‍👧‍👦"
    assert cut("🇩🇪🇫🇷", 12) == "🇩🇪"


def test_words_of_any_script_stay() -> None:
    """What is readable is not touched."""
    for title in ("GPT-4oへの手紙", "稳稳接住你", "हिन्दी", "رسالة", "Früh — “später”", "C++ & C"):
        assert safe_name(title) == unicodedata.normalize("NFC", title)


def test_a_path_in_a_title_leads_nowhere() -> None:
    """No separator survives."""
    assert safe_name("../../etc/passwd") == "etc-passwd" or "/" not in safe_name("../../etc/passwd")


def test_pages_and_programs_are_copied_harmless() -> None:
    """A double click on them shows text."""
    assert asset_name("page.HTML", "ab", "text/html").endswith(".html.txt")
    assert asset_name("run.exe", "ab", "application/octet-stream").endswith(".exe.txt")
    assert asset_name("cat.png", "ab", "image/png") == "cat-ab.png"
    assert asset_name("cat.png", "ab", "application/pdf") == "cat-ab.pdf"
    assert asset_name("cat.pdf", "ab", "image/png") == "cat-ab.png"
    assert asset_name("voice.mp4", "ab", "audio/mp4") == "voice-ab.mp4"
    assert asset_name("cat", "ab", "image/webp") == "cat-ab.webp"
    assert asset_name("", "ab", "image/png") == "file-ab.png"


def test_an_unknown_field_names_the_known_ones() -> None:
    """A finished sentence."""
    with pytest.raises(ArchiverError, match=r"\{title.__class__\} is no part"):
        fill("{title.__class__}", {"title": "x"})


def test_hostile_titles_together_become_separate_files(tmp_path: Path) -> None:
    """No two names are one to any file system; every conversation has its file."""
    talks = [talk("a", "b", id_=f"{number:08x}-0000", title=title) for number, title in enumerate(TITLES)]
    talks += [
        talk("a", "b", id_=f"same-{number}", title=title)
        for number, title in enumerate(("ÉTÉ", "été", "e\u0301te\u0301"))
    ]
    archive = archive_of(*talks)
    report = export(archive, all_ids(archive), tmp_path, ExportOptions(index=False))
    names = [path.name for path in tmp_path.glob("*.md")]
    assert len(names) == len(talks) == len(report.written)
    assert len({same_to_a_file_system(name) for name in names}) == len(names)
    assert all(map(is_legal, names))


def test_names_are_the_same_in_another_folder(tmp_path: Path) -> None:
    """Also for conversations of one title: the id decides, not chance."""
    archive = archive_of(*(talk("a", id_=f"id-{number}") for number in range(4)))
    first = export(archive, all_ids(archive), tmp_path / "one", ExportOptions()).written
    second = export(archive, list(reversed(all_ids(archive))), tmp_path / "two", ExportOptions()).written
    assert first == second
