"""Books pass epubcheck, whatever stands in them."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from archiver.exporters import ExportOptions, epub, export
from archiver.records import AssetReference, Citation, Text
from tests.exporters.hostile import TEXTS, TITLES
from tests.exporters.pictures import PNG, WEBP
from tests.exporters.talks import START, all_ids, archive_of, message, sample, talk

_QUICK_START = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
JAR = Path("/usr/share/java/epubcheck.jar")
needs_epubcheck = pytest.mark.skipif(
    not JAR.exists() or shutil.which("java") is None,
    reason="epubcheck is not installed (Debian: apt install epubcheck).",
)

ADDRESSES = (
    "http://[bad", "http://exa mple", "http://a%ZZ/", "https://例え.jp/パス?q=値", "mailto:", "mailto:a b", "tel:+1 2",
    "http:///x", "https://user:pw@h/", "http://a.b:99999/", "http://a.b/|{}^`", "https://a.b/#x#y", "http:\\\\a.b",
    "https://a.b/%", "https://a.b?<>", "http://\u202egpj.exe", "https://[::1]/", "http://a..b/", "http://-a/",
    "javascript:x", "https:foo", "http://",
)  # fmt: skip


def check(folder: Path) -> None:
    """Ask epubcheck about every book in a folder."""
    for book in folder.glob("*.epub"):
        command = ["java", *_QUICK_START, "-jar", str(JAR), str(book)]
        finished = subprocess.run(command, capture_output=True, text=True, check=False)
        assert finished.returncode == 0, finished.stdout + finished.stderr
        assert "No errors or warnings detected" in finished.stdout


@needs_epubcheck
def test_a_book_of_everything_passes(tmp_path: Path) -> None:
    """Every kind of part, hostile titles and texts, odd addresses, WebP, a broken picture, a missing one."""
    pictures = (AssetReference(f"file-{number}", "image", caption="a<b") for number in range(4))
    cited = (Text("word here", (Citation(0, 4, "t", address),)) for address in ADDRESSES)
    written = (f"[a]({address}) <{address}>" for address in ADDRESSES)
    talks = [
        sample(),
        replace(talk("x", id_="pictures"), messages=(message("p", None, "user", *pictures),)),
        replace(talk("x", id_="links"), messages=(message("m", None, "assistant", *cited, *written),)),
        talk(*TEXTS, id_="texts"),
        *(talk("x", "y", id_=f"title-{number}", title=title) for number, title in enumerate(TITLES)),
        talk("no date", id_="undated", at=None),
    ]
    archive = archive_of(*talks, **{"file-0": PNG, "file-1": WEBP, "file-2": b"no picture", "file-cat": PNG})
    options = ExportOptions(format="epub", branches="all", include_thoughts=True, include_tools=True)
    report = export(archive, all_ids(archive), tmp_path, options)
    assert report.conversations == len(talks)
    assert report.problems == ()
    check(tmp_path)


@needs_epubcheck
def test_a_year_by_month_with_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A long conversation is cut into several files; the table of contents names the months."""
    monkeypatch.setattr(epub, "_FILE", 1000)
    talks = [talk(*["A line.\n\n" * 20] * 8, id_=f"{month}", at=START + month * 31 * 86400) for month in range(2)]
    archive = archive_of(*talks)
    options = ExportOptions(format="epub", chapters="month", book_title="A year <&>", user_name="Ada & co")
    export(archive, all_ids(archive), tmp_path, options)
    check(tmp_path)
    with zipfile.ZipFile(next(tmp_path.glob("*.epub"))) as book:
        assert sum("chapter" in name for name in book.namelist()) > 2
        assert "February 2026" in book.read("book/contents.xhtml").decode()
