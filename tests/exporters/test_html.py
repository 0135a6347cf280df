"""The HTML forms in a real browser, opened from a disk: search, open, switch; nothing acts, nothing is fetched."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from archiver.exporters import ExportOptions, export
from archiver.records import AssetReference, Conversation, Document, Reasoning
from tests.exporters.chromium import Browser, browser, needs_browser
from tests.exporters.hostile import TEXTS, TITLES
from tests.exporters.talks import START, all_ids, archive_of, message, talk

PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360000000000500010d0a2db40000000049454e44ae426082"
)

OURS_NEVER = "article script, article img, article iframe, article style, article form"

FOUND = (
    ("京都の三日間を歩きました。", "京都"),
    ("ホテルの庭", "ほてる"),
    ("關掉電腦", "关掉"),
    ("我稳稳接住你", "接住"),
    ("보고 싶었어", "싶었"),
    ("Früher war es schöner.", "fruher"),
    ("Le cœur léger", "coeur"),
    ("हिन्दी में लिखो", "हिंदी"),
    ("رسالة إلى أمي", "الي"),
    ("Über den Wolken", "UBER wolken"),
    ("the quick brown fox", '"quick brown"'),
    ("full width ＡＢＣ", "abc"),
    ("Groesse und Gruesse", "Grüße"),
    ("gpt‑4o und aujourd’hui", "gpt-4o aujourd'hui"),
    ("Más de 15.000 voces", "15000"),
    ("只想要9k回來", "9k"),
    ("والكتاب القديم", "كتاب"),
)
"""A text, and what a person types to find it."""
NOT_FOUND = (("la soledad", "dad"), ("قرأت كتاب", "تاب"), ("연기 억지", "기억"), ("हिन्दी शकल", "कल"))
"""Pieces of words are no words."""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One browser for all tests here."""
    with browser(tmp_path_factory.mktemp("profile")) as started:
        yield started


@pytest.fixture(params=["html", "html-file"])
def form(request: pytest.FixtureRequest) -> str:
    """Both forms do the same things."""
    return str(request.param)


def front(archive_folder: Path, form: str) -> str:
    """The address to open."""
    return (archive_folder / ("index.html" if form == "html" else "conversations.html")).as_uri()


def branching() -> Conversation:
    """A question that was edited and a reply that was made again; the first versions were left."""
    messages = (
        message("a", None, "user", "first question", at=START),
        message("b", "a", "assistant", "first answer", at=START + 60, answered="gpt-4o"),
        message("e", None, "user", "edited question", at=START + 100),
        message("c", "e", "assistant", "earlier answer", at=START + 120, answered="gpt-4o"),
        message("d", "e", "assistant", "later answer", at=START + 180, answered="gpt-5"),
    )
    return replace(talk("x", title="With versions"), messages=messages, current="d")


def visible(page: Browser) -> list[str]:
    """The messages that can be seen."""
    texts = page.run(
        "[...document.querySelectorAll('article:not([hidden]) .body')].map(each => each.textContent.trim())"
    )
    return list(texts)


@needs_browser
def test_words_of_every_script_are_found(page: Browser, form: str, tmp_path: Path) -> None:
    """However they are typed; the matched words are marked, and the title leads to the place."""
    archive = archive_of(
        *(talk("x", text, id_=f"id-{number}", title=f"Talk {number}") for number, (text, _) in enumerate(FOUND))
    )
    export(archive, all_ids(archive), tmp_path, ExportOptions(format=form))  # type: ignore[arg-type]
    page.open(front(tmp_path, form))
    for number, (_text, query) in enumerate(FOUND):
        page.run(f"document.getElementById('search').value = {json.dumps(query)}")
        page.run("document.getElementById('search').dispatchEvent(new Event('input'))")
        page.wait(f"document.querySelector('#results .head')?.textContent.startsWith('Talk {number} ·')")
        assert page.run("document.querySelectorAll('#results li').length") == 1, query
        assert page.run("document.querySelector('#results mark') !== null"), query
    assert page.said == []


@needs_browser
def test_a_piece_of_a_word_is_not_found(page: Browser, tmp_path: Path) -> None:
    """In scripts that set words apart; nothing found is said."""
    archive = archive_of(*(talk(text, id_=f"id-{number}", title="t") for number, (text, _) in enumerate(NOT_FOUND)))
    export(archive, all_ids(archive), tmp_path, ExportOptions(format="html"))
    for _text, query in NOT_FOUND:
        page.open(f"{front(tmp_path, 'html')}#q={quote(query)}")
        page.wait("document.getElementById('status').textContent")
        assert page.run("document.querySelectorAll('#results li').length") == 0, query


@needs_browser
def test_a_hit_opens_its_message_on_its_own_branch(page: Browser, form: str, tmp_path: Path) -> None:
    """Also where the provider shows another version."""
    first = branching()
    export(archive_of(first), [first.id], tmp_path, ExportOptions(format=form))  # type: ignore[arg-type]
    page.open(f"{front(tmp_path, form)}#q=first%20answer")
    page.wait("document.querySelectorAll('#results li').length === 1")
    page.run("document.querySelector('#results a').click()")
    page.wait("document.querySelector('article.found')")
    assert visible(page) == ["first question", "first answer"]
    assert page.said == []


@needs_browser
def test_versions_are_switched(page: Browser, form: str, tmp_path: Path) -> None:
    """The path that the provider shows first; back and forth with two buttons."""
    first = branching()
    export(archive_of(first), [first.id], tmp_path, ExportOptions(format=form))  # type: ignore[arg-type]
    page.open(front(tmp_path, form))
    page.run("document.querySelector('#library a').click()")
    page.wait("document.querySelector('article button')")
    assert visible(page) == ["edited question", "later answer"]
    page.run("document.querySelector('#m4 button').click()")
    assert visible(page) == ["edited question", "earlier answer"]
    page.run("document.querySelector('#m2 button').click()")
    assert visible(page) == ["first question", "first answer"]
    page.run("document.querySelector('#m0 button:last-child').click()")
    assert visible(page) == ["edited question", "earlier answer"]
    assert page.said == []


@needs_browser
def test_nothing_of_a_stranger_acts(page: Browser, form: str, tmp_path: Path) -> None:
    """Every hostile title and text: no dialog, no error, no request that leaves the folder."""
    talks = [talk(*TEXTS, id_=f"{number:04d}", title=title) for number, title in enumerate(TITLES[:6])]
    talks += [talk("x", id_=f"t{number:04d}", title=title) for number, title in enumerate(TITLES)]
    archive = archive_of(*talks)
    export(archive, all_ids(archive), tmp_path, ExportOptions(format=form))  # type: ignore[arg-type]
    page.asked.clear()
    page.open(front(tmp_path, form))
    assert page.run("document.querySelectorAll('#library li').length") == len(talks)
    for query in ("script", "alert", "javascript"):
        page.open(f"{front(tmp_path, form)}#q={query}")
        page.wait("document.querySelectorAll('#results li').length > 5")
    page.run("document.querySelector('#results li:nth-child(2) a').click()")
    page.wait("document.querySelectorAll('article').length > 5")
    assert page.run("document.querySelectorAll('article').length") == len(TEXTS)
    assert page.run(f"document.querySelectorAll('{OURS_NEVER}').length") == 0
    assert page.said == []
    outside = [address for address in page.asked if not address.startswith((tmp_path.as_uri(), "data:", "about:"))]
    assert outside == []


@needs_browser
def test_pictures_are_shown_and_light_and_dark_differ(page: Browser, form: str, tmp_path: Path) -> None:
    """From the folder or out of the file itself."""
    picture = AssetReference("file-1", "image", name="cat.png", caption="A cat")
    shown = replace(talk("x"), messages=(message("m", None, "user", picture, at=START),), current="m")
    export(archive_of(shown, **{"file-1": PICTURE}), [shown.id], tmp_path, ExportOptions(format=form))  # type: ignore[arg-type]
    colours = []
    for dark in (False, True):
        page.open(front(tmp_path, form), dark=dark)
        page.run("document.querySelector('#library a').click()")
        page.wait("document.querySelector('article img')?.complete")
        assert page.run("document.querySelector('article img').naturalWidth") == 1
        colours.append(page.run("getComputedStyle(document.body).backgroundColor"))
    assert colours[0] != colours[1]
    assert page.said == []
    assert page.pdf().startswith(b"%PDF")


class Checker(HTMLParser):
    """Tags, attributes and addresses of a page, as a strict reader sees them."""

    TAGS = frozenset(
        re.split(
            r"\s+",
            "html head meta title link script style body header main p a h1 h2 h3 h4 h5 h6 div span input ul ol li br"
            " article b time section pre code em strong s del blockquote table thead tbody tr th td hr details summary"
            " figure figcaption img audio video sub sup",
        )
    )
    ATTRIBUTES = frozenset(
        re.split(
            r"\s+",
            "charset content http-equiv name href src rel defer type id class data-parent hidden dir datetime title"
            " placeholder aria-label role alt loading controls preload start",
        )
    )

    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.TAGS:
            self.wrong.append(f"<{tag}>")
        for name, value in attrs:
            if name not in self.ATTRIBUTES:
                self.wrong.append(f"{tag} {name}")
            if name in {"src", "href"}:
                scheme = urlsplit(value or "").scheme
                allowed = {"", "http", "https", "mailto", "tel"} if tag == "a" else {"", "data"}
                if scheme not in allowed:
                    self.wrong.append(f"{tag} {name}={value}")


def test_only_our_own_tags_stand_in_a_page(tmp_path: Path) -> None:
    """Read by a parser, whatever the messages hold; no page needs a script to be read."""
    hostile = talk(*TEXTS, title=TITLES[45])
    archive = archive_of(hostile)
    export(archive, [hostile.id], tmp_path, ExportOptions(format="html"))
    for path in tmp_path.rglob("*.html"):
        checker = Checker()
        checker.feed(path.read_text("utf-8"))
        assert checker.wrong == []
        assert "Content-Security-Policy" in path.read_text("utf-8")
    [written] = (tmp_path / "conversations").glob("*.html")
    assert "“curly” — and ‘quotes’" in written.read_text("utf-8")


def test_documents_and_thoughts(tmp_path: Path) -> None:
    """A canvas document stands in the page; thoughts only when asked for."""
    parts = (Reasoning("thinking about it"), Document("d", "Dear Jonas,", "A letter"))
    one = replace(talk("x"), messages=(message("m", None, "assistant", *parts, at=START),), current="m")
    for options, thoughts in (
        (ExportOptions(format="html"), False),
        (ExportOptions(format="html", include_thoughts=True), True),
    ):
        export(archive_of(one), [one.id], tmp_path, options)
        [path] = (tmp_path / "conversations").glob("*.html")
        assert "Dear Jonas," in path.read_text()
        assert ("thinking about it" in path.read_text()) is thoughts


def test_bold_words_end_beside_chinese_letters(tmp_path: Path) -> None:
    """CommonMark would take the second ``**`` of such a sentence for a beginning."""
    one = talk("**重点：**请注意，**これは「大事」**です")
    export(archive_of(one), [one.id], tmp_path, ExportOptions(format="html"))
    [path] = (tmp_path / "conversations").glob("*.html")
    page = path.read_text("utf-8")
    assert "<strong>重点：</strong>请注意" in page
    assert "<strong>これは「大事」</strong>です" in page
